"""What continues the builtin module `weakref`: collections that do not keep what is in them alive."""

from collections.abc import MutableMapping, MutableSet
from weakref import ref

ReferenceType = ref


class WeakValueDictionary(MutableMapping):
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

    def valuerefs(self):
        return list(self.data.values())


class WeakKeyDictionary(MutableMapping):
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

    def keyrefs(self):
        return list(self.data)


class WeakSet(MutableSet):
    def __init__(self, data=()):
        self.data = set()
        for item in data:
            self.add(item)

    def add(self, item):
        self.data.add(ref(item, self.data.discard))

    def discard(self, item):
        self.data.discard(ref(item))

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
