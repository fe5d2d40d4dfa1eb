"""Enumerations."""

__all__ = [
    "EnumType", "EnumMeta", "EnumDict", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property", "verify", "member",
    "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "global_flag_repr", "global_enum_repr", "global_str", "global_enum", "EnumCheck",
    "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "pickle_by_global_name", "pickle_by_enum_name", "show_flag_values",
]
_builtin_property, _plain_new = property, object.__new__

class auto:
    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % self.value


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class property:
    """Of members alone: the class may have a member of the same name."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            if self.name in owner._member_map_:
                return owner._member_map_[self.name]
            raise AttributeError("%r has no attribute %r" % (owner, self.name))
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("<enum %r> cannot set attribute %r" % (type(instance).__name__, self.name))
        self.fset(instance, value)


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    return name.startswith("_%s__" % cls_name) and not name.endswith("__")


class EnumDict(dict):
    """The body's namespace: in order, which names are members."""

    def __init__(self, cls_name=""):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._numbered = False

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key == "_generate_next_value_":
                if self._numbered:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
                value = staticmethod(self._generate)
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
            elif key not in ("_order_", "_missing_", "_iter_member_", "_numeric_repr_", "_value_repr_", "_add_alias_", "_add_value_alias_", "_new_member_"):
                if not key.startswith("_") or key not in ("_boundary_",):
                    raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % key)
        elif _is_dunder(key) or key in self._ignore:
            pass
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            given, values = value, len(self._last_values)
            value = self._with_autos(key, value)
            self._member_names[key] = None
            if len(self._last_values) == values and given is value:
                self._last_values.append(value)
        super().__setitem__(key, value)

    def update(self, members, /, **more):
        for name, value in [*(members.items() if hasattr(members, "items") else members), *more.items()]:
            self[name] = value

    def _with_autos(self, key, value):
        if isinstance(value, auto):
            if value.value is None:
                self._numbered = True
                value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            self._last_values.append(value.value)
            return value.value
        if type(value) is tuple and any([isinstance(item, auto) for item in value]):
            return tuple([self._with_autos(key, item) for item in value])
        return value


# Said of the class that is being made.
Enum = Flag = ReprEnum = None


def _str_of_value(self):
    return str(self._value_)


def _format_of_value(self, format_spec):
    return format(self._value_, format_spec) if format_spec else str(self)


_BUILTIN = (int, str, float, bytes, complex, tuple, list, dict, frozenset, set)


def _data_type(name, bases):
    """What the values of members are, beside members: the class of the bases that makes objects of its own, or the one derived from it."""
    if Enum is not None and bases and not isinstance(bases[-1], EnumType):
        raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
    found = []
    for base in bases:
        candidate = None
        for cls in base.__mro__:
            if cls is object:
                continue
            if isinstance(cls, EnumType):
                kind = getattr(cls, "_member_type_", object)
                if kind is object:
                    continue
            elif cls in _BUILTIN or "__new__" in vars(cls) or hasattr(cls, "__dataclass_fields__"):
                kind = candidate or cls
            else:
                candidate = candidate or cls
                continue
            if kind not in found:
                found.append(kind)
            break
    if len(found) > 1:
        raise TypeError("too many data types for %r: %r" % (name, set(found)))
    return found[0] if found else object


def _shown_by(bases):
    """The `repr` of members' values, where a class among the bases has its own."""
    for base in bases:
        for cls in base.__mro__:
            if isinstance(cls, EnumType):
                return cls._value_repr_
            if cls is not object and (cls in _BUILTIN or "__repr__" in vars(cls)):
                return cls.__repr__
    return None


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        namespace = EnumDict(cls)
        for base in bases:
            if Enum is not None and isinstance(base, EnumType):
                if base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (cls, base))
                namespace._generate = getattr(base, "_generate_next_value_", namespace._generate)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if not isinstance(classdict, EnumDict):
            plain, classdict = classdict, metacls.__prepare__(cls, bases)
            for key, value in plain.items():
                classdict[key] = value
        names = list(classdict._member_names)
        for name in ("mro", ""):
            if name in names:
                raise ValueError("invalid enum member name(s) %r" % name)
        for name in classdict._ignore:
            classdict.pop(name, None)
        values = {name: classdict[name] for name in names}
        body = {key: value for key, value in classdict.items() if key not in values and key != "_ignore_"}
        data_type = _data_type(cls, bases)
        body["_member_names_"] = []
        body["_member_map_"] = {}
        body["_value2member_map_"] = {}
        body["_unhashable_values_"] = []
        body["_member_type_"] = data_type
        order = body.pop("_order_", None)
        new_own = body.pop("__new__", None) if Enum is not None else None
        if new_own is not None:
            body["_new_member_"] = body["__new_member__"] = new_own
        if Enum is not None:
            body.setdefault("_value_repr_", _shown_by(bases))
        enum_class = super().__new__(metacls, cls, bases, body, **kwds)
        if Enum is None or not issubclass(enum_class, Enum):
            return enum_class
        # A class that derives from this one finds no `__new__` here that makes members.
        enum_class.__new__ = Enum.__new__
        if ReprEnum in bases:
            for name, method in (("__str__", _str_of_value), ("__format__", _format_of_value)):
                if name not in classdict:
                    classdict[name] = method
                    setattr(enum_class, name, method)
        if boundary is not None or Flag is not None and issubclass(enum_class, Flag):
            enum_class._boundary_ = boundary or getattr(enum_class, "_boundary_", None)
        for name, value in values.items():
            _add_member(enum_class, name, value, data_type)
        if Flag is not None and issubclass(enum_class, Flag):
            _finish_flag(enum_class)
        if order is not None:
            _check_order(enum_class, order)
        # What a member's class inherits of the data type would hide how an enumeration shows itself.
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in classdict and data_type is not object:
                chosen = getattr(Flag if Flag is not None and issubclass(enum_class, Flag) else Enum, name, None)
                for base in enum_class.__mro__[1:]:
                    if isinstance(base, EnumType) and name in vars(base):
                        chosen = vars(base)[name]
                        break
                if chosen is not None:
                    setattr(enum_class, name, chosen)
        if data_type is not object and Flag is not None and issubclass(enum_class, Flag):
            for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
                if name not in classdict:
                    setattr(enum_class, name, getattr(Flag, name))
        return enum_class

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    @_builtin_property
    def __members__(cls):
        from types import MappingProxyType

        return MappingProxyType(cls._member_map_)

    def __call__(cls, value, names=None, *rest, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            return _lookup(cls, value if names is None else (value, names) + rest)
        if names is None and type is None:
            raise TypeError("%r has no members; specify `names=()` if you meant to create a new, empty, enum" % cls)
        if module is None:
            import sys

            module = sys._getframe(1).f_globals.get("__name__")
        return _functional(cls, value, names, module, qualname, type, start, boundary)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_
        except TypeError:
            return any([value == m._value_ for m in cls._unhashable_values_])

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __repr__(cls):
        return "<%s %r>" % ("flag" if Flag is not None and issubclass(cls, Flag) else "enum", cls.__name__)

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__", "__module__", "__name__", "__qualname__",
                 "__init_subclass__"}
        names.update(cls._member_names_)
        if cls._new_member_ is not _plain_new or cls._member_type_ is not object:
            names.add("__new__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """An enumeration of a module's constants whose names `filter` takes; its members replace them in `module`."""
        import sys

        names = vars(sys.modules[module])
        members = [pair for pair in (names if source is None else vars(source)).items() if filter(pair[0])]
        try:
            members.sort(key=lambda pair: (pair[1], pair[0]))
        except TypeError:
            members.sort(key=lambda pair: pair[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        made.__reduce_ex__ = pickle_by_global_name
        if as_global:
            global_enum(made)
        else:
            names.update(made.__members__)
        names[name] = made
        return made


EnumMeta = EnumType


def _check_order(cls, order):
    order = order.replace(",", " ").split() if isinstance(order, str) else list(order)
    # Aliases may stand in it, where what they are other names of stands.
    order = [name for name in order if name not in cls._member_map_ or name in cls._member_names_]
    if order != cls._member_names_:
        raise TypeError("member order does not match _order_:\n  %r\n  %r" % (cls._member_names_, order))


def _add_member(cls, name, value, data_type):
    args = value if isinstance(value, tuple) else (value,)
    if data_type is tuple:
        args = (args,)
    maker = cls._new_member_
    if maker is not _plain_new:
        maker = maker.__func__ if isinstance(maker, staticmethod) else maker
        new = maker(cls, *args)
    elif not any([base in _BUILTIN or "__new__" in vars(base) for base in data_type.__mro__[:-1]]):
        new = object.__new__(cls)
    else:
        new = data_type.__new__(cls, *args)
    if not hasattr(new, "_value_"):
        if data_type is object:
            new._value_ = value
        else:
            try:
                new._value_ = data_type(*args)
            except Exception as error:
                raise TypeError("_value_ not set in __new__, unable to create it") from error
    value = new._value_
    new._name_ = name
    new.__objclass__ = cls
    if any(["__init__" in vars(base) for base in cls.__mro__[:-1] if base is not Enum and base not in _BUILTIN]):
        new.__init__(*args)
    value = new._value_
    # A value that is there already makes an alias.
    for known in cls._member_map_.values():
        if known._value_ == value:
            new = known
            break
    else:
        if Flag is None or not issubclass(cls, Flag) or _is_single(value):
            cls._member_names_.append(name)
        new._sort_order_ = len(cls._member_names_)
    cls._member_map_[name] = new
    try:
        cls._value2member_map_.setdefault(value, new)
    except TypeError:
        cls._unhashable_values_.append(new)
    descriptor = None
    for base in cls.__mro__[1:]:
        if isinstance(vars(base).get(name), property):
            descriptor = vars(base)[name]
    if descriptor is None:
        type.__setattr__(cls, name, new)


def _is_single(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


def _lookup(cls, value):
    if type(value) is cls:
        return value
    try:
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
    except TypeError:
        for known in cls._unhashable_values_:
            if known._value_ == value:
                return known
    problem = None
    try:
        result = cls._missing_(value)
    except Exception as exc:
        problem, result = exc, None
    if isinstance(result, cls) or Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
        return result
    invalid = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
    if result is None and problem is None:
        raise invalid
    if problem is None:
        problem = TypeError("error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, result))
    if not isinstance(problem, ValueError):
        problem.__context__ = invalid
    raise problem


def _functional(cls, name, names, module, qualname, type, start, boundary):
    bases = (cls,) if type is None else (type, cls)
    meta = cls.__class__
    classdict = meta.__prepare__(name, bases)
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    pairs, last = [], []
    if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
        for count, each in enumerate(names):
            value = cls._generate_next_value_(each, start, count, last[:])
            last.append(value)
            pairs.append((each, value))
    else:
        pairs = names.items() if isinstance(names, dict) else names
    for each, value in pairs or ():
        classdict[each] = value
    if module is not None:
        classdict["__module__"] = module
    if qualname is not None:
        classdict["__qualname__"] = qualname
    return meta.__new__(meta, name, bases, classdict, boundary=boundary)


class Enum(metaclass=EnumType):
    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    _value_repr_, _new_member_ = None, _plain_new

    def __new__(cls, value):
        if not cls._member_map_:
            raise TypeError("%r has no members defined" % cls)
        return _lookup(cls, value)

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            last = max(last_values)
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return last + 1
        except TypeError:
            raise TypeError("unable to increment %r" % (last,)) from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %s>" % (type(self).__name__, self._name_, (type(self)._value_repr_ or repr)(self._value_))

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self._name_)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __dir__(self):
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        if self._member_type_ is not object:
            names.update(object.__dir__(self))
        names.update([name for name in vars(self) if name[0] != "_"])
        for cls in type(self).__mro__:
            for name, value in vars(cls).items():
                if name[0] == "_":
                    continue
                # Members are no attributes of members.
                if isinstance(value, property) and value.fget is None and name in self._member_map_:
                    names.discard(name)
                elif not (isinstance(cls, EnumType) and name in cls._member_map_):
                    names.add(name)
        return sorted(names)

    def __reduce_ex__(self, proto):
        return type(self), (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class ReprEnum(Enum):
    """Shown as an enumeration by `repr`, as its value by `str`."""


class IntEnum(int, ReprEnum):
    __hash__ = lambda self: hash(self._value_)


class StrEnum(str, ReprEnum):
    __hash__ = lambda self: hash(self._value_)

    def _new_member_(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        for word, value in zip(("encoding", "errors"), values[1:]):
            if not isinstance(value, str):
                raise TypeError("%s must be a string, not %r" % (word, value))
        new = str.__new__(cls, *values)
        new._value_ = str(*values)
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    __str__ = lambda self: self._value_


class FlagBoundary(StrEnum):
    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _iter_bits_lsb(value):
    """The bits of a number, the lowest first."""
    value = getattr(value, "value", value)
    if value < 0:
        raise ValueError("%r is not a positive integer" % value)
    while value:
        bit = value & -value
        yield bit
        value ^= bit


def _bits(value):
    while value:
        bit = value & -value
        yield bit
        value ^= bit


def _finish_flag(cls):
    known = 0
    for each in cls._member_map_.values():
        known |= each._value_
    cls._flag_mask_ = known
    cls._singles_mask_ = 0
    for each in cls:
        cls._singles_mask_ |= each._value_
    mask = 1
    while mask <= known:
        mask <<= 1
    cls._all_bits_ = mask - 1
    if getattr(cls, "_boundary_", None) is None:
        cls._boundary_ = STRICT
    # What a value consists of comes in the order of definition, which mostly is that of the bits.
    values = [member._value_ for member in cls]
    cls._order_of_ = None if values == sorted(values) else {value: place for place, value in enumerate(values)}.get


class Flag(Enum, boundary=STRICT):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        if not isinstance(last, int):
            raise TypeError("invalid flag value %r" % (last,))
        return 1 << last.bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        known, all_bits = cls._flag_mask_, cls._all_bits_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ known):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), known.bit_length())
                shown = lambda bits: "0b0 " + format(bits & (1 << width) - 1, "0%db" % width)
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (cls, value, shown(value), shown(known)))
            if cls._boundary_ is CONFORM:
                value &= known
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value = max(all_bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = value & known if cls._boundary_ is not KEEP else all_bits + 1 + value
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
        new = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        new._value_ = value
        names = [m._name_ for m in cls if m._value_ & value]
        rest = value & ~cls._singles_mask_
        # What no single bit's name tells, that of several may.
        for m in cls._member_map_.values():
            if rest & m._value_ and m._value_ & value == m._value_ and m._name_ not in names:
                names.append(m._name_)
                rest &= ~m._value_
        if rest:
            names.append(str(rest) if names else "")
        new._name_ = "|".join(names) if names and names[0] else None
        cls._value2member_map_[value] = new
        return new

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, type(self).__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        bits = _bits(self._value_ & self._flag_mask_)
        if self._order_of_ is not None:
            bits = sorted(bits, key=lambda bit: self._order_of_(bit, bit))
        for bit in bits:
            yield type(self)(bit)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        shown = (type(self)._value_repr_ or repr)(self._value_)
        if self._name_ is None:
            return "<%s: %s>" % (type(self).__name__, shown)
        return "<%s.%s: %s>" % (type(self).__name__, self._name_, shown)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (type(self).__name__, self._value_)
        return "%s.%s" % (type(self).__name__, self._name_)

    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        return int(other) if isinstance(self, int) and isinstance(other, int) else None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ ^ value)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return type(self)(~self._value_)
        return type(self)(self._singles_mask_ & ~self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    __hash__ = lambda self: hash(self._value_)


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    # Makes an enumeration of a plain class.
    def convert(cls):
        skipped = "__dict__", "__weakref__", "__members__", "__init_subclass__"
        namespace = type(etype).__prepare__(cls.__name__, (etype,))
        for name, value in cls.__dict__.items():
            if name not in skipped and not (name == "__doc__" and value is None):
                namespace[name] = value
        return type(etype)(cls.__name__, (etype,), namespace, boundary=boundary)

    return convert


def _test_simple_enum(checked_enum, simple_enum):
    if list(checked_enum.__members__) != list(simple_enum.__members__):
        raise TypeError("enum mismatch")


def pickle_by_enum_name(self, proto):
    return getattr, (type(self), self._name_)


def pickle_by_global_name(self, proto):
    return self._name_


def global_enum_repr(self):
    return "%s.%s" % (type(self).__module__.rpartition(".")[2], self._name_)


def global_flag_repr(self):
    module = type(self).__module__.rpartition(".")[2]
    if self._name_ is None:
        return "%s.%s(%r)" % (module, type(self).__name__, self._value_)
    return "|".join([name if name[0].isdigit() else "%s.%s" % (module, name) for name in self._name_.split("|")])


def global_str(self):
    return "%s(%r)" % (type(self).__name__, self._value_) if self._name_ is None else self._name_


def _make_class_unpicklable(cls):
    def refuse(self, protocol):
        raise TypeError("%r cannot be pickled" % self)

    cls.__reduce_ex__ = refuse
    cls.__module__ = "<unknown>"


_reduce_ex_by_global_name = pickle_by_global_name


def unique(enumeration):
    aliases = [(name, m._name_) for name, m in enumeration._member_map_.items() if name != m._name_]
    if aliases:
        raise ValueError("duplicate values found in %r: %s" % (enumeration, ", ".join(["%s -> %s" % pair for pair in aliases])))
    return enumeration


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


def _check_named(enumeration):
    """Every bit of an alias has a name."""
    singles = [member._value_ for member in enumeration]
    names, missing = [], 0
    for name, alias in enumeration._member_map_.items():
        bits = [bit for bit in _bits(alias._value_) if bit not in singles] if alias._value_ >= 0 else []
        if name not in enumeration._member_names_ and bits:
            names.append(name)
            missing |= sum(bits)
    if names:
        whose = "alias %s is missing" % names[0] if len(names) == 1 else "aliases %s and %s are missing" % (", ".join(names[:-1]), names[-1])
        value = ("value 0x%x" if _is_single(missing) else "combined values of 0x%x") % missing
        raise ValueError("invalid Flag %r: %s %s [use enum.show_flag_values(value) for details]" % (enumeration.__name__, whose, value))


def verify(*checks):
    def check(enumeration):
        for each in checks:
            if each is UNIQUE:
                unique(enumeration)
            elif each is NAMED_FLAGS:
                _check_named(enumeration)
            elif each is CONTINUOUS:
                values = sorted([m._value_ for m in enumeration])
                if issubclass(enumeration, Flag):
                    wanted = list(_bits((values[-1] << 1) - values[0])) if values else []
                else:
                    wanted = range(values[0], values[-1] + 1) if values else []
                missing = [value for value in wanted if value not in values]
                if missing:
                    raise ValueError("invalid %s %r: missing values %s" % ("flag" if issubclass(enumeration, Flag) else "enum", enumeration.__name__, ", ".join(map(str, missing))))
        return enumeration

    return check


def show_flag_values(value):
    return list(_bits(int(value)))


def global_enum(cls, update_str=False):
    import sys

    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    vars(sys.modules[cls.__module__]).update(cls.__members__)
    return cls
