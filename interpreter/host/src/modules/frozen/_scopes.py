"""The scopes of a program, read off its tree: what `symtable` shows.

A `Block` is a scope; `symbols` has for each name what is done with it there (the letters of `uses`), and, once all of the program is read, whose
it is (`scopes`). The rules are the language's; a list comprehension's names are its surroundings', as CPython runs it there.
"""

import ast

ASSIGNED, PARAMETER, IMPORTED, USED, GLOBAL, NONLOCAL, ANNOTATED, TYPE_PARAMETER = "apiugnty"
_BOUND = {ASSIGNED, PARAMETER, IMPORTED, TYPE_PARAMETER}
LOCAL, CELL, FREE, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT = "LOCAL", "CELL", "FREE", "GLOBAL_EXPLICIT", "GLOBAL_IMPLICIT"
_COMPREHENSIONS = {"ListComp": "listcomp", "SetComp": "setcomp", "DictComp": "dictcomp", "GeneratorExp": "genexpr"}


class Block:
    def __init__(self, kind, name, lineno, parent):
        self.kind, self.name, self.lineno, self.parent = kind, name, lineno, parent
        self.comprehension = ""
        self.children, self.symbols, self.scopes = [], {}, {}
        self.nested = parent is not None and (parent.nested or parent.kind not in ("module", "class"))
        if parent is not None:
            parent.children.append(self)

    def add(self, name, *uses):
        self.symbols.setdefault(name, set()).update(uses)

    def bound(self):
        return {name for name, uses in self.symbols.items() if uses & _BOUND and not uses & {GLOBAL, NONLOCAL}}


def read(tree):
    """The outermost scope of a program."""
    reader = _Reader()
    reader.visit(tree)
    _resolve(reader.block, set(), set())
    return reader.block


def _resolve(block, bound, explicit):
    """Says whose each name of the block is; returns the names that are free in it. `bound` and `explicit` are those around."""
    free = set()
    for name, uses in block.symbols.items():
        if GLOBAL in uses:
            scope = GLOBAL_EXPLICIT
        elif NONLOCAL in uses:
            scope = FREE
        elif uses & _BOUND:
            scope = LOCAL
        else:
            scope = FREE if name in bound and name not in explicit else GLOBAL_IMPLICIT
        block.scopes[name] = scope
        if scope is FREE:
            free.add(name)
    inner_bound, inner_explicit = set(bound), set(explicit)
    if block.kind == "class":
        inner_bound |= {"__class__", "__classdict__"}
    elif block.kind != "module":
        inner_bound |= block.bound()
        inner_explicit -= block.bound()
        declared = {name for name, uses in block.symbols.items() if GLOBAL in uses}
        inner_bound -= declared
        inner_explicit |= declared
    for child in list(block.children):
        wanted = _resolve(child, inner_bound, inner_explicit)
        if child.comprehension not in ("", "genexpr") and not block.symbols.get("__classdict__"):
            _take_in(block, child)
        free |= _passed_on(block, wanted)
    return free


def _passed_on(block, wanted):
    """What is free around the block as well, of the names that a block within it takes from outside."""
    on = set()
    for name in wanted:
        if block.kind == "class" and name in ("__class__", "__classdict__"):
            continue
        scope = block.scopes.get(name)
        if scope in (LOCAL, CELL) and block.kind != "class":
            block.scopes[name] = CELL
            continue
        if scope is None:
            block.symbols[name], block.scopes[name] = set(), FREE
        on.add(name)
    return on


def _take_in(block, child):
    """Puts the names and blocks of a comprehension into the block around it."""
    at = block.children.index(child)
    block.children[at : at + 1] = child.children
    for name, uses in child.symbols.items():
        if PARAMETER not in uses and name not in block.symbols:
            block.symbols[name], block.scopes[name] = set(uses), child.scopes[name]


class _Reader(ast.NodeVisitor):
    def __init__(self):
        self.block = self.top = Block("module", "top", 0, None)
        self.owner = ""

    def _mangled(self, name):
        owner = self.owner.lstrip("_")
        private = owner and name.startswith("__") and not name.endswith("__") and "." not in name
        return "_" + owner + name if private else name

    def _add(self, name, *uses):
        self.block.add(self._mangled(name), *uses)

    def _enter(self, kind, name, lineno):
        self.block = Block(kind, name, lineno, self.block)
        return self.block

    def _leave(self):
        self.block = self.block.parent

    def _all(self, nodes):
        for node in nodes:
            if node is not None:
                self.visit(node)

    def visit_Constant(self, node):
        pass

    def visit_Name(self, node):
        self._add(node.id, USED if isinstance(node.ctx, ast.Load) else ASSIGNED)
        if node.id == "super" and isinstance(node.ctx, ast.Load) and self.block.kind == "function":
            self._add("__class__", USED)

    def visit_Global(self, node):
        for name in node.names:
            self._add(name, GLOBAL)
            self.top.add(self._mangled(name), GLOBAL)

    def visit_Nonlocal(self, node):
        for name in node.names:
            self._add(name, NONLOCAL)

    def visit_Import(self, node):
        for each in node.names:
            if each.name != "*":
                self._add((each.asname or each.name).partition(".")[0], IMPORTED)

    visit_ImportFrom = visit_Import

    def visit_ExceptHandler(self, node):
        self._named(node, node.name)

    def visit_MatchStar(self, node):
        self._named(node, node.name)

    visit_MatchAs = visit_MatchStar

    def visit_MatchMapping(self, node):
        self._named(node, node.rest)

    def _named(self, node, name):
        if name:
            self._add(name, ASSIGNED)
        self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if isinstance(node.target, ast.Name):
            self._add(node.target.id, *((ANNOTATED, ASSIGNED) if node.simple else (ASSIGNED,) if node.value else ()))
        else:
            self.visit(node.target)
        self._all([node.annotation, node.value])

    def visit_NamedExpr(self, node):
        # A comprehension's `:=` binds the name around it.
        block, name = self.block, self._mangled(node.target.id)
        while block.comprehension:
            block = block.parent
        if block is not self.block:
            outermost = block.kind == "module" or GLOBAL in block.symbols.get(name, ())
            block.add(name, GLOBAL if outermost else ASSIGNED)
            self.block.add(name, GLOBAL if outermost else NONLOCAL)
        self._all([node.value, node.target])

    def visit_FunctionDef(self, node):
        self._add(node.name, ASSIGNED)
        self._defaults(node.args)
        self._all(node.decorator_list)
        parameters = getattr(node, "type_params", None)
        if parameters:
            self._parameters(node, parameters)
            self._add(".defaults", PARAMETER)
            if any(node.args.kw_defaults):
                self._add(".kwdefaults", PARAMETER)
        self._all([each.annotation for each in self._arguments(node.args)] + [node.returns])
        self._enter("function", node.name, node.lineno)
        self._bind(node.args)
        self._all(node.body)
        self._leave()
        if parameters:
            self._leave()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._defaults(node.args)
        self._enter("function", "lambda", node.lineno)
        self._bind(node.args)
        self.visit(node.body)
        self._leave()

    def _defaults(self, args):
        self._all(args.defaults)
        self._all(args.kw_defaults)

    def _arguments(self, args):
        return [each for each in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg] if each is not None]

    def _bind(self, args):
        for each in self._arguments(args):
            self._add(each.arg, PARAMETER)

    def visit_ClassDef(self, node):
        self._add(node.name, ASSIGNED)
        self._all(node.decorator_list)
        before = self.owner
        parameters = getattr(node, "type_params", None)
        if parameters:
            self._parameters(node, parameters)
            self.owner = node.name
            self._add(".type_params", ASSIGNED, USED)
            self._add(".generic_base", ASSIGNED, USED)
        self._all(node.bases)
        self._all(node.keywords)
        self._enter("class", node.name, node.lineno)
        self.owner = node.name
        if parameters:
            self._add("__type_params__", ASSIGNED)
            self._add(".type_params", USED)
        self._all(node.body)
        self._leave()
        if parameters:
            self._leave()
        self.owner = before

    def visit_TypeAlias(self, node):
        self.visit(node.name)
        in_class = self.block.kind == "class"
        if node.type_params:
            self._parameters(node, node.type_params, node.name.id)
        self._enter("type alias", node.name.id, node.lineno)
        if in_class:
            self._add("__classdict__", USED)
        self.visit(node.value)
        self._leave()
        if node.type_params:
            self._leave()

    def _parameters(self, node, parameters, name=None):
        """Enters the block of type parameters around a definition."""
        in_class = self.block.kind == "class"
        self._enter("type parameters", name or node.name, node.lineno)
        if in_class:
            self._add("__classdict__", USED)
        for each in parameters:
            self._add(each.name, TYPE_PARAMETER, ASSIGNED)
            for value in (getattr(each, "bound", None), getattr(each, "default_value", None)):
                if value is not None:
                    self._enter("type variable", each.name, each.lineno)
                    if in_class:
                        self._add("__classdict__", USED)
                    self.visit(value)
                    self._leave()

    def _comprehension(self, node):
        first = node.generators[0]
        self.visit(first.iter)
        self._enter("function", _COMPREHENSIONS[type(node).__name__], node.lineno).comprehension = _COMPREHENSIONS[type(node).__name__]
        self._add(".0", PARAMETER)
        for each in node.generators:
            self._all([each.target] + ([each.iter] if each is not first else []) + each.ifs)
        self._all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self._leave()

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension
