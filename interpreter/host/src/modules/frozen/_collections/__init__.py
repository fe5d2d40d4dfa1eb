"""What continues the builtin module `collections`: containers written in Python."""

from collections import _native_OrderedDict

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]


class defaultdict(dict):
    __slots__ = ("default_factory",)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self.default_factory, other)
        new.update(self)
        return new

    _printed = []

    def __repr__(self):
        # The factory may be a method of this very dict.
        if any([self is other for other in defaultdict._printed]):
            factory = "..."
        else:
            defaultdict._printed.append(self)
            try:
                factory = repr(self.default_factory)
            finally:
                defaultdict._printed.pop()
        return "%s(%s, %s)" % (type(self).__name__, factory, dict.__repr__(self))

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())


def _new_of_tuple(cls, defaults):
    """The function that a type of named tuples shows as its `__new__`."""
    names = ", ".join(cls._fields)
    space = {"_new": tuple.__new__, "__name__": "namedtuple_" + cls.__name__}
    exec("def __new__(_cls, %s):\n    return _new(_cls, (%s))" % (names, names + "," if names else ""), space)
    new = space["__new__"]
    new.__defaults__ = defaults or None
    new.__qualname__ = cls.__name__ + ".__new__"
    new.__doc__ = "Create new instance of %s(%s)" % (cls.__name__, names)
    return new


def _count_elements(mapping, iterable):
    for item in iterable:
        mapping[item] = mapping.get(item, 0) + 1


class OrderedDict(_native_OrderedDict):
    """The native one, whose instances take attributes and whose derived classes see each entry come and go."""

    __module__ = "collections"

    def __init__(self, other=(), /, **kwds):
        OrderedDict.update(self, other, **kwds)

    def update(self, other=(), /, **kwds):
        if type(self).__setitem__ is OrderedDict.__setitem__:
            return super().update(other, **kwds)
        _Mapping.update(self, other, **kwds)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        new = cls()
        for key in iterable:
            new[key] = value
        return new

    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default

    def copy(self):
        return type(self)(self)

    _printed = []

    def __repr__(self):
        if any([self is other for other in OrderedDict._printed]):
            return "..."
        OrderedDict._printed.append(self)
        try:
            return "%s(%s)" % (type(self).__name__, repr(dict(self)) if self else "")
        finally:
            OrderedDict._printed.pop()

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self

    def __reduce__(self):
        state = vars(self).copy()
        return type(self), (), state or None, None, iter(self.items())


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return items if n is None else items[: max(n, 0)]

    def elements(self):
        for item, count in self.items():
            for _ in range(count):
                yield item

    def _add(self, other, sign):
        if other is None:
            return
        if hasattr(other, "items"):
            for item, count in other.items():
                self[item] = self.get(item, 0) + count if sign > 0 else self.get(item, 0) - count
        else:
            for item in other:
                self[item] = self.get(item, 0) + sign

    def update(self, iterable=None, /, **kwds):
        if not self and iterable is not None and hasattr(iterable, "items"):
            # Nothing is counted: whatever the values are, they are the counts.
            super().update(iterable)
        else:
            self._add(iterable, 1)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        self._add(iterable, -1)
        self._add(kwds, -1)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __delitem__(self, item):
        if item in self:
            super().__delitem__(item)

    def __repr__(self):
        name = type(self).__name__
        if not self:
            return name + "()"
        try:
            items = self.most_common()
        except TypeError:
            items = self.items()
        return "%s({%s})" % (name, ", ".join(["%r: %r" % item for item in items]))

    def __reduce__(self):
        return type(self), (dict(self),)

    def _all(self, other):
        return list(self) + [item for item in other if item not in self]

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict.__eq__(self, other)
        return all([self[item] == other[item] for item in self._all(other)])

    __hash__ = None

    def __ne__(self, other):
        same = self == other
        return same if same is NotImplemented else not same

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[item] <= other[item] for item in self._all(other)])

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[item] >= other[item] for item in self._all(other)])

    def __gt__(self, other):
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    def _merged(self, other, function):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for item in self._all(other):
            count = function(self[item], other[item])
            if count > 0:
                result[item] = count
        return result

    def __add__(self, other):
        return self._merged(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._merged(other, lambda a, b: a - b)

    def __or__(self, other):
        return self._merged(other, max)

    def __and__(self, other):
        return self._merged(other, min)

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def _replace(self, result):
        for item in list(self):
            if item not in result:
                del self[item]
        for item, count in result.items():
            self[item] = count
        return self

    def __iadd__(self, other):
        return self._replace(self + other)

    def __isub__(self, other):
        return self._replace(self - other)

    def __ior__(self, other):
        return self._replace(self | other)

    def __iand__(self, other):
        return self._replace(self & other)


# The methods that follow from others; `collections.abc` has the same for its classes.
class _Mapping:
    @classmethod
    def __class_getitem__(cls, item):
        from types import GenericAlias

        return GenericAlias(cls, item)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        from collections.abc import KeysView

        return KeysView(self)

    def items(self):
        from collections.abc import ItemsView

        return ItemsView(self)

    def values(self):
        from collections.abc import ValuesView

        return ValuesView(self)

    def __eq__(self, other):
        from collections.abc import Mapping

        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None
    _absent = object()

    def pop(self, key, default=_absent):
        try:
            value = self[key]
        except KeyError:
            if default is _Mapping._absent:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other=(), /, **kwds):
        if hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


class ChainMap(_Mapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(dict.fromkeys(mapping))
        return iter(keys)

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(map(repr, self.maps)))

    @classmethod
    def fromkeys(cls, iterable, *args):
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        return type(self)(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        if m is None:
            m = kwargs
        else:
            m.update(kwargs)
        return type(self)(m, *self.maps)

    @property
    def parents(self):
        return type(self)(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError("Key not found in the first mapping: %r" % (key,))

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError("Key not found in the first mapping: %r" % (key,))

    def clear(self):
        self.maps[0].clear()

    def __or__(self, other):
        new = self.copy()
        new.maps[0].update(other)
        return new

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __ror__(self, other):
        new = dict(other)
        for mapping in reversed(self.maps):
            new.update(mapping)
        return type(self)(new)


class UserDict(_Mapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(type(self), "__missing__"):
            return self.__missing__(key)
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def copy(self):
        new = type(self).__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.data = self.data.copy()
        return new

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        new = cls()
        for key in iterable:
            new[key] = value
        return new

    def _merged(self, first, second):
        new = type(self)(first)
        new.update(second)
        return new

    def __or__(self, other):
        return self._merged(self.data, other) if isinstance(other, (UserDict, dict)) else NotImplemented

    def __ror__(self, other):
        return self._merged(other, self.data) if isinstance(other, (UserDict, dict)) else NotImplemented

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self


class _Wrapper:
    @classmethod
    def __class_getitem__(cls, item):
        from types import GenericAlias

        return GenericAlias(cls, item)

    # Comparisons and concatenations of `data`.
    def _plain(self, other):
        return other.data if isinstance(other, _Wrapper) else other

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        return self._plain(item) in self.data

    def __eq__(self, other):
        return self.data == self._plain(other)

    def __lt__(self, other):
        return self.data < self._plain(other)

    def __le__(self, other):
        return self.data <= self._plain(other)

    def __gt__(self, other):
        return self.data > self._plain(other)

    def __ge__(self, other):
        return self.data >= self._plain(other)

    def __getitem__(self, index):
        item = self.data[index]
        return type(self)(item) if isinstance(index, slice) or isinstance(self, UserString) else item

    def __add__(self, other):
        return type(self)(self.data + type(self.data)(self._plain(other)))

    def __radd__(self, other):
        return type(self)(type(self.data)(self._plain(other)) + self.data)

    def __mul__(self, n):
        return type(self)(self.data * n)

    __rmul__ = __mul__

    def count(self, *args):
        return self.data.count(*map(self._plain, args))

    def index(self, *args):
        return self.data.index(*map(self._plain, args))


class UserList(_Wrapper):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(self._plain(initlist))

    __hash__ = None

    def __iter__(self):
        return iter(self.data) if type(self).__getitem__ is _Wrapper.__getitem__ else self._in_order()

    def _in_order(self):
        # A class says by `__getitem__` what an item is.
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return

    def __reversed__(self):
        return (self[i] for i in reversed(range(len(self))))

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __iadd__(self, other):
        self.data += self._plain(other)
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    def __copy__(self):
        new = type(self).__new__(type(self))
        new.__dict__.update(self.__dict__, data=self.data[:])
        return new

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(self._plain(other))


class UserString(_Wrapper):
    def __init__(self, seq):
        self.data = str(self._plain(seq))

    def __str__(self):
        return self.data

    def __hash__(self):
        return hash(self.data)

    def __iter__(self):
        return map(type(self), self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __mod__(self, args):
        return type(self)(self.data % args)

    def __complex__(self):
        return complex(self.data)

    def __rmod__(self, template):
        return type(self)(str(template) % self.data)

    def __getnewargs__(self):
        return (self.data[:],)

    def encode(self, encoding="utf-8", errors="strict"):
        return self.data.encode(encoding, errors)

    def join(self, seq):
        return self.data.join(map(str, seq))

    maketrans = str.maketrans

    def format_map(self, mapping):
        return self.data.format_map(mapping)


def _delegated(name, wraps):
    def method(self, *args, **kwds):
        result = getattr(self.data, name)(*[self._plain(x) for x in args], **kwds)
        return type(self)(result) if wraps else result

    method.__name__ = name
    setattr(UserString, name, method)


for _name in """capitalize casefold center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip
        strip swapcase title translate upper zfill""".split():
    _delegated(_name, True)
for _name in """endswith find format isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace
        istitle isupper partition rfind rindex rpartition rsplit split splitlines startswith""".split():
    _delegated(_name, False)
del _name


def __getattr__(name):
    if name == "abc":
        import collections.abc as abc

        return abc
    raise AttributeError("module 'collections' has no attribute %r" % name)
