"""What continues the builtin module `os`: the environment as a mapping, files and their descriptors, trees of directories.

Paths of any kind become `str` here. A path on a file system that the program mounted is the native functions' alone.
"""

import uos as os  # the builtin module, whatever file has its name
from _os_numbers import *
from collections import namedtuple
from vfs import mount as _mounts

try:
    import _posix
except ImportError:
    _posix = None

name = "posix"
sep, altsep, extsep, pathsep, linesep, curdir, pardir, devnull, defpath = "/", None, ".", ":", "\n", ".", "..", "/dev/null", "/bin:/usr/bin"
error = OSError
EX_OK = 0
(EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL,
 EX_PROTOCOL, EX_NOPERM, EX_CONFIG) = range(64, 79)
supports_follow_symlinks = supports_fd = supports_dir_fd = supports_effective_ids = frozenset()
supports_bytes_environ = False


class stat_result(namedtuple("stat_result", "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime")):
    """Ten numbers; by name the times are floats, and in nanoseconds as `st_mtime_ns`."""

    __module__ = "os"
    n_fields = n_sequence_fields = 10
    n_unnamed_fields = 0

    def __new__(cls, sequence, times=None):
        made = super().__new__(cls, *sequence)
        made._times = times or [second * 1000000000 for second in tuple(sequence)[7:10]]
        return made

    st_atime = property(lambda self: self._times[0] / 1000000000)
    st_mtime = property(lambda self: self._times[1] / 1000000000)
    st_ctime = property(lambda self: self._times[2] / 1000000000)
    st_atime_ns = property(lambda self: self._times[0])
    st_mtime_ns = property(lambda self: self._times[1])
    st_ctime_ns = property(lambda self: self._times[2])
    st_blocks = property(lambda self: (self[6] + 511) // 512)
    st_blksize, st_rdev = 4096, 0

    def __repr__(self):
        # As MicroPython, where it is a tuple.
        return tuple.__repr__(self)

    def __reduce__(self):
        return stat_result, (tuple(self), self._times)


def _path(path):
    path = fspath(path)
    path = path.decode() if isinstance(path, bytes) else path
    if "\0" in path:
        raise ValueError("embedded null byte")
    return path


def _found(entry):
    made = tuple.__new__(stat_result, entry[:7] + (entry[7] // 1000000000, entry[8] // 1000000000, entry[9] // 1000000000))
    made._times = entry[7:]
    return made


def stat(path, *, dir_fd=None, follow_symlinks=True):
    if isinstance(path, int):
        return fstat(path)
    path = _path(path)
    if not follow_symlinks:
        return _found(_posix.stat(path, False))
    if _is_on_disk():
        return _found(_posix.stat(path, True))
    native = os._native_stat(path)
    try:
        found = _posix.stat(path, True)
    except OSError:
        return stat_result(native)
    # The same file, and not one of the same name on a mounted file system.
    return _found(found) if found[1] == native[1] and found[6] == native[6] else stat_result(native)


def lstat(path, *, dir_fd=None):
    return stat(path, follow_symlinks=False)


def fstat(fd):
    return _found(_posix.stat(fd, True))


def listdir(path=None):
    names = os._native_listdir() if path is None else os._native_listdir(_path(path))
    return [name.encode() for name in names] if isinstance(path, bytes) else names


def mkdir(path, mode=0o777, *, dir_fd=None):
    path = _path(path)
    if mode == 0o777:
        os._native_mkdir(path)
    else:
        _posix.mkdir(path, mode)


uname_result = namedtuple("uname_result", "sysname nodename release version machine")
uname_result.__module__ = "posix"


def uname():
    return uname_result(*os._uname())


class statvfs_result(namedtuple("statvfs_result", "f_bsize f_frsize f_blocks f_bfree f_bavail f_files f_ffree f_favail f_flag f_namemax")):
    """What is said of a file system: ten numbers."""

    __module__ = "os"
    n_fields = n_sequence_fields = 10
    n_unnamed_fields = f_fsid = 0

    def __reduce__(self):
        return statvfs_result, tuple(self)

    def __repr__(self):
        return "os." + super().__repr__()


def statvfs(path):
    said = os._native_statvfs("/proc/self/fd/%d" % path if isinstance(path, int) else _path(path))
    # A file system that a program wrote may say less.
    return statvfs_result(*said) if len(said) == len(statvfs_result._fields) else said


fstatvfs = statvfs


def remove(path, *, dir_fd=None):
    os._native_remove(_path(path))


unlink = remove


def rmdir(path, *, dir_fd=None):
    os._native_rmdir(_path(path))


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    os._native_rename(_path(src), _path(dst))


replace = rename


def renames(old, new):
    head = path.dirname(new)
    if head:
        makedirs(head, exist_ok=True)
    rename(old, new)
    head = path.dirname(old)
    if head:
        try:
            removedirs(head)
        except OSError:
            pass


def chdir(path):
    os._native_chdir(_path(path))


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    _posix.chmod(path if isinstance(path, int) else _path(path), mode)


def fchmod(fd, mode):
    _posix.chmod(fd, mode)


def chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True):
    _posix.chown(_path(path), uid, gid, follow_symlinks)


def lchown(path, uid, gid):
    chown(path, uid, gid, follow_symlinks=False)


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    _posix.link(_path(src), _path(dst))


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    _posix.symlink(_path(src), _path(dst))


def readlink(path, *, dir_fd=None):
    target = _posix.readlink(_path(path))
    return target.encode() if isinstance(path, bytes) else target


def truncate(path, length):
    _posix.truncate(path if isinstance(path, int) else _path(path), length)


ftruncate = truncate


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is None:
        import time

        ns = [time.time_ns()] * 2 if times is None else [int(moment * 1000000000) if isinstance(moment, int) else round(moment * 1000000000) for moment in times]
    _posix.utime(_path(path), *ns)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _posix.access(_path(path), mode)


def open(path, flags, mode=0o777, *, dir_fd=None):
    return _posix.open(_path(path), flags, mode)


def fdopen(fd, mode="r", *args, **kwds):
    import builtins

    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd).__name__)
    return builtins.open(fd, mode, *args, **kwds)


def closerange(fd_low, fd_high):
    for fd in range(fd_low, fd_high):
        try:
            _posix.close(fd)
        except OSError:
            pass


def getuid():
    return _posix.identity()[0]


def geteuid():
    return _posix.identity()[1]


def getgid():
    return _posix.identity()[2]


def getegid():
    return _posix.identity()[3]


def getppid():
    return _posix.identity()[4]


def getlogin():
    return environ.get("LOGNAME") or environ.get("USER") or "root"


def abort():
    import signal

    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    kill(getpid(), signal.SIGABRT)


if _posix is not None:
    from _process import kill
    read, write, lseek, close, dup, pipe = _posix.read, _posix.write, _posix.lseek, _posix.close, _posix.dup, _posix.pipe
    isatty, fsync, umask, strerror, _exit = _posix.isatty, _posix.fsync, _posix.umask, _posix.strerror, _posix.exit
    fdatasync = fsync


def dup2(fd, fd2, inheritable=True):
    return _posix.dup2(fd, fd2, inheritable)


def get_blocking(fd):
    import fcntl

    return not fcntl.fcntl(fd, fcntl.F_GETFL) & O_NONBLOCK


def set_blocking(fd, blocking):
    import fcntl

    flags = fcntl.fcntl(fd, fcntl.F_GETFL) & ~O_NONBLOCK
    fcntl.fcntl(fd, fcntl.F_SETFL, flags if blocking else flags | O_NONBLOCK)


def fchdir(fd):
    _posix.fchdir(fd)


def getcwdb():
    return os.getcwd().encode()


def mkfifo(path, mode=0o666, *, dir_fd=None):
    _posix.mkfifo(_path(path), mode)


def getpgid(pid):
    return _posix.getpgid(pid)


def getpgrp():
    return _posix.getpgid(0)


def killpg(pgid, signal):
    kill(-pgid, signal)


def waitstatus_to_exitcode(status):
    return -(status & 127) if status & 127 else status >> 8


def get_exec_path(env=None):
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


def sched_getaffinity(pid):
    return set(range(os.cpu_count() or 1))


def popen(cmd, mode="r", buffering=-1):
    """The output or the input of a command of the shell, as a file whose `close` answers how the command ended."""
    import subprocess

    if mode == "r":
        return _Command(subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE), "stdout")
    return _Command(subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE), "stdin")


class _Command:
    def __init__(self, process, stream):
        self._process, self._stream = process, getattr(process, stream)

    def close(self):
        self._stream.close()
        code = self._process.wait()
        return None if code == 0 else code << 8 if code > 0 else code

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.close()

    def __iter__(self):
        return iter(self._stream)

    def __getattr__(self, name):
        return getattr(self._stream, name)


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)
    return method(path)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def _is_on_disk():
    """Whether nothing is mounted but the computer's own files: then the system may be asked for them."""
    mounts = _mounts()
    return len(mounts) == 1 and mounts[0][0] is _disk


# The computer's files, if they are what is mounted.
_disk = None
try:
    if _posix is not None and _posix.stat("/dev/null", True)[1] == os._native_stat("/dev/null")[1]:
        _disk = _mounts()[0][0]
except OSError:
    pass


# After `fspath`, which it imports.
import os.path as path
from abc import ABC, abstractmethod
from collections.abc import Mapping, MutableMapping
from types import GenericAlias


class PathLike(ABC):
    """What has a path in the file system: `__fspath__`."""

    @abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__") if cls is PathLike else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


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

    def __or__(self, other):
        return {**self._data, **other} if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other):
        return {**other, **self._data} if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


environ = _Environ()


def getenvb(key, default=None):
    value = environ.get(fsdecode(key))
    return default if value is None else value.encode()


class DirEntry:
    def __init__(self, before, name, is_directory):
        self.name = name
        self.path = before + name
        self._is_directory = is_directory
        self._stat = {}

    def is_dir(self, *, follow_symlinks=True):
        # What a link leads to was asked when the directory was read.
        if follow_symlinks or not self._is_directory:
            return self._is_directory
        return self._is(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return not self._is_directory and self._is(0o100000, follow_symlinks)

    def is_symlink(self):
        return path.islink(self.path)

    def is_junction(self):
        return False

    def _is(self, kind, follow_symlinks):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except OSError:
            return False

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks not in self._stat:
            self._stat[follow_symlinks] = stat(self.path, follow_symlinks=follow_symlinks)
        return self._stat[follow_symlinks]

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return "<DirEntry %r>" % self.name


def _open_end(directory):
    """A directory as what comes before the names in it."""
    return path.join(directory, b"" if isinstance(directory, bytes) else "")


class scandir:
    def __init__(self, path="."):
        self._directory = "." if path is None else fspath(path)
        if not self._directory:
            raise FileNotFoundError(2, strerror(2), self._directory)
        self._bytes = isinstance(self._directory, bytes)
        self._entries = os.ilistdir(fsdecode(self._directory))
        self._before = _open_end(self._directory)

    def __iter__(self):
        return self

    def __next__(self):
        entry = next(self._entries)
        return DirEntry(self._before, entry[0].encode() if self._bytes else entry[0], entry[1] == 0x4000)

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
    directories, files = [], []
    for entry in entries:
        (directories if entry._is_directory else files).append(entry.name)
    if topdown:
        yield fspath(top), directories, files
    for directory in directories:
        below = path.join(top, directory)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield fspath(top), directories, files


def makedirs(name, mode=0o777, exist_ok=False):
    name = fspath(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, mode, True)
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


class terminal_size(namedtuple("terminal_size", "columns lines")):
    __module__ = "os"

    def __new__(cls, sequence):
        return super().__new__(cls, *sequence)

    def __repr__(self):
        return "os.terminal_size(columns=%r, lines=%r)" % tuple(self)

    def __reduce__(self):
        return terminal_size, (tuple(self),)


def get_terminal_size(fd=1, /):
    import fcntl
    import struct
    import termios

    rows, columns = struct.unpack("HH", fcntl.ioctl(fd, termios.TIOCGWINSZ, bytes(8))[:4])
    return terminal_size((columns, rows))


def get_inheritable(fd):
    """Whether programs that are started get this descriptor, too."""
    import fcntl

    return not fcntl.fcntl(fd, fcntl.F_GETFD) & fcntl.FD_CLOEXEC


def set_inheritable(fd, inheritable):
    import fcntl

    flags = fcntl.fcntl(fd, fcntl.F_GETFD)
    fcntl.fcntl(fd, fcntl.F_SETFD, flags & ~fcntl.FD_CLOEXEC if inheritable else flags | fcntl.FD_CLOEXEC)


def __getattr__(name):
    # Few programs ask for processes and what belongs to them.
    import _osprocess

    if name == "__all__":
        own = {*globals(), *vars(_osprocess)} - {"ABC", "GenericAlias", "Mapping", "MutableMapping", "abstractmethod", "namedtuple", "os", "sys"}
        # The native names are asked for by `dir`, which looks here for the others.
        globals()["__all__"] = names = [one for one in own if one[0] != "_"]
        names[:] = sorted({*names, *(one for one in dir(os) if one[0] != "_"), "_exit", "path"})
        return names
    try:
        return getattr(_osprocess, name)
    except AttributeError:
        raise AttributeError(name) from None
