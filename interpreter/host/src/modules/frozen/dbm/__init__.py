"""Files that map bytes to bytes. One format is known: `dbm.dumb`."""

__all__ = ["open", "whichdb", "error"]

import io
import os


class error(Exception):
    pass


error = (error, OSError)

# The modules that may be there, those that were asked for, and the one that makes new files.
_names, _modules, _defaultmod = ["dbm.dumb"], {}, None


def whichdb(filename):
    """The module that reads the database of this name: its name, `""` if it is unknown, `None` if there is nothing to read."""
    filename = os.fsdecode(filename)
    try:
        with io.open(filename + ".dir", "rb") as f:
            f.read(1)
        os.stat(filename + ".dat")
        with io.open(filename + ".dir", "rb") as f:
            return "dbm.dumb" if f.read(1) in (b"", b"'", b'"') else ""
    except OSError:
        pass
    try:
        with io.open(filename, "rb"):
            return ""
    except OSError:
        return None


def open(file, flag="r", mode=0o666):
    known = whichdb(file) if "n" not in flag else "dbm.dumb"
    if known is None:
        if "c" not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    elif not known:
        raise error[0]("db type could not be determined")
    from dbm import dumb

    made_by = _defaultmod if not known or "n" in flag else None
    return (made_by or dumb).open(file, flag, mode)
