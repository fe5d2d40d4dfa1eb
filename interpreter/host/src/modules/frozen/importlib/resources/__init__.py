"""Files that lie in packages."""

import os
from contextlib import contextmanager
from importlib.abc import Traversable
from pathlib import Path

__all__ = [
    "Anchor", "Package", "Resource", "as_file", "contents", "files", "is_resource", "open_binary", "open_text", "path", "read_binary", "read_text",
]

Package, Resource, Anchor = str, str, str


def files(anchor=None):
    """The folder of a package, or of the package that a module lies in."""
    import sys
    from importlib import import_module

    if anchor is None:
        anchor = sys._getframe(1).f_globals["__name__"]
    module = import_module(anchor) if isinstance(anchor, str) else anchor
    path = getattr(module, "__path__", None)
    if path is None:
        if getattr(module, "__file__", None) is None:
            raise TypeError("%r is not a package" % (anchor,))
        return Path(os.path.dirname(module.__file__))
    return Path(path if isinstance(path, str) else list(path)[0])


@contextmanager
def as_file(path):
    """A path of the file system that has what the resource has."""
    yield path if isinstance(path, Path) else Path(os.fspath(path))


def path(package, resource):
    return as_file(files(package) / resource)


def read_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).read_text(encoding, errors)


def read_binary(package, resource):
    return (files(package) / resource).read_bytes()


def open_text(package, resource, encoding="utf-8", errors="strict"):
    return open(str(files(package) / resource), encoding=encoding, errors=errors)


def open_binary(package, resource):
    return open(str(files(package) / resource), "rb")


def is_resource(package, name):
    return (files(package) / name).is_file()


def contents(package):
    return [entry.name for entry in files(package).iterdir()]
