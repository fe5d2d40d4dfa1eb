"""Files as memory, and memory without a file."""

import _lineage
import os
import uctypes

PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
MAP_SHARED, MAP_PRIVATE, MAP_ANON, MAP_ANONYMOUS, MAP_DENYWRITE, MAP_EXECUTABLE, MAP_POPULATE, MAP_STACK, MAP_NORESERVE = 1, 2, 32, 32, 2048, 4096, 32768, 131072, 16384
ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY = range(4)
PAGESIZE = ALLOCATIONGRANULARITY = _lineage.setting(30)
MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTNEED = range(5)
error = OSError


class mmap(_lineage.Mapping):
    def __new__(cls, fileno, length, flags=MAP_SHARED, prot=PROT_READ | PROT_WRITE, access=ACCESS_DEFAULT, offset=0):
        if length < 0:
            raise OverflowError("memory mapped length must be positive")
        if offset < 0:
            raise OverflowError("memory mapped offset must be positive")
        if access not in (0, 1, 2, 3):
            raise ValueError("mmap invalid access parameter.")
        if access != ACCESS_DEFAULT and (flags != MAP_SHARED or prot != PROT_READ | PROT_WRITE):
            raise ValueError("mmap can't specify both access and flags, prot.")
        if access == ACCESS_READ:
            prot = PROT_READ
        elif access == ACCESS_COPY:
            flags = MAP_PRIVATE
        if fileno != -1:
            size = os.fstat(fileno).st_size
            if length == 0:
                if size == 0:
                    raise ValueError("cannot mmap an empty file")
                if offset >= size:
                    raise ValueError("mmap offset is greater than file size")
                length = size - offset
            elif offset > size or size - offset < length:
                raise ValueError("mmap length is greater than file size")
        else:
            flags |= MAP_ANONYMOUS
        self = super().__new__(cls)
        self._address = _lineage.map(fileno, length, prot, flags, offset)
        self._file = os.dup(fileno) if fileno != -1 else -1
        self._length, self._flags, self._prot, self._offset, self._at = length, flags, prot, offset, 0
        self._bytes = uctypes.bytearray_at(self._address, length)
        self._lie(self._bytes, prot & PROT_WRITE)
        return self

    def __del__(self):
        if getattr(self, "_bytes", None) is not None:
            self.close()

    def __enter__(self):
        self._data()
        return self

    def __exit__(self, *error):
        self.close()

    def _data(self):
        if self._bytes is None:
            raise ValueError("mmap closed or invalid")
        return self._bytes

    def _bytes_of(self):
        return bytes(self._data())

    def _writable(self):
        data = self._data()
        if not self._prot & PROT_WRITE:
            raise TypeError("mmap can't modify a readonly memory map.")
        return data

    @property
    def closed(self):
        return self._bytes is None

    def close(self):
        if self._bytes is not None:
            self._bytes = None
            self._lie(None, False)
            _lineage.unmap(self._address, self._length)
            if self._file != -1:
                os.close(self._file)

    def __len__(self):
        self._data()
        return self._length

    def __getitem__(self, key):
        data = self._data()
        if isinstance(key, slice):
            return bytes(data[key])
        if not -self._length <= key < self._length:
            raise IndexError("mmap index out of range")
        return data[key]

    def __setitem__(self, key, value):
        data = self._writable()
        if isinstance(key, slice):
            places = range(*key.indices(self._length))
            if len(value) != len(places):
                raise IndexError("mmap slice assignment is wrong size")
            if places.step == 1:
                data[places.start : places.start + len(places)] = value
            else:
                for place, byte in zip(places, value):
                    data[place] = byte
        else:
            data[key] = value

    def __delitem__(self, key):
        raise TypeError("mmap object doesn't support item deletion")

    def __iter__(self):
        for byte in self._data():
            yield bytes((byte,))

    def __contains__(self, item):
        # As a sequence of bytes of one.
        return isinstance(item, int) and item in self._bytes_of() or isinstance(item, bytes) and len(item) == 1 and item in self._bytes_of()

    def find(self, sub, start=None, end=None):
        return self._bytes_of().find(sub, self._at if start is None else start, self._length if end is None else end)

    def rfind(self, sub, start=None, end=None):
        return self._bytes_of().rfind(sub, self._at if start is None else start, self._length if end is None else end)

    def read(self, n=None):
        data = self._data()
        end = self._length if n is None or n < 0 else min(self._at + n, self._length)
        start, self._at = self._at, end
        return bytes(data[start:end])

    def read_byte(self):
        data = self._data()
        if self._at >= self._length:
            raise ValueError("read byte out of range")
        self._at += 1
        return data[self._at - 1]

    def readline(self):
        end = self.find(b"\n") + 1
        return self.read(end - self._at if end else None)

    def write(self, data):
        target = self._writable()
        data = bytes(data)
        if self._at + len(data) > self._length:
            raise ValueError("data out of range")
        target[self._at : self._at + len(data)] = data
        self._at += len(data)
        return len(data)

    def write_byte(self, byte):
        target = self._writable()
        if self._at >= self._length:
            raise ValueError("write byte out of range")
        target[self._at] = byte
        self._at += 1

    def seek(self, pos, whence=0):
        self._data()
        if whence not in (0, 1, 2):
            raise ValueError("unknown seek type")
        at = pos + (0, self._at, self._length)[whence]
        if not 0 <= at <= self._length:
            raise ValueError("seek out of range")
        self._at = at

    def tell(self):
        self._data()
        return self._at

    def size(self):
        self._data()
        return os.fstat(self._file).st_size if self._file != -1 else self._length

    def move(self, dest, src, count):
        data = self._writable()
        if min(dest, src, count) < 0 or self._length - dest < count or self._length - src < count:
            raise ValueError("source, destination, or count out of range")
        data[dest : dest + count] = bytes(data[src : src + count])

    def resize(self, newsize):
        self._writable()
        if self._file != -1:
            os.ftruncate(self._file, self._offset + newsize)
        elif newsize > self._length:
            raise ValueError("mmap: can't resize an anonymous map")
        self._lie(None, False)
        _lineage.unmap(self._address, self._length)
        self._address = _lineage.map(self._file, newsize, self._prot, self._flags, self._offset)
        self._bytes, self._length = uctypes.bytearray_at(self._address, newsize), newsize
        self._lie(self._bytes, True)
        self._at = min(self._at, newsize)

    def flush(self, offset=0, size=None):
        self._data()
        size = self._length - offset if size is None else size
        if offset < 0 or size < 0 or offset + size > self._length:
            raise ValueError("flush values out of range")
        start = offset - offset % PAGESIZE
        _lineage.sync(self._address + start, size + offset - start)

    def madvise(self, option, start=0, length=None):
        self._data()

    def __repr__(self):
        if self._bytes is None:
            return "<mmap.mmap closed=True>"
        access = "ACCESS_DEFAULT" if self._prot & PROT_WRITE else "ACCESS_READ"
        return "<mmap.mmap closed=False, access=%s, length=%d, pos=%d, offset=%d>" % (access, self._length, self._at, self._offset)
