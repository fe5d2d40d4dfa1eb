"""What continues the builtin module `os`: the environment as a mapping, and trees of directories."""

import os
from collections import namedtuple

name = "posix"
sep, altsep, extsep, pathsep, linesep, curdir, pardir, devnull, defpath = "/", None, ".", ":", "\n", ".", "..", "/dev/null", "/bin:/usr/bin"
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
error = OSError
stat_result = namedtuple("stat_result", "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime")


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)
    return method(path)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


# After `fspath`, which it imports.
import os.path as path
from collections.abc import MutableMapping


class PathLike:
    def __class_getitem__(cls, item):
        return cls


class _Environ(MutableMapping):
    """The environment as it was at first, with what the program changes; children see the changes."""

    def __init__(self):
        self._data = dict([entry.split("=", 1) for entry in getattr(os, "_environment", list)()])

    def __getitem__(self, key):
        try:
            return self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError("str expected, not %s" % type(value if isinstance(key, str) else key).__name__)
        os.putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        if key not in self._data:
            raise KeyError(key)
        os.unsetenv(key)
        del self._data[key]

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return "environ(%r)" % self._data

    def copy(self):
        return dict(self._data)


environ = _Environ()


def getenvb(key, default=None):
    value = environ.get(fsdecode(key))
    return default if value is None else value.encode()


class DirEntry:
    def __init__(self, directory, name, kind):
        self.name = name
        self.path = path.join(directory, name)
        self._kind = kind

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) if self._kind == 0 else self._kind == 0x4000

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) if self._kind == 0 else self._kind == 0x8000

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat_result(*os.stat(self.path))

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return "<DirEntry %r>" % self.name


class scandir:
    def __init__(self, path="."):
        self._directory = fspath(path)
        self._entries = os.ilistdir(self._directory)

    def __iter__(self):
        return self

    def __next__(self):
        entry = next(self._entries)
        return DirEntry(self._directory, entry[0], entry[1])

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.close()

    def close(self):
        self._entries = iter(())


def walk(top, topdown=True, onerror=None, followlinks=False):
    try:
        entries = list(scandir(top))
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    directories = [entry.name for entry in entries if entry.is_dir()]
    files = [entry.name for entry in entries if not entry.is_dir()]
    if topdown:
        yield fspath(top), directories, files
    for directory in directories:
        yield from walk(path.join(top, directory), topdown, onerror, followlinks)
    if not topdown:
        yield fspath(top), directories, files


def makedirs(name, mode=0o777, exist_ok=False):
    name = fspath(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, mode, True)
    try:
        os.mkdir(name)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    os.rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            os.rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def replace(src, dst):
    os.rename(fspath(src), fspath(dst))


def access(path, mode):
    try:
        os.stat(fspath(path))
    except OSError:
        return False
    return True


terminal_size = namedtuple("terminal_size", "columns lines")


def get_terminal_size(fd=1):
    # Terminals are not asked; the environment may say.
    try:
        return terminal_size(int(environ["COLUMNS"]), int(environ["LINES"]))
    except (KeyError, ValueError):
        raise OSError(25) from None
