"""The lines of several files, one after the other; or a file whose lines are printed anew into it."""

import io
import os
import sys
from types import GenericAlias

__all__ = [
    "input", "close", "nextfile", "filename", "lineno", "filelineno", "fileno", "isfirstline", "isstdin", "FileInput", "hook_compressed", "hook_encoded",
]
_state = None


def input(files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
    global _state
    if _state and _state._file:
        raise RuntimeError("input() already active")
    _state = FileInput(files, inplace, backup, mode=mode, openhook=openhook, encoding=encoding, errors=errors)
    return _state


def close():
    global _state
    state, _state = _state, None
    if state:
        state.close()


def _active():
    if not _state:
        raise RuntimeError("no active input()")
    return _state


def nextfile():
    return _active().nextfile()


def filename():
    return _active().filename()


def lineno():
    return _active().lineno()


def filelineno():
    return _active().filelineno()


def fileno():
    return _active().fileno()


def isfirstline():
    return _active().isfirstline()


def isstdin():
    return _active().isstdin()


class FileInput:
    __class_getitem__ = classmethod(GenericAlias)
    _files = ()
    _file = _output = _saved = _filename = _kept = None
    _started = _filelineno = 0
    _inplace = _is_stdin = False

    def __init__(self, files=None, inplace=False, backup="", *, mode="r", openhook=None, encoding=None, errors=None):
        if isinstance(files, (str, os.PathLike)):
            files = (os.fspath(files),)
        self._files = tuple(sys.argv[1:] if files is None else files) or ("-",)
        if mode not in ("r", "rb"):
            raise ValueError("FileInput opening mode must be 'r' or 'rb'")
        if openhook:
            if inplace:
                raise ValueError("FileInput cannot use an opening hook in inplace mode")
            if not callable(openhook):
                raise ValueError("FileInput openhook must be callable")
        self._inplace, self._backup, self._mode, self._openhook = inplace, backup, mode, openhook
        self._encoding, self._errors = encoding, errors
        self._file = self._output = self._saved = self._filename = self._kept = None
        self._started = self._filelineno = 0
        self._is_stdin = False

    def __del__(self):
        self.close()

    def close(self):
        try:
            self.nextfile()
        finally:
            self._files = ()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            line = self._read()
            if line:
                self._filelineno += 1
                return line
            if not self._file:
                raise StopIteration
            self.nextfile()

    def readline(self):
        while True:
            line = self._read()
            if line:
                self._filelineno += 1
                return line
            if not self._file:
                return line
            self.nextfile()

    def nextfile(self):
        saved, self._saved = self._saved, None
        if saved is not None:
            sys.stdout = saved
        output, self._output = self._output, None
        try:
            if output:
                output.close()
        finally:
            file, self._file = self._file, None
            try:
                if file and not self._is_stdin:
                    file.close()
            finally:
                kept, self._kept = self._kept, None
                if kept and not self._backup:
                    try:
                        os.unlink(kept)
                    except OSError:
                        pass
                self._is_stdin = False
                self._started += self._filelineno
                self._filelineno = 0

    def _open(self):
        self._filename, self._files = self._files[0], self._files[1:]
        self._filelineno = 0
        options = {} if "b" in self._mode else {"encoding": self._encoding or "utf-8", "errors": self._errors}
        if self._filename == "-":
            self._filename, self._is_stdin = "<stdin>", True
            self._file = getattr(sys.stdin, "buffer", sys.stdin) if "b" in self._mode else sys.stdin
        elif self._inplace:
            self._kept = os.fspath(self._filename) + (self._backup or ".bak")
            try:
                os.unlink(self._kept)
            except OSError:
                pass
            os.rename(self._filename, self._kept)
            self._file = io.open(self._kept, self._mode, **options)
            mode = os.stat(self._kept).st_mode & 0o777
            self._output = io.open(self._filename, self._mode.replace("r", "w"), **options)
            os.chmod(self._filename, mode)
            self._saved, sys.stdout = sys.stdout, self._output
        elif self._openhook:
            given = (self._filename, self._mode)
            self._file = self._openhook(*given) if self._encoding is None else self._openhook(*given, encoding=self._encoding, errors=self._errors)
        else:
            self._file = io.open(self._filename, self._mode, **options)

    def _read(self):
        if not self._file:
            if not self._files:
                return b"" if "b" in self._mode else ""
            self._open()
        return self._file.readline()

    def filename(self):
        return self._filename

    def lineno(self):
        return self._started + self._filelineno

    def filelineno(self):
        return self._filelineno

    def fileno(self):
        try:
            return self._file.fileno() if self._file else -1
        except ValueError:
            return -1

    def isfirstline(self):
        return self._filelineno == 1

    def isstdin(self):
        return self._is_stdin


def hook_compressed(filename, mode, *, encoding=None, errors=None):
    """Opens files by what their names end with: `.gz` and `.bz2` are decompressed."""
    ext = os.path.splitext(filename)[1]
    if ext == ".gz":
        import gzip

        stream = gzip.open(filename, mode)
    elif ext == ".bz2":
        import bz2

        stream = bz2.BZ2File(filename, mode)
    else:
        return io.open(filename, mode, **({} if "b" in mode else {"encoding": encoding or "utf-8", "errors": errors}))
    return stream if "b" in mode else io.TextIOWrapper(stream, encoding=encoding or "utf-8", errors=errors)


def hook_encoded(encoding, errors=None):
    return lambda filename, mode: io.open(filename, mode, encoding=encoding, errors=errors)


def _test():
    """`python -m fileinput`: the lines of files with their numbers."""
    import getopt

    options, files = getopt.getopt(sys.argv[1:], "ib:")
    backup = dict(options).get("-b", "")
    for line in input(files, inplace="-i" in dict(options), backup=backup):
        text = line.removesuffix("\n").removesuffix("\r")
        print("%d: %s[%d]%s %s" % (lineno(), filename(), filelineno(), "*" if isfirstline() else "", text))
    print("%d: %s[%d]" % (lineno(), filename(), filelineno()))


if __name__ == "__main__":
    _test()
