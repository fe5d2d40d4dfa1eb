"""What continues the builtin module `weakref`: collections that do not keep what is in them alive, and stand-ins for objects."""

import operator
from collections.abc import MutableMapping, MutableSet
from weakref import getweakrefs, ref
from types import GenericAlias

__all__ = [
    "CallableProxyType", "ProxyType", "ProxyTypes", "ReferenceType", "WeakKeyDictionary", "WeakMethod", "WeakSet", "WeakValueDictionary", "finalize",
    "getweakrefcount", "getweakrefs", "proxy", "ref",
]

ReferenceType = ref


def getweakrefcount(object, /):
    return len(getweakrefs(object))


class _Merged:
    """`|` of the two dictionaries."""

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = type(self)()
        made.update(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    # What is gone while a program looks is left out, what comes may be.
    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value


class WeakValueDictionary(_Merged, MutableMapping):
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        def forget(reference, data=self.data):
            if data.get(key) is reference:
                del data[key]

        self.data[key] = ref(value, forget)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __iter__(self):
        return self.keys()

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def __len__(self):
        return len([1 for reference in self.data.values() if reference() is not None])

    def __repr__(self):
        return "<WeakValueDictionary at 0x%x>" % id(self)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        new = type(self)()
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                new[deepcopy(key, memo)] = value
        return new

    def valuerefs(self):
        return list(self.data.values())

    def itervaluerefs(self):
        yield from self.valuerefs()


class WeakKeyDictionary(_Merged, MutableMapping):
    __class_getitem__ = classmethod(GenericAlias)

    # By identity hash of the key: a reference has the hash and the equality of its object.
    def __init__(self, dict=None):
        self.data = {}
        if dict is not None:
            self.update(dict)

    def _forget(self, reference):
        self.data.pop(reference, None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        def forget(reference, data=self.data):
            data.pop(reference, None)

        self.data[ref(key, forget)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        return self.keys()

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def __len__(self):
        return len([1 for reference in self.data if reference() is not None])

    def __repr__(self):
        return "<WeakKeyDictionary at 0x%x>" % id(self)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        new = type(self)()
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                new[key] = deepcopy(value, memo)
        return new

    def keyrefs(self):
        return list(self.data)


class WeakSet(MutableSet):
    """A set that does not keep its items alive."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, data=None):
        self.data = set()
        if data is not None:
            self.update(data)

    def add(self, item):
        self.data.add(ref(item, self.data.discard))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def clear(self):
        self.data.clear()

    def pop(self):
        while True:
            try:
                item = self.data.pop()()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            if item is not None:
                return item

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __iter__(self):
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return len([1 for reference in self.data if reference() is not None])

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self)

    def __reduce__(self):
        return type(self), (list(self),), getattr(self, "__dict__", {}) and {key: value for key, value in self.__dict__.items() if key != "data"} or None

    def __repr__(self):
        return repr(set(self))

    def __ior__(self, other):
        self.update(other)
        return self

    def union(self, other):
        made = self.copy()
        made.update(other)
        return made

    __or__ = __ror__ = union

    def difference(self, other):
        other = set(other)
        return type(self)([item for item in self if item not in other])

    __sub__ = difference

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def intersection(self, other):
        return type(self)([item for item in other if item in self])

    __and__ = __rand__ = intersection

    def intersection_update(self, other):
        kept = set(other)
        for item in list(self):
            if item not in kept:
                self.discard(item)

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def symmetric_difference(self, other):
        made = self.copy()
        made.symmetric_difference_update(other)
        return made

    __xor__ = __rxor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        for item in set(other):
            if item in self:
                self.discard(item)
            else:
                self.add(item)

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def issubset(self, other):
        return self.data <= {ref(item) for item in other}

    def issuperset(self, other):
        return self.data >= {ref(item) for item in other}

    def isdisjoint(self, other):
        return not any([item in self for item in other])

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < {ref(item) for item in other}

    def __gt__(self, other):
        return self.data > {ref(item) for item in other}

    def __eq__(self, other):
        return self.data == {ref(item) for item in other} if isinstance(other, WeakSet) else NotImplemented


class WeakMethod(ref):
    """A reference to a bound method, which lives as long as its object and its function."""

    def __new__(cls, meth, callback=None):
        try:
            object, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError("argument should be a bound method, not %s" % type(meth)) from None
        me = None

        def gone(_):
            self = me()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, object, gone)
        self._function, self._type, self._alive = ref(function, gone), type(meth), True
        me = ref(self)
        return self

    def __init__(self, meth, callback=None):
        pass

    def __call__(self):
        object, function = super().__call__(), self._function()
        return None if object is None or function is None else self._type(function, object)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return super().__eq__(other) and self._function == other._function

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    __hash__ = ref.__hash__


def _alive(proxy):
    target = object.__getattribute__(proxy, "_reference")()
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


def _itself(value):
    return _alive(value) if isinstance(type(value), type) and issubclass(type(value), ProxyType) else value


class ProxyType:
    """Stands for an object that it does not keep alive: whatever is done to it is done to that."""

    __slots__ = ("_reference", "__weakref__")
    __hash__ = None
    __class__ = property(lambda self: _alive(self).__class__)

    def __getattribute__(self, name):
        return getattr(_alive(self), name)

    def __setattr__(self, name, value):
        setattr(_alive(self), name, value)

    def __delattr__(self, name):
        delattr(_alive(self), name)

    def __repr__(self):
        target = object.__getattribute__(self, "_reference")()
        return "<weakproxy at 0x%x to %s at 0x%x>" % (id(self), type(target).__name__, id(target))

    def __str__(self):
        return str(_alive(self))

    def __bytes__(self):
        return bytes(_alive(self))

    def __iter__(self):
        return iter(_alive(self))

    def __next__(self):
        target = _alive(self)
        if not hasattr(type(target), "__next__"):
            raise TypeError("Weakref proxy referenced a non-iterator '%.200s' object" % type(target).__name__)
        return next(target)

    def __reversed__(self):
        return reversed(_alive(self))

    def __round__(self, *digits):
        return round(_alive(self), *digits)


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, *args, **kwds):
        return _alive(self)(*args, **kwds)


def _given(function):
    return lambda self, *args: function(_alive(self), *map(_itself, args))


def _behind(function):
    return lambda self, other: function(_itself(other), _alive(self))


# What operators and builtin functions do.
for _name in "lt le eq ne gt ge neg pos abs invert contains getitem setitem delitem index".split():
    setattr(ProxyType, "__%s__" % _name, _given(getattr(operator, "__%s__" % _name)))
for _name in "add sub mul truediv floordiv mod pow lshift rshift and or xor matmul".split():
    _function = getattr(operator, "__%s__" % _name)
    setattr(ProxyType, "__%s__" % _name, _given(_function))
    setattr(ProxyType, "__r%s__" % _name, _behind(_function))
    setattr(ProxyType, "__i%s__" % _name, _given(getattr(operator, "__i%s__" % _name)))
for _name, _function in ("len", len), ("bool", bool), ("int", int), ("float", float), ("complex", complex), ("divmod", divmod):
    setattr(ProxyType, "__%s__" % _name, _given(_function))
ProxyType.__rdivmod__ = _behind(divmod)
ProxyType.__module__ = CallableProxyType.__module__ = "weakref"
ProxyType.__name__ = ProxyType.__qualname__ = "ProxyType"
del _name, _function
ProxyTypes = (ProxyType, CallableProxyType)


def proxy(object, callback=None, /):
    made = _new(CallableProxyType if callable(object) else ProxyType)
    told = () if callback is None else (lambda _: callback(made),)
    _set(made, "_reference", ref(object, *told))
    return made


_new, _set = object.__new__, object.__setattr__
