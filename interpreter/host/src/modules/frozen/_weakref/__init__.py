"""What continues the builtin module `weakref`: collections that do not keep what is in them alive."""

from collections.abc import MutableMapping, MutableSet
from weakref import ref
from types import GenericAlias

__all__ = [
    "CallableProxyType", "ProxyType", "ProxyTypes", "ReferenceType", "WeakKeyDictionary", "WeakMethod", "WeakSet", "WeakValueDictionary", "finalize",
    "proxy", "ref",
]

ReferenceType = ref


class WeakValueDictionary(MutableMapping):
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
        for key, reference in list(self.data.items()):
            if reference() is not None:
                yield key

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


class WeakKeyDictionary(MutableMapping):
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
        for reference in list(self.data):
            key = reference()
            if key is not None:
                yield key

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


class WeakMethod:
    """A reference to a bound method, which lives as long as its object."""

    def __init__(self, method, callback=None):
        self._object = ref(method.__self__, *(() if callback is None else (lambda _: callback(self),)))
        self._function = method.__func__

    def __call__(self):
        instance = self._object()
        return None if instance is None else type(WeakMethod.__call__.__get__(self))(self._function, instance)

    def __eq__(self, other):
        return isinstance(other, WeakMethod) and self() == other()

    def __hash__(self):
        return hash(self._function)


class _Proxy:
    pass


def proxy(object, callback=None):
    reference = ref(object, *(() if callback is None else (callback,)))

    def alive():
        target = reference()
        if target is None:
            raise ReferenceError("weakly-referenced object no longer exists")
        return target

    # A class of its own: special methods are looked up there.
    space = {
        "__getattr__": lambda self, name: getattr(alive(), name),
        "__setattr__": lambda self, name, value: setattr(alive(), name, value),
        "__delattr__": lambda self, name: delattr(alive(), name),
        "__repr__": lambda self: repr(alive()),
        "__str__": lambda self: str(alive()),
        "__bool__": lambda self: bool(alive()),
        "__eq__": lambda self, other: alive() == other,
        "__hash__": None,
    }
    for name in ("__call__", "__len__", "__getitem__", "__setitem__", "__delitem__", "__iter__", "__next__", "__contains__"):
        if hasattr(type(object), name):
            space[name] = _forward(alive, name)
    return type("weakproxy", (_Proxy,), space)()


def _forward(alive, name):
    return lambda self, *args, **kwds: getattr(alive(), name)(*args, **kwds)


ProxyType = CallableProxyType = _Proxy
ProxyTypes = (_Proxy,)
