"""Packages: what lies in them, and files beside their modules."""

import os
import sys
from collections import namedtuple
from importlib import import_module
from importlib.machinery import FileFinder
from importlib.util import find_spec

__all__ = [
    "ImpImporter", "ModuleInfo", "extend_path", "find_loader", "get_data", "get_importer", "get_loader", "iter_importers", "iter_modules",
    "walk_packages",
]

ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")


def iter_modules(path=None, prefix=""):
    """The modules in folders (those of `sys.path` if none are named), each by its finder, its name, and whether it is a package."""
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for place in sys.path if path is None else path:
        try:
            names = sorted(os.listdir(place or "."))
        except OSError:
            importer = get_importer(place)
            for name, ispkg in getattr(importer, "iter_modules", tuple)():
                if name not in seen:
                    seen.add(name)
                    yield ModuleInfo(importer, prefix + name, ispkg)
            continue
        for entry in names:
            name, ending = os.path.splitext(entry)
            ispkg = os.path.isfile(os.path.join(place, entry, "__init__.py"))
            if ispkg:
                name = entry
            elif ending not in (".py", ".mpy") or name == "__init__":
                continue
            # What no statement could name is found by import_module.
            if "." not in name and name not in seen:
                seen.add(name)
                yield ModuleInfo(FileFinder(place), prefix + name, ispkg)


def walk_packages(path=None, prefix="", onerror=None):
    """The same, and what is in the packages among them, which are imported for that."""
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            inner = sys.modules[info.name].__path__
            yield from walk_packages([inner] if isinstance(inner, str) else list(inner), info.name + ".", onerror)


def get_data(package, resource):
    """The bytes of a file in a package's folder; None if that is nowhere in a file system."""
    spec = find_spec(package)
    if spec is None or spec.loader is None or not hasattr(spec.loader, "get_data"):
        return None
    module = sys.modules.get(package) or import_module(package)
    if getattr(module, "__file__", None) is None:
        return None
    return spec.loader.get_data(os.path.join(os.path.dirname(module.__file__), *resource.split("/")))


def extend_path(path, name):
    """A package's folders, and those of the same name elsewhere in `sys.path`."""
    if not isinstance(path, list):
        path = [path] if isinstance(path, str) else list(path)
    parent, _, last = name.rpartition(".")
    places = sys.path if not parent else getattr(sys.modules.get(parent), "__path__", ())
    for place in [places] if isinstance(places, str) else places:
        folder = os.path.join(place, last) if place else last
        if os.path.isdir(folder) and folder not in path:
            path.append(folder)
    return path


def resolve_name(name):
    """The object that "package.module:attribute" or "package.module.attribute" says."""
    module, colon, rest = name.partition(":")
    if colon:
        found = import_module(module)
        parts = rest.split(".") if rest else []
    else:
        parts = name.split(".")
        if not all([part.isidentifier() for part in parts]):
            raise ValueError("invalid format: %r" % name)
        module = parts.pop(0)
        found = import_module(module)
        while parts:
            deeper = module + "." + parts[0]
            try:
                found = import_module(deeper)
            except ImportError:
                break
            module = deeper
            parts.pop(0)
    for part in parts:
        found = getattr(found, part)
    return found


def get_loader(module_or_name):
    name = module_or_name if isinstance(module_or_name, str) else module_or_name.__name__
    return find_loader(name)


def find_loader(fullname):
    spec = find_spec(fullname)
    return None if spec is None else spec.loader


def get_importer(path_item):
    """What finds modules in a folder or an archive; None if it is neither."""
    path = os.fsdecode(path_item)
    if os.path.isdir(path):
        return FileFinder(path)
    if os.path.isfile(path):
        import zipfile

        if not zipfile.is_zipfile(path):
            return None
        # It is among the hooks from its import on.
        import zipimport
    for hook in sys.path_hooks:
        try:
            return hook(path)
        except ImportError:
            pass
    return None


def iter_importers(fullname=""):
    for place in sys.path:
        found = get_importer(place) if os.path.isdir(place) else None
        if found is not None:
            yield found


ImpImporter = FileFinder
