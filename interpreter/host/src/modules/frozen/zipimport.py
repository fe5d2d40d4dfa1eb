"""Modules in zip files.

An import that finds no file looks into those entries of `sys.path` that are archives: the interpreter imports this module then, which
puts a finder behind the one of files.
"""

import os
import sys
import zipfile
from importlib.machinery import ModuleSpec
# The finder asks these in the middle of imports: they are there before it is.
from os.path import isdir, isfile, join, split, splitext

__all__ = ["ZipImportError", "zipimporter"]

# What lies in the archives that were looked into: names, with what `zipfile` knows of each.
_zip_directory_cache = {}


class ZipImportError(ImportError):
    pass


def _directory(archive):
    found = _zip_directory_cache.get(archive)
    if found is None:
        try:
            with zipfile.ZipFile(archive) as opened:
                found = _zip_directory_cache[archive] = {info.filename: info for info in opened.infolist()}
        except (OSError, zipfile.BadZipFile) as error:
            raise ZipImportError("not a Zip file: %r" % archive, path=archive) from error
    return found


class zipimporter:
    """Finds and loads what lies in an archive, or in a folder of it: "archive.zip/folder"."""

    def __init__(self, path):
        archive, prefix = os.fsdecode(path), ""
        if not archive:
            raise ZipImportError("archive path is empty", path=path)
        while not isfile(archive):
            archive, last = split(archive)
            if not last:
                raise ZipImportError("not a Zip file: %r" % path, path=path)
            prefix = last + "/" + prefix
        _directory(archive)
        self.archive, self.prefix = archive, prefix

    def __repr__(self):
        return '<zipimporter object "%s/%s">' % (self.archive, self.prefix)

    def _place(self, fullname):
        # The file of a module in the archive, and whether the module is a package.
        base = self.prefix + fullname.rpartition(".")[2]
        for name, is_package in ((base + "/__init__.py", True), (base + ".py", False)):
            if name in _directory(self.archive):
                return name, is_package
        raise ZipImportError("can't find module %r" % fullname, name=fullname)

    def find_spec(self, fullname, target=None):
        folder = self.prefix + fullname.rpartition(".")[2]
        try:
            name, is_package = self._place(fullname)
        except ZipImportError:
            if not any([name.startswith(folder + "/") for name in _directory(self.archive)]):
                return None
            spec = ModuleSpec(fullname, None, is_package=True)
        else:
            spec = ModuleSpec(fullname, self, origin=join(self.archive, name), is_package=is_package)
            spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(join(self.archive, folder))
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)

    def load_module(self, fullname):
        from importlib.util import _load

        spec = self.find_spec(fullname)
        if spec is None:
            raise ZipImportError("can't find module %r" % fullname, name=fullname)
        return sys.modules.get(fullname) or _load(spec)

    def is_package(self, fullname):
        return self._place(fullname)[1]

    def get_filename(self, fullname):
        return join(self.archive, self._place(fullname)[0])

    def get_code(self, fullname):
        return compile(self.get_data(self._place(fullname)[0]), self.get_filename(fullname), "exec", dont_inherit=True)

    def get_source(self, fullname):
        from importlib.util import decode_source

        return decode_source(self.get_data(self._place(fullname)[0]))

    def get_data(self, pathname):
        """The bytes of a file in the archive, by its name there, or by its path with the archive's before it."""
        name = os.fspath(pathname)
        if name.startswith(self.archive + os.sep):
            name = name[len(self.archive) + 1 :]
        if name not in _directory(self.archive):
            raise OSError(0, "", name)
        with zipfile.ZipFile(self.archive) as opened:
            return opened.read(name)

    def iter_modules(self, prefix=""):
        """The modules in this folder of the archive: their names, with `prefix` before them, and whether they are packages."""
        found = {}
        for name in sorted(_directory(self.archive)):
            if name.startswith(self.prefix):
                first, _, rest = name[len(self.prefix) :].partition("/")
                module, ending = splitext(first)
                if rest == "__init__.py":
                    found[first] = True
                elif not rest and ending == ".py" and module != "__init__":
                    found.setdefault(module, False)
        return [(prefix + name, is_package) for name, is_package in found.items()]

    def invalidate_caches(self):
        _zip_directory_cache.pop(self.archive, None)


class _Finder:
    """Stands in `sys.meta_path` for the archives among the places of a search."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        for place in sys.path if path is None else path:
            importer = _importer(place)
            spec = None if importer is None else importer.find_spec(fullname)
            if spec is not None:
                return spec

    @staticmethod
    def invalidate_caches():
        _zip_directory_cache.clear()


def _importer(place):
    # None if a place is no archive, and no folder of one.
    if not place or place.startswith(".frozen") or isdir(place):
        return None
    try:
        return zipimporter(place)
    except ZipImportError:
        return None


sys.meta_path.append(_Finder)
sys.path_hooks.append(zipimporter)
