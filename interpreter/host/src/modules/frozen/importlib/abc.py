"""Names of the interfaces of imports."""

from abc import ABC

__all__ = [
    "ExecutionLoader", "FileLoader", "Finder", "InspectLoader", "Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "ResourceReader",
    "SourceLoader", "Traversable", "TraversableResources",
]


class Loader(ABC):
    def create_module(self, spec):
        return None


class Finder(ABC):
    pass


class MetaPathFinder(Finder):
    def invalidate_caches(self):
        pass


class PathEntryFinder(Finder):
    def invalidate_caches(self):
        pass


class ResourceLoader(Loader):
    pass


class InspectLoader(Loader):
    pass


class ExecutionLoader(InspectLoader):
    pass


class FileLoader(ResourceLoader, ExecutionLoader):
    pass


class SourceLoader(ResourceLoader, ExecutionLoader):
    pass


class Traversable(ABC):
    """A folder or a file among resources: what `pathlib.Path` can do, as far as resources need it."""

    @classmethod
    def __subclasshook__(cls, other):
        names = ("iterdir", "is_dir", "is_file", "joinpath", "open", "read_bytes", "read_text")
        return cls is Traversable and all([hasattr(other, name) for name in names]) or NotImplemented


class ResourceReader(ABC):
    pass


class TraversableResources(ResourceReader):
    def open_resource(self, resource):
        return self.files().joinpath(resource).open("rb")

    def is_resource(self, path):
        return self.files().joinpath(path).is_file()

    def contents(self):
        return [entry.name for entry in self.files().iterdir()]
