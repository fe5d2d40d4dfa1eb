"""Paths as text: `os.path`."""

import os
from os import fspath

curdir, pardir, sep, altsep, extsep, pathsep, devnull = ".", "..", "/", None, ".", ":", "/dev/null"
supports_unicode_filenames = True


def join(a, *p):
    path = fspath(a)
    slash = b"/" if isinstance(path, bytes) else "/"
    for part in map(fspath, p):
        if part[:1] == slash or not path:
            path = part
        else:
            path += part if path[-1:] == slash else slash + part
    return path


def split(p):
    p = fspath(p)
    slash = b"/" if isinstance(p, bytes) else "/"
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    return (head.rstrip(slash) or head), tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = fspath(p)
    slash, dot = (b"/", b".") if isinstance(p, bytes) else ("/", ".")
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    # Dots in front are part of the name.
    if at <= start or not p[start:at].strip(dot):
        return p, p[:0]
    return p[:at], p[at:]


def splitdrive(p):
    p = fspath(p)
    return p[:0], p


def isabs(s):
    return fspath(s).startswith("/")


def normcase(s):
    return fspath(s)


def normpath(path):
    path = fspath(path)
    if not path:
        return "."
    root = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
    kept = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or not root and not kept or kept and kept[-1] == "..":
            kept.append(part)
        elif kept:
            kept.pop()
    return root + "/".join(kept) or "."


def abspath(path):
    return normpath(join(os.getcwd(), fspath(path)))


def realpath(filename, *, strict=False):
    return abspath(filename)


def relpath(path, start="."):
    if not path:
        raise ValueError("no path specified")
    here = [part for part in abspath(start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def expanduser(path):
    path = fspath(path)
    if path == "~" or path.startswith("~/"):
        return os.environ.get("HOME", "/").rstrip("/") + path[1:] or "/"
    return path


def expandvars(path):
    out, at = [], 0
    path = fspath(path)
    while at < len(path):
        if path[at] != "$":
            out.append(path[at])
            at += 1
            continue
        end = at + 1
        if path[end : end + 1] == "{":
            close = path.find("}", end)
            name, end = (path[end + 1 : close], close + 1) if close >= 0 else ("", end)
        else:
            while end < len(path) and (path[end].isalnum() or path[end] == "_"):
                end += 1
            name = path[at + 1 : end]
        out.append(os.environ.get(name, path[at:end]) if name else path[at:end])
        at = end
    return "".join(out)


def _mode(path):
    try:
        return os.stat(fspath(path))[0] & 0xF000
    except (OSError, ValueError):
        return 0


def exists(path):
    try:
        os.stat(fspath(path))
    except (OSError, ValueError):
        return False
    return True


lexists = exists


def isdir(s):
    return _mode(s) == 0x4000


def isfile(path):
    return _mode(path) == 0x8000


def islink(path):
    return False


def ismount(path):
    return abspath(path) == "/"


def getsize(filename):
    return os.stat(fspath(filename))[6]


def getatime(filename):
    return os.stat(fspath(filename))[7]


def getmtime(filename):
    return os.stat(fspath(filename))[8]


def getctime(filename):
    return os.stat(fspath(filename))[9]


def samefile(f1, f2):
    return realpath(f1) == realpath(f2)


def commonprefix(m):
    if not m:
        return ""
    first, last = min(m), max(m)
    for i, character in enumerate(first):
        if character != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    split = [[part for part in fspath(path).split("/") if part and part != "."] for path in paths]
    if not split:
        raise ValueError("commonpath() arg is an empty sequence")
    absolute = {fspath(path).startswith("/") for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    return ("/" if True in absolute else "") + "/".join(commonprefix(split))
