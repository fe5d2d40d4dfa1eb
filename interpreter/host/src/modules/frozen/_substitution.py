"""What stands for the type variables of `list[T]`, and which those are: for `typing`, and for `list[T][int]` itself.

An alias is known by what it has (`__origin__`, `__args__`, `__parameters__`), be it native, of `typing` or of another library; a type
variable by `__typing_subst__`, which says what of an argument stands for it.
"""

import collections.abc
import functools
import operator
from _generic import NoDefault, ParamSpec, TypeVarTuple
from types import GenericAlias, UnionType


def is_plain_class(value):
    return isinstance(value, type) and not isinstance(value, GenericAlias)


def parameters(args):
    """The type variables among arguments, each once."""
    found = []
    for arg in args:
        if is_plain_class(arg):
            continue
        if hasattr(arg, "__typing_subst__"):
            each = (arg,)
        elif isinstance(arg, (list, tuple)):
            each = parameters(arg)
        else:
            each = getattr(arg, "__parameters__", ())
        for parameter in each:
            if not any([parameter is known for known in found]):
                found.append(parameter)
    return tuple(found)


def inner(arg):
    """The arguments of a tuple type that is unpacked (`*tuple[int, str]`), or `None`."""
    return None if is_plain_class(arg) else getattr(arg, "__typing_unpacked_tuple_args__", None)


def is_endless(arg):
    types = inner(arg)
    return types is not None and len(types) == 2 and types[1] is ...


def flat(args):
    """Arguments with those of unpacked tuples of a known length in their places."""
    found = []
    for arg in args:
        types = inner(arg)
        if types is None or is_endless(arg):
            found.append(arg)
        else:
            found += types
    return tuple(found)


def is_signature(arg):
    """Whether this may stand for a `ParamSpec`."""
    if arg is ... or isinstance(arg, (list, tuple, ParamSpec)):
        return True
    return getattr(getattr(arg, "__origin__", None), "_name", None) == "Concatenate"


def _too(which, alias, actual, expected):
    return TypeError("Too %s arguments for %r; actual %d, expected %s" % (which, alias, actual, expected))


def prepare_signature(parameter, alias, args):
    """`ParamSpec.__typing_prepare_subst__`: brackets may be left out where it is the only parameter."""
    args = tuple(args)
    wanted = alias.__parameters__
    at = wanted.index(parameter)
    if at == len(args) and parameter.has_default():
        return args + (parameter.__default__,)
    if at >= len(args):
        raise TypeError("Too few arguments for %r" % (alias,))
    if len(wanted) == 1 and not is_signature(args[0]):
        return (args,)
    if isinstance(args[at], list):
        return args[:at] + (tuple(args[at]),) + args[at + 1 :]
    return args


def prepare_various(parameter, alias, args):
    """`TypeVarTuple.__typing_prepare_subst__`: it gets what the parameters before and behind it leave."""
    wanted = alias.__parameters__
    before = wanted.index(parameter)
    behind = len(wanted) - before - 1
    if any([isinstance(other, TypeVarTuple) for other in wanted[before + 1 :]]):
        raise TypeError("More than one TypeVarTuple parameter in %r" % (alias,))
    args = list(args)
    endless = [at for at, arg in enumerate(args) if is_endless(arg)]
    if len(endless) > 1:
        raise TypeError("More than one unpacked arbitrary-length tuple argument")
    if endless:
        # Its type stands for as many of the parameters on either side as nothing else does.
        at, type_ = endless[0], inner(args[endless[0]])[0]
        args[at + 1 : at + 1] = [type_] * (behind - (len(args) - at - 1))
        args[at:at] = [type_] * (before - at)
    elif len(args) < before + behind:
        raise _too("few", alias, len(args), "at least %d" % (before + behind))
    if len(args) == before + behind and parameter.has_default():
        middle = tuple(parameter.__default__)
    else:
        middle = tuple(args[before : len(args) - behind])
    return tuple(args[:before]) + (middle,) + tuple(args[len(args) - behind :])


def arranged(alias, args):
    """What is given for which of the type variables of `alias`, in their order: several for a `TypeVarTuple`."""
    wanted = alias.__parameters__
    if not wanted:
        raise TypeError("%r is not a generic class" % (alias,))
    args = flat(args if isinstance(args, tuple) else (args,))
    for parameter in wanted:
        prepare = getattr(parameter, "__typing_prepare_subst__", None)
        if prepare:
            args = prepare(alias, args)
    if len(args) < len(wanted) and all([getattr(each, "__default__", NoDefault) is not NoDefault for each in wanted[len(args) :]]):
        args = tuple(args) + tuple([each.__default__ for each in wanted[len(args) :]])
    if len(args) != len(wanted):
        raise _too("many" if len(args) > len(wanted) else "few", alias, len(args), len(wanted))
    return dict(zip(wanted, args))


def given(alias, args):
    """What stands for which of them."""
    found = arranged(alias, args)
    return {each: arg if isinstance(each, TypeVarTuple) else each.__typing_subst__(arg) for each, arg in found.items()}


def in_order(given):
    """What was given, as a subscript."""
    found = []
    for parameter, arg in given.items():
        if isinstance(parameter, TypeVarTuple):
            found += arg
        else:
            found.append(arg)
    return tuple(found)


def replaced(alias, given):
    """The arguments of an alias with that in the places of type variables."""
    return _all(alias.__args__, given, getattr(alias, "__origin__", None) is collections.abc.Callable)


def _all(args, given, is_call=False):
    found = []
    for arg in args:
        new = _replaced(arg, given)
        if getattr(arg, "__typing_is_unpacked_typevartuple__", False) or is_call and isinstance(new, tuple):
            found += new
        else:
            found.append(new)
    return flat(found)


def _replaced(arg, given):
    if is_plain_class(arg):
        return arg
    if hasattr(arg, "__typing_subst__"):
        # A `TypeVarTuple` without a star stands for nothing.
        return arg.__typing_subst__(given[arg]) if isinstance(arg, TypeVarTuple) else given.get(arg, arg)
    if getattr(arg, "__typing_is_unpacked_typevartuple__", False):
        return given[arg.__parameters__[0]]
    if isinstance(arg, (list, tuple)):
        return type(arg)(_all(arg, given))
    wanted = getattr(arg, "__parameters__", ())
    if not wanted:
        return arg
    return arg[in_order({each: given[each] for each in wanted})]


def substituted(alias, args):
    """What `list[T][int]` is."""
    found = replaced(alias, given(alias, args))
    if isinstance(alias, UnionType):
        return functools.reduce(operator.or_, found)
    made = GenericAlias(alias.__origin__, found)
    return next(iter(made)) if alias.__unpacked__ else made
