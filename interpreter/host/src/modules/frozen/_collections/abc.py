"""Abstract classes of containers: what an object can do, told by its methods."""

from _collections import _Mapping
from abc import ABCMeta, abstractmethod

__all__ = [
    "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "Buffer", "ByteString", "Callable", "Collection", "Container", "Coroutine",
    "Generator", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping", "MappingView", "MutableMapping", "MutableSequence",
    "MutableSet", "Reversible", "Sequence", "Set", "Sized", "ValuesView",
]


def _has_all(cls, names):
    if cls is _coroutine_type and "__iter__" in names:
        # It can be iterated, as in MicroPython, but is no iterator.
        return NotImplemented
    for name in names:
        for base in cls.__mro__:
            if base is not object and name in vars(base):
                if vars(base)[name] is None:
                    return NotImplemented
                break
        else:
            # Builtin types show their operators by `hasattr` alone.
            if not any([_is_builtin(base) and hasattr(base, name) for base in cls.__mro__ if base is not object]):
                return NotImplemented
    return True


async def _coroutine():
    pass


_waiting = _coroutine()
_coroutine_type = type(_waiting)
_waiting.close()
_GenericAlias = type(list[int])


_CALLED = (type, type(_has_all), type(len), type([].append), type((lambda: _has_all).__get__(0)))


def _is_builtin(cls):
    return cls.__module__ == "builtins" and "__module__" not in vars(cls)


def _subscribed(cls, item):
    return _GenericAlias(cls, item)


class _ByMethods(metaclass=ABCMeta):
    __slots__ = ()
    _wanted = ()

    @classmethod
    def __subclasshook__(cls, other):
        wanted = vars(cls).get("_wanted")
        return _has_all(other, wanted) if wanted else NotImplemented


class Hashable(_ByMethods):
    _wanted = ("__hash__",)

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not Hashable:
            return NotImplemented
        for base in other.__mro__:
            if base in (list, dict, set, bytearray):
                return NotImplemented
            if "__hash__" in vars(base):
                return NotImplemented if vars(base)["__hash__"] is None else True
        return True

    @abstractmethod
    def __hash__(self):
        return 0


def _thrown(typ, val, tb):
    """The exception that `throw` was given, as three values."""
    val = typ if val is None else val
    val = val() if isinstance(val, type) else val
    return val if tb is None else val.with_traceback(tb)


class Awaitable(_ByMethods):
    __class_getitem__ = classmethod(_subscribed)
    _wanted = ("__await__",)

    @abstractmethod
    def __await__(self):
        yield


def _close(running, what):
    try:
        running.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError(what + " ignored GeneratorExit")


class Coroutine(Awaitable):
    _wanted = ("__await__", "send", "throw", "close")

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    def close(self):
        _close(self, "coroutine")


class AsyncIterable(_ByMethods):
    __class_getitem__ = classmethod(_subscribed)
    _wanted = ("__aiter__",)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


class AsyncIterator(AsyncIterable):
    _wanted = ("__anext__", "__aiter__")

    @abstractmethod
    async def __anext__(self):
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    _wanted = ("__aiter__", "__anext__", "asend", "athrow", "aclose")

    async def __anext__(self):
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    async def aclose(self):
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")


class Iterable(_ByMethods):
    __class_getitem__ = classmethod(_subscribed)
    _wanted = ("__iter__",)

    @abstractmethod
    def __iter__(self):
        while False:
            yield None


class Iterator(Iterable):
    _wanted = ("__iter__", "__next__")

    @abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Reversible(Iterable):
    _wanted = ("__reversed__", "__iter__")

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None


class Generator(Iterator):
    _wanted = ("__iter__", "__next__", "send", "throw", "close")

    def __next__(self):
        return self.send(None)

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    def close(self):
        _close(self, "generator")


class Sized(_ByMethods):
    _wanted = ("__len__",)

    @abstractmethod
    def __len__(self):
        return 0


class Container(_ByMethods):
    __class_getitem__ = classmethod(_subscribed)
    _wanted = ("__contains__",)

    @abstractmethod
    def __contains__(self, x):
        return False


class Collection(Sized, Iterable, Container):
    _wanted = ("__len__", "__iter__", "__contains__")


class Callable(_ByMethods):
    @classmethod
    def __class_getitem__(cls, item):
        from typing import _called

        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        return _called(cls, *item)

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not Callable:
            return NotImplemented
        for base in other.__mro__:
            if "__call__" in vars(base):
                return NotImplemented if vars(base)["__call__"] is None else True
        # `hasattr` would find what calls the type itself.
        return True if issubclass(other, _CALLED) else NotImplemented

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


class Buffer(_ByMethods):
    @abstractmethod
    def __buffer__(self, flags):
        raise NotImplementedError


class Set(Collection):
    @classmethod
    def _from_iterable(cls, it):
        return cls(it)

    def __le__(self, other):
        return len(self) <= len(other) and all([x in other for x in self]) if isinstance(other, Set) else NotImplemented

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __ge__(self, other):
        return len(self) >= len(other) and all([x in self for x in other]) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other) if isinstance(other, Set) else NotImplemented

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    __hash__ = None

    def __and__(self, other):
        return self._from_iterable([x for x in other if x in self]) if isinstance(other, Iterable) else NotImplemented

    __rand__ = __and__

    def isdisjoint(self, other):
        return not any([x in self for x in other])

    def __or__(self, other):
        return self._from_iterable(list(self) + list(other)) if isinstance(other, Iterable) else NotImplemented

    __ror__ = __or__

    def __sub__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        other = list(other)
        return self._from_iterable([x for x in self if x not in other])

    def __rsub__(self, other):
        return self._from_iterable([x for x in other if x not in self]) if isinstance(other, Iterable) else NotImplemented

    def __xor__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        other = self._from_iterable(other)
        return (self - other) | (other - self)

    __rxor__ = __xor__

    def _hash(self):
        return hash(frozenset(self))


class MutableSet(Set):
    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it):
        for value in self - it:
            self.discard(value)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        for value in it if isinstance(it, Set) else self._from_iterable(it):
            (self.discard if value in self else self.add)(value)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
            return self
        for value in it:
            self.discard(value)
        return self


class Mapping(Collection, _Mapping):
    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    __reversed__ = None
    __contains__ = _Mapping.__contains__
    __eq__ = _Mapping.__eq__
    __hash__ = None


class MutableMapping(Mapping):
    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError


class MappingView(Sized):
    __class_getitem__ = classmethod(_subscribed)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._mapping)


class KeysView(MappingView, Set):
    _from_iterable = set

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        yield from self._mapping


class ItemsView(MappingView, Set):
    _from_iterable = set

    def __contains__(self, item):
        key, value = item
        try:
            found = self._mapping[key]
        except KeyError:
            return False
        return found is value or found == value

    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping[key]


class ValuesView(MappingView, Collection):
    def __contains__(self, value):
        return any([found is value or found == value for found in self])

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


class Sequence(Reversible, Collection):
    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        index = 0
        try:
            while True:
                yield self[index]
                index += 1
        except IndexError:
            return

    def __contains__(self, value):
        return any([found is value or found == value for found in self])

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        length = len(self)
        start = max(start + length, 0) if start < 0 else start
        stop = length if stop is None else stop + length if stop < 0 else min(stop, length)
        for index in range(start, stop):
            found = self[index]
            if found is value or found == value:
                return index
        raise ValueError

    def count(self, value):
        return sum([1 for found in self if found is value or found == value])


class ByteString(Sequence):
    pass


class MutableSequence(Sequence):
    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def clear(self):
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        n = len(self)
        for i in range(n // 2):
            self[i], self[n - i - 1] = self[n - i - 1], self[i]

    def extend(self, values):
        for value in list(values) if values is self else values:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


def _register():
    from array import array
    from collections import ChainMap, UserDict, UserList, UserString, deque

    Set.register(frozenset)
    MutableSet.register(set)
    for cls in (dict, ChainMap, UserDict):
        MutableMapping.register(cls)
    for view, cls in (({}.keys(), KeysView), ({}.items(), ItemsView), ({}.values(), ValuesView)):
        cls.register(type(view))
    for cls in (tuple, str, range, memoryview, UserString):
        Sequence.register(cls)
    for cls in (list, bytearray, deque, array, UserList):
        MutableSequence.register(cls)
    for cls in (bytes, bytearray):
        ByteString.register(cls)
    for cls in (bytes, bytearray, memoryview, array):
        Buffer.register(cls)
    Generator.register(type((lambda: (yield))()))


_register()
