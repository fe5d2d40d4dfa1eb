"""Enumerations."""


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

    def __setitem__(self, key, value):
        if _is_sunder(key):
            if key == "_generate_next_value_":
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
                value = staticmethod(self._generate)
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
            elif key not in ("_order_", "_missing_", "_iter_member_", "_numeric_repr_", "_value_repr_", "_add_alias_", "_add_value_alias_", "_new_member_"):
                if not key.startswith("_") or key not in ("_boundary_",):
                    raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % key)
        elif _is_dunder(key) or _is_private(self._cls_name, key) or key in self._ignore:
            pass
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not (hasattr(value, "__get__") or hasattr(value, "__set__")):
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            value = self._with_autos(key, value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _with_autos(self, key, value):
        if isinstance(value, auto):
            if value.value is None:
                value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            return value.value
        if type(value) is tuple and any([isinstance(item, auto) for item in value]):
            return tuple([self._with_autos(key, item) for item in value])
        return value


# Said of the class that is being made.
Enum = Flag = None


def _data_type(bases):
    for base in bases:
        for cls in base.__mro__:
            if cls is object or Enum is not None and issubclass(cls, Enum):
                if cls is not object and getattr(cls, "_member_type_", object) is not object:
                    return cls._member_type_
                continue
            if cls in (int, str, float, bytes, complex, tuple, list, dict, frozenset, set) or "__new__" in vars(cls):
                return base if base.__mro__[0] is not Enum and not issubclass(base, Enum) else cls
            if hasattr(cls, "__dataclass_fields__"):
                return cls
    return object


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        namespace = EnumDict(cls)
        for base in bases:
            if Enum is not None and isinstance(base, EnumType):
                if base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (cls, base))
                namespace._generate = base._generate_next_value_
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
        data_type = _data_type(bases)
        body["_member_names_"] = []
        body["_member_map_"] = {}
        body["_value2member_map_"] = {}
        body["_unhashable_values_"] = []
        body["_member_type_"] = data_type
        new_own = body.pop("__new__", None)
        if new_own is not None:
            body["_new_member_"] = new_own
        enum_class = super().__new__(metacls, cls, bases, body, **kwds)
        if Enum is None:
            return enum_class
        if boundary is not None or Flag is not None and issubclass(enum_class, Flag):
            enum_class._boundary_ = boundary or getattr(enum_class, "_boundary_", None)
        for name, value in values.items():
            _add_member(enum_class, name, value, data_type)
        if Flag is not None and issubclass(enum_class, Flag):
            _finish_flag(enum_class)
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

    def __call__(cls, value, names=None, *rest, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None and cls._member_names_ or names is None and type is None:
            return _lookup(cls, value)
        if cls._member_names_:
            return _lookup(cls, (value, names) + rest)
        return _functional(cls, value, names, module, type, start, boundary)

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
        return ["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__", "__members__",
                "__module__", "__name__", "__qualname__"] + cls._member_names_

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)


class _Members:
    def __get__(self, instance, owner=None):
        from types import MappingProxyType

        return MappingProxyType(instance._member_map_)

    def __set__(self, instance, value):
        raise AttributeError("cannot set __members__")


EnumType.__members__ = _Members()
EnumMeta = EnumType


def _add_member(cls, name, value, data_type):
    args = value if isinstance(value, tuple) else (value,)
    if data_type is tuple:
        args = (args,)
    maker = getattr(cls, "_new_member_", None)
    if maker is not None:
        maker = maker.__func__ if isinstance(maker, staticmethod) else maker
        new = maker(cls, *args)
    elif data_type is object or not (data_type in (int, str, float, bytes, complex, tuple, frozenset) or "__new__" in vars(data_type)):
        new = object.__new__(cls)
    else:
        new = data_type.__new__(cls, *args)
    if not hasattr(new, "_value_"):
        if data_type is object:
            new._value_ = value
        else:
            try:
                new._value_ = data_type(*args)
            except Exception:
                new._value_ = value
    value = new._value_
    new._name_ = name
    new.__objclass__ = cls
    if "__init__" in [n for base in cls.__mro__[:-1] if base is not Enum and base is not data_type for n in vars(base)]:
        new.__init__(*args)
    elif hasattr(data_type, "__dataclass_fields__"):
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


def _functional(cls, name, names, module, type, start, boundary):
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
    return meta.__new__(meta, name, bases, classdict, boundary=boundary)


class Enum(metaclass=EnumType):
    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %r>" % (type(self).__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self._name_)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __dir__(self):
        return sorted(set(["__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"]))

    def __reduce_ex__(self, proto):
        return type(self), (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class ReprEnum(Enum):
    """Shown as an enumeration by `repr`, as its value by `str`."""


class IntEnum(int, ReprEnum):
    __str__ = lambda self: str(self._value_)
    __hash__ = lambda self: hash(self._value_)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


class StrEnum(str, ReprEnum):
    __hash__ = lambda self: hash(self._value_)

    def _new_member_(cls, *values):
        if not all([isinstance(value, str) for value in values]):
            raise TypeError("%r is not a string" % (values[0],))
        new = str.__new__(cls, *values)
        new._value_ = str(*values)
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    __str__ = lambda self: self._value_

    def __format__(self, format_spec):
        return str.__format__(self._value_, format_spec)


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
        return 1 << max(last_values).bit_length()

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
        rest = value & ~known
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
        if self._name_ is None:
            return "<%s: %r>" % (type(self).__name__, self._value_)
        return "<%s.%s: %r>" % (type(self).__name__, self._name_, self._value_)

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
        return type(self)(self._flag_mask_ & ~self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    __str__ = lambda self: str(self._value_)
    __hash__ = lambda self: hash(self._value_)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


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


global_flag_repr = global_enum_repr


def global_str(self):
    return str(self._value_) if self._name_ is None else self._name_


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


def verify(*checks):
    def check(enumeration):
        for each in checks:
            if each is UNIQUE:
                unique(enumeration)
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

    cls.__repr__ = global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    vars(sys.modules[cls.__module__]).update(cls.__members__)
    return cls
