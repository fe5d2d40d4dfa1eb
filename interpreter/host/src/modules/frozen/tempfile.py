"""Files and directories that go away by themselves."""

import os
from binascii import hexlify

template = "tmp"
tempdir = None


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


def _new_path(suffix, prefix, dir):
    while True:
        name = (template if prefix is None else prefix) + hexlify(os.urandom(4)).decode() + (suffix or "")
        path = os.path.join(os.path.abspath(dir or gettempdir()), name)
        if not os.path.exists(path):
            return path


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _new_path(suffix, prefix, dir)
    os.mkdir(path)
    return path


def mktemp(suffix="", prefix=template, dir=None):
    return _new_path(suffix, prefix, dir)


class _TemporaryFile:
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
    path = _new_path(suffix, prefix, dir)
    return _TemporaryFile(open(path, mode), path, delete)


def TemporaryFile(*args, **kwargs):
    return NamedTemporaryFile(*args, **kwargs)


class SpooledTemporaryFile(_TemporaryFile):
    def __init__(self, max_size=0, mode="w+b", *args, **kwargs):
        import io

        super().__init__(io.BytesIO() if "b" in mode else io.StringIO(), None, False)


class TemporaryDirectory:
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
    path = _new_path(suffix, prefix, dir)
    open(path, "w").close()
    # A descriptor would mean nothing to this `os`; the file is there.
    return -1, path
