"""Trees of Python's syntax, as CPython 3.11 has them: made of source text, walked, changed, shown, and written as source again.

The classes are made of one table (`_TREE`): a row is a class, what it derives from, and its fields (`?` may be missing, `*` is
a list). `_astparse` reads source, `_astunparse` writes it.
"""

import sys

PyCF_ONLY_AST, PyCF_TYPE_COMMENTS, PyCF_ALLOW_TOP_LEVEL_AWAIT = 1024, 4096, 8192

_PLACES = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class AST:
    _fields = _attributes = __match_args__ = _made = ()

    def __init__(self, *args, **kwargs):
        if args:
            if len(args) > len(self._fields):
                raise TypeError("%s constructor takes at most %d positional argument%s" % (
                    type(self).__name__, len(self._fields), "" if len(self._fields) == 1 else "s"))
            for name, value in zip(self._fields, args):
                if name in kwargs:
                    raise TypeError("%s got multiple values for argument %r" % (type(self).__name__, name))
                setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)
        for name, make in self._made:
            if name not in self.__dict__:
                setattr(self, name, make())

    def __repr__(self):
        return "<%s.%s object at %#x>" % (type(self).__module__, type(self).__name__, id(self))

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)


_TREE = """
mod AST
Module mod body* type_ignores*
Interactive mod body*
Expression mod body
FunctionType mod argtypes* returns
stmt AST @
FunctionDef stmt name args body* decorator_list* returns? type_comment?
AsyncFunctionDef stmt name args body* decorator_list* returns? type_comment?
ClassDef stmt name bases* keywords* body* decorator_list*
Return stmt value?
Delete stmt targets*
Assign stmt targets* value type_comment?
AugAssign stmt target op value
AnnAssign stmt target annotation value? simple
For stmt target iter body* orelse* type_comment?
AsyncFor stmt target iter body* orelse* type_comment?
While stmt test body* orelse*
If stmt test body* orelse*
With stmt items* body* type_comment?
AsyncWith stmt items* body* type_comment?
Match stmt subject cases*
Raise stmt exc? cause?
Try stmt body* handlers* orelse* finalbody*
TryStar stmt body* handlers* orelse* finalbody*
Assert stmt test msg?
Import stmt names*
ImportFrom stmt module? names* level?
Global stmt names*
Nonlocal stmt names*
Expr stmt value
Pass stmt
Break stmt
Continue stmt
expr AST @
BoolOp expr op values*
NamedExpr expr target value
BinOp expr left op right
UnaryOp expr op operand
Lambda expr args body
IfExp expr test body orelse
Dict expr keys* values*
Set expr elts*
ListComp expr elt generators*
SetComp expr elt generators*
DictComp expr key value generators*
GeneratorExp expr elt generators*
Await expr value
Yield expr value?
YieldFrom expr value
Compare expr left ops* comparators*
Call expr func args* keywords*
FormattedValue expr value conversion format_spec?
JoinedStr expr values*
Constant expr value kind?
Attribute expr value attr ctx
Subscript expr value slice ctx
Starred expr value ctx
Name expr id ctx
List expr elts* ctx
Tuple expr elts* ctx
Slice expr lower? upper? step?
expr_context AST
Load expr_context
Store expr_context
Del expr_context
boolop AST
And boolop
Or boolop
operator AST
Add operator
Sub operator
Mult operator
MatMult operator
Div operator
Mod operator
Pow operator
LShift operator
RShift operator
BitOr operator
BitXor operator
BitAnd operator
FloorDiv operator
unaryop AST
Invert unaryop
Not unaryop
UAdd unaryop
USub unaryop
cmpop AST
Eq cmpop
NotEq cmpop
Lt cmpop
LtE cmpop
Gt cmpop
GtE cmpop
Is cmpop
IsNot cmpop
In cmpop
NotIn cmpop
comprehension AST target iter ifs* is_async
excepthandler AST @
ExceptHandler excepthandler type? name? body*
arguments AST posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*
arg AST @ arg annotation? type_comment?
keyword AST @ arg? value
alias AST @ name asname?
withitem AST context_expr optional_vars?
match_case AST pattern guard? body*
pattern AST @
MatchValue pattern value
MatchSingleton pattern value
MatchSequence pattern patterns*
MatchMapping pattern keys* patterns* rest?
MatchClass pattern cls patterns* kwd_attrs* kwd_patterns*
MatchStar pattern name?
MatchAs pattern pattern? name?
MatchOr pattern patterns*
type_ignore AST
TypeIgnore type_ignore lineno tag
"""


def _make(row):
    name, base, *fields = row.split()
    has_place = "@" in fields
    plain = tuple([field.rstrip("?*") for field in fields if field != "@"])
    names = {"_fields": plain, "__match_args__": plain, "__module__": "ast"}
    if has_place:
        names.update(_attributes=_PLACES, end_lineno=None, end_col_offset=None)
    # What may be missing is None until it is there; a list begins empty, and a name is one that is read.
    names["_made"] = [(field[:-1], list) for field in fields if field[-1] == "*"] + [("ctx", lambda: Load())] * ("ctx" in plain)
    names.update({field[:-1]: None for field in fields if field[-1] == "?"})
    made = globals()[name] = type(name, (globals()[base],), names)
    return made


# All classes of the table, for those that make nodes.
_NODES = [_make(row) for row in _TREE.strip().split("\n")]


class _Old(type(Constant)):
    """Classes for constants of one kind, as Python 3.7 had them: what they make is a `Constant`."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, Constant) and cls._holds(instance.value)


def _old(name, holds, field):
    def make(cls, *args, **kwargs):
        return Constant(*args, **({"value": kwargs.pop(field), **kwargs} if field in kwargs else kwargs))

    names = {"_holds": staticmethod(holds), "__new__": make, "_fields": (field,), "__module__": "ast"}
    globals()[name] = _Old(name, (Constant,), names)


_old("Num", lambda value: type(value) in (int, float, complex), "n")
_old("Str", lambda value: isinstance(value, str), "s")
_old("Bytes", lambda value: isinstance(value, bytes), "s")
_old("NameConstant", lambda value: value is None or value is True or value is False, "value")
_old("Ellipsis", lambda value: value is ..., "value")
Constant.n = Constant.s = property(lambda self: self.value, lambda self, value: setattr(self, "value", value))


class slice(AST):
    pass


class Index(slice):
    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    def __new__(cls, dims=(), **kwargs):
        return Tuple(list(dims), Load(), **kwargs)


class Suite(mod):
    pass


class AugLoad(expr_context):
    pass


class AugStore(expr_context):
    pass


class Param(expr_context):
    pass


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    """The tree of a source text: a `Module`, or what `mode` says.

    Raises `SyntaxError` where the compiler does.
    """
    from _astparse import tree

    if isinstance(source, AST):
        return source
    return tree(source, filename, mode)


def _compile(source, filename, mode, flags):
    # What `compile` makes of a tree, or of text that is to become one.
    if flags & PyCF_ONLY_AST:
        return parse(source, filename, mode)
    if not isinstance(source, AST):
        raise TypeError("compile() arg 1 must be a string, bytes or AST object")
    expected = {"exec": Module, "eval": Expression, "single": Interactive}.get(mode)
    if expected is None:
        raise ValueError("compile() mode must be 'exec', 'eval' or 'single'")
    if not isinstance(source, expected):
        raise TypeError("expected %s node, got %s" % (expected.__name__, type(source).__name__))
    from _astcheck import check
    from _astunparse import in_place

    check(source)
    return compile(in_place(source), filename, mode, flags & PyCF_ALLOW_TOP_LEVEL_AWAIT)


def unparse(ast_obj):
    """Source text that means the tree."""
    from _astunparse import text

    return text(ast_obj)



def literal_eval(node_or_string):
    """The value of a literal or a display of literals, without running anything."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def _wrong(node):
    place = " on line %d" % node.lineno if getattr(node, "lineno", None) else ""
    raise ValueError("malformed node or string%s: %r" % (place, node))


def _number(node, signed=True):
    if signed and isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand, False)
        return +value if isinstance(node.op, UAdd) else -value
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _wrong(node)
    return node.value


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, (Tuple, List, Set)):
        kind = tuple if isinstance(node, Tuple) else list if isinstance(node, List) else set
        return kind([_literal(each) for each in node.elts])
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and not node.args and not node.keywords:
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _wrong(node)
        return {_literal(key): _literal(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _number(node.left), _number(node.right, False)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _number(node)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """A tree as text, on one line or indented."""
    if not isinstance(node, AST):
        raise TypeError("expected AST, got %r" % node.__class__.__name__)
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def shown(node, level):
        # The text, and whether it is so simple that it may stand on a line with others.
        level += 1
        prefix, separator = ("\n" + indent * level, ",\n" + indent * level) if indent is not None else ("", ", ")
        if isinstance(node, AST):
            kind, parts, simple, by_name = type(node), [], True, annotate_fields
            for name in node._fields:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    by_name = True
                    continue
                if value is None and getattr(kind, name, ...) is None:
                    by_name = True
                    continue
                text, small = shown(value, level)
                simple = simple and small
                parts.append("%s=%s" % (name, text) if by_name else text)
            if include_attributes:
                for name in node._attributes:
                    value = getattr(node, name, None)
                    if value is None:
                        continue
                    text, small = shown(value, level)
                    simple = simple and small
                    parts.append("%s=%s" % (name, text))
            if simple and len(parts) <= 3:
                return "%s(%s)" % (kind.__name__, ", ".join(parts)), not parts
            return "%s(%s%s)" % (kind.__name__, prefix, separator.join(parts)), False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return "[%s%s]" % (prefix, separator.join([shown(each, level)[0] for each in node])), False
        return repr(node), True

    return shown(node, 0)[0]


def copy_location(new_node, old_node):
    for name in _PLACES:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith("end_"):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Gives nodes that lie nowhere the place of what they are in."""

    def fix(node, place):
        place = list(place)
        for at, name in enumerate(_PLACES):
            if name in node._attributes:
                known = getattr(node, name, None)
                if known is None:
                    setattr(node, name, place[at])
                else:
                    place[at] = known
        for child in iter_child_nodes(node):
            fix(child, place)

    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno = getattr(child, "lineno", 0) + n
            continue
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and getattr(child, "end_lineno", None) is not None:
            child.end_lineno += n
    return node


def iter_fields(node):
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for name, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, AST):
                    yield each


def walk(node):
    from collections import deque

    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError("%r can't have docstrings" % node.__class__.__name__)
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if clean:
        import inspect

        return inspect.cleandoc(value.value)
    return value.value


def get_source_segment(source, node, *, padded=False):
    """The text of `source` that a node was made of; None if the node lies nowhere."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last, start, end = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = _split(source)
    if first == last:
        return lines[first].encode()[start:end].decode()
    head = lines[first].encode()
    padding = "".join([c if c in "\f\t" else " " for c in head[:start].decode()]) if padded else ""
    return "".join([padding + head[start:].decode()] + lines[first + 1 : last] + [lines[last].encode()[:end].decode()])


def _split(source):
    # Lines with their ends; a form feed ends none.
    lines, at = [], 0
    while at < len(source):
        end = min([place for place in (source.find("\n", at), source.find("\r", at)) if place >= 0], default=len(source) - 1)
        end += 2 if source[end : end + 2] == "\r\n" else 1
        lines.append(source[at:end])
        at = end
    return lines


class NodeVisitor:
    """Calls `visit_CLASS` for a node, or looks at what is in it."""

    def visit(self, node):
        return getattr(self, "visit_" + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for name, value in iter_fields(node):
            if isinstance(value, list):
                for each in value:
                    if isinstance(each, AST):
                        self.visit(each)
            elif isinstance(value, AST):
                self.visit(value)

    def visit_Constant(self, node):
        # Methods of the classes that Python 3.7 had are still called.
        for kind, name in ((bool, "NameConstant"), (type(None), "NameConstant"), (int, "Num"), (float, "Num"), (complex, "Num"),
                           (str, "Str"), (bytes, "Bytes"), (type(...), "Ellipsis")):
            if isinstance(node.value, kind):
                method = getattr(self, "visit_" + name, None)
                if method is not None:
                    return method(node)
                break
        return self.generic_visit(node)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods answer what stands instead of a node: another one, several, or None."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for each in old:
                    if isinstance(each, AST):
                        each = self.visit(each)
                        if each is None:
                            continue
                        if not isinstance(each, AST):
                            new.extend(each)
                            continue
                    new.append(each)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


def main():
    import argparse

    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", nargs="?", default="-", help="the file to parse; defaults to stdin")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval"), help="specify what kind of code must be parsed")
    parser.add_argument("-a", "--include-attributes", action="store_true", help="include attributes such as line numbers and column offsets")
    parser.add_argument("-i", "--indent", type=int, default=3, help="indentation of nodes (number of spaces)")
    given = parser.parse_args()
    if given.infile == "-":
        source = sys.stdin.read()
    else:
        with open(given.infile) as file:
            source = file.read()
    print(dump(parse(source, given.infile, given.mode), include_attributes=given.include_attributes, indent=given.indent))


if __name__ == "__main__":
    # Of the module, whose nodes `parse` makes.
    from ast import main

    main()
