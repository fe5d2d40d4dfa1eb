"""Imports by name."""

import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = __import__


def _resolve(name, package):
    # The whole name of one that begins with dots.
    level = len(name) - len(name.lstrip("."))
    parts = package.split(".")
    if level > len(parts):
        raise ImportError("attempted relative import beyond top-level package")
    base = ".".join(parts[: len(parts) - level + 1])
    return base + "." + name[level:] if name[level:] else base


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for %r" % name)
        name = _resolve(name, package)
    module = __import__(name)
    if name in sys.modules:
        return sys.modules[name]
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def invalidate_caches():
    # Nothing is remembered about folders.
    pass


def reload(module):
    name = getattr(module, "__name__", None)
    file = getattr(module, "__file__", None)
    if sys.modules.get(name) is not module:
        raise ImportError("module %s not in sys.modules" % name)
    if file is None or file.startswith(".frozen"):
        return module
    with open(file) as source:
        code = compile(source.read(), file, "exec")
    exec(code, module.__dict__)
    return sys.modules[name]
