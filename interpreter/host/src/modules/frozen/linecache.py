"""Lines of source files, kept."""

import os
import sys

import _system

__all__ = ["checkcache", "clearcache", "getline", "lazycache"]

cache = {}


def clearcache():
    cache.clear()


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if lineno is not None and 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    return updatecache(filename, module_globals)


def checkcache(filename=None):
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name)
        if entry is None or len(entry) == 1 or entry[1] is None:
            continue
        try:
            stat = os.stat(name)
        except OSError:
            del cache[name]
            continue
        if entry[:2] != (stat[6], stat[8]):
            del cache[name]


def updatecache(filename, module_globals=None):
    given = cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    for folder in [""] + ([] if os.path.isabs(filename) else list(sys.path)):
        path = os.path.join(folder, filename)
        source = _system.frozen_source(path)
        if source is not None:
            cache[filename] = len(source), None, source.splitlines(True), path
            return cache[filename][2]
        try:
            stat = os.stat(path)
            with open(path) as file:
                lines = file.readlines()
        except (OSError, UnicodeError):
            continue
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        cache[filename] = stat[6], stat[8], lines, path
        return lines
    if given is None and lazycache(filename, module_globals) or given is not None and len(given) == 1:
        try:
            source = (given or cache.pop(filename))[0]()
        except (ImportError, OSError):
            source = None
        if source is not None:
            cache[filename] = len(source), None, [line + "\n" for line in source.splitlines()], filename
            return cache[filename][2]
    return []


def lazycache(filename, module_globals):
    """Keeps for a name that is no file how the module's loader gives its source; whether it does."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith("<") and filename.endswith(">") or module_globals is None or "__loader__" not in module_globals:
        return False
    name, get_source = module_globals.get("__name__"), getattr(module_globals["__loader__"], "get_source", None)
    if not name or get_source is None:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True
