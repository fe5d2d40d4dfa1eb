"""The classes and functions that a module defines, read off its source without importing it."""

import ast
import importlib.util
import sys

__all__ = ["readmodule", "readmodule_ex", "Class", "Function"]

# What was read, by the full name of the module.
_modules = {}


class _Object:
    """Something that source defines: where, under what name, and what is defined within it."""

    def __init__(self, module, name, file, lineno, end_lineno, parent):
        self.module, self.name, self.file, self.lineno, self.end_lineno, self.parent = module, name, file, lineno, end_lineno, parent
        self.children = {}
        if parent is not None:
            parent.children[name] = self


class Function(_Object):
    """A function or method."""

    def __init__(self, module, name, file, lineno, parent=None, is_async=False, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.is_async = is_async
        if isinstance(parent, Class):
            parent.methods[name] = lineno


class Class(_Object):
    """A class: what it derives from (a `Class`, or a name where that was not found), and the lines of its methods."""

    def __init__(self, module, name, super_, file, lineno, parent=None, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.super = super_ or []
        self.methods = {}


def readmodule(module, path=None):
    """The classes of a module, by name."""
    found = _read(module, path or [])
    return {name: each for name, each in found.items() if isinstance(each, Class)}


def readmodule_ex(module, path=None):
    """The classes and functions of a module, by name; `__path__` of a package is there, too."""
    return _read(module, path or [])


def _read(module, path, package=None):
    full = module if package is None else package + "." + module
    if full in _modules:
        return _modules[full]
    tree = {}
    if module in sys.builtin_module_names and package is None:
        _modules[module] = tree
        return tree
    above, _, last = module.rpartition(".")
    if above:
        parent = _read(above, path, package)
        if package is not None:
            above = package + "." + above
        if "__path__" not in parent:
            raise ImportError("No package named " + above)
        return _read(last, parent["__path__"], above)
    spec = _found(full, last, path if package is not None else path + sys.path)
    if spec is None:
        raise ModuleNotFoundError("no module named %r" % full, name=full)
    _modules[full] = tree
    if spec.submodule_search_locations is not None:
        tree["__path__"] = spec.submodule_search_locations
    try:
        source = spec.loader.get_source(full)
    except (AttributeError, ImportError):
        return tree
    if source is not None:
        file = spec.loader.get_filename(full)
        _Reader(full, file, tree, path, package if package is not None else "").visit(ast.parse(source))
    return tree


def _found(full, last, places):
    for finder in sys.meta_path:
        spec = finder.find_spec(full, places, None) if hasattr(finder, "find_spec") else None
        if spec is not None:
            return spec
    return importlib.util.find_spec(full)


class _Reader(ast.NodeVisitor):
    """Walks the tree of a module, and puts what it defines into `tree`."""

    def __init__(self, module, file, tree, path, package):
        self.module, self.file, self.tree, self.path, self.package = module, file, tree, path, package
        self.within = []

    def _enter(self, node, found):
        if not self.within:
            self.tree[node.name] = found
        self.within.append(found)
        self.generic_visit(node)
        self.within.pop()

    def visit_ClassDef(self, node):
        bases = [self._base(ast.unparse(base)) for base in node.bases]
        parent = self.within[-1] if self.within else None
        self._enter(node, Class(self.module, node.name, bases, self.file, node.lineno, parent, end_lineno=node.end_lineno))

    def visit_FunctionDef(self, node, is_async=False):
        parent = self.within[-1] if self.within else None
        self._enter(node, Function(self.module, node.name, self.file, node.lineno, parent, is_async, end_lineno=node.end_lineno))

    def visit_AsyncFunctionDef(self, node):
        self.visit_FunctionDef(node, True)

    def _base(self, name):
        """The class of that name, as this module knows it."""
        if name in self.tree:
            return self.tree[name]
        module, _, last = name.rpartition(".")
        return _modules.get(module.rpartition(".")[2], {}).get(last, name)

    def visit_Import(self, node):
        if not self.within:
            for each in node.names:
                self._imported(each.name)

    def visit_ImportFrom(self, node):
        if self.within:
            return
        found = self._imported(self._absolute(node))
        for each in node.names:
            if each.name == "*":
                self.tree.update({name: what for name, what in found.items() if name[0] != "_"})
            elif each.name in found:
                self.tree[each.asname or each.name] = found[each.name]

    def _imported(self, name):
        """What a module defines that lies in this one's package, or elsewhere. One that is not found has nothing to tell."""
        for path, package in ((self.path, self.package or None), ([], None)):
            try:
                return _read(name, path, package)
            except (ImportError, SyntaxError):
                pass
        return {}

    def _absolute(self, node):
        """The name of the module that dots lead to."""
        inside = self.module if "__path__" in self.tree else self.module.rpartition(".")[0]
        above = inside.split(".")[: -node.level + 1 or None] if node.level else []
        return ".".join(filter(None, above + [node.module]))


def _main():
    """`python -m pyclbr MODULE`: prints what it defines."""
    import os

    name = sys.argv[1]
    if os.path.exists(name):
        path, name = [os.path.dirname(name)], os.path.basename(name)
        name = name[:-3] if name.lower().endswith(".py") else name
    else:
        path = []
    _print(readmodule_ex(name, path).values(), name, 0)


def _print(found, module, depth):
    listed = [each for each in found if isinstance(each, _Object) and each.module == module]
    for each in sorted(listed, key=lambda each: each.lineno or 0):
        word, more = ("class", each.super) if isinstance(each, Class) else ("def", None)
        bases = "(%s)" % ", ".join([base.name if isinstance(base, Class) else base for base in more]) if more else ""
        print("%s%s %s%s %d" % (" " * depth, word, each.name, bases, each.lineno))
        _print(each.children.values(), module, depth + 4 - depth % 2)


if __name__ == "__main__":
    _main()
