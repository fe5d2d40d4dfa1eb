"""Which modules a script imports, and those in turn, without running any of them: what their code has of imports is followed."""

import dis
import importlib.machinery
import importlib.util
import io
import os
import sys
import types

__all__ = ["AddPackagePath", "Module", "ModuleFinder", "ReplacePackage"]

# Folders where a package's modules are as well, and packages that stand in for others.
packagePathMap, replacePackageMap = {}, {}


def AddPackagePath(packagename, path):
    packagePathMap.setdefault(packagename, []).append(path)


def ReplacePackage(oldname, newname):
    replacePackageMap[oldname] = newname


class Module:
    """A module that was found: its name, its file, and its folders if it is a package."""

    def __init__(self, name, file=None, path=None):
        self.__name__, self.__file__, self.__path__, self.__code__ = name, file, path, None
        # Names that its code sets, and modules of which it takes all names but which were not found.
        self.globalnames, self.starimports = {}, {}

    def __repr__(self):
        shown = [repr(one) for one in (self.__name__, self.__file__, self.__path__)]
        while shown[-1] == "None":
            shown.pop()
        return "Module(%s)" % ", ".join(shown)


class ModuleFinder:
    """Looks from `run_script` on; afterwards `modules` has what was found and `badmodules` what was not, with who wanted it."""

    def __init__(self, path=None, debug=0, excludes=None, replace_paths=None):
        self.path = sys.path if path is None else path
        self.debug, self.excludes, self.replace_paths = debug, excludes or [], replace_paths or []
        self.modules, self.badmodules = {}, {}

    def run_script(self, pathname):
        with io.open_code(pathname) as file:
            self._take_in(Module("__main__", pathname), file.read())

    def load_file(self, pathname):
        name = os.path.splitext(os.path.basename(pathname))[0]
        with io.open_code(pathname) as file:
            self._take_in(Module(name, pathname), file.read())

    def _take_in(self, module, source):
        self.modules[module.__name__] = module
        if source is not None:
            code = compile(source, self._replaced(module.__file__ or "<%s>" % module.__name__), "exec")
            module.__code__ = code
            self.scan_code(code, module)
        return module

    def _replaced(self, file):
        for old, new in self.replace_paths:
            if file.startswith(old):
                return new + file[len(old) :]
        return file

    def scan_code(self, co, m):
        """Follows what code imports, and what is defined in it."""
        for kind, what in self.scan_opcodes(co):
            if kind == "store":
                m.globalnames[what[0]] = 1
                continue
            level, names, name = (what if kind == "relative_import" else (0, *what))
            base = self._absolute(m, level, name)
            if base is None:
                self._missed(name, m)
            elif self._follow(base, m) is not None:
                self._follow_names(base, names or (), m)
        for constant in co.co_consts:
            if isinstance(constant, types.CodeType):
                self.scan_code(constant, m)

    def scan_opcodes(self, co):
        """What code does with names: ("store", (name,)), ("absolute_import", (names, module)), ("relative_import", (level, names, module))."""
        before = []
        for one in dis.get_instructions(co):
            if one.opname in ("StoreGlobal", "StoreClassName"):
                yield "store", (one.argval,)
            elif one.opname == "ImportName":
                level, names = _imported(before)
                if level:
                    yield "relative_import", (level, names, one.argval)
                else:
                    yield "absolute_import", (names, one.argval)
            before.append(one)

    def _absolute(self, module, level, name):
        if not level:
            return name
        package = module.__name__ if module.__path__ is not None else module.__name__.rpartition(".")[0]
        for _ in range(level - 1):
            package = package.rpartition(".")[0]
        if not package:
            return None
        return "%s.%s" % (package, name) if name else package

    def _follow(self, name, wanted_by):
        """The last of the modules of a dotted name, None if one of them is not there."""
        found, done = None, ""
        for part in name.split("."):
            done = done + "." + part if done else part
            found = self._find(done, found)
            if found is None:
                self._missed(name, wanted_by)
                return None
        return found

    def _follow_names(self, base, names, wanted_by):
        package = self.modules[base]
        for name in names:
            if name == "*":
                if package.__path__:
                    for submodule in self.find_all_submodules(package):
                        self._find("%s.%s" % (base, submodule), package)
                wanted_by.globalnames.update(package.globalnames)
                if package.__code__ is None:
                    wanted_by.starimports[base] = 1
            elif package.__path__ is not None and name not in package.globalnames:
                if self._find("%s.%s" % (base, name), package) is None:
                    self._missed("%s.%s" % (base, name), wanted_by)

    def find_all_submodules(self, m):
        """The names of a package's modules, by the files in its folders."""
        endings = [*importlib.machinery.all_suffixes()]
        names = set()
        for folder in m.__path__ or ():
            for entry in os.listdir(folder) if os.path.isdir(folder) else ():
                names.update([entry[: -len(ending)] for ending in endings if entry.endswith(ending)])
        return sorted(names - {"__init__"})

    def _find(self, name, package):
        if name in self.modules:
            return self.modules[name]
        if name in self.excludes or package is not None and package.__path__ is None and package.__file__:
            return None
        name_found = replacePackageMap.get(name, name)
        spec = self._spec(name_found, self.path if package is None else package.__path__)
        if spec is None:
            return None
        file = spec.origin if spec.has_location else None
        path = None if spec.submodule_search_locations is None else [*spec.submodule_search_locations, *packagePathMap.get(name, ())]
        source = None
        if file and file.endswith(".py"):
            with io.open_code(file) as opened:
                source = opened.read()
        return self._take_in(Module(name, file, path), source)

    def _spec(self, name, path):
        """Of modules that are files on the path, and of those that this interpreter has within itself."""
        found = importlib.machinery.PathFinder.find_spec(name, path) if path is not None else None
        if found is not None or path is not None and "." in name:
            return found
        try:
            found = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            return None
        return None if found is None or found.has_location else found

    def _missed(self, name, wanted_by):
        self.badmodules.setdefault(name, {})[wanted_by.__name__] = 1

    def any_missing(self):
        """Names of modules that were not found."""
        missing, maybe = self.any_missing_maybe()
        return missing + maybe

    def any_missing_maybe(self):
        """Those that were surely not found, and those that may be names which a package sets in a way that nobody sees."""
        missing, maybe = [], []
        for name in self.badmodules:
            if name in self.excludes:
                continue
            package, _, last = name.rpartition(".")
            known = self.modules.get(package)
            if known is None:
                missing.append(name)
            elif last not in known.globalnames:
                (maybe if known.starimports else missing).append(name)
        return sorted(missing), sorted(maybe)

    def report(self):
        """Prints what was found and what was not."""
        print()
        print("  %-25s %s" % ("Name", "File"))
        print("  %-25s %s" % ("----", "----"))
        for name in sorted(self.modules):
            module = self.modules[name]
            print("P" if module.__path__ else "m", "%-25s" % name, module.__file__ or "")
        for title, names in zip(("Missing modules:", "Submodules that appear to be missing, but could also be global names in the parent package:"), self.any_missing_maybe()):
            if names:
                print()
                print(title)
                for name in names:
                    print("?", name, "imported from", ", ".join(sorted(self.badmodules.get(name, ()))))


def _imported(before):
    """The level and the names that stand before an import: a number, then None or texts that become a tuple."""
    last = before[-1]
    count = last.argval if last.opname == "BuildTuple" else 0
    names = None if last.opname == "LoadNone" else last.argval if not count else tuple([one.argval for one in before[-1 - count : -1]])
    return before[-2 - count].argval, names
