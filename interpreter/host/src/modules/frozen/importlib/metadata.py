"""What is installed: packages' own descriptions (`*.dist-info`, `*.egg-info`) along `sys.path`."""

import os
import re
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path, PurePosixPath

__all__ = [
    "Distribution", "DistributionFinder", "PackageNotFoundError", "distribution", "distributions", "entry_points", "files", "metadata",
    "packages_distributions", "requires", "version",
]


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return "No package metadata was found for %s" % self.name

    @property
    def name(self):
        return self.args[0]


def _folded(name):
    return re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")


class EntryPoint:
    """An object that a package offers to others, under a name in a group."""

    _pattern = re.compile(r"(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$")
    dist = None

    def __init__(self, name, value, group):
        vars(self).update(name=name, value=value, group=group)

    def __setattr__(self, name, value):
        raise AttributeError("EntryPoint objects are immutable.")

    def _part(self, name):
        return self._pattern.match(self.value).group(name)

    @property
    def module(self):
        return self._part("module")

    @property
    def attr(self):
        return self._part("attr") or ""

    @property
    def extras(self):
        return re.findall(r"\w+", self._part("extras") or "")

    def load(self):
        from importlib import import_module

        found = import_module(self.module)
        for attribute in self.attr.split(".") if self.attr else ():
            found = getattr(found, attribute)
        return found

    def matches(self, **params):
        return all([getattr(self, key) == value for key, value in params.items()])

    def _for(self, dist):
        vars(self).update(dist=dist)
        return self

    def _key(self):
        return self.name, self.value, self.group

    def __lt__(self, other):
        return self._key() < other._key()

    def __eq__(self, other):
        return isinstance(other, EntryPoint) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __iter__(self):
        return iter((self.name, self))

    def __repr__(self):
        return "EntryPoint(name=%r, value=%r, group=%r)" % self._key()


class EntryPoints(tuple):
    __slots__ = ()

    def __getitem__(self, name):
        if isinstance(name, int):
            return super().__getitem__(name)
        try:
            return next(iter(self.select(name=name)))
        except StopIteration:
            raise KeyError(name) from None

    def select(self, **params):
        return EntryPoints([point for point in self if point.matches(**params)])

    @property
    def names(self):
        return {point.name for point in self}

    @property
    def groups(self):
        return {point.group for point in self}

    def __repr__(self):
        return "EntryPoints(%r)" % (tuple(self),)


class PackagePath(PurePosixPath):
    """A file of a package, from where packages lie."""

    hash = size = dist = None

    def read_text(self, encoding="utf-8"):
        return self.locate().read_text(encoding)

    def read_binary(self):
        return self.locate().read_bytes()

    def locate(self):
        return self.dist.locate_file(self)


class FileHash:
    def __init__(self, spec):
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self):
        return "<FileHash mode: %s value: %s>" % (self.mode, self.value)


class Distribution:
    """A package that is installed. A kind of its own has `read_text` and `locate_file`."""

    def read_text(self, filename):
        raise NotImplementedError

    def locate_file(self, path):
        raise NotImplementedError

    @classmethod
    def from_name(cls, name):
        if not name:
            raise ValueError("A distribution name is required.")
        for found in cls.discover(name=name):
            return found
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, *, context=None, **kwargs):
        context = context or DistributionFinder.Context(**kwargs)
        for finder in [MetadataPathFinder] + sys.meta_path:
            find = getattr(finder, "find_distributions", None)
            if find is not None:
                yield from find(context)

    @staticmethod
    def at(path):
        return PathDistribution(Path(path))

    @property
    def metadata(self):
        from email import message_from_string

        text = self.read_text("METADATA") or self.read_text("PKG-INFO") or self.read_text("") or ""
        return _Metadata(message_from_string(text))

    @property
    def name(self):
        return self.metadata["Name"]

    @property
    def version(self):
        return self.metadata["Version"]

    @property
    def _normalized_name(self):
        return _folded(self.name)

    @property
    def entry_points(self):
        points, group = [], None
        for line in (self.read_text("entry_points.txt") or "").split("\n"):
            line = line.strip()
            if line.startswith("["):
                group = line.strip("[]")
            elif "=" in line and group and line[0] not in "#;":
                name, _, value = line.partition("=")
                points.append(EntryPoint(name.strip(), value.strip(), group)._for(self))
        return EntryPoints(points)

    @property
    def files(self):
        text = self.read_text("RECORD")
        if text is None:
            return None
        import csv

        found = []
        for name, *rest in csv.reader(text.splitlines()):
            path = PackagePath(name)
            path.hash = FileHash(rest[0]) if rest and rest[0] else None
            path.size = int(rest[1]) if len(rest) > 1 and rest[1] else None
            path.dist = self
            found.append(path)
        return found

    @property
    def requires(self):
        return self.metadata.get_all("Requires-Dist")


class _Metadata:
    """The fields of a description; one that is missing is None."""

    def __init__(self, message):
        self._message = message

    def __getitem__(self, name):
        return self._message[name]

    def __getattr__(self, name):
        return getattr(self._message, name)

    def __contains__(self, name):
        return name in self._message

    def __iter__(self):
        return iter(self._message)

    def __len__(self):
        return len(self._message)

    @property
    def json(self):
        def folded(name):
            return name.lower().replace("-", "_")

        multiple = {"Classifier", "Obsoletes-Dist", "Platform", "Project-URL", "Provides-Dist", "Provides-Extra", "Requires-Dist",
                    "Requires-External", "Supported-Platform", "Dynamic"}
        return {folded(key): self.get_all(key) if key in multiple else self[key] for key in dict.fromkeys(self._message.keys())}


class DistributionFinder(MetaPathFinder):
    class Context:
        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            return vars(self).get("path", sys.path)

    def find_distributions(self, context=Context()):
        return ()


class MetadataPathFinder(DistributionFinder):
    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        wanted = context.name and _folded(context.name)
        for place in context.path:
            try:
                entries = os.listdir(place or ".")
            except OSError:
                continue
            for entry in entries:
                label, ending = os.path.splitext(entry)
                if ending in (".dist-info", ".egg-info") and (not wanted or _folded(label.partition("-")[0]) == wanted):
                    yield PathDistribution(Path(place or ".") / entry)

    @staticmethod
    def invalidate_caches():
        pass


class PathDistribution(Distribution):
    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        try:
            return (self._path / filename).read_text()
        except OSError:
            return None

    def locate_file(self, path):
        return self._path.parent / path


def distribution(distribution_name):
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    return Distribution.from_name(distribution_name).metadata


def version(distribution_name):
    return distribution(distribution_name).version


def files(distribution_name):
    return distribution(distribution_name).files


def requires(distribution_name):
    return distribution(distribution_name).requires


def entry_points(**params):
    """The entry points of all packages; of a package that is found twice, those of the first."""
    seen, points = set(), []
    for found in distributions():
        name = _folded(found._path.name.partition("-")[0]) if isinstance(found, PathDistribution) else found._normalized_name
        if name not in seen:
            seen.add(name)
            points += found.entry_points
    return EntryPoints(points).select(**params)


def packages_distributions():
    """Which distributions the packages that can be imported come from."""
    found = {}
    for each in distributions():
        names = (each.read_text("top_level.txt") or "").split() or {
            path.parts[0].removesuffix(".py") for path in each.files or () if path.suffix == ".py"
        }
        for name in names:
            found.setdefault(name, []).append(each.metadata["Name"])
    return found
