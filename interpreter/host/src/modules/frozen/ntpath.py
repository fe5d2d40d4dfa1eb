"""Paths as Windows writes them, for programs that handle them on another system."""

import os
from genericpath import *
from os import fspath
from os.path import _checked, _signs, isjunction

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname", "commonprefix", "getsize", "getmtime",
    "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount", "isreserved", "expanduser", "expandvars", "normpath",
    "abspath", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames",
    "relpath", "samefile", "sameopenfile", "samestat", "commonpath", "isjunction", "isdevdrive",
]
curdir, pardir, sep, altsep, extsep, pathsep, devnull, defpath = ".", "..", "\\", "/", ".", ";", "nul", ".;C:\\bin"
supports_unicode_filenames = False

_LONG_SHARE = "\\\\?\\UNC\\"
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"] + [port + number for port in ("COM", "LPT") for number in "123456789\xb9\xb2\xb3"]
)
_FORBIDDEN = frozenset('"*:<>?|/\\' + "".join(map(chr, range(32))))


def _plain(path):
    """The path with the separator that Windows prefers."""
    return path.replace(_signs(path, "/"), _signs(path, "\\"))


def splitroot(p):
    """The drive or share, the separator behind it, and what is below."""
    p = fspath(p)
    plain, slash = _plain(p), _signs(p, "\\")
    if plain[:2] == slash * 2:
        # \\server\share or \\?\UNC\server\share: two names, then the root.
        start = len(_LONG_SHARE) if plain[:8].upper() == _signs(p, _LONG_SHARE) else 2
        end = plain.find(slash, start)
        end = plain.find(slash, end + 1) if end >= 0 else -1
        return (p[:end], p[end : end + 1], p[end + 1 :]) if end >= 0 else (p, p[:0], p[:0])
    drive = 2 if plain[1:2] == _signs(p, ":") and plain[:1] != slash else 0
    root = drive + (plain[drive : drive + 1] == slash)
    return p[:drive], p[drive:root], p[root:]


def splitdrive(p):
    drive, root, rest = splitroot(p)
    return drive, root + rest


def isabs(s):
    s = _plain(fspath(s)[:3])
    return s[1:] == _signs(s, ":\\") or s[:2] == _signs(s, "\\\\")


def join(path, /, *paths):
    given = [fspath(part) for part in (path, *paths)]
    _checked("join", given)
    drive, root, below = splitroot(given[0])
    ends = _signs(given[0], "\\/")
    for part in given[1:]:
        other, other_root, rest = splitroot(part)
        if other_root or other and other.lower() != drive.lower():
            drive, root, below = other or drive, other_root, rest
            continue
        drive = other or drive
        if below and below[-1:] not in ends:
            below += ends[:1]
        below += rest
    if below and not root and drive and drive[-1:] not in ends + _signs(drive, ":"):
        root = ends[:1]
    return drive + root + below


def split(p):
    drive, root, rest = splitroot(p)
    at = _plain(rest).rfind(_signs(rest, "\\")) + 1
    return drive + root + rest[:at].rstrip(_signs(rest, "\\/")), rest[at:]


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = fspath(p)
    dot = _signs(p, ".")
    start = _plain(p).rfind(_signs(p, "\\")) + 1
    at = p.rfind(dot)
    if at <= start or not p[start:at].strip(dot):
        return p, p[:0]
    return p[:at], p[at:]


def normcase(s):
    return _plain(fspath(s)).lower()


def normpath(path):
    path = _plain(fspath(path))
    dot, up, slash = _signs(path, "."), _signs(path, ".."), _signs(path, "\\")
    drive, root, rest = splitroot(path)
    kept = []
    for part in rest.split(slash):
        if not part or part == dot:
            continue
        if part != up or not root and (not kept or kept[-1] == up):
            kept.append(part)
        elif kept:
            kept.pop()
    return drive + root + slash.join(kept) or dot


def abspath(path):
    path = fspath(path)
    if not isabs(path):
        here = os.getcwdb() if isinstance(path, bytes) else os.getcwd()
        path = join(here, path)
    return normpath(path)


def realpath(path, *, strict=False):
    """As `abspath`: links of Windows are not to be followed here."""
    return abspath(path)


def _parts(path):
    """An absolute path in parts: its drive, and the names."""
    drive, _, rest = splitroot(path)
    return drive, [part for part in rest.split(_signs(path, "\\")) if part]


def relpath(path, start=None):
    path = fspath(path)
    if not path:
        raise ValueError("no path specified")
    start = _signs(path, ".") if start is None else fspath(start)
    _checked("relpath", [path, start])
    mount, here = _parts(abspath(start))
    other, there = _parts(abspath(path))
    if normcase(mount) != normcase(other):
        raise ValueError("path is on mount %r, start on mount %r" % (other, mount))
    common = 0
    while common < min(len(here), len(there)) and normcase(here[common]) == normcase(there[common]):
        common += 1
    return _signs(path, "\\").join([_signs(path, "..")] * (len(here) - common) + there[common:]) or _signs(path, ".")


def commonpath(paths):
    paths = _checked("commonpath", [fspath(path) for path in paths])
    if not paths:
        raise ValueError("commonpath() arg is an empty iterable")
    first = _plain(paths[0])
    dot, slash = _signs(first, "."), _signs(first, "\\")
    split = [splitroot(_plain(path).lower()) for path in paths]
    if len({drive for drive, _, _ in split}) > 1:
        raise ValueError("Paths don't have the same drive")
    if len({root for _, root, _ in split}) > 1:
        if split[0][0]:
            raise ValueError("Can't mix absolute and relative paths")
        raise ValueError("Can't mix rooted and not-rooted paths")
    names = [[part for part in rest.split(slash) if part and part != dot] for _, _, rest in split]
    drive, root, rest = splitroot(first)
    written = [part for part in rest.split(slash) if part and part != dot]
    return drive + root + slash.join(written[: len(commonprefix(names))])


def ismount(path):
    path = fspath(path)
    drive, root, rest = splitroot(abspath(path))
    return not rest if drive[:1] in _signs(path, "\\/") and drive else bool(root) and not rest


def isreserved(path):
    """Whether Windows would not take the path for a file's: a device's name, a character that no name may have, a dot or blank at its end."""
    path = splitroot(os.fsdecode(path))[2]
    return any(map(_is_reserved, _plain(path).split("\\")))


def _is_reserved(name):
    if name[-1:] in (".", " "):
        return name not in (".", "..")
    return not _FORBIDDEN.isdisjoint(name) or name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def isdevdrive(path):
    fspath(path)
    return False


def expanduser(path):
    path = fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(expanduser(os.fsdecode(path)))
    if path[:1] != "~":
        return path
    end = min([at for at in (path.find("\\"), path.find("/")) if at >= 0], default=len(path))
    home = os.environ.get("USERPROFILE")
    if home is None:
        if "HOMEPATH" not in os.environ:
            return path
        home = join(os.environ.get("HOMEDRIVE", ""), os.environ["HOMEPATH"])
    user = path[1:end]
    if user and user != os.environ.get("USERNAME"):
        # Others' homes are thought to lie beside this user's, if that one has his name.
        if os.environ.get("USERNAME") != basename(home):
            return path
        home = join(dirname(home), user)
    return home + path[end:]


def expandvars(path):
    """The path with `$name`, `${name}` and `%name%` replaced; text in single quotes stays."""
    path = fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(expandvars(os.fsdecode(path)))
    out, at = [], 0
    while at < len(path):
        text, at = _expanded(path, at)
        out.append(text)
    return "".join(out)


def _expanded(path, at):
    """What stands for the text that begins at `at`, and where that ends."""
    sign, following = path[at], path[at + 1 : at + 2]
    if sign == "'":
        close = path.find("'", at + 1)
        return (path[at:], len(path)) if close < 0 else (path[at : close + 1], close + 1)
    if sign not in "$%":
        return sign, at + 1
    if following == sign:
        return sign, at + 2
    start = end = at + 1
    if sign == "$" and following != "{":
        while end < len(path) and (path[end] == "_" or path[end] == "-" or path[end].isascii() and path[end].isalnum()):
            end += 1
        name, after = path[start:end], end
    else:
        start += sign == "$"
        end = path.find("}" if sign == "$" else "%", start)
        if end < 0:
            return path[at:], len(path)
        name, after = path[start:end], end + 1
    return (os.environ.get(name, path[at:after]) if name else path[at:after]), after
