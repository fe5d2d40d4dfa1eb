"""C's data as objects: numbers of fixed width, arrays, structures, unions, in memory of their own or in a program's buffer. Libraries are not
loaded, and no address of memory is ever followed: what points knows the object that it points to."""

import _cdata
import struct as _struct
import sys as _sys
import weakref as _weakref

RTLD_LOCAL, RTLD_GLOBAL, DEFAULT_MODE = 0, 256, 0


class ArgumentError(Exception):
    pass


class _Meta(type):
    def __mul__(cls, length):
        return _array_type(cls, length)

    __rmul__ = __mul__

    def from_buffer(cls, source, offset=0):
        """An object in the memory of a writable buffer."""
        view = memoryview(source).cast("B")
        if view.readonly:
            raise TypeError("underlying buffer is not writable")
        return cls._in(cls._cut(view, offset), source)

    def from_buffer_copy(cls, source, offset=0):
        view = memoryview(source).cast("B")
        return cls._in(memoryview(bytearray(cls._cut(view, offset))))

    def _cut(cls, view, offset):
        if offset < 0:
            raise ValueError("offset cannot be negative")
        if len(view) < offset + cls._size:
            raise ValueError("Buffer size too small (%d instead of at least %d bytes)" % (len(view), offset + cls._size))
        return view[offset : offset + cls._size]

    def _in(cls, memory, owner=None):
        self = cls.__new__(cls)
        self._memory = memory
        if owner is not None:
            self._owner = owner
        return self

    def in_dll(cls, library, name):
        raise ValueError("libraries are not loaded")

    def from_address(cls, address):
        """An object in the memory of the one whose address this is."""
        owner = _lying_at(address)
        return cls._in(cls._cut(owner._memory, 0), owner)

    def from_param(cls, value):
        return value if isinstance(value, cls) else cls(value)


class _CData(metaclass=_Meta):
    _size, _alignment = 0, 1
    # What `_cdata` reads by itself, as `struct` writes its type: this object's value, or an array's items.
    _plain = None
    _owner = _objects = None

    def _begin(self):
        self._memory = memoryview(bytearray(self._size))

    def __bytes__(self):
        return bytes(self._memory)

    def __buffer__(self, flags):
        return self._memory


class _SimpleCData(_CData):
    """A value of one of C's simple types; a class says which by `_type_`, as `struct` writes it."""

    def __init_subclass__(cls):
        code = cls.__dict__.get("_type_")
        if code is not None:
            cls._size = cls._alignment = 8 if code in "zZPO" else 4 if code == "u" else _struct.calcsize("@" + code)
            if code in "bBhHiIlLqQfdc?" and "_plain" not in cls.__dict__:
                cls._plain = code

    def __init__(self, value=None):
        self._memory = memoryview(bytearray(self._size))
        if value is not None:
            self.value = value

    def _slow_value(self):
        return self._get(self._memory)

    def _slow_set_value(self, value):
        self._set(self._memory, value)

    value = property(_cdata.value, _cdata.set_value)

    # Whether this is a type of the program's, whose values are objects.
    _is_plain = False

    def _get(self, memory):
        return _struct.unpack_from("@" + self._type_, memory)[0]

    def _set(self, memory, value):
        if self._type_ in "bBhHiIlLqQ":
            if not isinstance(value, int):
                raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
            memory[:] = (value & (1 << 8 * self._size) - 1).to_bytes(self._size, _sys.byteorder)
        else:
            _struct.pack_into("@" + self._type_, memory, 0, value)

    def __bool__(self):
        return bool(self.value)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.value)


py_object = None
for _name, _code in (
    ("c_byte", "b"), ("c_ubyte", "B"), ("c_short", "h"), ("c_ushort", "H"), ("c_int", "i"), ("c_uint", "I"), ("c_long", "l"), ("c_ulong", "L"),
    ("c_float", "f"), ("c_double", "d"), ("c_bool", "?"),
):
    globals()[_name] = _Meta(_name, (_SimpleCData,), {"_type_": _code, "__module__": __name__})


class c_char(_SimpleCData):
    _type_ = "c"

    def _set(self, memory, value):
        if isinstance(value, int):
            value = bytes([value])
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
        memory[:] = value


class c_wchar(_SimpleCData):
    _type_ = "u"

    def _get(self, memory):
        return chr(int.from_bytes(memory, _sys.byteorder))

    def _set(self, memory, value):
        memory[:] = ord(value).to_bytes(4, _sys.byteorder)


class c_void_p(_SimpleCData):
    _type_ = "P"

    def _get(self, memory):
        return int.from_bytes(memory, _sys.byteorder) or None

    def _set(self, memory, value):
        memory[:] = ((value or 0) & (1 << 64) - 1).to_bytes(8, _sys.byteorder)


class _Text(_SimpleCData):
    """A pointer to text: it knows the text."""

    _text = None

    def _get(self, memory):
        return self._text

    def _set(self, memory, value):
        if value is not None and not isinstance(value, self._of):
            raise TypeError("%s or integer address expected instead of %s instance" % (self._of.__name__, type(value).__name__))
        self._text = value


class c_char_p(_Text):
    _type_, _of = "z", bytes


class c_wchar_p(_Text):
    _type_, _of = "Z", str


class py_object(_Text):
    _type_, _of = "O", object


class _Swapped:
    """A number in the other order of bytes."""

    _is_plain = True

    def _get(self, memory):
        return super()._get(memoryview(bytes(memory)[::-1]))

    def _set(self, memory, value):
        turned = bytearray(self._size)
        super()._set(memoryview(turned), value)
        memory[:] = turned[::-1]


for _kind in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_float, c_double, c_bool, c_char):
    _turned = _kind
    if _kind._size > 1:
        _turned = _Meta(_kind.__name__, (_Swapped, _kind), {"_type_": _kind._type_, "_plain": None, "__module__": __name__})
    _little, _big = (_kind, _turned) if _sys.byteorder == "little" else (_turned, _kind)
    _kind.__ctype_le__ = _turned.__ctype_le__ = _little
    _kind.__ctype_be__ = _turned.__ctype_be__ = _big


def _in_order(kind, order):
    """The type in this order of bytes."""
    if issubclass(kind, Array):
        return _in_order(kind._type_, order) * kind._length_
    if issubclass(kind, _Record):
        return kind
    turned = getattr(kind, "__ctype_be__" if order == "big" else "__ctype_le__", None)
    if turned is None:
        raise TypeError("This type does not support other endian: %s" % kind)
    return turned


c_longlong, c_ulonglong, c_longdouble, c_voidp = c_long, c_ulong, c_double, c_void_p
c_int8, c_uint8, c_int16, c_uint16, c_int32, c_uint32, c_int64, c_uint64 = c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong
c_size_t, c_ssize_t = c_ulong, c_long


def _plain_type(kind):
    """The type of values that are no more than what stands in memory, of a field or an item of this kind."""
    return kind._plain if kind.__base__ is _SimpleCData else None


def _read(kind, memory, owner):
    """What stands in memory: the value of a plain simple type, the object of any other."""
    item = kind._in(memory, owner)
    is_value = kind.__base__ is _SimpleCData or getattr(kind, "_is_plain", False) or issubclass(kind, _Characters)
    return item.value if is_value else item


def _write(kind, memory, value, owner):
    if isinstance(value, kind):
        memory[:] = value._memory
    elif issubclass(kind, _SimpleCData):
        kind._in(memory, owner).value = value
    elif issubclass(kind, _Characters) and isinstance(value, (bytes, str)):
        kind._in(memory, owner).value = value
    elif issubclass(kind, Array) or issubclass(kind, Structure):
        memory[:] = kind(*value)._memory
    else:
        raise TypeError("incompatible types, %s instance instead of %s instance" % (type(value).__name__, kind.__name__))


class Array(_CData):
    """So many of one type behind each other: `c_int * 3`."""

    def __init__(self, *items):
        self._begin()
        if len(items) > self._length_:
            raise IndexError("invalid index")
        for index, item in enumerate(items):
            self[index] = item

    def _at(self, index):
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError("invalid index")
        size = self._type_._size
        return self._memory[index * size : (index + 1) * size]

    def __len__(self):
        return self._length_

    def _slow_item(self, index):
        if isinstance(index, slice):
            items = [self[place] for place in range(*index.indices(self._length_))]
            return b"".join(items) if self._type_ is c_char else "".join(items) if self._type_ is c_wchar else items
        return _read(self._type_, self._at(index), self)

    def _slow_set_item(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(places) != len(value):
                raise ValueError("Can only assign sequence of same size")
            for place, item in zip(places, value):
                self[place] = item
        else:
            _write(self._type_, self._at(index), value, self)

    __getitem__, __setitem__ = _cdata.item, _cdata.set_item

    def __iter__(self):
        return iter([self[index] for index in range(self._length_)])


class _Characters:
    """What arrays of characters have besides."""

    @property
    def value(self):
        whole = bytes(self._memory) if self._type_ is c_char else self[:]
        return whole.split(b"\0" if isinstance(whole, bytes) else "\0", 1)[0]

    @value.setter
    def value(self, value):
        if len(value) > self._length_:
            raise ValueError("byte string too long" if self._type_ is c_char else "string too long")
        end = 0 if len(value) == self._length_ else 1
        zero = b"\0" if self._type_ is c_char else "\0"
        text = value + zero * end
        if isinstance(text, bytes):
            self._memory[: len(text)] = text
            return
        for index in range(len(text)):
            self[index] = text[index : index + 1]

    @property
    def raw(self):
        return bytes(self._memory)

    @raw.setter
    def raw(self, value):
        if len(value) > self._size:
            raise ValueError("byte string too long")
        self._memory[: len(value)] = bytes(value)


_arrays = {}


def _array_type(kind, length):
    if length < 0:
        raise ValueError("Array length must be >= 0, not %d" % length)
    made = _arrays.get((kind, length))
    if made is None:
        bases = (_Characters, Array) if kind in (c_char, c_wchar) else (Array,)
        fields = {"_type_": kind, "_length_": length, "_size": kind._size * length, "_alignment": kind._alignment, "__module__": kind.__module__}
        fields["_plain"] = _plain_type(kind)
        made = _arrays[kind, length] = _Meta("%s_Array_%d" % (kind.__name__, length), bases, fields)
    return made


class _Field:
    """Where a field of a structure lies; of a bit field which bits."""

    __slots__ = ("_plain", "offset", "name", "size", "_kind", "_low", "_bits")

    def __init__(self, name, kind, offset, low=0, bits=0):
        self.name, self._kind, self.offset, self._low, self._bits = name, kind, offset, low, bits
        self.size = bits << 16 | low if bits else kind._size
        self._plain = None if bits else _plain_type(kind)

    def _cut(self, instance):
        return instance._memory[self.offset : self.offset + self._kind._size]

    def _slow_get(self, instance, owner=None):
        if instance is None:
            return self
        memory = self._cut(instance)
        if not self._bits:
            return _read(self._kind, memory, instance)
        value = int.from_bytes(memory, instance._order) >> self._low & (1 << self._bits) - 1
        is_signed = self._kind._type_ in "bhilq"
        return value - (1 << self._bits) if is_signed and value >> self._bits - 1 else value

    def _slow_set(self, instance, value):
        memory = self._cut(instance)
        if not self._bits:
            return _write(self._kind, memory, value, instance)
        mask = (1 << self._bits) - 1 << self._low
        whole = int.from_bytes(memory, instance._order) & ~mask | value << self._low & mask
        memory[:] = whole.to_bytes(self._kind._size, instance._order)

    __get__, __set__ = _cdata.field, _cdata.set_field

    def __repr__(self):
        return "<Field type=%s, ofs=%d, size=%d>" % (self._kind.__name__, self.offset, self.size)


class _Record(_CData):
    _is_union, _order, _pack_ = False, _sys.byteorder, 0
    _all = ()

    def __init_subclass__(cls):
        if "_fields_" in cls.__dict__:
            if cls._order != _sys.byteorder:
                cls._fields_ = [(name, _in_order(kind, cls._order), *bits) for name, kind, *bits in cls._fields_]
            cls._lay_out(cls._fields_)

    @classmethod
    def _lay_out(cls, fields):
        base = cls.__base__
        end, alignment, names = base._size, base._alignment, list(base._all)
        unit = used = None
        for name, kind, *bits in fields:
            align = min(kind._alignment, cls._pack_) if cls._pack_ else kind._alignment
            alignment = max(alignment, align)
            if bits and unit is not None and unit[0]._size == kind._size and used + bits[0] <= 8 * kind._size and not cls._is_union:
                offset = unit[1]
            else:
                offset = 0 if cls._is_union else -(-end // align) * align
                end = max(end, offset + kind._size)
                used = 0
            if bits:
                setattr(cls, name, _Field(name, kind, offset, used, bits[0]))
                unit, used = (kind, offset), used + bits[0]
            else:
                setattr(cls, name, _Field(name, kind, offset))
                unit = None
            names.append(name)
            for inner in getattr(kind, "_all", ()) if name in getattr(cls, "_anonymous_", ()) else ():
                field = getattr(kind, inner)
                setattr(cls, inner, _Field(inner, field._kind, offset + field.offset, field._low, field._bits))
        cls._size, cls._alignment, cls._all = -(-end // alignment) * alignment, alignment, tuple(names)

    def __init__(self, *values, **named):
        self._memory = memoryview(bytearray(self._size))
        if len(values) > len(self._all):
            raise TypeError("too many initializers")
        for name, value in zip(self._all, values):
            if named and name in named:
                raise TypeError("duplicate values for field %r" % name)
            setattr(self, name, value)
        for name, value in named.items():
            setattr(self, name, value)


class Structure(_Record):
    pass


class Union(_Record):
    _is_union = True


class _OtherStructure(Structure):
    _order = "big" if _sys.byteorder == "little" else "little"


class _OtherUnion(Union):
    _order = _OtherStructure._order


if _sys.byteorder == "little":
    LittleEndianStructure, LittleEndianUnion, BigEndianStructure, BigEndianUnion = Structure, Union, _OtherStructure, _OtherUnion
else:
    LittleEndianStructure, LittleEndianUnion, BigEndianStructure, BigEndianUnion = _OtherStructure, _OtherUnion, Structure, Union
_OtherStructure.__name__ = _OtherStructure.__qualname__ = "BigEndianStructure" if _sys.byteorder == "little" else "LittleEndianStructure"
_OtherUnion.__name__ = _OtherUnion.__qualname__ = "BigEndianUnion" if _sys.byteorder == "little" else "LittleEndianUnion"


class _Pointer(_CData):
    """Points to an object, which it knows."""

    _size = _alignment = 8
    _target = None

    def __init__(self, target=None):
        self._begin()
        if target is not None:
            self.contents = target

    @property
    def contents(self):
        if self._target is None:
            raise ValueError("NULL pointer access")
        return self._target

    @contents.setter
    def contents(self, target):
        if not isinstance(target, self._type_):
            raise TypeError("expected %s instead of %s" % (self._type_.__name__, type(target).__name__))
        self._target = target

    def __getitem__(self, index):
        target = self.contents
        if index == 0:
            return target.value if type(target).__base__ is _SimpleCData else target
        if isinstance(target._owner, Array):
            return target._owner[_place(target) + index]
        raise IndexError("nothing is known behind what the pointer points to")

    def __setitem__(self, index, value):
        target = self.contents
        if index:
            target._owner[_place(target) + index] = value
        else:
            _write(self._type_, target._memory, value, target)

    def __bool__(self):
        return self._target is not None


def _place(item):
    array = item._owner
    for index in range(len(array)):
        if array._at(index).obj is item._memory.obj and array[index] is item:
            return index
    return 0


_pointers = {}


def POINTER(kind):
    if kind not in _pointers:
        if kind is None:
            return c_void_p
        _pointers[kind] = _Meta("LP_" + kind.__name__, (_Pointer,), {"_type_": kind})
    return _pointers[kind]


def pointer(obj):
    return POINTER(type(obj))(obj)


def byref(obj, offset=0):
    return pointer(obj)


def _type_of(x):
    kind = x if isinstance(x, type) else type(x)
    if not issubclass(kind, _CData):
        raise TypeError("this type has no size")
    return kind


def sizeof(x):
    return len(x._memory) if isinstance(x, _CData) else _type_of(x)._size


def alignment(x):
    return _type_of(x)._alignment


def addressof(obj):
    """A number that is its own: functions that take an address find the object by it as long as it lives."""
    _type_of(obj)
    _addressed[id(obj)] = obj
    return id(obj)


_addressed = _weakref.WeakValueDictionary()


def _lying_at(address):
    found = _addressed.get(address)
    if found is None:
        raise ValueError("no object is known at this address")
    return found


def _bytes_at(ptr):
    """The memory behind a pointer, an address or an object."""
    if isinstance(ptr, int):
        ptr = _lying_at(ptr)
    if isinstance(ptr, c_void_p):
        ptr = _lying_at(ptr.value)
    if isinstance(ptr, _Text):
        ptr = ptr.value
    if isinstance(ptr, _Pointer):
        ptr = ptr.contents
    return bytes(ptr._memory) if isinstance(ptr, _CData) else ptr


def string_at(ptr, size=-1):
    """So many bytes of memory, or all before the first zero."""
    data = bytes(_bytes_at(ptr))
    return data.split(b"\0", 1)[0] if size == -1 else (data + b"\0" if size == len(data) + 1 else data)[:size]


def wstring_at(ptr, size=-1):
    """The same of wide characters."""
    data = _bytes_at(ptr)
    text = data if isinstance(data, str) else "".join([chr(code) for code in memoryview(data).cast("I")])
    return text.split("\0", 1)[0] if size == -1 else text[:size]


def create_string_buffer(init, size=None):
    """Characters in memory: of bytes and a zero behind them, or of so many."""
    if isinstance(init, bytes):
        buffer = (c_char * (len(init) + 1 if size is None else size))()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_char * init)()
    raise TypeError(init)


def create_unicode_buffer(init, size=None):
    if isinstance(init, str):
        buffer = (c_wchar * (len(init) + 1 if size is None else size))()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_wchar * init)()
    raise TypeError(init)


def resize(obj, size):
    if size < type(obj)._size:
        raise ValueError("minimum size is %d" % type(obj)._size)
    memory = bytearray(size)
    memory[: len(obj._memory)] = obj._memory
    obj._memory = memoryview(memory)


def memmove(dst, src, count):
    data = bytes(_bytes_at(src)[:count])
    _target(dst)._memory[: len(data)] = data
    return addressof(_target(dst))


def _target(dst):
    dst = _lying_at(dst) if isinstance(dst, int) else dst
    return dst.contents if isinstance(dst, _Pointer) else dst


def memset(dst, c, count):
    _target(dst)._memory[:count] = bytes([c & 255]) * count


def cast(obj, typ):
    raise TypeError("what lies behind an address is not known")


class CDLL:
    """A library. None is loaded."""

    def __init__(self, name, mode=DEFAULT_MODE, handle=None, use_errno=False, use_last_error=False, winmode=None):
        raise OSError("%s: libraries of machine code are not loaded" % name)


PyDLL = CDLL


class LibraryLoader:
    def __init__(self, dlltype):
        self._dlltype = dlltype

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self._dlltype(name)

    __getitem__ = __getattr__

    def LoadLibrary(self, name):
        return self._dlltype(name)


cdll, pydll = LibraryLoader(CDLL), LibraryLoader(PyDLL)


def CFUNCTYPE(restype, *argtypes, **kw):
    """The type of a function: such an object calls the function of Python that it was made of."""

    class CFunctionType(_CData):
        _size = _alignment = 8
        _restype_, _argtypes_ = restype, argtypes

        def __init__(self, function):
            self._begin()
            self._function = function

        def __call__(self, *args):
            return self._function(*args)

    return CFunctionType


PYFUNCTYPE = CFUNCTYPE


def get_errno():
    return 0


def set_errno(value):
    return 0
