"""Paths as objects."""

import os
from os import fspath


class PurePath:
    def __new__(cls, *args, **kwargs):
        return super().__new__(PurePosixPath if cls is PurePath else cls)

    def __init__(self, *args):
        parts = [fspath(arg) for arg in args]
        for part in parts:
            if not isinstance(part, str):
                raise TypeError("argument should be a str or an os.PathLike object, not %r" % type(part).__name__)
        joined = os.path.join(*parts) if parts else ""
        self.root = "//" if joined.startswith("//") and not joined.startswith("///") else "/" if joined.startswith("/") else ""
        self._names = [name for name in joined.split("/") if name and name != "."]

    drive = ""

    def _with(self, names, root=None):
        new = type(self)()
        new.root = self.root if root is None else root
        new._names = list(names)
        return new

    def __str__(self):
        return self.root + "/".join(self._names) or "."

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def as_posix(self):
        return str(self)

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + str(self)

    @property
    def parts(self):
        return ((self.root,) if self.root else ()) + tuple(self._names)

    @property
    def anchor(self):
        return self.root

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
        return tuple([self._with(self._names[:count]) for count in range(len(self._names) - 1, -1, -1)])

    def __hash__(self):
        return hash(str(self))

    def _key(self, other):
        return (self.parts, other.parts) if isinstance(other, PurePath) else None

    def __eq__(self, other):
        return str(self) == str(other) if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

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

    def is_absolute(self):
        return bool(self.root)

    def is_reserved(self):
        return False

    def is_relative_to(self, other, *more):
        other = type(self)(other, *more)
        return self.parts[: len(other.parts)] == other.parts

    def relative_to(self, other, *more, walk_up=False):
        other = type(self)(other, *more)
        if self.root != other.root:
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute." % (str(self), str(other)))
        common = 0
        while self._names[common : common + 1] == other._names[common : common + 1] and common < len(other._names):
            common += 1
        if common < len(other._names) and not walk_up:
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute." % (str(self), str(other)))
        return self._with([".."] * (len(other._names) - common) + self._names[common:], "")

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        if not name or "/" in name or name == ".":
            raise ValueError("Invalid name %r" % name)
        return self._with(self._names[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if suffix and (not suffix.startswith(".") or suffix == "." or "/" in suffix):
            raise ValueError("Invalid suffix %r" % suffix)
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self.with_name(self.stem + suffix)

    def match(self, path_pattern):
        import fnmatch

        pattern = PurePath(path_pattern)
        if not pattern._names:
            raise ValueError("empty pattern")
        if pattern.root and (not self.root or len(pattern._names) != len(self._names)) or len(pattern._names) > len(self._names):
            return False
        return all([fnmatch.fnmatchcase(a, b) for a, b in zip(reversed(self._names), reversed(pattern._names))])


class PurePosixPath(PurePath):
    pass


class Path(PurePath):
    def __new__(cls, *args, **kwargs):
        return super().__new__(PosixPath if cls is Path else cls)

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser("~"))

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        pass

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        return os.path.exists(self)

    def is_dir(self):
        return os.path.isdir(self)

    def is_file(self):
        return os.path.isfile(self)

    def is_symlink(self):
        return False

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(str(self), mode)

    def read_bytes(self):
        with self.open("rb") as f:
            return f.read()

    def read_text(self, encoding=None, errors=None):
        with self.open("rb") as f:
            return f.read().decode(encoding or "utf-8", errors or "strict")

    def write_bytes(self, data):
        with self.open("wb") as f:
            return f.write(data)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % type(data).__name__)
        with self.open("wb") as f:
            f.write(data.encode(encoding or "utf-8", errors or "strict"))
        return len(data)

    def iterdir(self):
        for entry in os.ilistdir(str(self)):
            yield self / entry[0]

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if parents and self._names and not self.parent.exists():
            self.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.mkdir(str(self))
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(str(self))

    def unlink(self, missing_ok=False):
        try:
            os.unlink(str(self))
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(str(self), fspath(target))
        return type(self)(target)

    replace = rename

    def touch(self, mode=0o666, exist_ok=True):
        if not exist_ok and self.exists():
            raise FileExistsError(17, "File exists", str(self))
        open(str(self), "ab").close()

    def absolute(self):
        return self if self.is_absolute() else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        if strict:
            self.stat()
        return type(self)(os.path.realpath(self))

    def expanduser(self):
        return type(self)(os.path.expanduser(self))

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for directory, names, files in os.walk(str(self), top_down, on_error):
            yield type(self)(directory), names, files

    def glob(self, pattern):
        import glob

        if not pattern:
            raise ValueError("Unacceptable pattern: ''")
        only_directories = pattern == "**" or pattern.endswith("/**")
        seen = set()
        for path in glob.iglob(pattern, root_dir=str(self), recursive=True, include_hidden=True):
            path = self / path
            if path not in seen and (not only_directories or path.is_dir()):
                seen.add(path)
                yield path
        if pattern == "**":
            if self not in seen:
                yield self

    def rglob(self, pattern):
        return self.glob("**/" + pattern)


class PosixPath(Path, PurePosixPath):
    pass


class PureWindowsPath(PurePath):
    def __init__(self, *args):
        raise NotImplementedError("cannot instantiate 'PureWindowsPath' on your system")
