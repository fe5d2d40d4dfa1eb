"""Classes that are made of their fields."""

import abc
import copy as _copy
import keyword
import re
import sys
from types import MappingProxyType, MemberDescriptorType

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _Sentinel:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


MISSING = _Sentinel("<dataclasses._MISSING_TYPE object>")
KW_ONLY = _Sentinel("dataclasses.KW_ONLY")
_HAS_DEFAULT_FACTORY = _Sentinel("<factory>")
_FIELD, _CLASSVAR, _INITVAR = _Sentinel("_FIELD"), _Sentinel("_FIELD_CLASSVAR"), _Sentinel("_FIELD_INITVAR")
_FIELD_INITVAR, _FIELD_CLASSVAR, _FIELDS, _PARAMS = _INITVAR, _CLASSVAR, "__dataclass_fields__", "__dataclass_params__"
_EMPTY = MappingProxyType({})


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return "dataclasses.InitVar[%s]" % (self.type.__name__ if isinstance(self.type, type) else repr(self.type))


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY if metadata is None else MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        names = "name type default default_factory init repr hash compare metadata kw_only _field_type".split()
        if any([self is other for other in _in_repr]):
            return "..."
        _in_repr.append(self)
        try:
            return "Field(%s)" % ",".join(["%s=%r" % (name, getattr(self, name)) for name in names])
        finally:
            _in_repr.pop()

    def __set_name__(self, owner, name):
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            func(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _Params:
    def __init__(self, **options):
        self.__dict__.update(options)

    def __repr__(self):
        return "_DataclassParams(%s)" % ",".join(["%s=%r" % pair for pair in self.__dict__.items()])


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    params = _Params(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen)

    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")

    def wrap(cls):
        return _process(cls, params, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


# The name that a text begins with, perhaps one of a module.
_NAME = re.compile(r"^(?:\s*(\w+)\s*\.)?\s*(\w+)")


def _meant(cls, text):
    """What the first name of an annotation that is text stands for, as far as the class's module knows; None if it does not."""
    match = _NAME.match(text)
    space = _space(cls)
    if match and match[1]:
        space = getattr(space.get(match[1]), "__dict__", {})
        if space.get("__name__") not in ("typing", "dataclasses"):
            return None
    return match and space.get(match[2])


def _space(cls):
    return getattr(sys.modules.get(cls.__module__), "__dict__", {})


def _kind(cls, annotation):
    if isinstance(annotation, str):
        annotation = _meant(cls, annotation)
    if annotation is KW_ONLY:
        return KW_ONLY
    if annotation is InitVar or isinstance(annotation, InitVar):
        return _INITVAR
    form = getattr(annotation, "__origin__", annotation)
    return _CLASSVAR if getattr(form, "_name", None) == "ClassVar" else _FIELD


def _get_field(cls, name, annotation, kind, kw_only):
    default = getattr(cls, name, MISSING) if name in cls.__dict__ else MISSING
    if isinstance(default, MemberDescriptorType):
        # It has a slot, which is no default.
        default = MISSING
    f = default if isinstance(default, Field) else field(default=default)
    f.name, f.type, f._field_type = name, annotation, kind
    if kind is _FIELD or kind is _INITVAR:
        if f.kw_only is MISSING:
            f.kw_only = kw_only
    elif f.kw_only is not MISSING:
        raise TypeError("field %s is a ClassVar but specifies kw_only" % name)
    if kind in (_CLASSVAR, _INITVAR) and f.default_factory is not MISSING:
        raise TypeError("field %s cannot have a default factory" % name)
    if kind is _FIELD and (getattr(type(f.default), "__hash__", None) is None or isinstance(f.default, (list, dict, set))):
        raise ValueError("mutable default %s for field %s is not allowed: use default_factory" % (type(f.default), name))
    if isinstance(default, Field):
        if f.default is MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, f.default)
    return f


def _process(cls, params, match_args, kw_only, slots, weakref_slot):
    fields = {}
    frozen_bases = []
    for base in cls.__mro__[-1:0:-1]:
        known = base.__dict__.get("__dataclass_fields__")
        if known is not None:
            fields.update(known)
            frozen_bases.append(base.__dict__["__dataclass_params__"].frozen)
    if any(frozen_bases) and not params.frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if frozen_bases and not all(frozen_bases) and params.frozen:
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    annotations = cls.__annotations__
    keyword_only, has_marked = kw_only, False
    for name, annotation in annotations.items():
        kind = _kind(cls, annotation)
        if kind is KW_ONLY:
            if has_marked:
                raise TypeError("%r is KW_ONLY, but KW_ONLY has already been specified" % name)
            has_marked = keyword_only = True
        else:
            fields[name] = _get_field(cls, name, annotation, kind, keyword_only)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError("%r is a field but has no type annotation" % name)
    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = params
    has_init = _add_methods(cls, params, fields, slots)
    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + _signature(cls, fields, has_init)
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in _of_init(fields) if not f.kw_only])
    if slots:
        cls = _with_slots(cls, fields, params.frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _signature(cls, fields, has_init):
    """The parameters as text, as `inspect` has them; that is asked only about an `__init__` that was not made here."""
    if not has_init or type(cls).__call__ is not type.__call__:
        import inspect

        try:
            return str(inspect.signature(cls)).replace(" -> None", "")
        except (TypeError, ValueError):
            return ""
    parts = []
    for f in sorted(_of_init(fields), key=lambda f: f.kw_only):
        text = "%s: %s" % (f.name, _annotation(f.type))
        if f.default is not MISSING:
            text += " = %r" % (f.default,)
        elif f.default_factory is not MISSING:
            text += " = <factory>"
        if f.kw_only and "*" not in parts:
            parts.append("*")
        parts.append(text)
    return "(%s)" % ", ".join(parts)


def _annotation(kind):
    if getattr(kind, "__module__", None) == "typing":
        return repr(kind).replace("typing.", "")
    if isinstance(kind, type) and not hasattr(kind, "__origin__"):
        return kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)
    return repr(kind)


def _of_init(fields):
    return [f for f in fields.values() if f._field_type is not _CLASSVAR and f.init]


def _compared(fields, attribute="compare"):
    return [f for f in fields.values() if f._field_type is _FIELD and getattr(f, attribute)]


def _own(cls, name):
    return name in cls.__dict__


def _define(cls, method, name, overwrite=False):
    if overwrite or not _own(cls, name):
        method.__name__ = name
        method.__qualname__ = cls.__qualname__ + "." + name
        setattr(cls, name, method)
        return True
    return False


def _add_methods(cls, params, fields, slots):
    """Gives the class what it lacks; whether that is an `__init__`, too."""
    own_hash = cls.__dict__.get("__hash__", MISSING)
    explicit_hash = not (own_hash is MISSING or own_hash is None and _own(cls, "__eq__"))
    has_init = params.init and _define(cls, _make_init(cls, fields, params.frozen, slots), "__init__")
    if params.repr:
        _define(cls, _make_repr([f.name for f in fields.values() if f._field_type is _FIELD and f.repr]), "__repr__")
    names = [f.name for f in _compared(fields)]
    if params.eq:
        _define(cls, _make_compare(names, lambda a, b: a == b), "__eq__")
    if params.order:
        if not params.eq:
            raise ValueError("eq must be true if order is true")
        orders = {"__lt__": lambda a, b: a < b, "__le__": lambda a, b: a <= b, "__gt__": lambda a, b: a > b, "__ge__": lambda a, b: a >= b}
        for name, order in orders.items():
            if not _define(cls, _make_compare(names, order), name):
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering" % (name, cls.__name__))
    if params.frozen:
        for name in ("__setattr__", "__delattr__"):
            if not _define(cls, _make_refusal(cls, name, fields), name):
                raise TypeError("Cannot overwrite attribute %s in class %s" % (name, cls.__name__))
    if params.unsafe_hash and explicit_hash:
        raise TypeError("Cannot overwrite attribute __hash__ in class %s" % cls.__name__)
    hashed = [f.name for f in fields.values() if f._field_type is _FIELD and (f.compare if f.hash is None else f.hash)]
    if params.unsafe_hash or params.eq and params.frozen and not explicit_hash:
        _define(cls, lambda self: hash(tuple([getattr(self, name) for name in hashed])), "__hash__", overwrite=True)
    elif params.eq and not explicit_hash:
        cls.__hash__ = None
    return has_init


# The function is compiled, so that arguments are bound (and refused) as those of any function.
def _make_init(cls, fields, frozen, slots):
    space = {"MISSING": MISSING, "_HAS_DEFAULT_FACTORY": _HAS_DEFAULT_FACTORY, "_set": object.__setattr__}
    positional, keywords, body = [], [], []
    seen_default = False
    for f in fields.values():
        if f._field_type is _CLASSVAR:
            continue
        name, value = f.name, f.name
        space["_default_" + name] = f.default if f.default_factory is MISSING else f.default_factory
        if f.init:
            parameter = name
            if f.default is not MISSING:
                parameter += "=_default_" + name
            elif f.default_factory is not MISSING:
                parameter += "=_HAS_DEFAULT_FACTORY"
                value = "_default_%s() if %s is _HAS_DEFAULT_FACTORY else %s" % (name, name, name)
            elif seen_default and not f.kw_only:
                raise TypeError("non-default argument %r follows default argument" % name)
            seen_default = seen_default or not f.kw_only and "=" in parameter
            (keywords if f.kw_only else positional).append(parameter)
        elif f.default_factory is not MISSING:
            value = "_default_%s()" % name
        elif slots and f.default is not MISSING:
            # The class has a slot where its default would be.
            value = "_default_" + name
        else:
            continue
        if f._field_type is _FIELD:
            body.append("_set({own}, %r, %s)" % (name, value) if frozen else "{own}.%s = %s" % (name, value))
    own = "_self" if "self" in fields else "self"
    if hasattr(cls, "__post_init__"):
        body.append("{own}.__post_init__(%s)" % ", ".join([f.name for f in fields.values() if f._field_type is _INITVAR]))
    parameters = [own] + positional + (["*"] + keywords if keywords else [])
    text = "def _make(%s):\n def __init__(%s):\n  %s\n return __init__" % (
        ", ".join(space), ", ".join(parameters), "\n  ".join(body or ["pass"]).replace("{own}", own)
    )
    # Its globals are those of the class's module: there annotations mean something.
    made = {}
    exec(text, _space(cls), made)
    init = made["_make"](**space)
    init.__annotations__ = {f.name: f.type for f in _of_init(fields)}
    init.__annotations__["return"] = None
    return init


_in_repr = []


def _make_repr(names):
    def __repr__(self):
        if any([self is other for other in _in_repr]):
            return "..."
        _in_repr.append(self)
        try:
            return "%s(%s)" % (type(self).__qualname__, ", ".join(["%s=%r" % (name, getattr(self, name)) for name in names]))
        finally:
            _in_repr.pop()

    return __repr__


def _make_compare(names, compare):
    def method(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return compare(tuple([getattr(self, name) for name in names]), tuple([getattr(other, name) for name in names]))

    return method


def _make_refusal(cls, name, fields):
    what = "assign to" if name == "__setattr__" else "delete"

    def method(self, attribute, *value):
        if type(self) is cls or attribute in fields:
            raise FrozenInstanceError("cannot %s field %r" % (what, attribute))
        getattr(super(cls, self), name)(attribute, *value)

    return method


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__", ())
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__"):
        raise TypeError("Slots of %r cannot be determined" % cls.__name__)
    return list(slots)


def _with_slots(cls, fields, frozen, weakref_slot):
    if "__slots__" in cls.__dict__:
        raise TypeError("%s already specifies __slots__" % cls.__name__)
    inherited = [slot for base in cls.__mro__[1:-1] for slot in _slots_of(base)]
    names = [f.name for f in fields.values() if f._field_type is _FIELD]
    space = {key: value for key, value in cls.__dict__.items() if key not in names and key not in ("__dict__", "__weakref__")}
    slots = names + ["__weakref__"] if weakref_slot else names
    space["__slots__"] = tuple([name for name in slots if name not in inherited])
    new = type(cls)(cls.__name__, cls.__bases__, space)
    new.__qualname__ = cls.__qualname__
    if frozen:
        # An instance that refuses to be changed is given its state past that.
        if "__getstate__" not in cls.__dict__:
            new.__getstate__ = _getstate
        if "__setstate__" not in cls.__dict__:
            new.__setstate__ = _setstate
    return new


def _getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def fields(class_or_instance):
    try:
        known = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in known.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def _convert(obj, whole):
    if _is_instance(obj):
        return whole([(f.name, _convert(getattr(obj, f.name), whole)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_convert(x, whole) for x in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_convert(x, whole) for x in obj])
    if isinstance(obj, dict):
        pairs = [(_convert(k, whole), _convert(v, whole)) for k, v in obj.items()]
        if hasattr(type(obj), "default_factory") or hasattr(obj, "default_factory"):
            result = type(obj)(obj.default_factory)
            result.update(pairs)
            return result
        return type(obj)(pairs)
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **options):
    annotations, space = {}, dict(namespace or {})
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, "typing.Any"
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, space[item[0]] = item
        else:
            raise TypeError("Invalid field: %r" % (item,))
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError("Field names must be valid identifiers: %r" % (name,))
        if keyword.iskeyword(name):
            raise TypeError("Field names must not be keywords: %r" % name)
        if name in annotations:
            raise TypeError("Field name duplicated: %r" % name)
        annotations[name] = annotation
    space["__annotations__"] = annotations
    if module is not None:
        space["__module__"] = module
    from types import new_class

    return dataclass(new_class(cls_name, bases, {}, lambda body: body.update(space)), **options)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in obj.__dataclass_fields__.values():
        if f._field_type is _CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError("field %s is declared with init=False, it cannot be specified with replace()" % f.name)
        elif f.name not in changes:
            if f._field_type is _INITVAR and f.default is MISSING:
                raise ValueError("InitVar %r must be specified with replace()" % f.name)
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)
