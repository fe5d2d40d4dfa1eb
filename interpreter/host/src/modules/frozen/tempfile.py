"""Files and folders that go away by themselves."""

import errno as _errno
import functools as _functools
import io as _io
import os as _os
import weakref as _weakref
from types import GenericAlias as _GenericAlias

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp", "TMP_MAX", "gettempprefix",
    "tempdir", "gettempdir", "gettempprefixb", "gettempdirb",
]
template = "tmp"
tempdir = None
_text_openflags = _bin_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | _os.O_NOFOLLOW | _os.O_CLOEXEC
TMP_MAX = 10000


class _RandomNameSequence:
    """Names of eight characters that nobody can guess."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    def __iter__(self):
        return self

    def __next__(self):
        number = int.from_bytes(_os.urandom(8), "big")
        out = []
        for _ in range(8):
            number, at = divmod(number, len(self.characters))
            out.append(self.characters[at])
        return "".join(out)


_names = _RandomNameSequence()


def _get_candidate_names():
    return _names


def _candidate_tempdir_list():
    """Folders that may be the one for temporary files, the likeliest first."""
    candidates = [value for value in map(_os.getenv, ("TMPDIR", "TEMP", "TMP")) if value] + ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        candidates.append(_os.getcwd())
    except OSError:
        candidates.append(_os.curdir)
    return candidates


def _get_default_tempdir(dirlist=None):
    """The first of the folders that a file can be written in."""
    for folder in dirlist or _candidate_tempdir_list():
        folder = _os.path.abspath(folder) if folder != _os.curdir else folder
        for _ in range(100):
            path = _os.path.join(folder, next(_get_candidate_names()))
            try:
                file = _os.open(path, _bin_openflags, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            try:
                _os.write(file, b"blat")
            finally:
                _os.close(file)
                _os.unlink(path)
            return folder
    raise FileNotFoundError(_errno.ENOENT, "No usable temporary directory found in %s" % (dirlist or _candidate_tempdir_list()))


def _gettempdir():
    global tempdir
    if tempdir is None:
        tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The folder for temporary files, as text."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    return _os.fsencode(_gettempdir())


def gettempprefix():
    return template


def gettempprefixb():
    return _os.fsencode(template)


def _infer_return_type(*args):
    """`str` or `bytes`, as the parts of a path are."""
    kind = None
    for arg in args:
        if arg is None:
            continue
        its = bytes if isinstance(_os.fspath(arg), bytes) else str
        if kind not in (None, its):
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = its
    return kind or (str if tempdir is None or isinstance(tempdir, str) else bytes)


def _sanitize_params(prefix, suffix, dir):
    """The parts of a path with what is not given, and their kind."""
    kind = _infer_return_type(prefix, suffix, dir)
    suffix = kind() if suffix is None else suffix
    prefix = (template if kind is str else _os.fsencode(template)) if prefix is None else prefix
    dir = (gettempdir() if kind is str else gettempdirb()) if dir is None else dir
    return prefix, suffix, dir, kind


def _made(make, dir, pre, suf, kind, what):
    """What `make` makes of the first name that is free."""
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        name = next(names)
        path = _os.path.join(dir, pre + (name if kind is str else _os.fsencode(name)) + suf)
        try:
            return make(path), _os.path.abspath(path)
        except FileExistsError:
            continue
    raise FileExistsError(_errno.EEXIST, "No usable temporary %s name found" % what)


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    return _made(lambda path: _os.open(path, flags, 0o600), dir, pre, suf, output_type, "file")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Makes a file that only this user may read: its number and its path. Who asked for it removes it."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Makes a folder that only this user may look into."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _made(lambda path: _os.mkdir(path, 0o700), dir, prefix, suffix, kind, "directory")[1]


def mktemp(suffix="", prefix=template, dir=None):
    """A path that is free now, and may not be a moment later."""
    dir = gettempdir() if dir is None else dir
    for _ in range(TMP_MAX):
        path = _os.path.join(dir, prefix + next(_get_candidate_names()) + suffix)
        if not _os.path.lexists(path):
            return _os.path.abspath(path)
    raise FileExistsError(_errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileCloser:
    """Closes a file and removes it, once; at the latest when nobody has it any more."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name, self.delete, self.delete_on_close = file, name, delete, delete_on_close
        self.closed = self.cleaned = False

    def cleanup(self):
        if self.cleaned:
            return
        self.cleaned = True
        try:
            if not self.closed:
                self.closed = True
                self.file.close()
        finally:
            if self.delete:
                try:
                    _os.unlink(self.name)
                except FileNotFoundError:
                    # Whoever had its path removed it.
                    pass

    def close(self):
        if not self.closed:
            self.closed = True
            try:
                self.file.close()
            finally:
                if self.delete and self.delete_on_close:
                    self.cleanup()

    def __del__(self):
        self.cleanup()


class _TemporaryFileWrapper:
    """A file with a name, which is removed when it is closed."""

    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name, self.delete = file, name, delete
        self._closer = _TemporaryFileCloser(file, name, delete, delete_on_close)

    def __getattr__(self, name):
        file = self.__dict__["file"]
        found = getattr(file, name)
        if hasattr(found, "__call__"):
            # A method of the file keeps this object, and so the file, alive.
            function, closer = found, self._closer

            @_functools.wraps(function)
            def found(*args, **kwargs):
                return function(*args, **kwargs)

            found._closer = closer
        if not isinstance(found, int):
            setattr(self, name, found)
        return found

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *reason):
        result = self.file.__exit__(*reason)
        self._closer.cleanup()
        return result

    def close(self):
        self._closer.close()

    def __iter__(self):
        for line in self.file:
            yield line


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
                       errors=None, delete_on_close=True):
    """A file with a name."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    file, name = _opened(mode, buffering, encoding, newline, errors, prefix, suffix, dir, kind)
    _named(file, name)
    return _TemporaryFileWrapper(file, name, delete, delete_on_close)


def _named(file, name):
    """Tells a file its name, which it took for the folder's."""
    raw = getattr(file, "buffer", file)
    try:
        getattr(raw, "raw", raw).name = name
    except AttributeError:
        # It does not know any; the object around it does.
        pass


def _opened(mode, buffering, encoding, newline, errors, prefix, suffix, dir, kind):
    name = None

    def opener(*args):
        nonlocal name
        number, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        return number

    try:
        return _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener), name
    except BaseException:
        if name is not None:
            _os.unlink(name)
        raise


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    """A file without a name: nobody else can open it, and it is gone when it is closed."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    file, name = _opened(mode, buffering, encoding, newline, errors, prefix, suffix, dir, kind)
    _os.unlink(name)
    _named(file, file.fileno())
    return file


class SpooledTemporaryFile(_io.IOBase):
    """A file in memory until it is larger than `max_size`, or its number is asked for."""

    __class_getitem__ = classmethod(_GenericAlias)
    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
        if "b" in mode:
            self._file = _io.BytesIO()
        else:
            encoding = _io.text_encoding(encoding)
            self._file = _io.TextIOWrapper(_io.BytesIO(), encoding=encoding, errors=errors, newline=newline)
        self._max_size = max_size
        self._said = {"mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix, "encoding": encoding, "newline": newline, "dir": dir, "errors": errors}

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        if self._rolled:
            return
        file = self._file
        new = self._file = TemporaryFile(**self._said)
        del self._said
        at = file.tell()
        if hasattr(new, "buffer"):
            new.buffer.write(file.detach().getvalue())
        else:
            new.write(file.getvalue())
        new.seek(at, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, *reason):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            import warnings

            warnings.warn("Unclosed file %r" % self, ResourceWarning, stacklevel=2, source=self)
            self.close()

    def close(self):
        self._file.close()

    @property
    def closed(self):
        return self._file.closed

    @property
    def encoding(self):
        return self._file.encoding

    @property
    def errors(self):
        return self._file.errors

    @property
    def newlines(self):
        return self._file.newlines

    @property
    def mode(self):
        return self._said["mode"] if not self._rolled else self._file.mode

    @property
    def name(self):
        return self._file.name if self._rolled else None

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def flush(self):
        self._file.flush()

    def isatty(self):
        return self._file.isatty()

    def read(self, *args):
        return self._file.read(*args)

    def read1(self, *args):
        return self._file.read1(*args)

    def readinto(self, b):
        return self._file.readinto(b)

    def readinto1(self, b):
        return self._file.readinto1(b)

    def readline(self, *args):
        return self._file.readline(*args)

    def readlines(self, *args):
        return self._file.readlines(*args)

    def readable(self):
        return self._file.readable()

    def writable(self):
        return self._file.writable()

    def seekable(self):
        return self._file.seekable()

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

    def detach(self):
        return self._file.detach()

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        file = self._file
        count = file.write(s)
        self._check(file)
        return count

    def writelines(self, iterable):
        file = self._file
        file.writelines(iterable)
        self._check(file)


class TemporaryDirectory:
    """A folder that is removed with all that is in it."""

    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors, self._delete = ignore_cleanup_errors, delete
        message = "Implicitly cleaning up %r" % self
        self._finalizer = _weakref.finalize(self, self._cleanup, self.name, message, ignore_cleanup_errors, delete)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors, delete):
        if delete:
            import warnings

            cls._rmtree(name, ignore_errors)
            warnings.warn(warn_message, ResourceWarning)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        import shutil

        def unlocked(function, path, error):
            # A folder that forbids it is made to allow it.
            if issubclass(error[0], FileNotFoundError):
                return
            if not issubclass(error[0], PermissionError) or path in tried:
                if not ignore_errors:
                    raise error[1]
                return
            tried.add(path)
            for each in {path, _os.path.dirname(path)} - ({_os.path.dirname(name)} if path == name else set()):
                _os.chmod(each, 0o700)
            if _os.path.isdir(path) and not _os.path.islink(path):
                shutil.rmtree(path, onerror=unlocked)
            else:
                _os.unlink(path)

        tried = set()
        shutil.rmtree(name, onerror=unlocked)

    def __repr__(self):
        return "<TemporaryDirectory %r>" % self.name

    def __enter__(self):
        return self.name

    def __exit__(self, *reason):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, self._ignore_cleanup_errors)
