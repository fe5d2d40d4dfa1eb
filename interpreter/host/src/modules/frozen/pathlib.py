"""Paths as objects: pure ones, which know text alone, and those of this computer's files."""

import os
import re
from os import fspath

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "UnsupportedOperation", "WindowsPath"]


class UnsupportedOperation(OSError, NotImplementedError):
    """What this system cannot do to a path."""


class _Posix:
    """How paths are written here."""

    sep, altsep, has_drv, is_supported = "/", "", False, True
    pathmod = os.path

    def split(self, text):
        """Drive, root and names."""
        root = "//" if text.startswith("//") and not text.startswith("///") else "/" if text.startswith("/") else ""
        return "", root, [name for name in text.split("/") if name and name != "."]

    def casefold(self, text):
        return text

    def is_reserved(self, names):
        return False


class _Windows:
    """How they are written there."""

    sep, altsep, has_drv, is_supported = "\\", "/", True, False
    reserved = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {kind + number for kind in ("COM", "LPT") for number in "123456789\xb9\xb2\xb3"}

    def split(self, text):
        text = text.replace("/", "\\")
        match = re.match(r"\\\\(?![\\.?])([^\\]+)\\([^\\]+)(\\?)", text) or re.match(r"(\\\\\?\\(?:UNC\\[^\\]+\\[^\\]+|[A-Za-z]:))()(\\?)", text)
        if match:
            drive = "\\\\%s\\%s" % match.groups()[:2] if match.group(2) else match.group(1)
            rest = text[match.end() :]
            return drive, "\\", [name for name in rest.split("\\") if name and name != "."]
        drive = text[:2] if text[1:2] == ":" and text[:1].isalpha() else ""
        rest = text[len(drive) :]
        return drive, "\\" if rest.startswith("\\") else "", [name for name in rest.split("\\") if name and name != "."]

    def casefold(self, text):
        return text.lower()

    def is_reserved(self, names):
        return bool(names) and names[-1].partition(".")[0].partition(":")[0].rstrip(" ").upper() in self.reserved


class _Parents(tuple):
    def __repr__(self):
        return "<%s.parents>" % (type(self[0]).__name__ if self else "PurePath")


class PurePath:
    __slots__ = ("drive", "root", "_names", "_text")

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        self = object.__new__(cls)
        self._parse(args)
        return self

    def __init__(self, *args):
        pass

    def _parse(self, args):
        flavour, drive, root, names = self._flavour, "", "", []
        for arg in args:
            if isinstance(arg, PurePath):
                part = arg.drive, arg.root, arg._names
            else:
                text = fspath(arg)
                if not isinstance(text, str):
                    raise TypeError("argument should be a str or an os.PathLike object where __fspath__ returns a str, not %r" % type(text).__name__)
                part = flavour.split(text)
            if part[0] and flavour.casefold(part[0]) != flavour.casefold(drive):
                drive, root, names = part[0], part[1], list(part[2])
            elif part[1]:
                drive, root, names = part[0] or drive, part[1], list(part[2])
            else:
                names = names + list(part[2])
        self.drive, self.root, self._names, self._text = drive, root, names, None

    def _with(self, names, root=None, drive=None):
        new = object.__new__(type(self))
        new.drive = self.drive if drive is None else drive
        new.root = self.root if root is None else root
        new._names, new._text = list(names), None
        return new

    def __reduce__(self):
        return type(self), tuple(self.parts)

    def __str__(self):
        text = self._text
        if text is None:
            text = self._text = self.drive + self.root + self._flavour.sep.join(self._names) or "."
        return text

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return os.fsencode(str(self))

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.as_posix())

    def as_posix(self):
        text = str(self)
        return text if self._flavour.sep == "/" else text.replace(self._flavour.sep, "/")

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes

        if len(self.drive) == 2 and self.drive[1] == ":":
            return "file:///" + self.drive + quote_from_bytes(self.as_posix()[2:].encode("utf-8"))
        return ("file:" if self.drive else "file://") + quote_from_bytes(self.as_posix().encode("utf-8"))

    @property
    def parts(self):
        return ((self.anchor,) if self.anchor else ()) + tuple(self._names)

    _parts = property(lambda self: list(self.parts))
    _drv = property(lambda self: self.drive)
    _root = property(lambda self: self.root)

    @property
    def anchor(self):
        return self.drive + self.root

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name[: len(self.name) - len(self.suffix)]

    @property
    def parent(self):
        return self._with(self._names[:-1]) if self._names else self

    @property
    def parents(self):
        return _Parents([self._with(self._names[:count]) for count in range(len(self._names) - 1, -1, -1)])

    def _key(self):
        fold = self._flavour.casefold
        return [fold(part) for part in self.parts]

    def _comparable(self, other):
        return isinstance(other, PurePath) and other._flavour is self._flavour

    def __hash__(self):
        return hash(self._flavour.casefold(str(self)))

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __truediv__(self, key):
        try:
            return type(self)(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    def joinpath(self, *other):
        return type(self)(self, *other)

    def __class_getitem__(cls, item):
        return cls

    def is_absolute(self):
        return bool(self.root) and (bool(self.drive) or not self._flavour.has_drv)

    def is_reserved(self):
        # What lies on another computer is only a name.
        return not self.drive.startswith("\\\\") and self._flavour.is_reserved(self._names)

    def is_relative_to(self, other, *more):
        try:
            self.relative_to(other, *more)
        except ValueError:
            return False
        return True

    def relative_to(self, *other, walk_up=False):
        if not other:
            raise TypeError("need at least one argument")
        other = type(self)(*other)
        fold = self._flavour.casefold
        mine, theirs = [fold(name) for name in self._names], [fold(name) for name in other._names]
        wrong = "%r is not in the subpath of %r OR one path is relative and the other is absolute." % (str(self), str(other))
        same_drive = fold(self.drive) == fold(other.drive)
        if not same_drive or self.root != other.root and not (other.drive and not other.root and not other._names):
            raise ValueError(wrong)
        common = 0
        while common < len(theirs) and mine[common : common + 1] == theirs[common : common + 1]:
            common += 1
        if common < len(theirs) and (not walk_up or ".." in theirs[common:]):
            raise ValueError(wrong)
        root = self.root if self.root != other.root else ""
        return self._with([".."] * (len(theirs) - common) + self._names[common:], root, "")

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        drive, root, names = self._flavour.split(name)
        if not name or name[-1] in (self._flavour.sep, self._flavour.altsep) or drive or root or len(names) != 1:
            raise ValueError("Invalid name %r" % name)
        return self._with(self._names[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        flavour = self._flavour
        if flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError("Invalid suffix %r" % (suffix,))
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self._with(self._names[:-1] + [self.stem + suffix])

    def match(self, path_pattern):
        import fnmatch

        pattern = type(self)(path_pattern)
        if not pattern.parts:
            raise ValueError("empty pattern")
        fold = self._flavour.casefold
        mine, theirs = [fold(part) for part in self.parts], [fold(part) for part in pattern.parts]
        if pattern.drive and fold(pattern.drive) != fold(self.drive) or pattern.root and pattern.root != self.root:
            return False
        if pattern.anchor:
            if len(theirs) != len(mine):
                return False
        elif len(theirs) > len(mine):
            return False
        return all([fnmatch.fnmatchcase(a, b) for a, b in zip(reversed(mine), reversed(theirs))])


_posix_flavour, _windows_flavour = _Posix(), _Windows()


class PurePosixPath(PurePath):
    _flavour = _posix_flavour


class PureWindowsPath(PurePath):
    _flavour = _windows_flavour


PurePath._flavour = _posix_flavour
os.PathLike.register(PurePath)


class Path(PurePath):
    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        if not cls._flavour.is_supported:
            raise NotImplementedError("cannot instantiate %r on your system" % cls.__name__)
        return super().__new__(cls, *args)

    def __init__(self, *args, **kwargs):
        pass

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls("~").expanduser()

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        pass

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        return os.path.exists(self) if follow_symlinks else os.path.lexists(self)

    def _is(self, kind, follow=True):
        try:
            return os.stat(self, follow_symlinks=follow).st_mode & 0o170000 == kind
        except (OSError, ValueError):
            return False

    def is_dir(self):
        return self._is(0o040000)

    def is_file(self):
        return self._is(0o100000)

    def is_symlink(self):
        return self._is(0o120000, False)

    def is_junction(self):
        return False

    def is_mount(self):
        return os.path.ismount(self)

    def is_fifo(self):
        return self._is(0o010000)

    def is_socket(self):
        return self._is(0o140000)

    def is_block_device(self):
        return self._is(0o060000)

    def is_char_device(self):
        return self._is(0o020000)

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def owner(self):
        import pwd

        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        import grp

        return grp.getgrgid(self.stat().st_gid).gr_name

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(str(self), mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        # Not everything that has bytes can be written as it is, and text has none.
        if isinstance(data, str):
            raise TypeError("memoryview: a bytes-like object is required, not 'str'")
        view = memoryview(data)
        with self.open("wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % type(data).__name__)
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def iterdir(self):
        for name in os.listdir(self):
            yield self / name

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        self.chmod(mode, follow_symlinks=False)

    def rmdir(self):
        os.rmdir(self)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)

    def readlink(self):
        return type(self)(os.readlink(self))

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self)

    def hardlink_to(self, target):
        os.link(target, self)

    def link_to(self, target):
        os.link(self, target)

    def touch(self, mode=0o666, exist_ok=True):
        if exist_ok:
            try:
                os.utime(self)
                return
            except OSError:
                pass
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL), mode))

    def absolute(self):
        return self if self.is_absolute() else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        try:
            return type(self)(os.path.realpath(self, strict=strict))
        except OSError as error:
            if error.errno == 40:
                raise RuntimeError("Symlink loop from %r" % str(self)) from None
            raise

    def expanduser(self):
        if not self.root and self._names and self._names[0].startswith("~"):
            home = os.path.expanduser(self._names[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            return type(self)(home, *self._names[1:])
        return self

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for directory, names, files in os.walk(str(self), top_down, on_error, follow_symlinks):
            yield type(self)(directory), names, files

    def _pattern(self, pattern):
        if not pattern:
            raise ValueError("Unacceptable pattern: %r" % pattern)
        drive, root, names = self._flavour.split(pattern)
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if any(["**" in name and name != "**" for name in names]):
            raise ValueError("Invalid pattern: '**' can only be an entire path component")
        return names, pattern.endswith("/")

    def glob(self, pattern):
        names, only_directories = self._pattern(pattern)
        return self._found(names, only_directories)

    def rglob(self, pattern):
        names, only_directories = self._pattern(pattern) if pattern else ([], False)
        return self._found(["**"] + names, only_directories)

    def _found(self, names, only_directories):
        seen = set()
        for path in _matching(self, names):
            text = str(path)
            if text not in seen and (not only_directories or path.is_dir()):
                seen.add(text)
                yield path


def _entries(path):
    try:
        return list(os.scandir(path))
    except OSError:
        return []


def _matching(path, names):
    """What lies below a path by the names of a pattern. `**` follows no links."""
    if not names:
        if path.exists(follow_symlinks=False):
            yield path
        return
    name, rest = names[0], names[1:]
    if name == "**":
        if path.is_dir():
            yield from _matching(path, rest)
            for entry in _entries(path):
                if entry.is_dir(follow_symlinks=False):
                    yield from _matching(path / entry.name, names)
    elif name == ".." or not any([sign in name for sign in "*?["]):
        below = path._with(path._names + [name])
        if below.exists(follow_symlinks=bool(rest)):
            yield from _matching(below, rest)
    else:
        import fnmatch

        for entry in _entries(path):
            if fnmatch.fnmatchcase(entry.name, name) and (not rest or entry.is_dir()):
                yield from _matching(path._with(path._names + [entry.name]), rest)


class PosixPath(Path, PurePosixPath):
    pass


class WindowsPath(Path, PureWindowsPath):
    pass
