"""Compiled modules in files: where an import looks for what was compiled before, or for boards, as `name.mpy`."""

import builtins
import enum
import importlib.util
import marshal
import os
import struct
import sys
import traceback

import _system

__all__ = ["compile", "main", "PyCompileError", "PycInvalidationMode"]


class PyCompileError(Exception):
    """A file could not be compiled; `msg` says why."""

    def __init__(self, exc_type, exc_value, file, msg=""):
        if not msg:
            lines = "".join(traceback.format_exception_only(exc_type, exc_value))
            msg = lines.replace('File "<string>"', 'File "%s"' % file) if exc_type is SyntaxError else "Sorry: %s: %s" % (exc_type.__name__, exc_value)
        super().__init__(msg, exc_type.__name__, exc_value, file)
        self.exc_type_name, self.exc_value, self.file, self.msg = exc_type.__name__, exc_value, file, msg

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    """How a file that was saved is held against its source: by the time of its change and its size, by its hash, or not at all."""

    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0):
    """Compiles `file` and writes the code to `cfile`, by default where imports look for it; a name that ends with .mpy is of a file for boards.
    Returns where, or None if it did not compile."""
    if invalidation_mode is None:
        by_hash = os.environ.get("SOURCE_DATE_EPOCH")
        invalidation_mode = PycInvalidationMode.CHECKED_HASH if by_hash else PycInvalidationMode.TIMESTAMP
    if cfile is None:
        cfile = importlib.util.cache_from_source(file, optimization=optimize if optimize > 0 else "")
    if os.path.exists(cfile) and not os.path.isfile(cfile):
        raise FileExistsError("%s is not a regular file and will be changed into one if it is written" % cfile)
    with open(file, "rb") as source:
        text = source.read()
    try:
        code = builtins.compile(text, dfile or file, "exec")
        code = _system.code_for_boards(code) if os.fspath(cfile).endswith(".mpy") else _header(file, text, invalidation_mode) + marshal.dumps(code)
    except Exception as error:
        failed = PyCompileError(type(error), error, dfile or file)
        if quiet < 2:
            if doraise:
                raise failed
            sys.stderr.write(failed.msg + "\n")
        return None
    directory = os.path.dirname(cfile)
    if directory:
        os.makedirs(directory, exist_ok=True)
    with open(cfile, "wb") as out:
        out.write(code)
    return cfile


def _header(file, text, mode):
    # What kept code begins with.
    if mode == PycInvalidationMode.TIMESTAMP:
        about = os.stat(file)
        return importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF)
    flags = 3 if mode == PycInvalidationMode.CHECKED_HASH else 1
    return importlib.util.MAGIC_NUMBER + struct.pack("<I", flags) + importlib.util.source_hash(text)


def main():
    """`python -m py_compile`: compiles files; names of files may be typed as well."""
    import argparse

    parser = argparse.ArgumentParser(prog="py_compile.py", description="A simple command-line interface for py_compile module.")
    parser.add_argument("-q", "--quiet", action="store_true", help="Suppress error output")
    parser.add_argument("filenames", nargs="+", help="Files to compile")
    given = parser.parse_args()
    names = [line.rstrip("\n") for line in sys.stdin.readlines()] if given.filenames == ["-"] else given.filenames
    for name in names:
        try:
            compile(name, doraise=True)
        except PyCompileError as error:
            parser.exit(1, None if given.quiet else error.msg)
        except OSError as error:
            parser.exit(1, None if given.quiet else str(error))


if __name__ == "__main__":
    main()
