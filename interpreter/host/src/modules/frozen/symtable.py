"""The names of a program and whose they are, scope by scope."""

import enum
import sys
import weakref

import _scopes

__all__ = ["symtable", "SymbolTableType", "SymbolTable", "Class", "Function", "Symbol"]

_USES = (
    ("USE", _scopes.USED), ("DEF_GLOBAL", _scopes.GLOBAL), ("DEF_LOCAL", _scopes.ASSIGNED), ("DEF_PARAM", _scopes.PARAMETER),
    ("DEF_TYPE_PARAM", _scopes.TYPE_PARAMETER), ("DEF_IMPORT", _scopes.IMPORTED), ("DEF_NONLOCAL", _scopes.NONLOCAL),
    ("DEF_ANNOT", _scopes.ANNOTATED),
)
_GLOBALS = (_scopes.GLOBAL_IMPLICIT, _scopes.GLOBAL_EXPLICIT)
_LOCALS = (_scopes.LOCAL, _scopes.CELL)
# The table of a block, while somebody has it: there is one each.
_tables = weakref.WeakValueDictionary()


class SymbolTableType(enum.StrEnum):
    MODULE = "module"
    FUNCTION = "function"
    CLASS = "class"
    ANNOTATION = "annotation"
    TYPE_ALIAS = "type alias"
    TYPE_PARAMETERS = "type parameters"
    TYPE_VARIABLE = "type variable"


def symtable(code, filename, compile_type):
    """The table of the outermost scope of source text."""
    import ast

    compile(code, filename, compile_type)
    return _table(_scopes.read(ast.parse(code, filename, compile_type)), filename)


def _table(block, filename):
    table = _tables.get(id(block))
    if table is None:
        kind = {"function": Function, "class": Class}.get(block.kind, SymbolTable)
        table = _tables[id(block)] = kind(block, filename)
    return table


class SymbolTable:
    """A scope: its names, and the scopes within."""

    def __init__(self, raw_table, filename):
        self._table, self._filename, self._symbols = raw_table, filename, {}

    def __repr__(self):
        kind = "" if type(self) is SymbolTable else type(self).__name__ + " "
        name = "module" if self._table.kind == "module" else self._table.name
        return "<%sSymbolTable for %s in %s>" % (kind, name, self._filename)

    def get_type(self):
        return SymbolTableType(self._table.kind)

    def get_id(self):
        return id(self._table)

    def get_name(self):
        return self._table.name

    def get_lineno(self):
        return self._table.lineno

    def is_optimized(self):
        return self._table.kind == "function"

    def is_nested(self):
        return self._table.nested

    def has_children(self):
        return bool(self._table.children)

    def get_children(self):
        return [_table(child, self._filename) for child in self._table.children]

    def get_identifiers(self):
        return self._table.symbols.keys()

    def lookup(self, name):
        symbol = self._symbols.get(name)
        if symbol is None:
            uses = self._table.symbols[name]
            spaces = [child for child in self.get_children() if child.get_name() == name]
            symbol = Symbol(name, uses, spaces, self._table.scopes[name], module_scope=self._table.kind == "module")
            self._symbols[name] = symbol
        return symbol

    def get_symbols(self):
        return [self.lookup(name) for name in self.get_identifiers()]

    def _names(self, test):
        return tuple([name for name in self.get_identifiers() if test(self.lookup(name))])


class Function(SymbolTable):
    """The scope of a function."""

    def get_parameters(self):
        return self._names(Symbol.is_parameter)

    def get_locals(self):
        return self._names(Symbol.is_local)

    def get_globals(self):
        return self._names(Symbol.is_global)

    def get_nonlocals(self):
        return self._names(Symbol.is_nonlocal)

    def get_frees(self):
        return self._names(Symbol.is_free)


class Class(SymbolTable):
    """The scope of a class."""

    def get_methods(self):
        """The names that functions defined in the class have there."""
        found = {}
        for child in self._table.children:
            inner = [child] if child.kind == "function" else child.children if child.kind == "type parameters" else []
            local = child.name in self._table.symbols and self.lookup(child.name).is_local()
            if local and any([each.kind == "function" and each.name == child.name and not each.comprehension for each in inner]):
                found[child.name] = True
        return tuple(found)


class Symbol:
    """A name in a scope."""

    def __init__(self, name, flags, namespaces=None, scope=None, *, module_scope=False):
        self._name, self._uses, self._spaces, self._scope, self._at_top = name, flags, namespaces or [], scope, module_scope

    def __repr__(self):
        return "<symbol %r: %s, %s>" % (self._name, self._scope, self._said())

    def _said(self):
        return "|".join([name for name, use in _USES if use in self._uses])

    def _bound(self):
        return not self._uses.isdisjoint((_scopes.ASSIGNED, _scopes.PARAMETER, _scopes.IMPORTED, _scopes.TYPE_PARAMETER))

    def get_name(self):
        return self._name

    def is_referenced(self):
        return _scopes.USED in self._uses

    def is_parameter(self):
        return _scopes.PARAMETER in self._uses

    def is_type_parameter(self):
        return _scopes.TYPE_PARAMETER in self._uses

    def is_global(self):
        return self._scope in _GLOBALS or self._at_top and self._bound()

    def is_nonlocal(self):
        return _scopes.NONLOCAL in self._uses

    def is_declared_global(self):
        return self._scope == _scopes.GLOBAL_EXPLICIT

    def is_local(self):
        return self._scope in _LOCALS or self._at_top and self._bound()

    def is_annotated(self):
        return _scopes.ANNOTATED in self._uses

    def is_free(self):
        return self._scope == _scopes.FREE

    def is_imported(self):
        return _scopes.IMPORTED in self._uses

    def is_assigned(self):
        return _scopes.ASSIGNED in self._uses

    def is_namespace(self):
        return bool(self._spaces)

    def get_namespaces(self):
        return self._spaces

    def get_namespace(self):
        if not self._spaces:
            raise ValueError("name is not bound to any namespaces")
        if len(self._spaces) > 1:
            raise ValueError("name is bound to multiple namespaces")
        return self._spaces[0]


def main(args):
    """`python -m symtable FILE...`: the names of files' scopes."""
    for name in args or ["-"]:
        if name == "-":
            source, name = sys.stdin.read(), "<stdin>"
        else:
            with open(name, "rb") as file:
                source = file.read()
        _print(symtable(source, name, "exec"), "from file %r" % name, 0)


def _print(table, what, level):
    print("%ssymbol table for %s%s %s:" % ("    " * level, "nested " if table.is_nested() else "", table.get_type(), what))
    for symbol in table.get_symbols():
        print("%s%s symbol %r: %s" % ("    " * (level + 1), symbol._scope.lower(), symbol._name, symbol._said().lower().replace("|", ", ")))
    print()
    for child in table.get_children():
        _print(child, repr(child.get_name()), level + 1)


if __name__ == "__main__":
    main(sys.argv[1:])
