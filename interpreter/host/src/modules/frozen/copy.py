"""Copies, shallow and deep."""

import _pickles
import copyreg
import weakref

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

# What cannot change is its own copy.
_VALUES = frozenset([type(None), int, float, bool, complex, str, bytes, range, type, type(...), type(NotImplemented), slice, property,
                     type(lambda: 0), type(len), type(copyreg), type(compile("", "", "exec")), weakref.ref])
_Method = type((lambda self: 0).__get__(0))


def copy(x):
    cls = type(x)
    if cls in _VALUES or cls is tuple or cls is frozenset or isinstance(x, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy() if cls is not bytearray else bytearray(x)
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    state = _pickles.state(x, copyreg.dispatch_table)
    if state is not None:
        new = cls.__new__(cls)
        if state and not _pickles.give(new, state):
            copyreg._set_state(new, state)
        return new
    return _rebuild(x, _reduced(x), None)


def deepcopy(x, memo=None, _nil=[]):
    cls = type(x)
    if cls in _VALUES:
        return x
    # What `__deepcopy__` of programs finds and leaves: the copies by the identity of their originals.
    if memo is None:
        memo = {}
    else:
        known = memo.get(id(x), _nil)
        if known is not _nil:
            return known
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        new = copier(x, memo)
    elif isinstance(x, type):
        return x
    else:
        method = getattr(x, "__deepcopy__", None)
        if method is not None:
            new = method(memo)
        else:
            state = _pickles.state(x, copyreg.dispatch_table)
            new = _rebuild(x, _reduced(x), memo) if state is None else _deep_instance(x, cls, state, memo)
    if new is not x:
        memo[id(x)] = new
        # The original is kept, so that no other object gets its identity.
        kept = memo.get(id(memo))
        if kept is None:
            memo[id(memo)] = [x]
        else:
            kept.append(x)
    return new


# Items that are values are not worth a call.


def _deep_list(x, memo):
    new = memo[id(x)] = []
    append = new.append
    for item in x:
        append(item if type(item) in _VALUES else deepcopy(item, memo))
    return new


def _deep_dict(x, memo):
    new = memo[id(x)] = {}
    for key, value in x.items():
        key = key if type(key) in _VALUES else deepcopy(key, memo)
        new[key] = value if type(value) in _VALUES else deepcopy(value, memo)
    return new


def _deep_tuple(x, memo):
    items = [item if type(item) in _VALUES else deepcopy(item, memo) for item in x]
    # A tuple that contains itself was copied meanwhile.
    known = memo.get(id(x))
    if known is not None:
        return known
    for item, copied in zip(x, items):
        if item is not copied:
            return tuple(items)
    return x


def _deep_set(x, memo):
    return type(x)([deepcopy(item, memo) for item in x])


def _deep_instance(x, cls, state, memo):
    new = memo[id(x)] = cls.__new__(cls)
    if state:
        # Kept by the memo as long as that lives, as any other.
        state = deepcopy(state, memo)
        if not _pickles.give(new, state):
            copyreg._set_state(new, state)
    return new


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = {list: _deep_list, dict: _deep_dict, tuple: _deep_tuple, set: _deep_set, frozenset: _deep_set,
                      bytearray: lambda x, memo: bytearray(x), _Method: _deep_method}


def _reduced(x):
    cls = type(x)
    reductor = copyreg.dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    return copyreg._reduce(x, TypeError)


def _rebuild(x, reduced, memo):
    if isinstance(reduced, str):
        return x
    function, args, state, items, pairs = reduced if len(reduced) == 5 else (tuple(reduced) + (None, None, None))[:5]
    deep = memo is not None
    if deep and args:
        args = [arg if type(arg) in _VALUES else deepcopy(arg, memo) for arg in args]
    new = function(*args)
    if deep:
        memo[id(x)] = new
    if state is not None:
        copyreg._set_state(new, deepcopy(state, memo) if deep else state)
    for item in items or ():
        new.append(deepcopy(item, memo) if deep else item)
    for key, value in pairs or ():
        if deep:
            key, value = deepcopy(key, memo), deepcopy(value, memo)
        new[key] = value
    return new


def replace(obj, /, **changes):
    method = getattr(type(obj), "__replace__", None) or getattr(type(obj), "_replace", None)
    if method is None:
        raise TypeError("replace() does not support %s objects" % type(obj).__name__)
    return method(obj, **changes)
