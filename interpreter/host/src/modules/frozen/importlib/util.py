"""Finding modules without importing them."""

import os
import sys
import types
from . import _resolve
from .machinery import ModuleSpec, SourceFileLoader


def resolve_name(name, package):
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError("no package specified for %r (required for relative module names)" % name)
    return _resolve(name, package)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    location = os.fspath(location)
    spec = ModuleSpec(name, loader or SourceFileLoader(name, location), origin=location)
    if submodule_search_locations is None and location.endswith("/__init__.py"):
        submodule_search_locations = [os.path.dirname(location)]
    spec.submodule_search_locations = submodule_search_locations
    spec.has_location = True
    return spec


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def module_from_spec(spec):
    create = getattr(spec.loader, "create_module", None)
    module = create(spec) if create is not None else None
    if module is None:
        module = types.ModuleType(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    if spec.has_location:
        module.__file__ = spec.origin
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    return module


def find_spec(name, package=None):
    name = resolve_name(name, package)
    if name in sys.modules:
        module = sys.modules[name]
        return getattr(module, "__spec__", None) or ModuleSpec(name, None, origin=getattr(module, "__file__", None))
    parent, _, last = name.rpartition(".")
    places = sys.path
    if parent:
        # As in CPython, the packages above are imported.
        places = getattr(__import__(parent, None, None, ["*"]), "__path__", ())
        places = [places] if isinstance(places, str) else places
    for place in places:
        base = os.path.join(place or ".", last)
        for path in (base + "/__init__.py", base + ".py"):
            if os.path.isfile(path):
                return spec_from_file_location(name, path)
        if os.path.isdir(base):
            return ModuleSpec(name, None, is_package=True)
    try:
        module = __import__(name, None, None, ["*"])
    except ImportError:
        return None
    return ModuleSpec(name, _Loaded(module), origin=getattr(module, "__file__", "built-in"))


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
