"""Types for annotations. Nothing here checks anything: it says what a reader or a checker wants to know."""

import collections
import collections.abc
import contextlib
import functools
import operator
import re
import sys
import types
from _generic import NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple
from _substitution import arranged, given, in_order, is_plain_class, is_signature, prepare_signature, prepare_various, replaced
from _substitution import parameters as _parameters
from _substitution import substituted as _substituted
from abc import ABCMeta
from types import GenericAlias, NoneType, UnionType

__all__ = """
    AbstractSet Annotated Any AnyStr AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator Awaitable BinaryIO
    ByteString Callable ChainMap ClassVar Collection Concatenate Container ContextManager Coroutine Counter DefaultDict
    Deque Dict Final ForwardRef FrozenSet Generator Generic Hashable IO ItemsView Iterable Iterator KeysView List Literal
    LiteralString Mapping MappingView Match MutableMapping MutableSequence MutableSet NamedTuple Never NewType NoReturn
    NotRequired Optional OrderedDict ParamSpec ParamSpecArgs ParamSpecKwargs Pattern Protocol Required Reversible Self
    Sequence Set Sized SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound TYPE_CHECKING Text
    TextIO Tuple Type TypeAlias TypeGuard TypeVar TypeVarTuple TypedDict Union Unpack ValuesView assert_never assert_type
    cast clear_overloads dataclass_transform final get_args get_origin get_overloads get_type_hints is_typeddict
    no_type_check no_type_check_decorator overload reveal_type runtime_checkable
""".split()

TYPE_CHECKING = False


def _is_dunder(attr):
    return attr.startswith("__") and attr.endswith("__")


def _type_repr(value):
    if isinstance(value, type) and not isinstance(value, GenericAlias):
        if value.__module__ == "builtins":
            return value.__qualname__
        return value.__module__ + "." + value.__qualname__
    if value is ...:
        return "..."
    if isinstance(value, types.FunctionType):
        return value.__name__
    if isinstance(value, list):
        return "[" + ", ".join(map(_type_repr, value)) + "]"
    return repr(value)


def _convert(arg, module=None, *, allow_special_forms=False):
    return NoneType if arg is None else ForwardRef(arg, module=module, is_class=allow_special_forms) if isinstance(arg, str) else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """A type as an argument, which must be one: a text is one that is looked up later."""
    arg = _convert(arg, module, allow_special_forms=allow_special_forms)
    refused = (Generic, Protocol) if allow_special_forms else (Generic, Protocol, ClassVar) + (Final,) * is_argument
    if isinstance(arg, _Alias) and any([arg.__origin__ is each for each in refused]):
        raise TypeError("%r is not valid as type argument" % (arg,))
    if any([arg is each for each in (Any, LiteralString, NoReturn, Never, Self, TypeAlias)]):
        return arg
    if allow_special_forms and (arg is ClassVar or arg is Final):
        return arg
    if isinstance(arg, _Form) and not isinstance(arg, _Deprecated) or arg is Generic or arg is Protocol:
        raise TypeError("Plain %r is not valid as type argument" % (arg,))
    if type(arg) is tuple:
        raise TypeError("%s Got %.100r." % (msg, arg))
    return arg


def _for_variable(parameter, arg):
    # By the module that programs have now: it may have been loaded anew, type variables are not.
    now = sys.modules.get(__name__)
    if now is not None and now._for_variable is not _for_variable:
        return now._for_variable(parameter, arg)
    arg = _type_check(arg, "Parameters to generic types must be types.")
    if getattr(arg, "__typing_unpacked_tuple_args__", None) is not None and not is_plain_class(arg) or isinstance(arg, _UnpackAlias):
        raise TypeError("%r is not valid as type argument" % (arg,))
    return arg


def _for_signature(parameter, arg):
    if isinstance(arg, (list, tuple)):
        return tuple([_type_check(one, "Expected a type.") for one in arg])
    if not is_signature(arg):
        raise TypeError("Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got %r" % (arg,))
    return arg


def _for_various(parameter, arg):
    raise TypeError("Substitution of bare TypeVarTuple is not supported")


TypeVar.__typing_subst__, ParamSpec.__typing_subst__, TypeVarTuple.__typing_subst__ = _for_variable, _for_signature, _for_various
ParamSpec.__typing_prepare_subst__, TypeVarTuple.__typing_prepare_subst__ = prepare_signature, prepare_various


def _looked_up_later(lazy):
    """A bound or constraints, in which a text is a type that is looked up later."""

    def value(parameter):
        found = lazy.__get__(parameter, type(parameter))
        return tuple(map(_convert, found)) if isinstance(found, tuple) else ForwardRef(found) if isinstance(found, str) else found

    return property(value)


TypeVar.__bound__, TypeVar.__constraints__ = [_looked_up_later(vars(TypeVar)[_name]) for _name in ("__bound__", "__constraints__")]


class _Final:
    """What is no class to derive from."""

    __slots__ = ("__weakref__",)

    def __init_subclass__(cls, *args, _root=False, **kwds):
        if not _root:
            raise TypeError("Cannot subclass special typing classes")


def _after(base, bases):
    # The bases behind one of them.
    return bases[[each is base for each in bases].index(True) + 1 :]


def _with_generic(base, bases):
    # What `List[int]` stands for among bases: `list`, and `Generic` unless a later base has that.
    found = () if base.__origin__ in bases else (base.__origin__,)
    for each in _after(base, bases):
        if isinstance(each, (_Alias, _Deprecated)) or isinstance(each, type) and issubclass(each, Generic):
            return found
    return found + (Generic,)


class _Typing:
    # What may stand in a union, and is no class to derive from unless one says so.
    def __init_subclass__(cls, *args, _root=False, **kwds):
        if not _root and cls.__module__ != __name__:
            raise TypeError("Cannot subclass special typing classes")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Alias(_Typing):
    """`origin[args]`. A `name` is that of something here, with which the alias is shown and found again."""

    def __init__(self, origin, args, name=None, *, inst=True):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _parameters(self.__args__)
        self._name, self._inst = name, inst
        self.__module__ = origin.__module__ if not name else "typing"

    def copy_with(self, args):
        return type(self)(self.__origin__, args, self._name, inst=self._inst)

    def __getitem__(self, args):
        if self.__origin__ is Generic or self.__origin__ is Protocol:
            raise TypeError("Cannot subscript already-subscripted %r" % (self,))
        return self.copy_with(replaced(self, given(self, args)))

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError("Type %s cannot be instantiated; use %s() instead" % (self._name, self.__origin__.__name__))
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return result

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if isinstance(origin, _Form):
            raise TypeError("Cannot subclass %r" % (self,))
        if origin is Generic:
            # A later base brings it along.
            return () if Protocol in bases or any([isinstance(b, _Typing) for b in _after(self, bases)]) else (Generic,)
        return (origin,) if issubclass(origin, Generic) else _with_generic(self, bases)

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__"):
            return self._name or getattr(self.__origin__, name)
        if "__origin__" in self.__dict__ and not _is_dunder(name):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __setattr__(self, name, value):
        # What a program notes is noted on the class itself.
        if _is_dunder(name) or name in ("_name", "_inst"):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return sorted({*vars(self), *dir(type(self)), *[name for name in dir(self.__origin__) if not _is_dunder(name)]})

    def __reduce__(self):
        args = self.__args__[0] if len(self.__args__) == 1 and not isinstance(self.__args__[0], tuple) else self.__args__
        return operator.getitem, (globals().get(self._name, self.__origin__), args)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        name = "typing." + self._name if self._name else _type_repr(self.__origin__)
        return "%s[%s]" % (name, ", ".join(map(_type_repr, self.__args__)) or "()")


class _CallableAlias(_Alias):
    """Its arguments are those of a function, and then the result."""

    __iter__ = None

    def _is_open(self):
        return len(self.__args__) == 2 and is_signature(self.__args__[0])

    def __repr__(self):
        if self._is_open():
            return super().__repr__()
        name = "typing.Callable" if self._name else "collections.abc.Callable"
        return "%s[[%s], %s]" % (name, ", ".join(map(_type_repr, self.__args__[:-1])), _type_repr(self.__args__[-1]))

    def __reduce__(self):
        args = self.__args__ if self._is_open() else (list(self.__args__[:-1]), self.__args__[-1])
        return operator.getitem, (Callable if self._name else self.__origin__, args)


class _ConcatenateAlias(_Alias):
    def copy_with(self, args):
        last = args[-1]
        if isinstance(last, (list, tuple)):
            return tuple(args[:-1]) + tuple(last)
        if isinstance(last, _ConcatenateAlias):
            args = tuple(args[:-1]) + last.__args__
        return super().copy_with(args)


class _UnpackAlias(_Alias):
    def __repr__(self):
        return "*" + repr(self.__args__[0])

    def __getitem__(self, args):
        if self.__typing_is_unpacked_typevartuple__:
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        return arg.__args__ if isinstance(arg, (_Alias, GenericAlias)) and arg.__origin__ is tuple else None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _UnionAlias(_Alias):
    __iter__ = None
    def copy_with(self, args):
        return Union[args]

    def __eq__(self, other):
        if isinstance(other, (UnionType, _UnionAlias)):
            return all([x in other.__args__ for x in self.__args__]) and all([x in self.__args__ for x in other.__args__])
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return any([issubclass(cls, arg) for arg in self.__args__])

    def __reduce__(self):
        return operator.getitem, (Union, self.__args__)

    def __repr__(self):
        if len(self.__args__) == 2 and NoneType in self.__args__:
            return "typing.Optional[%s]" % _type_repr(self.__args__[self.__args__[0] is NoneType])
        return "typing.Union[%s]" % ", ".join(map(_type_repr, self.__args__))


class _LiteralAlias(_Alias):
    """Its values have no order, and 1 is not True."""

    def _typed(self):
        return frozenset([(value, type(value)) for value in self.__args__])

    def __eq__(self, other):
        return self._typed() == other._typed() if isinstance(other, _LiteralAlias) else NotImplemented

    def __hash__(self):
        return hash(self._typed())


class _Form(_Typing):
    """A name with a meaning of its own: `Any`, `Final[int]`."""

    __iter__ = None

    def __init__(self, name, subscript=None):
        if callable(name):
            # As programs make their own: of the function that subscribes, whose name it bears.
            self.__doc__, self._getitem = name.__doc__, name
            name, subscript = name.__name__, name
        self._name = name
        self._subscript = subscript
        # What was asked for lately: it is the same object again.
        self._made = {}
        self.__name__ = self.__qualname__ = name
        self.__module__ = "typing"

    def __getitem__(self, args):
        if self._subscript is None:
            raise TypeError("%r is not subscriptable" % (self,))
        return self._kept(self._subscript, args)

    def _kept(self, subscript, args):
        key = args, tuple(map(type, args)) if isinstance(args, tuple) else type(args)
        try:
            return self._made[key]
        except (KeyError, TypeError):
            # It is new, or holds a list.
            made = subscript(self, args)
        try:
            if len(self._made) >= 128:
                self._made.clear()
            self._made[key] = made
        except TypeError:
            pass
        return made

    def __call__(self, *args, **kwds):
        raise TypeError("Cannot instantiate %r" % (self,))

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass %r" % (self,))

    def __reduce__(self):
        return self._name

    def __repr__(self):
        return "typing." + self._name


def _one(form, arg):
    return _Alias(form, (_type_check(arg, "%r accepts only single type." % (form,)),), form._name)


def _one_special(form, arg):
    return _Alias(form, (_type_check(arg, "%r accepts only single type." % (form,), allow_special_forms=True),), form._name)


def _unpack(form, arg):
    return _UnpackAlias(form, (_type_check(arg, "%r accepts only single type." % (form,)),), form._name)


def _concatenate(form, args):
    if args == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    args = args if isinstance(args, tuple) else (args,)
    if not (args[-1] is ... or isinstance(args[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    args = tuple([_type_check(arg, "Concatenate[arg, ...]: each arg must be a type.") for arg in args[:-1]]) + args[-1:]
    return _ConcatenateAlias(form, args, "Concatenate")


def _union(form, args):
    flat = []
    for arg in args if isinstance(args, tuple) else (args,):
        arg = _type_check(arg, "Union[arg, ...]: each arg must be a type.")
        for each in arg.__args__ if isinstance(arg, (_UnionAlias, UnionType)) else (arg,):
            if each not in flat:
                flat.append(each)
    if not flat:
        raise TypeError("Cannot take a Union of no types.")
    return flat[0] if len(flat) == 1 else _UnionAlias(form, tuple(flat), "Union" if NoneType not in flat or len(flat) > 2 else "Optional")


def _optional(form, arg):
    return Union[_type_check(arg, "%r requires a single type." % (form,)), NoneType]


def _literal(form, args):
    values = []
    for arg in args if isinstance(args, tuple) else (args,):
        for each in arg.__args__ if isinstance(arg, _Alias) and arg.__origin__ is Literal else (arg,):
            try:
                hash(each)
                is_known = any([each == known and type(each) is type(known) for known in values])
            except TypeError:
                # What has no hash is never the same.
                is_known = False
            if not is_known:
                values.append(each)
    return _LiteralAlias(form, tuple(values), "Literal")


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


Union = _Form("Union", _union)
Optional = _Form("Optional", _optional)
Literal = _Form("Literal", _literal)
ClassVar = _Form("ClassVar", _one)
Final = _Form("Final", _one)
Required = _Form("Required", _one_special)
NotRequired = _Form("NotRequired", _one_special)
ReadOnly = _Form("ReadOnly", _one_special)
TypeGuard = _Form("TypeGuard", _one)
TypeIs = _Form("TypeIs", _one)
Unpack = _Form("Unpack", _unpack)
Concatenate = _Form("Concatenate", _concatenate)
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")


class _AnnotatedAlias(_Alias):
    """A type, which is origin and argument of this, with what was said of it."""

    __iter__ = None

    def __init__(self, origin, metadata):
        super().__init__(origin, (origin,), "Annotated")
        self.__metadata__ = metadata

    def copy_with(self, args):
        return Annotated[(args[0],) + self.__metadata__]

    def __mro_entries__(self, bases):
        origin = self.__origin__
        return origin.__mro_entries__(bases) if isinstance(origin, _Typing) else (origin,)

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__,) + self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, name):
        # `List` knows some of these itself.
        if name in ("__name__", "__qualname__"):
            return "Annotated"
        return super().__getattr__(name)

    def __repr__(self):
        return "typing.Annotated[%s, %s]" % (_type_repr(self.__origin__), ", ".join(map(repr, self.__metadata__)))


def _annotated(form, args):
    if not isinstance(args, tuple) or len(args) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    origin, rest = args[0], args[1:]
    if not getattr(origin, "__typing_is_unpacked_typevartuple__", False):
        origin = _type_check(origin, "Annotated[t, ...]: t must be a type.", allow_special_forms=True)
    elif is_plain_class(origin) is False:
        raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
    if isinstance(origin, _AnnotatedAlias):
        origin, rest = origin.__origin__, origin.__metadata__ + rest
    return _AnnotatedAlias(origin, rest)


class _AnnotatedForm(_Form):
    def __call__(self, *args, **kwds):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass %s.Annotated" % self.__module__)


Annotated = _AnnotatedForm("Annotated", _annotated)


class _Deprecated(_Form):
    """`List` for `list`: what it stands for, and how many types it is given; -1 for any number."""

    def __init__(self, origin, nparams=-1, *, inst=True, name=None, defaults=()):
        # The origin first: a library's own kind of these sets on it what it does not know.
        self.__origin__ = origin
        self._name = self.__name__ = self.__qualname__ = origin.__name__ if name is None else name
        self.__module__ = "typing"
        self._nparams, self._inst, self._defaults, self._made = nparams, inst, defaults, {}

    def __getitem__(self, args):
        return self._kept(type(self)._given, args)

    def _given(self, args):
        args = tuple([_type_check(arg, "Parameters to generic types must be types.") for arg in (args if isinstance(args, tuple) else (args,))])
        missing = self._nparams - len(args)
        if self._nparams == 0:
            raise TypeError("%r is not a generic class" % (self,))
        if self._nparams > 0 and missing > 0 and missing <= len(self._defaults):
            args += self._defaults[-missing:]
        if self._nparams > 0 and len(args) != self._nparams:
            which = "many" if missing < 0 else "few"
            raise TypeError("Too %s arguments for %r; actual %d, expected %d" % (which, self, len(args), self._nparams))
        return self.copy_with(args)

    def copy_with(self, params):
        return _Alias(self.__origin__, params, self._name, inst=self._inst)

    def __call__(self, *args, **kwds):
        if not self._inst:
            raise TypeError("Type %s cannot be instantiated; use %s() instead" % (self._name, self.__origin__.__name__))
        return self.__origin__(*args, **kwds)

    def __mro_entries__(self, bases):
        return _with_generic(self, bases)

    def __getattr__(self, name):
        if _is_dunder(name) or "__origin__" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if isinstance(cls, _Deprecated):
            return issubclass(cls.__origin__, self.__origin__)
        if isinstance(cls, _Alias):
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        return issubclass(cls, self.__origin__)


class _TupleForm(_Deprecated):
    def _given(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if len(args) >= 2 and args[-1] is ...:
            inner = tuple([_type_check(arg, "Tuple[t, ...]: t must be a type.") for arg in args[:-1]])
            return self.copy_with(inner + (...,))
        return self.copy_with(tuple([_type_check(arg, "Tuple[t0, t1, ...]: each t must be a type.") for arg in args]))


class _CallableForm(_Deprecated):
    def __getitem__(self, args):
        if isinstance(args, tuple) and len(args) == 2 and isinstance(args[0], list):
            args = tuple(args[0]), args[1]
        return super().__getitem__(args)

    def _given(self, args):
        if not isinstance(args, tuple) or len(args) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        return _called(self.__origin__, *args, "Callable")

    def copy_with(self, params):
        return _CallableAlias(self.__origin__, params, "Callable", inst=self._inst)


def _called(origin, parameters, result, name=None):
    result = _type_check(result, "Callable[args, result]: result must be a type.")
    if isinstance(parameters, (list, tuple)):
        parameters = tuple([_type_check(arg, "Callable[[arg, ...], result]: each arg must be a type.") for arg in parameters])
    elif not is_signature(parameters):
        parameters = (_type_check(parameters, "Callable[[arg, ...], result]: each arg must be a type."),)
    else:
        parameters = (parameters,)
    return _CallableAlias(origin, parameters + (result,), name)


for _name, _origin, _count in (
    ("List", list, 1), ("Dict", dict, 2), ("Set", set, 1), ("FrozenSet", frozenset, 1), ("Type", type, 1),
    ("Deque", collections.deque, 1), ("DefaultDict", collections.defaultdict, 2), ("OrderedDict", collections.OrderedDict, 2),
    ("Counter", collections.Counter, 1), ("ChainMap", collections.ChainMap, 2),
):  # fmt: skip
    globals()[_name] = _Deprecated(_origin, _count, name=_name, inst=_name not in ("List", "Dict", "Set", "FrozenSet", "Type"))
for _count, _name in enumerate(("Hashable Sized ByteString", """Container Iterable Iterator Reversible Collection Sequence MutableSequence
        MutableSet MappingView KeysView ValuesView Awaitable AsyncIterable AsyncIterator""", "Mapping MutableMapping ItemsView")):
    globals().update({each: _Deprecated(getattr(collections.abc, each), _count) for each in _name.split()})
Coroutine = _Deprecated(collections.abc.Coroutine, 3)
Generator = _Deprecated(collections.abc.Generator, 3, defaults=(NoneType, NoneType))
AsyncGenerator = _Deprecated(collections.abc.AsyncGenerator, 2, defaults=(NoneType,))
AbstractSet = _Deprecated(collections.abc.Set, 1, name="AbstractSet")
Tuple = _TupleForm(tuple, inst=False, name="Tuple")
Callable = _CallableForm(collections.abc.Callable, 2)
ContextManager = _Deprecated(contextlib.AbstractContextManager, 1, name="ContextManager")
AsyncContextManager = _Deprecated(contextlib.AbstractAsyncContextManager, 1, name="AsyncContextManager")
Pattern, Match = _Deprecated(re.Pattern, 1, name="Pattern"), _Deprecated(re.Match, 1, name="Match")
del _name, _origin, _count

T, KT, VT = TypeVar("T"), TypeVar("KT"), TypeVar("VT")
T_co, V_co, VT_co = [TypeVar(_name, covariant=True) for _name in ("T_co", "V_co", "VT_co")]
T_contra = TypeVar("T_contra", contravariant=True)
AnyStr = TypeVar("AnyStr", bytes, str)
Text = str


class Generic:
    __slots__ = ()

    def __class_getitem__(cls, args):
        args = args if isinstance(args, tuple) else (args,)
        # By equality: a library's own `Protocol` says that it is this one.
        if cls in (Generic, Protocol):
            return _Alias(cls, _variables(cls, args))
        args = tuple([_convert(arg) for arg in args])
        if not getattr(cls, "__parameters__", ()) and getattr(cls, "__type_params__", ()):
            return _Alias(cls, args)
        return _Alias(cls, in_order(arranged(cls, args)))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        own = cls.__dict__.get("__orig_bases__")
        is_plain = Generic in own if own is not None else Generic in cls.__bases__ and cls.__name__ != "Protocol"
        if is_plain and not isinstance(cls, _TypedDictMeta):
            raise TypeError("Cannot inherit from plain Generic")
        cls.__parameters__ = _declared(own or ())


def _variables(cls, args):
    """The type variables between the brackets of `Generic[T]`."""
    if not args:
        raise TypeError("Parameter list to %s[...] cannot be empty" % cls.__qualname__)
    args = tuple([_convert(arg) for arg in args])
    if not all([not is_plain_class(arg) and (hasattr(arg, "__typing_subst__") and not isinstance(arg, TypeVarTuple) or getattr(arg, "__typing_is_unpacked_typevartuple__", False)) for arg in args]):
        raise TypeError("Parameters to %s[...] must all be type variables or parameter specification variables." % cls.__name__)
    if len(set(args)) != len(args):
        raise TypeError("Parameters to %s[...] must all be unique" % cls.__name__)
    return args


def _declared(bases):
    """The type variables of a class with these bases, in the order of `Generic[...]` if that is one of them."""
    used = _parameters(bases)
    said = [base for base in bases if isinstance(base, _Alias) and base.__origin__ is Generic]
    if len(said) > 1:
        raise TypeError("Cannot inherit from Generic[...] multiple types.")
    if not said:
        said = [base for base in bases if isinstance(base, _Alias) and base.__origin__ is Protocol][:1]
    if not said:
        return used
    found = said[0].__parameters__
    missing = [each for each in used if each not in found]
    if missing:
        what = ", ".join(map(str, missing)), said[0].__origin__.__name__, ", ".join(map(str, found))
        raise TypeError("Some type variables (%s) are not listed in %s[%s]" % what)
    return found


# What every class has, or that says nothing about what it can do.
_IGNORED = set("""__module__ __qualname__ __dict__ __weakref__ __doc__ __annotations__ __annotate__ __slots__ __init__ __new__
    __abstractmethods__ _abc_registry _abc_answers _is_protocol _is_runtime_protocol __parameters__ __static_attributes__ __firstlineno__ __orig_bases__ __subclasshook__
    __init_subclass__ __class_getitem__ __type_params__ __final__ __match_args__ __hash__""".split())


def get_protocol_members(cls):
    names = set()
    for base in cls.__mro__:
        if getattr(base, "_is_protocol", False) and base is not Protocol:
            names.update(vars(base), base.__annotations__)
    return frozenset(names - _IGNORED)


def is_protocol(cls):
    return isinstance(cls, type) and "_is_protocol" in vars(cls) and cls._is_protocol and cls is not Protocol


# Abstract classes that say what methods there are, and nothing else: protocols may be derived from them.
_METHODS_ONLY = {
    "collections.abc": "Callable Awaitable Iterable Iterator AsyncIterable AsyncIterator Hashable Sized Container Collection Reversible Buffer".split(),
    "contextlib": ["AbstractContextManager", "AbstractAsyncContextManager"],
}
_NOT_RUNTIME = "Instance and class checks can only be used with @runtime_checkable protocols"


def _is_runtime(cls):
    return getattr(cls, "_is_runtime_protocol", False)


def _offers(cls, name):
    """Whether a class has a member, or says that its instances have it."""
    for base in cls.__mro__:
        if name in vars(base):
            return vars(base)[name] is not None
        if getattr(base, "_is_protocol", False) and name in _own_annotations(base):
            return True
    return False


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if cls is Protocol:
            raise TypeError(_NOT_RUNTIME)
        if not is_protocol(cls):
            return super().__instancecheck__(instance)
        if not _is_runtime(cls) and not _allow_reckless_class_checks(2):
            raise TypeError(_NOT_RUNTIME)
        # A method that is None says that there is none.
        for name in () if cls in type(instance).__mro__ else get_protocol_members(cls):
            if not hasattr(instance, name) or getattr(instance, name) is None and callable(getattr(cls, name, None)):
                return super().__subclasscheck__(type(instance))
        return True

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return super().__subclasscheck__(other)
        if not isinstance(other, type):
            raise TypeError("issubclass() arg 1 must be a class")
        if not is_protocol(cls) or cls is other:
            return super().__subclasscheck__(other)
        names = get_protocol_members(cls)
        is_asked_by_abc = _allow_reckless_class_checks(2)
        if not _is_runtime(cls):
            if is_asked_by_abc:
                return super().__subclasscheck__(other)
            raise TypeError(_NOT_RUNTIME)
        if not is_asked_by_abc and not all([callable(getattr(cls, name, None)) for name in names]):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        if all([_offers(other, name) for name in names]):
            return True
        return super().__subclasscheck__(other)


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in vars(cls):
            cls._is_protocol = Protocol in cls.__bases__
        for base in cls.__bases__ if cls._is_protocol else ():
            if base not in (object, Generic) and base.__name__ not in _METHODS_ONLY.get(base.__module__, ()) and not getattr(base, "_is_protocol", False):
                raise TypeError("Protocols can only inherit from other protocols, got %r" % base)

    def __new__(cls, *args, **kwargs):
        if is_protocol(cls):
            raise TypeError("Protocols cannot be instantiated")
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError(cls.__name__ + "() takes no arguments")
        new, builtin = super().__new__, next(base for base in cls.__mro__ if "__module__" not in vars(base))
        # What `__init__` takes is nothing for `object`.
        return new(cls) if new is object.__new__ and builtin is object else new(cls, *args, **kwargs)


def runtime_checkable(cls):
    if not is_protocol(cls):
        raise TypeError("@runtime_checkable can be only applied to protocol classes, got %r" % (cls,))
    cls._is_runtime_protocol = True
    return cls


@runtime_checkable
class SupportsInt(Protocol):
    def __int__(self): ...


@runtime_checkable
class SupportsFloat(Protocol):
    def __float__(self): ...


@runtime_checkable
class SupportsIndex(Protocol):
    def __index__(self): ...


@runtime_checkable
class SupportsAbs(Protocol):
    def __abs__(self): ...


@runtime_checkable
class SupportsBytes(Protocol):
    def __bytes__(self): ...


@runtime_checkable
class SupportsComplex(Protocol):
    def __complex__(self): ...


@runtime_checkable
class SupportsRound(Protocol):
    def __round__(self, ndigits=0): ...


class ForwardRef(_Typing):
    """A type that is looked up later: what was said of it, and what it is once somebody has asked."""

    __slots__ = (
        "__forward_arg__", "__forward_code__", "__forward_evaluated__", "__forward_value__", "__forward_is_argument__", "__forward_is_class__",
        "__forward_module__",
    )  # fmt: skip

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError("Forward reference must be a string -- got %r" % (arg,))
        # `*tuple[int]` is no expression of its own.
        source = "(%s,)[0]" % arg if arg.startswith("*") else arg
        try:
            self.__forward_code__ = compile(source, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError("Forward reference must be an expression -- got %r" % arg) from None
        self.__forward_arg__, self.__forward_evaluated__, self.__forward_value__ = arg, False, None
        self.__forward_is_argument__, self.__forward_is_class__, self.__forward_module__ = is_argument, is_class, module

    def _evaluate(self, globalns, localns, type_params=None, *, recursive_guard=frozenset()):
        if isinstance(type_params, (set, frozenset)):
            # As it was asked before types had parameters.
            recursive_guard, type_params = type_params, None
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            if globalns is None or localns is None:
                globalns = localns = globalns if localns is None else localns
            globalns = {} if globalns is None else globalns
            localns = globalns if localns is None else localns
            if self.__forward_module__ is not None:
                globalns = getattr(sys.modules.get(self.__forward_module__), "__dict__", globalns)
            if type_params:
                localns = {**{each.__name__: each for each in type_params}, **localns}
            found = _type_check(
                eval(self.__forward_code__, globalns, localns), "Forward references must evaluate to types.",
                is_argument=self.__forward_is_argument__, allow_special_forms=self.__forward_is_class__,
            )  # fmt: skip
            self.__forward_value__ = _eval_type(found, globalns, localns, recursive_guard=recursive_guard | {self.__forward_arg__})
            self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__ and self.__forward_value__ != other.__forward_value__:
            return False
        return self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        module = "" if self.__forward_module__ is None else ", module=%r" % self.__forward_module__
        return "ForwardRef(%r%s)" % (self.__forward_arg__, module)


class NewType(_Typing):
    def __init__(self, name, tp):
        self.__qualname__, self.__name__ = name, name.rpartition(".")[2]
        self.__supertype__ = tp
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __mro_entries__(self, bases):
        name = self.__name__

        class Base:
            # The class that is made says how it is called.
            def __init_subclass__(cls):
                raise TypeError("Cannot subclass an instance of NewType. Perhaps you were looking for: `%s = NewType(%r, %s)`" % (cls.__name__, cls.__name__, name))

        return (Base,)

    def __reduce__(self):
        return self.__qualname__

    def __call__(self, arg):
        return arg

    def __repr__(self):
        return "%s.%s" % (self.__module__, self.__qualname__)


_prohibited = frozenset(
    ["__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types", "_make", "_replace", "_asdict", "_source"]
)


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if namespace.get("_root"):
            return super().__new__(mcls, name, bases, namespace)
        if bases.count(NamedTuple) > 1 or not all([base is NamedTuple or base is Generic for base in bases]):
            raise TypeError("can only inherit from a NamedTuple type and Generic")
        for key in namespace:
            if key in _prohibited:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
        # An ordinary class first: it evaluates the annotations.
        annotations = type(name, (), dict(namespace)).__annotations__
        fields = list(annotations)
        defaults = []
        for field in fields:
            if field in namespace:
                defaults.append(namespace[field])
            elif defaults:
                raise TypeError(
                    "Non-default namedtuple field %s cannot follow default field%s %s"
                    % (field, "s" if len(defaults) > 1 else "", ", ".join([f for f in fields if f in namespace]))
                )
        base = collections.namedtuple(name, fields, defaults=defaults)
        own = {key: value for key, value in namespace.items() if key not in annotations and key != "__annotate__"}
        own["__annotations__"] = annotations
        own.setdefault("__slots__", ())
        own["_fields"] = tuple(fields)
        others = tuple([b for b in bases if b is not NamedTuple])
        return type(name, (base,) + others, own)


class NamedTuple(metaclass=_NamedTupleMeta):
    _root = True

    def __new__(cls, typename, fields=None, /, **kwargs):
        if fields is not None and kwargs:
            raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
        types = [(name, _type_check(kind, "field %s annotation must be a type" % name)) for name, kind in (kwargs.items() if fields is None else fields)]
        made = collections.namedtuple(typename, [field[0] for field in types])
        return type(typename, (made,), {"__annotations__": dict(types), "__slots__": (), "__module__": _caller()})


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **kwargs):
        if namespace.get("_root"):
            return super().__new__(mcls, name, bases, namespace)
        if not all([base is _TypedDictBase or base is Generic or isinstance(base, _TypedDictMeta) for base in bases]):
            raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        # One that is generic knows its variables by the class.
        generic = (Generic,) if any([issubclass(base, Generic) for base in bases]) else ()
        cls = super().__new__(mcls, name, generic + (dict,), dict(namespace))
        own = dict(cls.__annotations__)
        required, optional = set(), set()
        annotations = {}
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            needed, free = getattr(base, "__required_keys__", frozenset()), getattr(base, "__optional_keys__", frozenset())
            required, optional = (required - free) | needed, (optional - needed) | free
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _type_check(value, message, module=cls.__module__, allow_special_forms=True) for key, value in own.items()}
        for key, value in own.items():
            value = value.__origin__ if isinstance(value, _AnnotatedAlias) else value
            origin = get_origin(value)
            needed = total if origin not in (Required, NotRequired) else origin is Required
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        annotations.update(own)
        cls.__annotations__ = annotations
        cls.__total__ = total
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        return cls

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


class _TypedDictBase(metaclass=_TypedDictMeta):
    _root = True


class _TypedDictForm(_Form):
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        if fields is not None and kwargs:
            raise TypeError("TypedDict takes either a dict or keyword arguments, but not both")
        namespace = {"__annotations__": dict(kwargs if fields is None else fields), "__qualname__": typename, "__module__": _caller()}
        return _TypedDictMeta(typename, (_TypedDictBase,), {**namespace, "__orig_bases__": (TypedDict,)}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictBase,)


TypedDict = _TypedDictForm("TypedDict")


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def get_origin(tp):
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, UnionType):
        return UnionType
    if isinstance(tp, (ParamSpecArgs, ParamSpecKwargs, _Alias, _Deprecated, GenericAlias)):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if not isinstance(tp, (_Alias, GenericAlias, UnionType)):
        return ()
    args = tp.__args__
    if tp.__origin__ is collections.abc.Callable and not (len(args) == 2 and is_signature(args[0])) if not isinstance(tp, UnionType) else False:
        return list(args[:-1]), args[-1]
    return args


def _rebuilt(alias, args):
    """An alias with other arguments."""
    if args == alias.__args__:
        return alias
    if isinstance(alias, GenericAlias):
        return GenericAlias(alias.__origin__, args)
    if isinstance(alias, UnionType):
        return functools.reduce(operator.or_, args)
    return alias.copy_with(args)


def _eval_type(t, globalns, localns, type_params=None, *, recursive_guard=frozenset()):
    """A type with what is looked up later in it looked up."""
    if isinstance(type_params, (set, frozenset)):
        recursive_guard, type_params = type_params, None
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, type_params, recursive_guard=recursive_guard)
    if isinstance(t, (_Alias, GenericAlias, UnionType)) and not isinstance(t, _LiteralAlias):
        args = [ForwardRef(arg) if isinstance(arg, str) and isinstance(t, GenericAlias) else arg for arg in t.__args__]
        if getattr(t, "__unpacked__", False):
            return Unpack[_eval_type(GenericAlias(t.__origin__, tuple(args)), globalns, localns, type_params, recursive_guard=recursive_guard)]
        return _rebuilt(t, tuple([_eval_type(arg, globalns, localns, type_params, recursive_guard=recursive_guard) for arg in args]))
    return t


def _without_notes(t):
    """A type without what `Annotated`, `Required` and `NotRequired` say of it, at any depth."""
    if isinstance(t, _AnnotatedAlias):
        return _without_notes(t.__origin__)
    if isinstance(t, _Alias) and t.__origin__ in (Required, NotRequired, ReadOnly):
        return _without_notes(t.__args__[0])
    if isinstance(t, (_Alias, GenericAlias, UnionType)) and not isinstance(t, _LiteralAlias):
        return _rebuilt(t, tuple([_without_notes(arg) for arg in t.__args__]))
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if getattr(obj, "__no_type_check__", None):
        return hints
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = vars(sys.modules[base.__module__]) if getattr(base, "__module__", None) in sys.modules else {}
            own = dict(vars(base))
            # Names of the class come first, unless a program says where to look.
            space = module if globalns is None else globalns
            inside = own if localns is None else localns
            if localns is None and globalns is None:
                space, inside = inside, space
            for name, value in _own_annotations(base).items():
                value = ForwardRef(value, is_argument=False, is_class=True) if isinstance(value, str) else NoneType if value is None else value
                hints[name] = _eval_type(value, space, inside, getattr(base, "__type_params__", None))
    else:
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            if isinstance(obj, (types.BuiltinFunctionType, types.ModuleType, types.FunctionType, types.MethodType, type(str.join), type([].__add__))):
                return {}
            raise TypeError("%r is not a module, class, method, or function." % (obj,))
        if globalns is None:
            within = obj
            while hasattr(within, "__wrapped__"):
                within = within.__wrapped__
            globalns = vars(obj) if isinstance(obj, types.ModuleType) else getattr(within, "__globals__", {})
            localns = globalns if localns is None else localns
        elif localns is None:
            localns = globalns
        for name, value in annotations.items():
            if isinstance(value, str):
                value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType), is_class=False)
            hints[name] = _eval_type(NoneType if value is None else value, globalns, localns, getattr(obj, "__type_params__", None))
    return hints if include_extras else {name: _without_notes(hint) for name, hint in hints.items()}


def _own_annotations(cls):
    own = vars(cls)
    # A class that has none answers with none, not with those of its bases.
    found = own.get("__annotations__") or getattr(cls, "__annotations__", None)
    return found if isinstance(found, dict) else {}


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    text = repr(arg)
    if len(text) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        text = text[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError("Expected code to be unreachable, but got: " + text)


def reveal_type(obj, /):
    print("Runtime type is %r" % type(obj).__name__, file=sys.stderr)
    return obj


def no_type_check(arg):
    """Whose annotations are none: those of a function, or of all functions of a class."""
    if isinstance(arg, type):
        for value in list(vars(arg).values()):
            if isinstance(value, (staticmethod, classmethod)):
                value = value.__func__
            # What is defined elsewhere is only borrowed.
            is_own = getattr(value, "__module__", None) == arg.__module__ and getattr(value, "__qualname__", "") == arg.__qualname__ + "." + value.__name__
            if is_own and isinstance(value, (types.FunctionType, types.MethodType, type)):
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    @functools.wraps(decorator)
    def decorated(*args, **kwargs):
        return no_type_check(decorator(*args, **kwargs))

    return decorated


# By module, name and line: what is defined again there takes the place of what was.
_overload_registry = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    inner = getattr(func, "__func__", func)
    try:
        _overload_registry[inner.__module__][inner.__qualname__][inner.__code__.co_firstlineno] = func
    except AttributeError:
        # It is no function.
        pass
    return _overload_dummy


def get_overloads(func):
    func = getattr(func, "__func__", func)
    return list(_overload_registry.get(func.__module__, {}).get(func.__qualname__, {}).values())


def clear_overloads():
    _overload_registry.clear()


def _marked(name):
    def mark(func):
        try:
            setattr(func, name, True)
        except (AttributeError, TypeError):
            pass
        return func

    return mark


final = _marked("__final__")
override = _marked("__override__")


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs):
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default, "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }  # fmt: skip
        return cls_or_fn

    return decorator


class IO(Generic[AnyStr]):
    pass


class TextIO(IO[str]):
    pass


class BinaryIO(IO[bytes]):
    pass


# What libraries know the classes of generic types by.
_GenericAlias = _BaseGenericAlias = _Alias
_ConcatenateGenericAlias, _CallableGenericAlias, _UnpackGenericAlias, _UnionGenericAlias = _ConcatenateAlias, _CallableAlias, _UnpackAlias, _UnionAlias
_LiteralGenericAlias = _LiteralAlias
_strip_annotations = _without_notes
# What is kept of earlier answers, to be called when that is to be forgotten.
_cleanups = []
_SpecialForm = _TypedCacheableForm = _Form
_SpecialGenericAlias = _Deprecated
_collect_parameters = _collect_type_vars = _parameters
_type_convert = _convert


def _tp_cache(func=None, /, *, typed=False):
    return (lambda func: func) if func is None else func


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions "
        "outside a stub module should always be followed by an implementation that is not @overload-ed."
    )


def _deduplicate(params):
    return list(dict.fromkeys(params))


def _no_init_or_replace_init(self, *args, **kwargs):
    object.__init__(self)


def _get_protocol_attrs(cls):
    return set(get_protocol_members(cls))


def _caller(depth=1, default="__main__"):
    try:
        return sys._getframe(depth + 1).f_globals.get("__name__", default)
    except ValueError:
        return default


EXCLUDED_ATTRIBUTES = frozenset(_IGNORED)
_ASSERT_NEVER_REPR_MAX_LENGTH = 100
_TYPING_INTERNALS = frozenset(["__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol", "__final__"])
_generic_class_getitem = Generic.__class_getitem__


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list)) or isinstance(arg, (ParamSpec, _Alias)) and getattr(arg, "__origin__", arg) is not None


def _check_generic(cls, parameters, elen):
    if not elen:
        raise TypeError("%s is not a generic class" % (cls,))
    if len(parameters) != elen:
        raise TypeError("Too %s arguments for %s; actual %s, expected %s" % (
            "many" if len(parameters) > elen else "few", cls, len(parameters), elen))


def _allow_reckless_class_checks(depth=3):
    return _caller(depth) in ("abc", "functools", None)
