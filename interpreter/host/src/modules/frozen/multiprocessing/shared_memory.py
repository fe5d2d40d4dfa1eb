"""Memory that processes share by a name. It lies in a file of the system's memory, as `shm_open` makes it."""

import mmap
import os
import secrets
import struct
import types

__all__ = ["SharedMemory", "ShareableList"]

_FOLDER = "/dev/shm"


class SharedMemory:
    """A block of memory: `buf` is its bytes. Whoever is the last to need it calls `unlink`."""

    def __init__(self, name=None, create=False, size=0):
        if size < 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        if name is None and not create:
            raise ValueError("'name' can only be None if create=True")
        self._mmap = self.buf = None
        flags = os.O_RDWR | (os.O_CREAT | os.O_EXCL if create else 0)
        while True:
            self._name = "/" + (name.lstrip("/") if name else "psm_" + secrets.token_hex(4))
            try:
                self._fd = os.open(_FOLDER + self._name, flags, 0o600)
                break
            except FileExistsError:
                if name:
                    raise FileExistsError(17, "File exists", self._name) from None
            except FileNotFoundError:
                raise FileNotFoundError(2, "No such file or directory", self._name) from None
        try:
            if create:
                os.ftruncate(self._fd, size)
            self._size = os.fstat(self._fd).st_size
            self._mmap = mmap.mmap(self._fd, self._size)
        except OSError:
            os.close(self._fd)
            if create:
                self.unlink()
            raise
        self.buf = memoryview(self._mmap)

    def __del__(self):
        if getattr(self, "_mmap", None) is not None:
            self.close()

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return "%s(%r, size=%d)" % (type(self).__name__, self.name, self.size)

    @property
    def name(self):
        return self._name[1:]

    @property
    def size(self):
        return self._size

    def close(self):
        if self.buf is not None:
            self.buf.release()
            self.buf = None
        if self._mmap is not None:
            self._mmap.close()
            self._mmap = None
            os.close(self._fd)

    def unlink(self):
        try:
            os.unlink(_FOLDER + self._name)
        except FileNotFoundError:
            raise FileNotFoundError(2, "No such file or directory", self._name) from None


# How a value comes back of its field: as it is, as text, as bytes, or not at all.
_PLAIN, _TEXT, _BYTES, _NONE = range(4)
_ALIGNMENT = 8


def _field(item):
    """Format and kind of the field for a value; text and bytes get room to grow up to the next eight bytes."""
    if isinstance(item, bool):
        return "xxxxxxx?", _PLAIN
    if isinstance(item, (int, float)):
        return "q" if isinstance(item, int) else "d", _PLAIN
    if isinstance(item, (str, bytes)):
        length = len(item.encode() if isinstance(item, str) else item)
        return "%ds" % (_ALIGNMENT * (length // _ALIGNMENT + 1)), _TEXT if isinstance(item, str) else _BYTES
    if item is None:
        return "xxxxxx?x", _NONE
    raise TypeError("a list that is shared holds numbers, text, bytes and None, not %s" % type(item).__name__)


class ShareableList:
    """A list of plain values in shared memory, as long as it was at first.

    In memory: how many items there are, the end of each one's field, the fields, a format of eight bytes for each, a byte for each kind."""

    def __init__(self, sequence=None, *, name=None):
        if sequence is None:
            self.shm = SharedMemory(name)
            (self._length,) = struct.unpack_from("q", self.shm.buf, 0)
            self._ends = [0, *struct.unpack_from("%dq" % self._length, self.shm.buf, 8)]
            return
        fields = [_field(item) for item in sequence]
        self._ends = [0]
        for format, _ in fields:
            self._ends.append(self._ends[-1] + struct.calcsize("=" + format))
        self._length = len(fields)
        self.shm = SharedMemory(name, True, self._kinds_at + self._length)
        struct.pack_into("%dq" % (self._length + 1), self.shm.buf, 0, self._length, *self._ends[1:])
        for index, (item, (format, kind)) in enumerate(zip(sequence, fields)):
            self._note(index, format, kind)
            self._put(index, format, kind, item)

    @property
    def _fields_at(self):
        return 8 + 8 * self._length

    @property
    def _formats_at(self):
        return self._fields_at + self._ends[-1]

    @property
    def _kinds_at(self):
        return self._formats_at + 8 * self._length

    def _note(self, index, format, kind):
        struct.pack_into("8s", self.shm.buf, self._formats_at + 8 * index, format.encode())
        struct.pack_into("B", self.shm.buf, self._kinds_at + index, kind)

    def _noted(self, index):
        format = bytes(self.shm.buf[self._formats_at + 8 * index : self._formats_at + 8 * index + 8])
        return format.rstrip(b"\0").decode(), self.shm.buf[self._kinds_at + index]

    def _put(self, index, format, kind, item):
        if isinstance(item, str):
            item = item.encode()
        value = False if item is None else item
        struct.pack_into("=" + format, self.shm.buf, self._fields_at + self._ends[index], value)

    def _place(self, index):
        if not -self._length <= index < self._length:
            raise IndexError("index out of range")
        return index % self._length

    def __getitem__(self, position):
        index = self._place(position)
        format, kind = self._noted(index)
        if kind == _NONE:
            return None
        (value,) = struct.unpack_from("=" + format, self.shm.buf, self._fields_at + self._ends[index])
        if kind == _PLAIN:
            return value
        value = value.rstrip(b"\0")
        return value.decode() if kind == _TEXT else value

    def __setitem__(self, position, value):
        try:
            index = self._place(position)
        except IndexError:
            raise IndexError("assignment index out of range") from None
        format, kind = _field(value)
        size = self._ends[index + 1] - self._ends[index]
        if kind in (_TEXT, _BYTES):
            if len(value.encode() if kind == _TEXT else value) > size:
                raise ValueError("bytes/str item exceeds available storage")
            format = "%ds" % size
        self._note(index, format, kind)
        self._put(index, format, kind, value)

    def __len__(self):
        return self._length

    def __iter__(self):
        return (self[index] for index in range(self._length))

    def __reduce__(self):
        return _attached, (type(self), self.shm.name)

    def __repr__(self):
        return "%s(%s, name=%r)" % (type(self).__name__, list(self), self.shm.name)

    @property
    def format(self):
        return "".join([self._noted(index)[0] for index in range(self._length)])

    def count(self, value):
        return sum([value == entry for entry in self])

    def index(self, value):
        for position, entry in enumerate(self):
            if value == entry:
                return position
        raise ValueError("%r not in this container" % (value,))

    __class_getitem__ = classmethod(types.GenericAlias)


def _attached(cls, name):
    return cls(name=name)
