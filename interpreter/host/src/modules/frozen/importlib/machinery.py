"""What an import knows of a module."""

import os
import sys

import _system

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".mpy"]
EXTENSION_SUFFIXES = []


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES


class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.has_location = False
        self.cached = None

    @property
    def parent(self):
        return self.name if self.submodule_search_locations is not None else self.name.rpartition(".")[0]

    def __repr__(self):
        return "ModuleSpec(name=%r, loader=%r, origin=%r)" % (self.name, self.loader, self.origin)


class SourceFileLoader:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, fullname=None):
        return self.path

    def get_source(self, fullname=None):
        from .util import decode_source

        return decode_source(self.get_data(self.path))

    def get_data(self, path):
        source = _system.frozen_source(os.fspath(path))
        if source is not None:
            return source.encode()
        with open(path, "rb") as file:
            return file.read()

    def get_code(self, fullname=None):
        own = type(self)
        if own.get_data is SourceFileLoader.get_data and own.source_to_code is SourceFileLoader.source_to_code and isinstance(self.path, str):
            return _system.code_to_import(self.path)
        return self.source_to_code(self.get_data(self.path), self.path)

    @staticmethod
    def source_to_code(data, path="<string>"):
        return compile(data, path, "exec", dont_inherit=True)

    def is_package(self, fullname=None):
        return self.path.endswith("/__init__.py")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(), module.__dict__)

    def load_module(self, fullname=None):
        from .util import module_from_spec, spec_from_file_location
        import sys

        module = module_from_spec(spec_from_file_location(self.name, self.path, loader=self))
        sys.modules[self.name] = module
        self.exec_module(module)
        return sys.modules[self.name]


class PathFinder:
    """Stands in `sys.meta_path` for the search of files, which an import does itself."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        from .util import spec_from_file_location

        last = fullname.rpartition(".")[2]
        for place in sys.path if path is None else [path] if isinstance(path, str) else path:
            base = os.path.join(place or ".", last)
            for file in (base + "/__init__.py", base + ".py"):
                if os.path.isfile(file) or _system.frozen_source(file) is not None:
                    return spec_from_file_location(fullname, file)
            if os.path.isdir(base):
                spec = ModuleSpec(fullname, None, is_package=True)
                spec.submodule_search_locations.append(base)
                return spec

    @classmethod
    def invalidate_caches(cls):
        pass


class BuiltinImporter:
    """The loader of what is part of the program."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if path is None and fullname in sys.builtin_module_names:
            return ModuleSpec(fullname, BuiltinImporter, origin="built-in")

    @staticmethod
    def create_module(spec):
        return __import__(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @staticmethod
    def is_package(fullname):
        return False

    @staticmethod
    def get_source(fullname):
        return None

    @staticmethod
    def get_code(fullname):
        return None


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        self.path = path or "."

    def find_spec(self, fullname, target=None):
        return PathFinder.find_spec(fullname, [self.path])

    def invalidate_caches(self):
        pass


class SourcelessFileLoader(SourceFileLoader):
    """Loads compiled code whose source is not there."""

    def get_code(self, fullname=None):
        import marshal

        from .util import MAGIC_NUMBER

        data = self.get_data(self.path)
        if data[:4] != MAGIC_NUMBER:
            raise ImportError("bad magic number in %r: %r" % (fullname or self.name, data[:4]), name=fullname or self.name, path=self.path)
        return marshal.loads(memoryview(data)[16:])

    def get_source(self, fullname=None):
        return None


class ExtensionFileLoader(SourceFileLoader):
    pass


class NamespaceLoader:
    """The loader of a package without `__init__.py`, which has nothing to run."""

    def __init__(self, name, path, path_finder):
        self._path = path

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def get_code(self, fullname):
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        pass


FrozenImporter = BuiltinImporter
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES
