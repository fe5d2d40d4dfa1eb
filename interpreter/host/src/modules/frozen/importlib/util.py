"""Finding modules without importing them."""

import os
import sys
import types

import _system

from . import _resolve
from .machinery import BuiltinImporter, ModuleSpec, PathFinder, SourceFileLoader


def resolve_name(name, package):
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError("no package specified for %r (required for relative module names)" % name)
    return _resolve(name, package)


def _is_package(loader, name):
    try:
        return loader.is_package(name) if hasattr(loader, "is_package") else None
    except ImportError:
        return None


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    location = os.fspath(loader.get_filename(name) if location is None else location)
    spec = ModuleSpec(name, loader or SourceFileLoader(name, location), origin=location)
    if submodule_search_locations is None and (location.endswith("/__init__.py") if loader is None else _is_package(loader, name)):
        submodule_search_locations = []
    if submodule_search_locations == []:
        submodule_search_locations = [os.path.dirname(location)]
    spec.submodule_search_locations = submodule_search_locations
    spec.has_location = True
    spec.cached = _kept_at(location)
    return spec


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    if hasattr(loader, "get_filename"):
        return spec_from_file_location(name, loader=loader, submodule_search_locations=[] if is_package else None)
    return ModuleSpec(name, loader, origin=origin, is_package=_is_package(loader, name) if is_package is None else is_package)


def module_from_spec(spec):
    create = getattr(spec.loader, "create_module", None)
    module = create(spec) if create is not None else None
    if module is None:
        module = types.ModuleType(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.has_location:
        module.__file__ = spec.origin
        if spec.cached is not None:
            module.__cached__ = spec.cached
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    return module


def find_spec(name, package=None):
    name = resolve_name(name, package)
    parent, path = name.rpartition(".")[0], None
    if parent and name not in sys.modules:
        # As in CPython, the packages above are imported.
        path = getattr(__import__(parent, None, None, ["*"]), "__path__", ())
    return _find_spec_from_path(name, path)


def _find_spec_from_path(name, path=None):
    # The same where `path`, what a package above says of its folders, is known.
    if name in sys.modules:
        module = sys.modules[name]
        return getattr(module, "__spec__", None) or ModuleSpec(name, None, origin=getattr(module, "__file__", None))
    for finder in sys.meta_path:
        if finder is not PathFinder and finder is not BuiltinImporter and hasattr(finder, "find_spec"):
            spec = finder.find_spec(name, path, None)
            if spec is not None:
                return spec
    spec = PathFinder.find_spec(name, path)
    if spec is not None:
        return spec
    try:
        module = __import__(name, None, None, ["*"])
    except ImportError:
        return None
    return ModuleSpec(name, _Loaded(module), origin=getattr(module, "__file__", "built-in"))


def _about(names, attribute):
    # What a module with these names knows of its import, which made no spec: made of its name and its file.
    name, path, file = names["__name__"], names.get("__path__"), names.get("__file__")
    if attribute == "__package__":
        if name == "__main__":
            return None
        return name if path is not None else name.rpartition(".")[0]
    if attribute == "__cached__":
        return None if name == "__main__" else _kept_at(file)
    if name == "__main__" and (attribute == "__spec__" or file is None):
        return None
    if file is None and path is None:
        loader = BuiltinImporter if name in sys.builtin_module_names or name in sys.modules else None
        return loader if attribute == "__loader__" else ModuleSpec(name, loader, origin="built-in")
    loader = None if file is None else SourceFileLoader(name, file)
    if attribute == "__loader__":
        return loader
    spec = ModuleSpec(name, loader, origin=file)
    spec.submodule_search_locations = path
    spec.has_location = file is not None
    spec.cached = _kept_at(file)
    return spec


def _kept_at(file):
    # Where code of a module's file is kept, if that is a file of the computer.
    if file is None or not file.endswith(".py") or sys.implementation.cache_tag is None or _system.frozen_source(file) is not None:
        return None
    return cache_from_source(file)


def _load_by(finders, name, path, before):
    # The module that the finders of `sys.meta_path` before the one of files, or behind it, find; None if they do not.
    at = finders.index(PathFinder) if PathFinder in finders else len(finders)
    for finder in finders[:at] if before else finders[at + 1 :]:
        find = getattr(finder, "find_spec", None)
        spec = None if find is None or finder is BuiltinImporter else find(name, path, None)
        if spec is not None:
            return _load(spec)


def _load(spec):
    module = module_from_spec(spec)
    if spec.loader is None:
        sys.modules[spec.name] = module
        return module
    if not hasattr(spec.loader, "exec_module"):
        return spec.loader.load_module(spec.name)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    return sys.modules[spec.name]


class LazyLoader:
    """A loader that loads at once: what is asked of a module later finds it whole."""

    def __init__(self, loader):
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)


def cache_from_source(path, debug_override=None, *, optimization=None):
    """The file in which compiled code of a source is kept."""
    if debug_override is not None:
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    level = "" if optimization is None else str(optimization)
    if level and not level.isalnum():
        raise ValueError("%r is not alphanumeric" % level)
    return _system.kept_at(os.fspath(path), sys.pycache_prefix, level)


def source_from_cache(path):
    """The source whose compiled code is kept in that file."""
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    head, tail = os.path.split(os.fspath(path))
    prefix = sys.pycache_prefix and sys.pycache_prefix.rstrip("/") + "/"
    if prefix and head.startswith(prefix):
        folder = head[len(prefix) - 1 :]
    else:
        folder, last = os.path.split(head)
        if last != "__pycache__":
            raise ValueError("__pycache__ not bottom-level directory in %r" % path)
    parts = tail.split(".")
    if len(parts) not in (3, 4):
        raise ValueError("expected only 2 or 3 dots in %r" % tail)
    if len(parts) == 4 and not (parts[2].startswith("opt-") and parts[2][4:].isalnum()):
        raise ValueError("optimization portion of filename %r does not name a level" % tail)
    return os.path.join(folder, parts[0] + ".py")


class _Loaded:
    """The loader of a module that is part of the program: a new one has what the first one had."""

    def __init__(self, module):
        self._module = module

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        for name in dir(self._module):
            if name not in ("__name__", "__spec__", "__loader__"):
                setattr(module, name, getattr(self._module, name))


MAGIC_NUMBER = _system.kept_magic()


def source_hash(source_bytes):
    """Eight bytes that tell this source from others."""
    return _system.source_hash(source_bytes)


def decode_source(source_bytes):
    """The text of source, in the encoding that it names, with line ends of one kind."""
    import io
    import tokenize

    encoding, _ = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)
    return io.TextIOWrapper(io.BytesIO(source_bytes), encoding).read()
