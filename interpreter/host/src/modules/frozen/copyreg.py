"""How objects are taken apart and put together again: for `copy` and `pickle`."""

import io
import re
from array import array
from collections import deque

__all__ = ["add_extension", "clear_extension_cache", "constructor", "pickle", "remove_extension"]

_GenericAlias = type(list[int])

dispatch_table = {}
_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)



def _reduced_union(union):
    import functools
    import operator

    return functools.reduce, (operator.or_, union.__args__)


pickle(type(int | str), _reduced_union)
pickle(re.Pattern, lambda pattern: (re._compile, (pattern.pattern, pattern.flags)))


def _stream(kind, data, position, attributes=None):
    """What pickles of `StringIO` and `BytesIO` call."""
    attributes = attributes or {}
    if kind == "BytesIO":
        made = io.BytesIO()
        made.__setstate__((data, position, attributes))
    else:
        made = io.StringIO("", attributes.get("_ends", "\n"))
        made.__setstate__((data, None, position, attributes))
    return made


for _kind in (io.StringIO, type(io.StringIO("", None)), io.BytesIO):
    pickle(_kind, lambda stream: (_stream, (type(stream).__name__, stream.getvalue(), stream.tell(), vars(stream).copy())))


def add_extension(module, name, code):
    """Gives a global a number, by which pickles of protocol 2 name it."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError("key %s is already registered with code %s" % (key, _extension_registry[key]))
    if code in _inverted_registry:
        raise ValueError("code %s is already in use for key %s" % (code, _inverted_registry[code]))
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError("key %s is not registered with code %s" % (key, code))
    del _extension_registry[key], _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()


def constructor(object):
    if not callable(object):
        raise TypeError("constructors must be callable")


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


# The builtin types that a class can derive from, whose contents a new object must be given.
_NATIVE = (int, float, complex, str, bytes, tuple, frozenset, bytearray, set)


def _reconstructor(cls, base, state):
    """What protocols 0 and 1 make an object by: of the builtin type that its class derives from."""
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base in (list, dict, set):
        # Their `__new__` leaves them empty.
        base.__init__(made, state)
    return made


def _reduce_old(x, error):
    cls = type(x)
    base = next(base for base in cls.__mro__ if "__module__" not in vars(base))
    if base is cls and cls is not object:
        raise error("cannot pickle '%s' object" % cls.__name__)
    args = (cls, base, None if base is object else base(x))
    if type(x).__getstate__ is object.__getstate__ and any(vars(b).get("__slots__") for b in cls.__mro__ if "__module__" in vars(b)):
        raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled with protocol 0")
    state = _state(x)
    return (_reconstructor, args, state) if state else (_reconstructor, args)


def _has_own(x):
    """Whether a builtin type's object is taken apart in a way of its own, whatever the protocol."""
    return type(x) in _PARTS or isinstance(x, (BaseException, array, deque)) or _is_named_tuple(x) or "__module__" not in vars(type(x)) and type(x) is not object


def _is_named_tuple(x):
    """Whether it is made of its fields, and its class has no other way."""
    if not isinstance(x, tuple) or not hasattr(type(x), "_make"):
        return False
    named = [base for base in type(x).__mro__ if base is not tuple and "_make" not in vars(base)]
    return not any(["__getnewargs__" in vars(base) for base in named])


def __reduce_ex__(x, protocol):
    """What `object.__reduce_ex__` does: hands over to a class's own `__reduce__`."""
    method = getattr(type(x), "__reduce__", None)
    if method is not None and method is not getattr(object, "__reduce__", None):
        return method(x)
    return _reduce_old(x, TypeError) if protocol < 2 and not _has_own(x) else _reduce_plain(x, TypeError)


def __reduce__(x):
    """What `object.__reduce__` does."""
    return _reduce_plain(x, TypeError) if _has_own(x) else _reduce_old(x, TypeError)


def _reduce(x, error, protocol=4):
    cls = type(x)
    for name, args in (("__reduce_ex__", (protocol,)), ("__reduce__", ())):
        method = getattr(cls, name, None)
        if method is not None and method is not getattr(object, name, None):
            return method(x, *args)
    return _reduce_old(x, error) if protocol < 2 and not _has_own(x) else _reduce_plain(x, error)


# Builtin objects that hold no more than what makes them again.
_PARTS = {
    range: lambda x: (x.start, x.stop, x.step),
    slice: lambda x: (x.start, x.stop, x.step),
    complex: lambda x: (x.real, x.imag),
}


def _reduce_plain(x, error):
    cls = type(x)
    if cls is _GenericAlias:
        import operator

        return operator.getitem, (x.__origin__, x.__args__)
    if cls in _PARTS:
        return cls, _PARTS[cls](x)
    if isinstance(x, array):
        return cls, (x.typecode, x.tolist()), dict(getattr(x, "__dict__", {})) or None
    if isinstance(x, deque):
        # What it holds comes behind: it may hold itself.
        args = () if x.maxlen is None else ((), x.maxlen)
        return cls, args, dict(getattr(x, "__dict__", {})) or None, iter(x)
    if isinstance(x, BaseException):
        return cls, x.args, dict(x.__dict__) or None
    if cls is not object and not hasattr(x, "__dict__") and not hasattr(cls, "__slots__") and not isinstance(x, _NATIVE + (list, dict)):
        raise error("cannot pickle '%s' object" % cls.__name__)
    state = _state(x)
    if hasattr(cls, "__getnewargs_ex__"):
        args, kwargs = x.__getnewargs_ex__()
        return __newobj_ex__, (cls, args, kwargs), state, None, None
    args = ()
    if _is_named_tuple(x):
        args = tuple(x)
    elif hasattr(cls, "__getnewargs__"):
        args = tuple(x.__getnewargs__())
    else:
        for native in _NATIVE:
            if isinstance(x, native):
                args = (native(x),)
                break
    items = iter(x) if isinstance(x, list) else None
    pairs = iter(x.items()) if isinstance(x, dict) else None
    return __newobj__, (cls,) + args, state, items, pairs


def _state(x):
    method = type(x).__getstate__
    return _plain_state(x) if method is object.__getstate__ else method(x)


def _plain_state(x):
    """What `object.__getstate__` does."""
    state = dict(getattr(x, "__dict__", {})) or None
    slots = {}
    for base in type(x).__mro__:
        names = vars(base).get("__slots__", ()) if base is not object else ()
        for name in (names,) if isinstance(names, str) else names:
            if name not in ("__dict__", "__weakref__"):
                if name.startswith("__") and not name.endswith("__"):
                    name = "_%s%s" % (base.__name__.lstrip("_"), name)
                if hasattr(x, name):
                    slots[name] = getattr(x, name)
    return (state, slots) if slots else state


def _set_state(new, state):
    if state is None:
        return
    method = getattr(type(new), "__setstate__", None)
    if method is not None:
        return method(new, state)
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        new.__dict__.update(state)
    for name, value in (slots or {}).items():
        # Passing by hooks, as CPython does for what lies in `__dict__`.
        object.__setattr__(new, name, value)
