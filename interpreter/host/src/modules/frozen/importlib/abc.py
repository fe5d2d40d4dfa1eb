"""The interfaces of imports (PEP 302, PEP 451), and what loaders get by deriving from them."""

import sys
from abc import ABC, abstractmethod

from . import machinery

__all__ = [
    "ExecutionLoader", "FileLoader", "Finder", "InspectLoader", "Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "ResourceReader",
    "SourceLoader", "Traversable", "TraversableResources",
]


class Loader(ABC):
    """Makes a module of a spec: `exec_module` is what a loader is for."""

    def create_module(self, spec):
        return None  # a module as always

    def load_module(self, fullname):
        if not hasattr(self, "exec_module"):
            raise ImportError
        from .util import module_from_spec, spec_from_loader

        module = sys.modules.get(fullname) or module_from_spec(spec_from_loader(fullname, self))
        sys.modules[fullname] = module
        try:
            self.exec_module(module)
        except BaseException:
            del sys.modules[fullname]
            raise
        return sys.modules[fullname]


class Finder(ABC):
    pass


class MetaPathFinder(ABC):
    def invalidate_caches(self):
        pass


class PathEntryFinder(ABC):
    def invalidate_caches(self):
        pass


class ResourceLoader(Loader):
    @abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    """A loader that can tell a module's source."""

    def is_package(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        return None if source is None else self.source_to_code(source)

    @abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        return compile(data, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError("cannot load module %r when get_code() returns None" % module.__name__)
        exec(code, module.__dict__)


class ExecutionLoader(InspectLoader):
    """One whose modules can run as programs."""

    @abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            return self.source_to_code(source, self.get_filename(fullname))
        except ImportError:
            return self.source_to_code(source)


class FileLoader(ResourceLoader, ExecutionLoader):
    """One for a file that is known."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, "rb") as file:
            return file.read()


class SourceLoader(ResourceLoader, ExecutionLoader):
    """One that gets source by `get_data`, from wherever `get_filename` says."""

    def is_package(self, fullname):
        last = self.get_filename(fullname).rpartition("/")[2]
        return last.rpartition(".")[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def path_mtime(self, path):
        return int(self.path_stats(path)["mtime"])

    def path_stats(self, path):
        raise OSError

    def set_data(self, path, data):
        pass

    def get_source(self, fullname):
        from .util import decode_source

        path = self.get_filename(fullname)
        try:
            return decode_source(self.get_data(path))
        except OSError as error:
            raise ImportError("source not available through get_data()", name=fullname) from error

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


for _interface in (SourceLoader, FileLoader):
    _interface.register(machinery.SourceFileLoader)
MetaPathFinder.register(machinery.PathFinder)
for _builtin in (machinery.BuiltinImporter, machinery.FrozenImporter):
    MetaPathFinder.register(_builtin)
    InspectLoader.register(_builtin)
del _interface, _builtin


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
