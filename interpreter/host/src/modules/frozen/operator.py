"""The operators as functions."""

__all__ = [
    "abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf", "delitem", "eq", "floordiv", "ge", "getitem", "gt", "iadd", "iand",
    "iconcat", "ifloordiv", "ilshift", "imatmul", "imod", "imul", "index", "indexOf", "inv", "invert", "ior", "ipow", "irshift", "is_", "is_not",
    "isub", "itemgetter", "itruediv", "ixor", "le", "length_hint", "lshift", "lt", "matmul", "methodcaller", "mod", "mul", "ne", "neg", "not_", "or_",
    "pos", "pow", "rshift", "setitem", "sub", "truediv", "truth", "xor",
]

try:
    from _operator import *
except ImportError:
    # A program hides the native ones: these do the same.
    for _forms in (
        "lt < le <= eq == ne != ge >= gt > add + and_ & floordiv // lshift << mod % mul * matmul @ or_ | pow ** rshift >> sub - truediv / xor ^ "
        "is_ is is_not is\u00a0not",
    ):
        _forms = _forms.split()
    for _name, _sign in zip(_forms[::2], _forms[1::2]):
        globals()[_name] = eval("lambda a, b, /: a %s b" % _sign.replace("\u00a0", " "))
    for _name, _form in (
        ("not_", "not a"), ("truth", "True if a else False"), ("abs", "a.__abs__()"), ("inv", "~a"), ("invert", "~a"), ("neg", "-a"),
        ("pos", "+a"), ("index", "a.__index__()"),
    ):
        globals()[_name] = eval("lambda a, /: " + _form)
    contains, getitem = lambda a, b, /: b in a, lambda a, b, /: a[b]

    def setitem(a, b, c, /):
        a[b] = c

    def delitem(a, b, /):
        del a[b]

    _source = "def i%s(a, b, /):\n    a %s= b\n    return a"
    for _name, _sign in zip(_forms[12::2], _forms[13::2]):
        if not _name.startswith("is_"):
            exec(_source % (_name.rstrip("_"), _sign))


def concat(a, b):
    if not hasattr(a, "__getitem__"):
        raise TypeError("'%s' object can't be concatenated" % type(a).__name__)
    return a + b


def countOf(a, b):
    count = 0
    for item in a:
        if item is b or item == b:
            count += 1
    return count


def indexOf(a, b):
    for number, item in enumerate(a):
        if item is b or item == b:
            return number
    raise ValueError("sequence.index(x): x not in sequence")


def length_hint(obj, default=0):
    try:
        return len(obj)
    except TypeError:
        pass
    hint = getattr(type(obj), "__length_hint__", None)
    if hint is None:
        return default
    try:
        value = hint(obj)
    except TypeError:
        return default
    if value is NotImplemented:
        return default
    if not isinstance(value, int):
        raise TypeError("__length_hint__ must be an integer, not %s" % type(value).__name__)
    if value < 0:
        raise ValueError("__length_hint__() should return >= 0")
    return value


class attrgetter:
    def __init__(self, attr, *attrs):
        self._attrs = (attr,) + attrs
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError("attribute name must be a string")
        # One attribute without a path is the usual case.
        self._name = attr if not attrs and "." not in attr else None

    def __call__(self, obj):
        name = self._name
        if name is not None:
            return getattr(obj, name)
        values = tuple([_follow(obj, name) for name in self._attrs])
        return values if len(values) > 1 else values[0]

    def __repr__(self):
        return "operator.attrgetter(%s)" % ", ".join(map(repr, self._attrs))


def _follow(obj, path):
    for name in path.split("."):
        obj = getattr(obj, name)
    return obj


class itemgetter:
    def __init__(self, item, *items):
        self._items = (item,) + items

    def __call__(self, obj):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple([obj[item] for item in self._items])

    def __repr__(self):
        return "operator.itemgetter(%s)" % ", ".join(map(repr, self._items))


class methodcaller:
    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError("method name must be a string")
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        parts = [repr(self._name)] + [repr(x) for x in self._args] + ["%s=%r" % pair for pair in self._kwargs.items()]
        return "operator.methodcaller(%s)" % ", ".join(parts)


def iconcat(a, b):
    a += b
    return a


# Each by the name of its special method as well.
for _name in list(globals()):
    if _name[0] != "_" and _name not in ("attrgetter", "itemgetter", "methodcaller", "countOf", "indexOf", "is_", "is_not", "truth", "length_hint"):
        globals()["__%s__" % _name.rstrip("_")] = globals()[_name]
del _name
