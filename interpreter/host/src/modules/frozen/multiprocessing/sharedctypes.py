"""Numbers in memory that all copies of this process share."""

import _lineage
import struct
import uctypes

from multiprocessing.synchronize import RLock

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

_CODES = {name: code for code, name in zip("cbBhHiIlLqQfd?", (
    "c_char", "c_byte", "c_ubyte", "c_short", "c_ushort", "c_int", "c_uint", "c_long", "c_ulong", "c_longlong", "c_ulonglong", "c_float", "c_double", "c_bool",
))}


def _code(kind):
    """The letter of a type, which may be one of `ctypes`."""
    code = kind if isinstance(kind, str) else _CODES.get(getattr(kind, "__name__", None))
    if code is None or len(code) != 1 or code not in "cbBhHiIlLqQfd?":
        raise TypeError("what is shared are the numbers of ctypes and arrays of them, not %r" % (kind,))
    return code


class RawArray:
    def __init__(self, typecode_or_type, size_or_initializer):
        self._code = _code(typecode_or_type)
        self._size = struct.calcsize(self._code)
        values = None if isinstance(size_or_initializer, int) else list(size_or_initializer)
        self._length = size_or_initializer if values is None else len(values)
        if self._length < 0:
            raise ValueError("Array length must be >= 0")
        count = max(self._length * self._size, 1)
        self._bytes = uctypes.bytearray_at(_lineage.share(count), count)
        for place, value in enumerate(values or ()):
            self[place] = bytes((value,)) if self._code == "c" and isinstance(value, int) else value

    def __len__(self):
        return self._length

    def _place(self, index):
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError("invalid index")
        return index * self._size

    def __getitem__(self, index):
        if isinstance(index, slice):
            values = [self[place] for place in range(*index.indices(self._length))]
            return b"".join(values) if self._code == "c" else values
        return struct.unpack_from(self._code, self._bytes, self._place(index))[0]

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length))
            values = [bytes((byte,)) for byte in value] if self._code == "c" else list(value)
            if len(places) != len(values):
                raise ValueError("Can only assign sequence of same size")
            for place, one in zip(places, values):
                self[place] = one
            return
        if self._code in "fd":
            value = float(value)
        elif self._code not in "c?":
            # A number that is too large wraps, as it does in C.
            if not hasattr(value, "__index__"):
                raise TypeError("an integer is required (got type %s)" % type(value).__name__)
            bits = self._size * 8
            value = int(value) & (1 << bits) - 1
            if self._code.islower() and value >> bits - 1:
                value -= 1 << bits
        struct.pack_into(self._code, self._bytes, self._place(index), value)

    def __iter__(self):
        return iter(self[:]) if self._code != "c" else iter([self[place] for place in range(self._length)])

    @property
    def raw(self):
        return bytes(self._bytes[: self._length])

    @raw.setter
    def raw(self, value):
        self._bytes[: len(value)] = value

    @property
    def value(self):
        if self._code != "c":
            raise AttributeError("value")
        return self.raw.partition(b"\0")[0]

    @value.setter
    def value(self, value):
        if len(value) > self._length:
            raise ValueError("byte string too long")
        self._bytes[: len(value)] = value
        if len(value) < self._length:
            self._bytes[len(value)] = 0


class RawValue:
    def __init__(self, typecode_or_type, *args):
        self._array = RawArray(typecode_or_type, 1)
        if args:
            self._array[0] = args[0]

    @property
    def value(self):
        return self._array[0]

    @value.setter
    def value(self, value):
        self._array[0] = value

    def __repr__(self):
        return "%s(%r)" % ({code: name for name, code in _CODES.items()}[self._array._code], self.value)


def Value(typecode_or_type, *args, lock=True, ctx=None):
    made = RawValue(typecode_or_type, *args)
    return made if lock is False else synchronized(made, lock)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    made = RawArray(typecode_or_type, size_or_initializer)
    return made if lock is False else synchronized(made, lock)


def copy(obj):
    if isinstance(obj, RawValue):
        return RawValue(obj._array._code, obj.value)
    return RawArray(obj._code, obj[:])


def synchronized(obj, lock=None, ctx=None):
    lock = RLock() if lock is None or lock is True else lock
    if not hasattr(lock, "acquire"):
        raise AttributeError("%r has no method 'acquire'" % lock)
    if isinstance(obj, RawValue):
        return Synchronized(obj, lock)
    return SynchronizedString(obj, lock) if obj._code == "c" else SynchronizedArray(obj, lock)


class SynchronizedBase:
    def __init__(self, obj, lock):
        self._obj, self._lock = obj, lock
        self.acquire, self.release = lock.acquire, lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *error):
        return self._lock.__exit__(*error)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __repr__(self):
        return "<%s wrapper for %s>" % (type(self).__name__, self._obj)


class Synchronized(SynchronizedBase):
    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    def __iter__(self):
        return iter(self[:])


class SynchronizedString(SynchronizedArray):
    value = property(lambda self: self._obj.value, lambda self, value: setattr(self._obj, "value", value))
    raw = property(lambda self: self._obj.raw, lambda self, value: setattr(self._obj, "raw", value))
