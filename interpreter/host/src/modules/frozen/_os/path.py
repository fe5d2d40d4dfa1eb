"""Paths as text or bytes: `os.path`."""

import os
from os import _is_on_disk, _posix, fspath

__all__ = [
    "abspath", "altsep", "basename", "commonpath", "commonprefix", "curdir", "defpath", "devnull", "dirname", "exists", "expanduser", "expandvars",
    "extsep", "getatime", "getctime", "getmtime", "getsize", "isabs", "isdir", "isfile", "isjunction", "islink", "ismount", "join", "lexists",
    "normcase", "normpath", "pardir", "pathsep", "realpath", "relpath", "samefile", "sameopenfile", "samestat", "sep", "split", "splitdrive",
    "splitext", "splitroot", "supports_unicode_filenames",
]

curdir, pardir, sep, altsep, extsep, pathsep, devnull, defpath = ".", "..", "/", None, ".", ":", "/dev/null", "/bin:/usr/bin"
supports_unicode_filenames = False


def _signs(path, text):
    """The characters of a text, as the path has them."""
    return text.encode() if isinstance(path, bytes) else text


def _checked(function, paths):
    kinds = {isinstance(path, str) for path in paths}
    for path in paths:
        if not isinstance(path, (str, bytes)):
            raise TypeError("%s() argument must be str, bytes, or os.PathLike object, not %r" % (function, type(path).__name__))
    if len(kinds) > 1:
        raise TypeError("Can't mix strings and bytes in path components")
    return paths


def join(a, *p):
    paths = [a if isinstance(a, (str, bytes)) else fspath(a)]
    for part in p:
        paths.append(part if isinstance(part, (str, bytes)) else _fspath_or_it(part))
    if len(paths) > 1:
        _checked("join", paths)
    path = paths[0]
    slash = b"/" if isinstance(path, bytes) else "/"
    for part in paths[1:]:
        if part[:1] == slash or not path:
            path = part
        else:
            path += part if path[-1:] == slash else slash + part
    return path


def _fspath_or_it(path):
    return fspath(path) if hasattr(type(path), "__fspath__") else path


def split(p):
    p = fspath(p)
    slash = _signs(p, "/")
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    return (head.rstrip(slash) or head), tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = fspath(p)
    dot = _signs(p, ".")
    start = p.rfind(_signs(p, "/")) + 1
    at = p.rfind(dot)
    # Dots in front are part of the name.
    if at <= start or not p[start:at].strip(dot):
        return p, p[:0]
    return p[:at], p[at:]


def splitdrive(p):
    p = fspath(p)
    return p[:0], p


def splitroot(p):
    p = fspath(p)
    slash = _signs(p, "/")
    if p[:1] != slash:
        return p[:0], p[:0], p
    if p[1:2] == slash and p[2:3] != slash:
        return p[:0], p[:2], p[2:]
    return p[:0], p[:1], p[1:]


def isabs(s):
    s = fspath(s)
    return s.startswith(_signs(s, "/"))


def normcase(s):
    return fspath(s)


def normpath(path):
    path = fspath(path)
    if isinstance(path, bytes):
        return normpath(path.decode("latin-1")).encode("latin-1")
    is_rooted = path[:1] == "/"
    if is_rooted and "//" not in path and "/." not in path:
        return path.rstrip("/") or "/"
    root = "//" if path[:2] == "//" and path[2:3] != "/" else "/" if is_rooted else ""
    kept = []
    for part in path.split("/"):
        if not part or part == ".":
            continue
        if part != ".." or not root and not kept or kept and kept[-1] == "..":
            kept.append(part)
        elif kept:
            kept.pop()
    return root + "/".join(kept) or "."


def abspath(path):
    path = fspath(path)
    here = os.getcwd()
    return normpath(join(here.encode() if isinstance(path, bytes) else here, path))


def realpath(filename, *, strict=False):
    """The path without symbolic links. A link that leads back to itself stays, or is an error if `strict`."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return realpath(filename.decode(), strict=strict).encode()
    return _resolved("/" if isabs(filename) else os.getcwd(), filename, strict, {})[0]


def _resolved(path, rest, strict, seen):
    """`rest` from `path` on, and whether that was no loop. `seen` has what the links on the way lead to, `None` while it is sought."""
    parts = rest.split("/")
    for i, part in enumerate(parts):
        if part == "..":
            path = dirname(path)
        if part in ("", ".", ".."):
            continue
        below = join(path, part)
        try:
            target = os.readlink(below)
        except OSError:
            if strict:
                os.lstat(below)
            path = below
            continue
        if below not in seen:
            seen[below] = None
            found, fine = _resolved("/" if isabs(target) else path, target, strict, seen)
            if fine:
                seen[below] = found
        if seen[below] is None:
            if strict:
                os.stat(below)
            return join(below, *parts[i + 1 :]), False
        path = seen[below]
    return path, True


def relpath(path, start=None):
    path = fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash, up = _signs(path, "/"), _signs(path, "..")
    start = _signs(path, ".") if start is None else fspath(start)
    _checked("relpath", [path, start])
    here = [part for part in abspath(start).split(slash) if part]
    there = [part for part in abspath(path).split(slash) if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return slash.join([up] * (len(here) - common) + there[common:]) or _signs(path, ".")


def expanduser(path):
    path = fspath(path)
    if isinstance(path, bytes):
        return expanduser(path.decode()).encode()
    if not path.startswith("~"):
        return path
    name, slash, rest = path[1:].partition("/")
    home = os.environ.get("HOME") if not name else None
    if home is None:
        home = _home(name or str(os.getuid()), 0 if name else 2)
        if home is None:
            return path
    return (home.rstrip("/") + slash + rest) or "/"


def _home(who, field):
    try:
        with open("/etc/passwd") as file:
            for line in file:
                entry = line.rstrip("\n").split(":")
                if len(entry) > 5 and entry[field] == who:
                    return entry[5]
    except OSError:
        pass
    return None


def expandvars(path):
    path = fspath(path)
    if isinstance(path, bytes):
        return expandvars(path.decode()).encode()
    out, at = [], 0
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
            while end < len(path) and path[end].isascii() and (path[end].isalnum() or path[end] == "_"):
                end += 1
            name = path[at + 1 : end]
        out.append(os.environ.get(name, path[at:end]) if name else path[at:end])
        at = end
    return "".join(out)


def _mode(path, follow=True):
    try:
        if type(path) is str and "\0" not in path and _is_on_disk():
            return _posix.stat(path, follow)[0] & 0xF000
        return os.stat(path, follow_symlinks=follow)[0] & 0xF000
    except (OSError, ValueError):
        return None


def exists(path):
    return _mode(path) is not None


def lexists(path):
    return _mode(path, False) is not None


def isdir(s):
    return _mode(s) == 0x4000


def isfile(path):
    return _mode(path) == 0x8000


def islink(path):
    try:
        return _mode(path, False) == 0xA000
    except AttributeError:
        return False


def isjunction(path):
    fspath(path)
    return False


def ismount(path):
    if islink(path) or not exists(path):
        return False
    path = fspath(path)
    here, above = os.stat(path), os.stat(realpath(join(path, _signs(path, ".."))))
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def getsize(filename):
    return os.stat(filename).st_size


def getatime(filename):
    return os.stat(filename).st_atime


def getmtime(filename):
    return os.stat(filename).st_mtime


def getctime(filename):
    return os.stat(filename).st_ctime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    return samestat(os.fstat(fp1), os.fstat(fp2))


def commonprefix(m):
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = _checked("commonprefix", [fspath(path) for path in m])
    first, last = min(m), max(m)
    for i, character in enumerate(first):
        if character != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    paths = _checked("commonpath", [fspath(path) for path in paths])
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot = _signs(paths[0], "/"), _signs(paths[0], ".")
    split = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    absolute = {path.startswith(slash) for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    return (slash if True in absolute else slash[:0]) + slash.join(commonprefix(split))
