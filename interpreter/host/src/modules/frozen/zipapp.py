"""Folders of Python as one file that runs: an archive behind a line that names the interpreter."""

import contextlib
import os
import pathlib
import re
import shutil
import stat
import sys
import zipfile

__all__ = ["ZipAppError", "create_archive", "get_interpreter"]

_MAIN = "# -*- coding: utf-8 -*-\nimport %s\n%s.%s()\n"


class ZipAppError(ValueError):
    """What was given cannot be made an application."""


@contextlib.contextmanager
def _opened(archive, mode):
    if isinstance(archive, (str, os.PathLike)):
        with open(archive, mode) as file:
            yield file
    else:
        yield archive


def _first_line(interpreter):
    return b"#!" + os.fsencode(interpreter) + b"\n" if interpreter else b""


def _made_to_run(path):
    os.chmod(path, os.stat(path).st_mode | stat.S_IEXEC)


def _copied(archive, target, interpreter):
    """Copies an application with another first line."""
    with _opened(archive, "rb") as source:
        start = source.read(2)
        if start == b"#!":
            source.readline()
            start = b""
        with _opened(target, "wb") as out:
            out.write(_first_line(interpreter) + start)
            shutil.copyfileobj(source, out)
    if interpreter and isinstance(target, (str, os.PathLike)):
        _made_to_run(target)


def create_archive(source, target=None, interpreter=None, main=None, filter=None, compressed=False):
    """Makes an application of a folder, or copies an application to `target` with another `interpreter`."""
    if hasattr(source, "read") and hasattr(source, "readline") or pathlib.Path(source).is_file():
        _copied(source, target, interpreter)
        return
    source = pathlib.Path(source)
    if not source.exists():
        raise ZipAppError("Source does not exist")
    if main and (source / "__main__.py").is_file():
        raise ZipAppError("Cannot specify entry point if the source has __main__.py")
    if not main and not (source / "__main__.py").is_file():
        raise ZipAppError("Archive has no entry point")
    if main and not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*", main):
        raise ZipAppError("Invalid entry point: " + main)
    if target is None:
        target = source.with_suffix(".pyz")
    elif not hasattr(target, "write"):
        target = pathlib.Path(target)
    files = _files(source, target, filter)
    with _opened(target, "wb") as out:
        out.write(_first_line(interpreter))
        method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(out, "w", compression=method) as archive:
            for path, name in files:
                archive.write(path, name.as_posix())
            if main:
                module, _, function = main.partition(":")
                archive.writestr("__main__.py", (_MAIN % (module, module, function)).encode())
    if interpreter and not hasattr(target, "write"):
        _made_to_run(target)


def _files(source, target, wanted):
    """What lies in the folder, with its names there. The archive itself may come to lie there, too."""
    found = []
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if wanted is not None and not wanted(name):
            continue
        if path == target:
            raise ZipAppError("The target archive %s overwrites one of the source files." % target)
        found.append((path, name))
    return found


def get_interpreter(archive):
    """The interpreter that the application's first line names, or None."""
    with _opened(archive, "rb") as file:
        if file.read(2) == b"#!":
            return file.readline().strip().decode(sys.getfilesystemencoding())
    return None


def main(args=None):
    """`python -m zipapp SOURCE [-o OUTPUT] [-p INTERPRETER] [-m MAIN] [-c] [--info]`"""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--output", "-o", default=None, help="The name of the output archive. Required if SOURCE is an archive.")
    parser.add_argument("--python", "-p", default=None, help="The name of the Python interpreter to use (default: no shebang line).")
    parser.add_argument("--main", "-m", default=None, help="The main function of the application (default: use an existing __main__.py).")
    parser.add_argument("--compress", "-c", action="store_true", help="Compress files with the deflate method.")
    parser.add_argument("--info", default=False, action="store_true", help="Display the interpreter from the archive.")
    parser.add_argument("source", help="Source directory (or existing archive).")
    given = parser.parse_args(args)
    if given.info:
        if not os.path.isfile(given.source):
            raise SystemExit("Can only get info for an archive file")
        print("Interpreter: %s" % (get_interpreter(given.source) or "<none>"))
        sys.exit(0)
    if os.path.isfile(given.source):
        if given.output is None or os.path.exists(given.output) and os.path.samefile(given.source, given.output):
            raise SystemExit("In-place editing of archives is not supported")
        if given.main:
            raise SystemExit("Cannot change the main function when copying")
    create_archive(given.source, given.output, interpreter=given.python, main=given.main, compressed=given.compress)


if __name__ == "__main__":
    main()
