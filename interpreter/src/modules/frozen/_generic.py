"""What type parameters and aliases are: `def f[T]()`, `type X = int`. The module `typing` has them, too.

Bounds, defaults and what an alias stands for come as functions, which are called when somebody asks."""

class _Lazy:
    """An attribute that is computed once: of `x.NAME`, by `x._NAME`, unless that is None."""

    def __init__(self, when_none=None):
        self._when_none = when_none

    def __set_name__(self, owner, name):
        self._name = "_" + name.strip("_")

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = getattr(instance, self._name)
        if value is None:
            return self._when_none
        kept = self._name + "_value"
        if not hasattr(instance, kept):
            setattr(instance, kept, value())
        return getattr(instance, kept)


def _caller():
    """The name of the module that makes a type variable: where `pickle` finds it."""
    import sys

    return sys._getframe(2).f_globals.get("__name__")


def _checked(value, message):
    """A type, as `typing` sees it once a program has that."""
    import sys

    typing = sys.modules.get("typing")
    # That may be on its way, with variables of its own.
    return typing._type_check(value, message) if hasattr(typing, "Protocol") else value


class _Parameter:
    def __init_subclass__(cls):
        if cls.__module__ != __name__:
            raise TypeError("type 'typing.%s' is not an acceptable base type" % cls.__mro__[1].__name__)

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of " + type(self).__name__)

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __reduce__(self):
        return self.__name__

    def __repr__(self):
        if self._inferred:
            return self.__name__
        return "-+"[self.__covariant__] + self.__name__ if self.__covariant__ or self.__contravariant__ else "~" + self.__name__


class NoDefaultType:
    def __repr__(self):
        return "typing.NoDefault"


NoDefault = NoDefaultType()


class _Inferred:
    def __get__(self, parameter, owner=None):
        return self if parameter is None else parameter._inferred


class TypeVar(_Parameter):
    __bound__ = _Lazy()
    __constraints__ = _Lazy(())
    __default__ = _Lazy(NoDefault)
    __infer_variance__ = _Inferred()

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=NoDefault, infer_variance=False):
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if bound is not None:
            if constraints:
                raise TypeError("Constraints cannot be combined with bound=...")
            bound = _checked(bound, "Bound must be a type.")
        constraints = tuple([_checked(each, "TypeVar(name, constraint, ...): constraints must be types.") for each in constraints])
        self.__name__ = name
        self.__module__ = _caller()
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self._inferred = infer_variance
        self._bound = None if bound is None else lambda: bound
        self._constraints = (lambda: constraints) if constraints else None
        self._default = None if default is NoDefault else lambda: default

    def has_default(self):
        return self._default is not None


class ParamSpec(_Parameter):
    __default__ = _Lazy(NoDefault)
    __infer_variance__ = _Inferred()

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False, default=NoDefault, infer_variance=False):
        self.__name__ = name
        self.__module__ = _caller()
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self._inferred = infer_variance
        self._default = None if default is NoDefault else lambda: default

    has_default = TypeVar.has_default

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class ParamSpecArgs:
    _suffix = ".args"

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return self.__origin__.__name__ + self._suffix

    def __eq__(self, other):
        return type(self) is type(other) and self.__origin__ == other.__origin__


class ParamSpecKwargs(ParamSpecArgs):
    _suffix = ".kwargs"


class TypeVarTuple:
    __init_subclass__, __mro_entries__ = classmethod(_Parameter.__init_subclass__.__func__), _Parameter.__mro_entries__
    __default__ = _Lazy(NoDefault)

    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self.__module__ = _caller()
        self._default = None if default is NoDefault else lambda: default

    has_default = TypeVar.has_default

    def __reduce__(self):
        return self.__name__

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class TypeAliasType:
    __value__ = _Lazy()

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__module__ = _caller()
        self.__type_params__ = type_params
        self._value = lambda: value

    @property
    def __parameters__(self):
        return self.__type_params__

    def __getitem__(self, arguments):
        from typing import _Alias

        return _Alias(self, arguments if isinstance(arguments, tuple) else (arguments,))

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __repr__(self):
        return self.__name__


# Programs know them from there.
for _type in TypeVar, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeVarTuple, TypeAliasType, NoDefaultType:
    _type.__module__ = "typing"


# What the compiler's code calls for each type parameter; kind 0 is a plain one, 1 has a star, 2 two.
def _parameter(kind, name, bound, default):
    if kind == 0:
        parameter = TypeVar(name, infer_variance=True)
        parameter._bound = bound
        if bound is not None:
            # A tuple are constraints.
            parameter._bound = lambda: None if isinstance(bound(), tuple) else bound()
            parameter._constraints = lambda: bound() if isinstance(bound(), tuple) else ()
    elif kind == 1:
        parameter = TypeVarTuple(name)
    else:
        parameter = ParamSpec(name, infer_variance=True)
    parameter._default = default
    return parameter


# What the compiler's code calls for a `type` statement.
def _alias(name, value):
    alias = TypeAliasType(name, None)
    alias.__module__, alias._value = _caller(), value
    return alias


# What a class with type parameters, which names no base, is derived from.
def _base(parameters):
    try:
        from typing import Generic, Unpack
    except ImportError:
        # A port without that module.
        return object
    return Generic[tuple([Unpack[each] if isinstance(each, TypeVarTuple) else each for each in parameters])]
