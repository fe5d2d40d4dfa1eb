"""Types for annotations. Nothing here checks anything: it says what a reader or a checker wants to know."""

import collections
import collections.abc
import contextlib
import re
from _generic import NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple
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


def _type_repr(value):
    if isinstance(value, type) and not isinstance(value, GenericAlias):
        if value.__module__ == "builtins":
            return value.__qualname__
        return value.__module__ + "." + value.__qualname__
    if value is ...:
        return "..."
    if isinstance(value, list):
        return "[" + ", ".join(map(_type_repr, value)) + "]"
    return repr(value)


def _parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec, TypeVarTuple)):
            each = (arg,)
        elif isinstance(arg, (list, tuple)):
            each = _parameters(arg)
        else:
            each = getattr(arg, "__parameters__", ()) if not isinstance(arg, type) or isinstance(arg, GenericAlias) else ()
        for parameter in each:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def _replace(value, given):
    if isinstance(value, (TypeVar, ParamSpec, TypeVarTuple)):
        return given.get(value, value)
    if isinstance(value, list):
        return list(_replace_all(value, given))
    parameters = getattr(value, "__parameters__", ())
    if parameters and not isinstance(value, type):
        return value[tuple([given.get(parameter, parameter) for parameter in parameters])]
    return value


def _replace_all(args, given):
    found = []
    for arg in args:
        # What stands for an unpacked variable is several types.
        if isinstance(arg, _Alias) and arg.__origin__ is Unpack and isinstance(given.get(arg.__args__[0]), tuple):
            found += given[arg.__args__[0]]
        else:
            found.append(_replace(arg, given))
    return tuple(found)


def _given(alias, args):
    """What stands for which of the type variables of `alias`."""
    parameters = alias.__parameters__
    if not parameters:
        raise TypeError("%r is not a generic class" % (alias,))
    args = args if isinstance(args, tuple) else (args,)
    if len(parameters) == 1 and isinstance(parameters[0], ParamSpec) and not (len(args) == 1 and _is_signature(args[0])):
        args = (list(args),)
    various = [index for index, each in enumerate(parameters) if isinstance(each, TypeVarTuple)]
    if len(various) > 1:
        raise TypeError("More than one TypeVarTuple parameter in %r" % (alias,))
    if various:
        behind = len(parameters) - various[0] - 1
        if len(args) < len(parameters) - 1:
            raise TypeError("Too few arguments for %r; actual %d, expected at least %d" % (alias, len(args), len(parameters) - 1))
        end = len(args) - behind
        args = args[: various[0]] + (args[various[0] : end],) + args[end:]
    elif len(args) != len(parameters):
        which = "many" if len(args) > len(parameters) else "few"
        raise TypeError("Too %s arguments for %r; actual %d, expected %d" % (which, alias, len(args), len(parameters)))
    given = {}
    for parameter, arg in zip(parameters, args):
        if isinstance(parameter, TypeVar):
            if isinstance(arg, (tuple, list)):
                raise TypeError("Parameters to generic types must be types. Got %r." % (arg,))
            arg = _convert(arg)
        elif isinstance(parameter, ParamSpec) and not _is_signature(arg):
            raise TypeError("Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got %r" % (arg,))
        given[parameter] = arg
    return given


def _is_signature(arg):
    if arg is ... or isinstance(arg, (list, tuple, ParamSpec)):
        return True
    return isinstance(arg, _Alias) and arg.__origin__ is Concatenate


def _substituted(alias, args):
    """What `list[T][int]` is."""
    return GenericAlias(alias.__origin__, _replace_all(alias.__args__, _given(alias, args)))


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
    # What may stand in a union.
    def __init_subclass__(cls, *args, _root=False, **kwds):
        pass

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Alias(_Typing):
    """`origin[args]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _parameters(args)
        self._name = name

    def __getitem__(self, args):
        return type(self)(self.__origin__, _replace_all(self.__args__, _given(self, args)), self._name)

    def __call__(self, *args, **kwargs):
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return result

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if isinstance(origin, _Form):
            return (Generic,)
        if origin is Generic:
            # A later base brings it along.
            return () if Protocol in bases or any([isinstance(b, _Typing) for b in _after(self, bases)]) else (Generic,)
        return (origin,) if issubclass(origin, Generic) else _with_generic(self, bases)

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__"):
            return self._name or getattr(self.__origin__, name)
        if name == "__module__" or not (name.startswith("__") and name.endswith("__")):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __reduce__(self):
        import operator

        args = self.__args__[0] if len(self.__args__) == 1 else self.__args__
        if self._name == "Callable" and not (len(args) == 2 and _is_signature(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (globals().get(self._name, self.__origin__), args)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, str(self.__args__)))

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        name = "typing." + self._name if self._name else _type_repr(self.__origin__)
        args = self.__args__
        if self._name == "Callable" and not (len(args) == 2 and _is_signature(args[0])):
            return "%s[[%s], %s]" % (name, ", ".join(map(_type_repr, args[:-1])), _type_repr(args[-1]))
        return "%s[%s]" % (name, ", ".join(map(_type_repr, args)) or "()")


class _UnionAlias(_Alias):
    def __eq__(self, other):
        if isinstance(other, (UnionType, _UnionAlias)):
            return all([x in other.__args__ for x in self.__args__]) and all([x in self.__args__ for x in other.__args__])
        return NotImplemented

    def __hash__(self):
        return hash(frozenset([str(arg) for arg in self.__args__]))

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__args__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__args__)

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
        key = args, tuple(map(type, args)) if isinstance(args, tuple) else type(args)
        try:
            return self._made[key]
        except (KeyError, TypeError):
            # It is new, or holds a list.
            made = self._subscript(self, args)
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


def _convert(arg):
    return NoneType if arg is None else ForwardRef(arg) if isinstance(arg, str) else arg


def _one(form, arg):
    return _Alias(form, (_convert(arg),), form._name)


def _many(form, args):
    return _Alias(form, tuple(map(_convert, args if isinstance(args, tuple) else (args,))), form._name)


def _union(form, args):
    flat = []
    for arg in args if isinstance(args, tuple) else (args,):
        arg = _convert(arg)
        for each in arg.__args__ if isinstance(arg, (_UnionAlias, UnionType)) else (arg,):
            if each not in flat:
                flat.append(each)
    if not flat:
        raise TypeError("Cannot take a Union of no types.")
    return flat[0] if len(flat) == 1 else _UnionAlias(form, tuple(flat), "Union")


def _optional(form, arg):
    return Union[arg, None]


def _literal(form, args):
    values = []
    for arg in args if isinstance(args, tuple) else (args,):
        for each in arg.__args__ if isinstance(arg, _Alias) and arg.__origin__ is Literal else (arg,):
            if not any([each == known and type(each) is type(known) for known in values]):
                values.append(each)
    return _LiteralAlias(form, tuple(values), "Literal")


class _AnyMeta(type):
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
Required = _Form("Required", _one)
NotRequired = _Form("NotRequired", _one)
ReadOnly = _Form("ReadOnly", _one)
TypeGuard = _Form("TypeGuard", _one)
TypeIs = _Form("TypeIs", _one)
Unpack = _Form("Unpack", _one)
Concatenate = _Form("Concatenate", _many)
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")


class _AnnotatedAlias(_Alias):
    @property
    def __metadata__(self):
        return self.__args__[1:]

    def __repr__(self):
        return "typing.Annotated[%s, %s]" % (_type_repr(self.__args__[0]), ", ".join(map(repr, self.__args__[1:])))


def _annotated(form, args):
    if not isinstance(args, tuple) or len(args) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    inner, rest = _convert(args[0]), args[1:]
    if isinstance(inner, _AnnotatedAlias):
        inner, rest = inner.__args__[0], inner.__args__[1:] + rest
    return _AnnotatedAlias(inner, (inner,) + rest, "Annotated")


Annotated = _Form("Annotated", _annotated)


class _Deprecated(_Form):
    """`List` for `list`."""

    def __init__(self, origin, nparams=-1, *, inst=True, name=None, defaults=()):
        # The origin first: a library's own kind of these sets on it what it does not know.
        self.__origin__ = origin
        self._name = self.__name__ = self.__qualname__ = origin.__name__ if name is None else name
        self.__module__ = "typing"
        self._nparams, self._inst, self._defaults = nparams, inst, defaults

    def __getitem__(self, args):
        return self.copy_with(tuple(map(_convert, args if isinstance(args, tuple) else (args,))))

    def copy_with(self, params):
        return _Alias(self.__origin__, params, self._name)

    def __call__(self, *args, **kwds):
        return self.__origin__(*args, **kwds)

    def __mro_entries__(self, bases):
        return _with_generic(self, bases)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)


class _CallableForm(_Deprecated):
    def __getitem__(self, args):
        if not isinstance(args, tuple) or len(args) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, list):
            return _Alias(self.__origin__, tuple(map(_convert, parameters)) + (_convert(result),), "Callable")
        return _Alias(self.__origin__, (parameters, _convert(result)), "Callable")


for _name, _origin in (
    ("List", list), ("Dict", dict), ("Set", set), ("FrozenSet", frozenset), ("Tuple", tuple), ("Type", type),
    ("Deque", collections.deque), ("DefaultDict", collections.defaultdict), ("OrderedDict", collections.OrderedDict),
    ("Counter", collections.Counter), ("ChainMap", collections.ChainMap),
):
    globals()[_name] = _Deprecated(_origin, name=_name)
for _name in """Hashable Sized Container Iterable Iterator Reversible Collection Generator Sequence MutableSequence Mapping
        MutableMapping MutableSet MappingView KeysView ItemsView ValuesView Awaitable Coroutine AsyncIterable AsyncIterator
        AsyncGenerator ByteString""".split():
    globals()[_name] = _Deprecated(getattr(collections.abc, _name))
AbstractSet = _Deprecated(collections.abc.Set, name="AbstractSet")
Callable = _CallableForm(collections.abc.Callable)
ContextManager = _Deprecated(contextlib.AbstractContextManager, name="ContextManager")
AsyncContextManager = _Deprecated(contextlib.AbstractAsyncContextManager, name="AsyncContextManager")
Pattern, Match = _Deprecated(re.Pattern, name="Pattern"), _Deprecated(re.Match, name="Match")
del _name, _origin

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
        if cls not in (Generic, Protocol) and not getattr(cls, "__parameters__", ()):
            if not getattr(cls, "__type_params__", ()):
                raise TypeError("%r is not a generic class" % (cls,))
        return _Alias(cls, args)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls.__parameters__ = _parameters(cls.__dict__.get("__orig_bases__", ()))


# What every class has, or that says nothing about what it can do.
_IGNORED = set("""__module__ __qualname__ __dict__ __weakref__ __doc__ __annotations__ __annotate__ __slots__ __init__ __new__
    __abstractmethods__ _abc_registry _abc_answers _is_protocol _is_runtime __parameters__ __orig_bases__ __subclasshook__
    __init_subclass__ __class_getitem__ __type_params__ __match_args__ __hash__""".split())


def get_protocol_members(cls):
    names = set()
    for base in cls.__mro__:
        if getattr(base, "_is_protocol", False) and base is not Protocol:
            names.update(vars(base), base.__annotations__)
    return frozenset(names - _IGNORED)


def is_protocol(cls):
    return isinstance(cls, type) and "_is_protocol" in vars(cls) and cls._is_protocol and cls is not Protocol


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if not is_protocol(cls):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return super().__instancecheck__(instance) or all([hasattr(instance, name) for name in get_protocol_members(cls)])

    def __subclasscheck__(cls, other):
        if not is_protocol(cls) or cls in other.__mro__:
            return super().__subclasscheck__(other)
        if not getattr(cls, "_is_runtime", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all([hasattr(other, name) for name in get_protocol_members(cls)])


class Protocol(Generic, metaclass=_ProtocolMeta):
    _is_protocol = True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls._is_protocol = Protocol in cls.__bases__

    def __new__(cls, *args, **kwargs):
        if is_protocol(cls):
            raise TypeError("Protocols cannot be instantiated")
        return super().__new__(cls)


def runtime_checkable(cls):
    if not is_protocol(cls):
        raise TypeError("@runtime_checkable can be only applied to protocol classes, got %r" % (cls,))
    cls._is_runtime = True
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
    __slots__ = ("__forward_arg__",)

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return "ForwardRef(%r)" % self.__forward_arg__


def _caller():
    import sys

    return sys._getframe(2).f_globals.get("__name__")


class NewType(_Typing):
    def __init__(self, name, tp):
        self.__qualname__, self.__name__ = name, name.rpartition(".")[2]
        self.__supertype__ = tp
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __reduce__(self):
        return self.__qualname__

    def __call__(self, arg):
        return arg

    def __repr__(self):
        return "%s.%s" % (self.__module__, self.__name__)


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if namespace.get("_root"):
            return super().__new__(mcls, name, bases, namespace)
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

    def __new__(cls, typename, fields=(), /, **kwargs):
        fields = list(fields) + list(kwargs.items())
        made = collections.namedtuple(typename, [field[0] for field in fields])
        return type(typename, (made,), {"__annotations__": dict(fields), "__slots__": ()})


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **kwargs):
        if namespace.get("_root"):
            return super().__new__(mcls, name, bases, namespace)
        cls = super().__new__(mcls, name, (dict,), dict(namespace))
        own = dict(cls.__annotations__)
        required, optional = set(), set()
        annotations = {}
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            required |= getattr(base, "__required_keys__", set())
            optional |= getattr(base, "__optional_keys__", set())
        for key, value in own.items():
            origin = get_origin(value)
            needed = total if origin not in (Required, NotRequired) else origin is Required
            (required if needed else optional).add(key)
        annotations.update(own)
        cls.__annotations__ = annotations
        cls.__total__ = total
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        cls.__orig_bases__ = bases
        return cls

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


class _TypedDictBase(metaclass=_TypedDictMeta):
    _root = True


class _TypedDictForm(_Form):
    def __call__(self, typename, fields=(), /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or kwargs), "__module__": __name__}, total=total)

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
    if isinstance(tp, (ParamSpecArgs, _Alias, GenericAlias)):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    if not isinstance(tp, (_Alias, GenericAlias, UnionType)):
        return ()
    args = tp.__args__
    if isinstance(tp, _Alias) and tp.__origin__ is collections.abc.Callable and args[0] is not ...:
        return list(args[:-1]), args[-1]
    return args


def _resolve(value, globals, locals, extras):
    if value is None:
        return NoneType
    if isinstance(value, str):
        value = eval(value, globals, locals)
    if isinstance(value, ForwardRef):
        value = eval(value.__forward_arg__, globals, locals)
    if isinstance(value, _AnnotatedAlias) and not extras:
        value = value.__args__[0]
    if isinstance(value, _Alias) and not extras and value.__origin__ in (Required, NotRequired):
        return _resolve(value.__args__[0], globals, locals, extras)
    if isinstance(value, _Alias) and value.__origin__ is not Literal:
        args = tuple([_resolve(arg, globals, locals, extras) for arg in value.__args__])
        value = type(value)(value.__origin__, args, value._name)
    return value


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    import sys

    hints = {}
    if getattr(obj, "__no_type_check__", None):
        return hints
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = sys.modules.get(getattr(base, "__module__", None))
            space = globalns if globalns is not None else dict(vars(module)) if module else {}
            for name, value in (base.__dict__.get("__annotations__", None) or _own_annotations(base)).items():
                hints[name] = _resolve(value, space, localns or dict(vars(base)), include_extras)
        return hints
    space = globalns if globalns is not None else getattr(obj, "__globals__", None) or getattr(obj, "__dict__", {})
    for name, value in obj.__annotations__.items():
        hints[name] = _resolve(value, space, localns, include_extras)
    return hints


def _own_annotations(cls):
    return getattr(cls, "__annotations__", {}) if cls is not object else {}


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError("Expected code to be unreachable, but got: %r" % (arg,))


def reveal_type(obj, /):
    import sys

    print("Runtime type is %r" % type(obj).__name__, file=sys.stderr)
    return obj


def no_type_check(arg):
    """Whose annotations are none: those of a function, or of all functions of a class."""
    if isinstance(arg, type):
        for value in list(vars(arg).values()):
            if isinstance(value, (staticmethod, classmethod)):
                value = value.__func__
            if callable(value) and getattr(value, "__qualname__", "").startswith(arg.__qualname__ + "."):
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    return lambda *args, **kwargs: no_type_check(decorator(*args, **kwargs))


_overloads = {}


def overload(func):
    _overloads.setdefault((func.__module__, func.__qualname__), []).append(func)
    return _overload_dummy


def get_overloads(func):
    return list(_overloads.get((func.__module__, func.__qualname__), []))


def clear_overloads():
    _overloads.clear()


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


def dataclass_transform(**kwargs):
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = kwargs
        return cls_or_fn

    return decorator


class IO(Generic[AnyStr]):
    pass


class TextIO(IO[str]):
    pass


class BinaryIO(IO[bytes]):
    pass


# What libraries know the classes of generic types by.
_GenericAlias = _BaseGenericAlias = _ConcatenateGenericAlias = _CallableGenericAlias = _Alias
_UnionGenericAlias = _UnionAlias
_SpecialForm = _TypedCacheableForm = _Form
_SpecialGenericAlias = _Deprecated
_collect_parameters = _collect_type_vars = _parameters
_type_convert = _convert


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    arg = _convert(arg)
    if type(arg) is tuple or not callable(arg) and not isinstance(arg, (_Typing, GenericAlias, UnionType, TypeVar, TypeVarTuple, ParamSpec, TypeAliasType)):
        raise TypeError("%s Got %r." % (msg, arg))
    return arg


def _tp_cache(func=None, /, *, typed=False):
    return (lambda func: func) if func is None else func


def _eval_type(t, globalns, localns, recursive_guard=frozenset()):
    return _resolve(t, globalns, localns, True)


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions "
        "outside a stub module should always be followed by an implementation that is not @overload-ed."
    )


def _is_dunder(attr):
    return attr.startswith("__") and attr.endswith("__")


def _deduplicate(params):
    return list(dict.fromkeys(params))


def _no_init_or_replace_init(self, *args, **kwargs):
    object.__init__(self)


def _get_protocol_attrs(cls):
    return set(get_protocol_members(cls))


def _caller(depth=1, default="__main__"):
    import sys

    try:
        return sys._getframe(depth + 1).f_globals.get("__name__", default)
    except ValueError:
        return default


EXCLUDED_ATTRIBUTES = frozenset(_IGNORED)
_ASSERT_NEVER_REPR_MAX_LENGTH = 100
_TYPING_INTERNALS = frozenset(["__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol", "__final__"])
_prohibited = frozenset(
    ["__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types", "_make", "_replace", "_asdict", "_source"]
)
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
