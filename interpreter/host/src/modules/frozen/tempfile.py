"""Files and directories that go away by themselves."""

import os
from binascii import hexlify
from types import GenericAlias

template = "tmp"
tempdir = None
_text_openflags = _bin_openflags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
TMP_MAX = 10000


def gettempdir():
    global tempdir
    if tempdir is None:
        for candidate in [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")] + ["/tmp", "/var/tmp", os.getcwd()]:
            if candidate and os.path.isdir(candidate):
                tempdir = os.path.abspath(candidate)
                break
    return tempdir


def gettempprefix():
    return template


def gettempprefixb():
    return os.fsencode(template)


def gettempdirb():
    return os.fsencode(gettempdir())


def _infer_return_type(*args):
    """`str` or `bytes`, as the parts of a path are."""
    kind = None
    for arg in args:
        if arg is None:
            continue
        its = bytes if isinstance(os.fspath(arg), bytes) else str
        if kind not in (None, its):
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = its
    return kind or (str if tempdir is None or isinstance(tempdir, str) else bytes)


def _new_path(suffix, prefix, dir):
    while True:
        name = (template if prefix is None else prefix) + hexlify(os.urandom(4)).decode() + (suffix or "")
        path = os.path.join(os.path.abspath(dir or gettempdir()), name)
        if not os.path.exists(path):
            return path


def mkdtemp(suffix=None, prefix=None, dir=None):
    while True:
        path = _new_path(suffix, prefix, dir)
        try:
            # Nobody else may look into it.
            os.mkdir(path, 0o700)
        except FileExistsError:
            continue
        return path


def mktemp(suffix="", prefix=template, dir=None):
    return _new_path(suffix, prefix, dir)


class _TemporaryFileWrapper:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, file, name, delete):
        self.file, self.name, self.delete = file, name, delete
        self.closed = False

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if not self.closed:
            self.closed = True
            self.file.close()
            if self.delete:
                os.unlink(self.name)

    def __del__(self):
        try:
            self.close()
        except OSError:
            pass


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
                       errors=None, delete_on_close=True):
    fd, path = mkstemp(suffix, prefix, dir)
    options = {} if "b" in mode else {"encoding": encoding, "errors": errors, "newline": newline}
    try:
        return _TemporaryFileWrapper(open(fd, mode, buffering, **options), path, delete)
    except BaseException:
        os.close(fd)
        os.unlink(path)
        raise


def TemporaryFile(*args, **kwargs):
    return NamedTemporaryFile(*args, **kwargs)


class SpooledTemporaryFile(_TemporaryFileWrapper):
    """A file in memory until it is larger than `max_size`, or its number is asked for."""

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
        import io

        super().__init__(io.BytesIO() if "b" in mode else io.StringIO(newline="\n" if newline is None else newline), None, False)
        self.mode, self._max_size, self._rolled = mode, max_size, False
        self.encoding, self.newlines, self.errors = (None, None, None) if "b" in mode else (encoding or "utf-8", None, errors or "strict")
        self._words = {"mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix, "dir": dir, "encoding": encoding, "newline": newline, "errors": errors}

    def _check(self):
        if self._max_size and not self._rolled and self.file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        if self._rolled:
            return
        at, old = self.file.tell(), self.file
        self.file = TemporaryFile(**self._words)
        self.file.write(old.getvalue())
        self.file.seek(at)
        self._rolled, self._words = True, None

    def fileno(self):
        self.rollover()
        return self.file.fileno()

    def write(self, data):
        count = self.file.write(data)
        self._check()
        return count

    def writelines(self, lines):
        self.file.writelines(lines)
        self._check()

    def truncate(self, size=None):
        if size is None:
            return self.file.truncate()
        if size > self._max_size:
            self.rollover()
        return self.file.truncate(size)


class TemporaryDirectory:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore, self._delete = ignore_cleanup_errors, delete

    def __repr__(self):
        return "<TemporaryDirectory %r>" % self.name

    def __enter__(self):
        return self.name

    def __exit__(self, *reason):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        import shutil

        if os.path.exists(self.name):
            shutil.rmtree(self.name, ignore_errors=self._ignore)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    while True:
        path = _new_path(suffix, prefix, dir)
        try:
            return os.open(path, _bin_openflags, 0o600), path
        except FileExistsError:
            pass
