"""Saving compiled modules: `name.py` becomes `name.mpy`, which an import finds before it looks for the source."""

import builtins
import enum
import marshal
import os
import sys
import traceback

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
    """How a file that was saved is held against its source. It is not: whoever changes the source saves it again."""

    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0):
    """Compiles `file` and writes the code to `cfile`, beside it by default. Returns where, or None if it did not compile."""
    if cfile is None:
        cfile = os.path.splitext(file)[0] + ".mpy"
    if os.path.exists(cfile) and not os.path.isfile(cfile):
        raise FileExistsError("%s is not a regular file and will be changed into one if it is written" % cfile)
    with open(file, "rb") as source:
        text = source.read()
    try:
        code = marshal.dumps(builtins.compile(text, dfile or file, "exec"))
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
