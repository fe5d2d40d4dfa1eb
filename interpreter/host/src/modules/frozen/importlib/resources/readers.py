"""What gives the resources of a package."""

import os
from importlib.abc import TraversableResources
from pathlib import Path


class FileReader(TraversableResources):
    """Those beside the module that a loader loads."""

    def __init__(self, loader):
        self.path = Path(loader.path).parent

    def resource_path(self, resource):
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path


class MultiplexedPath:
    """Several folders as one; of files with the same name the first counts."""

    def __init__(self, *paths):
        self._paths = [Path(path) for path in dict.fromkeys(paths)]
        if not self._paths:
            raise FileNotFoundError("MultiplexedPath must contain at least one path")
        if not all([path.is_dir() for path in self._paths]):
            raise NotADirectoryError("MultiplexedPath only supports directories")

    def iterdir(self):
        found = {}
        for path in self._paths:
            for entry in path.iterdir():
                if entry.name in found:
                    here = found[entry.name]
                    if here.is_dir() and entry.is_dir():
                        places = here._paths if isinstance(here, MultiplexedPath) else [here]
                        found[entry.name] = MultiplexedPath(*places, entry)
                else:
                    found[entry.name] = entry
        return iter(found.values())

    def is_dir(self):
        return True

    def is_file(self):
        return False

    def joinpath(self, *names):
        if not names:
            return self
        first, *rest = [part for name in names for part in os.fspath(name).split("/")]
        for entry in self.iterdir():
            if entry.name == first:
                return entry.joinpath(*rest)
        return self._paths[0].joinpath(first, *rest)

    __truediv__ = joinpath

    def read_bytes(self):
        raise FileNotFoundError("%r is not a file" % self)

    read_text = open = read_bytes

    @property
    def name(self):
        return self._paths[0].name

    def __repr__(self):
        return "MultiplexedPath(%s)" % ", ".join(["%r" % str(path) for path in self._paths])


class NamespaceReader(TraversableResources):
    """Those of a package without `__init__.py`."""

    def __init__(self, namespace_path):
        self.path = MultiplexedPath(*list(namespace_path))

    def resource_path(self, resource):
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path
