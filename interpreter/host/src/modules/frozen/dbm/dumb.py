"""A database of two text-like files: NAME.dat has the values, NAME.dir a line for each key with the place of its value.

The format is CPython's: values begin at multiples of 512 bytes, a value that has grown moves to the end, and what an old
one left is not used again.
"""

__all__ = ["error", "open"]

import ast
import io
import os
from collections.abc import MutableMapping

_BLOCK = 512
error = OSError


class _Database(MutableMapping):
    _closed = False

    def __init__(self, name, mode, flag="c"):
        name = os.fsdecode(name)
        self._dir, self._dat, self._bak = name + ".dir", name + ".dat", name + ".bak"
        self._mode, self._readonly, self._changed, self._index = mode, flag == "r", False, {}
        if flag == "n":
            for path in (self._dat, self._bak, self._dir):
                try:
                    os.remove(path)
                except OSError:
                    pass
        try:
            io.open(self._dat, "rb").close()
        except OSError:
            if flag not in ("c", "n"):
                raise
            self._create(self._dat)
        try:
            with io.open(self._dir, "r", encoding="latin1") as f:
                for line in f:
                    if line.strip():
                        key, place = _entry(line.strip())
                        self._index[key.encode("latin1")] = place
        except FileNotFoundError:
            if flag not in ("c", "n"):
                raise
            self._changed = True

    def _create(self, path):
        io.open(path, "wb").close()
        os.chmod(path, self._mode & ~_mask())

    def _check(self, key=None):
        if self._closed:
            raise error("DBM object has already been closed")
        return key.encode() if isinstance(key, str) else key

    def sync(self):
        if self._closed or not self._changed:
            return
        for old, new in ((self._bak, None), (self._dir, self._bak)):
            try:
                os.rename(old, new) if new else os.remove(old)
            except OSError:
                pass
        with io.open(self._dir, "wb") as f:
            f.write(b"".join([_line(key, place) for key, place in self._index.items()]))
        os.chmod(self._dir, self._mode & ~_mask())
        self._changed = False

    def _add(self, key):
        """Tells of a new key at the end of the list, which is written anew when the database is closed."""
        is_new = not os.path.exists(self._dir)
        with io.open(self._dir, "ab") as f:
            f.write(_line(key, self._index[key]))
        if is_new:
            os.chmod(self._dir, self._mode & ~_mask())

    def __getitem__(self, key):
        key = self._check(key)
        position, size = self._index[key]
        with io.open(self._dat, "rb") as f:
            f.seek(position)
            return f.read(size)

    def __setitem__(self, key, value):
        if self._readonly:
            raise error("The database is opened for reading only")
        key = self._check(key)
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("keys must be bytes or strings")
        value = value.encode() if isinstance(value, str) else value
        if not isinstance(value, (bytes, bytearray)):
            raise TypeError("values must be bytes or strings")
        place = self._index.get(bytes(key))
        with io.open(self._dat, "rb+") as f:
            if place is not None and -(-place[1] // _BLOCK) >= -(-len(value) // _BLOCK):
                position = place[0]
            else:
                end = f.seek(0, 2)
                position = -(-end // _BLOCK) * _BLOCK
                f.write(bytes(position - end))
            f.seek(position)
            f.write(value)
        self._index[bytes(key)] = (position, len(value))
        self._changed = True
        if place is None:
            self._add(bytes(key))

    def __delitem__(self, key):
        if self._readonly:
            raise error("The database is opened for reading only")
        key = self._check(key)
        del self._index[key]
        self._changed = True
        self.sync()

    def __contains__(self, key):
        return self._check(key) in self._index

    def __iter__(self):
        self._check()
        return iter(self._index)

    def __len__(self):
        self._check()
        return len(self._index)

    def keys(self):
        self._check()
        return list(self._index)

    def items(self):
        self._check()
        return [(key, self[key]) for key in self._index]

    def close(self):
        if not self._closed:
            self.sync()
            self._closed, self._index = True, None

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _line(key, place):
    return ("%r, %r\n" % (key.decode("latin1"), place)).encode("latin1")


def _entry(line):
    """The key and the place that a line says."""
    if "\\" not in line and line[0] == "'":
        key, _, place = line.rpartition("', (")
        position, _, size = place.rstrip(")").partition(", ")
        if key and position.isdigit() and size.isdigit():
            return key[1:], (int(position), int(size))
    return ast.literal_eval(line)


def _mask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def open(file, flag="c", mode=0o666):
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode, flag)
