"""What is wrong with a tree that a program made, before it is compiled: `ast` asks."""

import ast

# Lists that have something in them, by class.
_FULL = {name: ("body",) for name in "FunctionDef AsyncFunctionDef ClassDef For AsyncFor While If Try TryStar ExceptHandler match_case".split()}
_FULL |= {name: ("items", "body") for name in ("With", "AsyncWith")} | {name: ("targets",) for name in ("Delete", "Assign")}
_FULL |= {name: ("names",) for name in ("Import", "ImportFrom", "Global", "Nonlocal")} | {"Match": ("cases",)}

# Places whose expressions are stored to or deleted; all others are read.
_STORED = {
    ("Assign", "targets"), ("AugAssign", "target"), ("AnnAssign", "target"), ("For", "target"), ("AsyncFor", "target"), ("comprehension", "target"),
    ("withitem", "optional_vars"), ("NamedExpr", "target"), ("TypeAlias", "name"),
}
# Fields that may not be None, where an expression, an identifier or a pattern stands alone.
_NEEDED = {
    ("alias", "name"), ("arg", "arg"), ("comprehension", "target"), ("comprehension", "iter"), ("keyword", "value"), ("match_case", "pattern"),
    ("withitem", "context_expr"), ("Expr", "value"), ("Assign", "value"), ("YieldFrom", "value"), ("Await", "value"), ("Attribute", "value"),
    ("Subscript", "value"), ("Subscript", "slice"), ("Call", "func"), ("If", "test"), ("While", "test"), ("BinOp", "left"), ("BinOp", "right"),
    ("UnaryOp", "operand"), ("Name", "id"), ("For", "iter"), ("For", "target"), ("Compare", "left"), ("Starred", "value"),
}
_MAY_BE_NONE = {("Dict", "keys"), ("arguments", "kw_defaults")}
_IDENTIFIERS = {("Name", "id"), ("arg", "arg"), ("Attribute", "attr"), ("FunctionDef", "name"), ("AsyncFunctionDef", "name"), ("ClassDef", "name")}
_PLAIN = (int, float, complex, str, bytes, bool, type(None), type(...))
_CONSTANTS = ("None", "True", "False")


def check(tree):
    """Raises `ValueError` or `TypeError` for a tree that no source has."""
    _children(tree)


def _node(node, context):
    if isinstance(node, ast.expr):
        _expression(node, context)
    elif isinstance(node, ast.pattern):
        _pattern(node, False)
    else:
        _children(node)


def _expression(node, context):
    fields, own = node._fields, "Load"
    if "ctx" in fields:
        own = type(getattr(node, "ctx", None)).__name__
        own = "Load" if own == "NoneType" else own
        if own != context:
            raise ValueError("expression must have %s context but has %s instead" % (context, own))
    elif context != "Load":
        raise ValueError("expression which can't be %s in %s context" % ("assigned to" if context == "Store" else "deleted", context))
    # What is taken apart is stored to as a whole.
    _children(node, own if isinstance(node, (ast.Tuple, ast.List, ast.Starred)) else "Load")


def _children(node, inner="Load"):
    name = type(node).__name__
    if type(node) in (ast.expr, ast.stmt, ast.pattern, ast.mod):
        raise TypeError("expected some sort of %s, but got %r" % (name, node))
    for field in _FULL.get(name, ()):
        if getattr(node, field, None) == []:
            raise ValueError("empty %s on %s" % (field, name))
    rule = _RULES.get(name)
    if rule is not None:
        rule(node)
    if "lineno" in node.__dict__:
        _place(node)
    if name == "Constant":
        return
    for field in node._fields:
        value = node.__dict__.get(field)
        place = (name, field)
        if value is None:
            if place in _NEEDED and field in node.__dict__:
                raise ValueError("field '%s' is required for %s" % (field, name))
        elif isinstance(value, list):
            context = "Store" if place in _STORED else "Del" if place == ("Delete", "targets") else inner
            for each in value:
                if isinstance(each, ast.AST):
                    _node(each, context)
                elif each is None and place not in _MAY_BE_NONE:
                    raise ValueError("None disallowed in %s list" % ("statement" if field in ("body", "orelse", "finalbody") else "expression"))
        elif isinstance(value, ast.AST):
            if field != "ctx":
                _node(value, "Store" if place in _STORED else inner)
        elif place in _IDENTIFIERS:
            if not isinstance(value, str):
                raise TypeError("AST identifier must be of type str")
            if value in _CONSTANTS and name == "Name":
                raise ValueError("identifier field can't represent '%s' constant" % value)


def _place(node):
    known = node.__dict__
    line, column = known["lineno"], known.get("col_offset", 0)
    last, end = known.get("end_lineno"), known.get("end_col_offset")
    last, end = line if last is None else last, column if end is None else end
    if not (type(line) is type(column) is type(last) is type(end) is int):
        return
    if line > last:
        raise ValueError("AST node line range (%d, %d) is not valid" % (line, last))
    if line < 0 and last != line or column < 0 and column != end:
        raise ValueError("AST node column range (%d, %d) for line range (%d, %d) is not valid" % (column, end, line, last))
    if line == last and column > end:
        raise ValueError("line %d, column %d-%d is not a valid range" % (line, column, end))


def _constant(node):
    _value(node.__dict__.get("value"))


def _value(value):
    if type(value) in (tuple, frozenset):
        for each in value:
            _value(each)
    elif type(value) not in _PLAIN:
        raise TypeError("got an invalid type in Constant: %s" % type(value).__name__)


def _bool(node):
    if len(node.values) < 2:
        raise ValueError("BoolOp with less than 2 values")


def _compare(node):
    if not node.comparators:
        raise ValueError("Compare with no comparators")
    if len(node.comparators) != len(node.ops):
        raise ValueError("Compare has a different number of comparators and operands")


def _dict(node):
    if len(node.keys) != len(node.values):
        raise ValueError("Dict doesn't have the same number of keys as values")


def _comprehension(node):
    if not node.generators:
        raise ValueError("comprehension with no generators")
    # The loops first, as they are read.
    for each in node.generators:
        _node(each, "Load")


def _raise(node):
    if node.__dict__.get("exc") is None and node.__dict__.get("cause") is not None:
        raise ValueError("Raise with cause but no exception")


def _try(node):
    name = type(node).__name__
    if not node.handlers and not node.finalbody:
        raise ValueError("%s has neither except handlers nor finalbody" % name)
    if not node.handlers and node.orelse:
        raise ValueError("%s has orelse but no except handlers" % name)


def _import(node):
    if (node.__dict__.get("level") or 0) < 0:
        raise ValueError("Negative ImportFrom level")


def _arguments(node):
    for each in [*getattr(node, "posonlyargs", ()), *node.args, *node.kwonlyargs]:
        _node(each, "Load")
    if len(node.defaults) > len(node.args) + len(getattr(node, "posonlyargs", ())):
        raise ValueError("more positional defaults than args on arguments")
    if len(node.kw_defaults) != len(node.kwonlyargs):
        raise ValueError("length of kwonlyargs is not the same as kw_defaults on arguments")


_RULES = {
    "Constant": _constant, "BoolOp": _bool, "Compare": _compare, "Dict": _dict, "ListComp": _comprehension, "SetComp": _comprehension,
    "DictComp": _comprehension, "GeneratorExp": _comprehension, "Raise": _raise, "Try": _try, "TryStar": _try, "ImportFrom": _import,
    "arguments": _arguments,
}


def _is_path(node):
    while isinstance(node, ast.Attribute):
        _expression(node, "Load")
        node = node.value
    return isinstance(node, ast.Name)


def _is_literal(node):
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float, complex, str, bytes)
    return isinstance(node, (ast.UnaryOp, ast.BinOp, ast.JoinedStr)) or isinstance(node, ast.Attribute) and _is_path(node)


def _captured(name):
    if name == "_":
        raise ValueError("can't capture name '_' in patterns")
    if name in _CONSTANTS:
        raise ValueError("identifier field can't represent '%s' constant" % name)


def _pattern(node, may_be_star):
    name = type(node).__name__
    if name == "MatchValue" and not _is_literal(node.value):
        raise ValueError("patterns may only match literals and attribute lookups")
    if name == "MatchSingleton" and node.value not in (None, True, False):
        raise ValueError("MatchSingleton can only contain True, False and None")
    if name == "MatchStar":
        if not may_be_star:
            raise ValueError("can't use MatchStar here")
        _captured(node.__dict__.get("name"))
    elif name == "MatchMapping":
        if len(node.keys) != len(node.patterns):
            raise ValueError("MatchMapping doesn't have the same number of keys as patterns")
        if node.__dict__.get("rest") is not None:
            _captured(node.rest)
        for key in node.keys:
            if not _is_literal(key) and not (isinstance(key, ast.Constant) and type(key.value) in (bool, type(None))):
                raise ValueError("patterns may only match literals and attribute lookups")
    elif name == "MatchClass":
        if not _is_path(node.cls):
            raise ValueError("MatchClass cls field can only contain Name or Attribute nodes.")
        if len(node.kwd_attrs) != len(node.kwd_patterns):
            raise ValueError("MatchClass doesn't have the same number of keyword attributes as patterns")
        for attribute in node.kwd_attrs:
            _captured(None if attribute == "_" else attribute)
    elif name == "MatchAs":
        if node.__dict__.get("name") is None and node.__dict__.get("pattern") is not None:
            raise ValueError("MatchAs must specify a target name if a pattern is given")
        _captured(node.__dict__.get("name"))
    elif name == "MatchOr" and len(node.patterns) < 2:
        raise ValueError("MatchOr requires at least 2 patterns")
    if name == "MatchSequence":
        for each in node.patterns:
            _pattern(each, True)
    else:
        _children(node)
