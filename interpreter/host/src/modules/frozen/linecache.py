"""Lines of source files, kept."""

import os
import sys

cache = {}


def clearcache():
    cache.clear()


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    entry = cache.get(filename)
    if entry is not None:
        return entry[2]
    return updatecache(filename, module_globals)


def checkcache(filename=None):
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name)
        if entry is None or entry[1] is None:
            continue
        try:
            stat = os.stat(name)
        except OSError:
            del cache[name]
            continue
        if entry[:2] != (stat[6], stat[8]):
            del cache[name]


def updatecache(filename, module_globals=None):
    cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    for folder in [""] + ([] if os.path.isabs(filename) else list(sys.path)):
        path = os.path.join(folder, filename)
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
    return []


def lazycache(filename, module_globals):
    return False
