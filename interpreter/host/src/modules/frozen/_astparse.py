"""Source text read into the trees of `ast`. What cannot be read is given to the compiler, which says what is wrong.

One method a rule of the grammar, in its order. A node's place is from the first token of it to the last one, in bytes of UTF-8.
"""

import ast
from token import COMMENT, DEDENT, ENDMARKER, INDENT, NAME, NEWLINE, NL, NUMBER, OP, STRING
from tokenize import TokenError, cut

_Load, _Store, _Del = ast.Load(), ast.Store(), ast.Del()
_And, _Or, _Not, _In, _NotIn, _Is, _IsNot, _Pow = [
    kind() for kind in (ast.And, ast.Or, ast.Not, ast.In, ast.NotIn, ast.Is, ast.IsNot, ast.Pow)]
_KEYWORDS = frozenset("""False None True and as assert async await break class continue def del elif else except finally for from global if
    import in is lambda nonlocal not or pass raise return try while with yield""".split())
_COMPARE = {"<": ast.Lt(), ">": ast.Gt(), "<=": ast.LtE(), ">=": ast.GtE(), "==": ast.Eq(), "!=": ast.NotEq()}
_LEVELS = (
    {"|": ast.BitOr()}, {"^": ast.BitXor()}, {"&": ast.BitAnd()}, {"<<": ast.LShift(), ">>": ast.RShift()},
    {"+": ast.Add(), "-": ast.Sub()},
    {"*": ast.Mult(), "/": ast.Div(), "//": ast.FloorDiv(), "%": ast.Mod(), "@": ast.MatMult()},
)
# How tightly a sign binds, and the node that it makes.
_RANKS = {sign: (rank, made) for rank, level in enumerate(_LEVELS) for sign, made in level.items()}
_NO_RANK = -1, None
_AUGMENTED = {sign + "=": made for level in _LEVELS for sign, made in level.items()}
_AUGMENTED["**="] = _Pow
_UNARY = {"+": ast.UAdd(), "-": ast.USub(), "~": ast.Invert()}
_CONSTANTS = {"None": None, "True": True, "False": False}
_GOES_ON = frozenset(["in", "not", "is", "and", "or", *_COMPARE])
_BEHIND = frozenset(",)]}:")
_ENDS = frozenset([")", "]", "}", ":", "=", ";", ",", "", "in"]) | frozenset(_AUGMENTED)


def tree(source, filename, mode):
    if mode not in ("exec", "eval", "single"):
        raise ValueError("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
    if isinstance(source, (bytes, bytearray, memoryview)):
        from importlib.util import decode_source

        source = decode_source(bytes(source))
    try:
        reader = _Reader(source, filename)
        body = reader.value() if mode == "eval" else reader.file()
    except (SyntaxError, TokenError, ValueError):
        compile(source, filename, mode)
        raise
    if mode == "eval":
        return ast.Expression(body=body)
    return ast.Interactive(body=body) if mode == "single" else ast.Module(body=body, type_ignores=[])


class new:
    """What makes nodes: for each class a function of its fields, which sets them and asks nothing."""


def _maker(kind):
    fields = kind._fields
    lists = {name for name, make in kind._made if make is list}
    taken = ["%s=None" % field if field in lists or hasattr(kind, field) else field for field in fields]
    # One that has to be given does not follow one that may be missing.
    lines = ["def %s(%s):" % (kind.__name__, ", ".join(["*"] * bool(fields) + taken)), " node = _create(_kind)"]
    lines += [" node.%s = %s" % (field, "[] if %s is None else %s" % (field, field) if field in lists else field) for field in fields]
    names = {"_create": object.__new__, "_kind": kind}
    exec("\n".join(lines + [" return node"]), names)
    setattr(new, kind.__name__, names[kind.__name__])


for _kind in ast._NODES:
    _maker(_kind)
del _kind
# Kinds of tokens that are no text to the grammar.
_BLANK = frozenset([NEWLINE, INDENT, DEDENT, ENDMARKER])
_NOTHING = frozenset([COMMENT, NL])


class _Reader:
    def __init__(self, source, filename="<unknown>", offset=None):
        self.filename = filename
        lines = source.splitlines(True)
        self.tokens = [token for token in cut(lines) if token[0] not in _NOTHING]
        # A piece of an f-string lies at (line, column) of the file.
        self.offset = offset
        self.wide = not source.isascii()
        self.simple_places = offset is None and not self.wide
        self.at = 0
        self.token = None
        self.take()

    # -- tokens: (kind, text, (line, column), the same of its end, its line)

    def take(self):
        """The current token; the next one becomes the current one."""
        last = self.last = self.token
        token = self.token = self.tokens[self.at]
        self.at += 1
        kind = self.kind = token[0]
        self.text = "" if kind in _BLANK else token[1]
        return last

    def peek(self, count=1):
        at = self.at - 1 + count
        return self.tokens[at] if at < len(self.tokens) else self.tokens[-1]

    # Neither a number nor a string is like a word or a sign.

    def sees(self, text):
        return self.text == text

    def accept(self, text):
        if self.text == text:
            self.take()
            return True
        return False

    def expect(self, text):
        if self.text != text:
            self.wrong()
        self.take()

    def wrong(self):
        line, column = self.token[2]
        raise SyntaxError("invalid syntax", (self.filename, line, column + 1, self.token[4], line, column + 1))

    def name(self):
        if self.kind != NAME or self.text in _KEYWORDS:
            self.wrong()
        return self.take()[1]

    def place(self, token, which):
        line, column = token[2 + which]
        if self.wide:
            text = token[4].split("\n")[line - token[2][0]] if which else token[4]
            column = len(text[:column].encode())
        if self.offset is not None:
            if line == 1:
                column += self.offset[1]
            line += self.offset[0] - 1
        return line, column

    def put(self, node, start):
        """Gives a node its place: from a token, or a place, up to the token that was taken last."""
        if self.simple_places:
            node.lineno, node.col_offset = start[2] if len(start) == 5 else start
            node.end_lineno, node.end_col_offset = self.last[3]
        else:
            node.lineno, node.col_offset = self.place(start, 0) if len(start) == 5 else start
            node.end_lineno, node.end_col_offset = self.place(self.last, 1)
        return node

    # -- statements

    def file(self):
        body = []
        while self.kind != ENDMARKER:
            if self.kind == NEWLINE:
                self.take()
                continue
            body += self.statement()
        return body

    def block(self):
        self.expect(":")
        if self.kind != NEWLINE:
            return self.simple_line()
        self.take()
        if self.kind != INDENT:
            self.wrong()
        self.take()
        body = []
        while self.kind != DEDENT:
            body += self.statement()
        self.take()
        return body

    def simple_line(self):
        body = [self.simple()]
        while self.accept(";"):
            if self.kind in (NEWLINE, ENDMARKER):
                break
            body.append(self.simple())
        if self.kind == NEWLINE:
            self.take()
        elif self.kind != ENDMARKER:
            self.wrong()
        return body

    def statement(self):
        start = self.token
        if self.kind == NAME:
            compound = _COMPOUND.get(self.text)
            if compound is not None:
                return [compound(self, start)]
            if self.text == "match" and self.is_match():
                return [self.match(start)]
        elif self.sees("@"):
            return [self.decorated()]
        return self.simple_line()

    def compound_if(self, start):
        self.take()
        test = self.named()
        body = self.block()
        orelse = []
        if self.sees("elif"):
            orelse = [self.compound_if(self.token)]
        elif self.accept("else"):
            orelse = self.block()
        return self.until_block(new.If(test=test, body=body, orelse=orelse), start)

    def until_block(self, node, start):
        """A compound statement ends where the last statement in it does."""
        node.lineno, node.col_offset = self.place(start, 0)
        last = node
        for name in ("finalbody", "orelse", "handlers", "cases", "body"):
            block = getattr(node, name, None)
            if block:
                last = block[-1]
                break
        if isinstance(last, ast.match_case):
            last = last.body[-1]
        node.end_lineno, node.end_col_offset = last.end_lineno, last.end_col_offset
        return node

    def otherwise(self):
        return self.block() if self.accept("else") else []

    def compound_while(self, start):
        self.take()
        test = self.named()
        body = self.block()
        return self.until_block(new.While(test=test, body=body, orelse=self.otherwise()), start)

    def compound_for(self, start, kind=new.For):
        self.take()
        target = self.stored(self.target_list())
        self.expect("in")
        source = self.star_list()
        body = self.block()
        return self.until_block(kind(target=target, iter=source, body=body, orelse=self.otherwise()), start)

    def compound_with(self, start, kind=new.With):
        self.take()
        items = self.parenthesized_items()
        if items is None:
            items = [self.with_item()]
            while self.accept(","):
                items.append(self.with_item())
        return self.until_block(kind(items=items, body=self.block()), start)

    def parenthesized_items(self):
        # `with (a as b, c):` — and no `with (a, b).c:` or `with (yield):`.
        if not self.sees("("):
            return None
        before = self.at, self.last
        self.take()
        items = []
        try:
            while not self.sees(")"):
                items.append(self.with_item())
                if not self.accept(","):
                    break
            if self.accept(")") and self.sees(":") and items:
                return items
        except SyntaxError:
            pass
        self.at, self.last = before[0] - 1, before[1]
        last = self.last
        self.take()
        self.last = last
        return None

    def with_item(self):
        context = self.test()
        target = None
        if self.accept("as"):
            target = self.stored(self.star_target())
        return new.withitem(context_expr=context, optional_vars=target)

    def star_target(self):
        start = self.token
        if self.accept("*"):
            return self.put(new.Starred(value=self.star_target(), ctx=_Load), start)
        return self.binary(0)

    def compound_try(self, start):
        self.take()
        body = self.block()
        handlers, starred = [], False
        while self.sees("except"):
            begins = self.token
            self.take()
            starred = self.accept("*") or starred
            kind = name = None
            if not self.sees(":"):
                kind = self.test()
                if self.accept("as"):
                    name = self.name()
            handlers.append(self.until_block(new.ExceptHandler(type=kind, name=name, body=self.block()), begins))
        orelse = self.otherwise()
        finalbody = self.block() if self.accept("finally") else []
        kind = new.TryStar if starred else new.Try
        return self.until_block(kind(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody), start)

    def compound_async(self, start):
        self.take()
        if self.sees("def"):
            return self.compound_def(start, kind=new.AsyncFunctionDef)
        if self.sees("for"):
            return self.compound_for(start, new.AsyncFor)
        return self.compound_with(start, new.AsyncWith)

    def decorated(self):
        decorators = []
        while self.accept("@"):
            decorators.append(self.named())
            self.take()
        start = self.token
        if self.sees("class"):
            return self.compound_class(start, decorators)
        kind = new.AsyncFunctionDef if self.accept("async") else new.FunctionDef
        return self.compound_def(start, decorators, kind)

    def compound_def(self, start, decorators=(), kind=new.FunctionDef):
        self.take()
        name = self.name()
        self.expect("(")
        args = self.parameters(")", True)
        self.expect(")")
        returns = self.star_list() if self.accept("->") else None
        body = self.block()
        return self.until_block(kind(name=name, args=args, body=body, decorator_list=list(decorators), returns=returns), start)

    def compound_class(self, start, decorators=()):
        self.take()
        name = self.name()
        bases, keywords = [], []
        if self.accept("("):
            bases, keywords = self.arguments()
        return self.until_block(
            new.ClassDef(name=name, bases=bases, keywords=keywords, body=self.block(), decorator_list=list(decorators)), start)

    def parameters(self, end, annotated):
        made = new.arguments(posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])
        into, keyword_only = made.args, False
        while not self.sees(end):
            if self.accept("/"):
                made.posonlyargs, made.args = made.args, []
                into = made.args
            elif self.accept("**"):
                made.kwarg = self.parameter(annotated)
            elif self.accept("*"):
                keyword_only = True
                if not self.sees(","):
                    made.vararg = self.parameter(annotated, True)
            else:
                parameter = self.parameter(annotated)
                default = self.test() if self.accept("=") else None
                if keyword_only:
                    made.kwonlyargs.append(parameter)
                    made.kw_defaults.append(default)
                else:
                    into.append(parameter)
                    if default is not None:
                        made.defaults.append(default)
            if not self.accept(","):
                break
        return made

    def parameter(self, annotated, starred=False):
        start = self.token
        name = self.name()
        annotation = None
        if annotated and self.accept(":"):
            annotation = self.starred_test() if starred else self.test()
        return self.put(new.arg(arg=name, annotation=annotation), start)

    def simple(self):
        start = self.token
        simple = _SIMPLE.get(self.text)
        return self.put(self.expression_statement() if simple is None else simple(self), start)

    def expression_statement(self):
        parenthesized = self.sees("(")
        value = self.yield_or_list()
        if self.sees("="):
            targets = []
            while self.accept("="):
                targets.append(self.stored(value))
                value = self.yield_or_list()
            return new.Assign(targets=targets, value=value)
        if self.kind == OP and self.text in _AUGMENTED:
            made = _AUGMENTED[self.take()[1]]
            return new.AugAssign(target=self.stored(value), op=made, value=self.yield_or_list())
        if self.accept(":"):
            annotation = self.test()
            given = self.yield_or_list() if self.accept("=") else None
            simple = int(isinstance(value, ast.Name) and not parenthesized)
            return new.AnnAssign(target=self.stored(value), annotation=annotation, value=given, simple=simple)
        return new.Expr(value=value)

    def yield_or_list(self):
        return self.yielded() if self.sees("yield") else self.star_list()

    def simple_pass(self):
        self.take()
        return new.Pass()

    def simple_break(self):
        self.take()
        return new.Break()

    def simple_continue(self):
        self.take()
        return new.Continue()

    def ends(self):
        return self.kind in (NEWLINE, ENDMARKER) or self.sees(";")

    def simple_return(self):
        self.take()
        return new.Return(value=None if self.ends() else self.star_list())

    def simple_raise(self):
        self.take()
        exc = None if self.ends() else self.test()
        return new.Raise(exc=exc, cause=self.test() if self.accept("from") else None)

    def simple_global(self, kind=new.Global):
        self.take()
        names = [self.name()]
        while self.accept(","):
            names.append(self.name())
        return kind(names=names)

    def simple_nonlocal(self):
        return self.simple_global(new.Nonlocal)

    def simple_assert(self):
        self.take()
        test = self.test()
        return new.Assert(test=test, msg=self.test() if self.accept(",") else None)

    def simple_del(self):
        self.take()
        targets = [self.star_target()]
        while self.accept(",") and not self.ends():
            targets.append(self.star_target())
        return new.Delete(targets=[self.stored(target, _Del) for target in targets])

    def dotted(self):
        name = self.name()
        while self.accept("."):
            name += "." + self.name()
        return name

    def simple_import(self):
        self.take()
        names = [self.alias(self.dotted)]
        while self.accept(","):
            names.append(self.alias(self.dotted))
        return new.Import(names=names)

    def alias(self, read):
        start = self.token
        name = read()
        return self.put(new.alias(name=name, asname=self.name() if self.accept("as") else None), start)

    def simple_from(self):
        self.take()
        level = 0
        while self.text in (".", "..."):
            level += len(self.take()[1])
        module = None if self.sees("import") else self.dotted()
        self.expect("import")
        start = self.token
        if self.accept("*"):
            return new.ImportFrom(module=module, names=[self.put(new.alias(name="*"), start)], level=level)
        closed = self.accept("(")
        names = [self.alias(self.name)]
        while self.accept(",") and not self.sees(")"):
            names.append(self.alias(self.name))
        if closed:
            self.expect(")")
        return new.ImportFrom(module=module, names=names, level=level)

    # -- match

    def is_match(self):
        # `match` is a name unless a line that ends with a colon, and then an indented `case`, say otherwise.
        at = self.at
        if self.tokens[at][0] == OP and self.tokens[at][1] in (".", "=", ",", ")", ":", ";") or self.tokens[at][0] == NEWLINE:
            return False
        while self.tokens[at][0] not in (NEWLINE, ENDMARKER):
            at += 1
        following = self.tokens[at - 1 : at + 3]
        return (len(following) == 4 and following[0][1] == ":" and following[2][0] == INDENT
                and following[3][1] == "case")

    def match(self, start):
        self.take()
        subject = self.star_list(named=True)
        self.expect(":")
        self.take()
        self.take()
        cases = []
        while self.kind != DEDENT:
            self.take()
            pattern = self.open_pattern()
            guard = self.named() if self.accept("if") else None
            cases.append(new.match_case(pattern=pattern, guard=guard, body=self.block()))
        self.take()
        return self.until_block(new.Match(subject=subject, cases=cases), start)

    def open_pattern(self):
        start = self.token
        first = self.star_pattern()
        if not self.sees(","):
            return first
        patterns = [first]
        while self.accept(",") and not (self.sees(":") or self.sees("if")):
            patterns.append(self.star_pattern())
        return self.put(new.MatchSequence(patterns=patterns), start)

    def star_pattern(self):
        start = self.token
        if self.accept("*"):
            name = self.name()
            return self.put(new.MatchStar(name=None if name == "_" else name), start)
        return self.as_pattern()

    def as_pattern(self):
        start = self.token
        pattern = self.or_pattern()
        if self.accept("as"):
            return self.put(new.MatchAs(pattern=pattern, name=self.name()), start)
        return pattern

    def or_pattern(self):
        start = self.token
        patterns = [self.closed_pattern()]
        while self.accept("|"):
            patterns.append(self.closed_pattern())
        return patterns[0] if len(patterns) == 1 else self.put(new.MatchOr(patterns=patterns), start)

    def closed_pattern(self):
        start = self.token
        if self.kind in (NUMBER, STRING) or self.sees("-"):
            return self.put(new.MatchValue(value=self.binary(4)), start)
        if self.text in _CONSTANTS:
            return self.put(new.MatchSingleton(value=_CONSTANTS[self.take()[1]]), start)
        if self.sees("[") or self.sees("("):
            return self.sequence_pattern(start)
        if self.accept("{"):
            return self.mapping_pattern(start)
        name = self.name()
        if not self.sees(".") and not self.sees("("):
            return self.put(new.MatchAs(pattern=None, name=None if name == "_" else name), start)
        value = self.put(new.Name(id=name, ctx=_Load), start)
        while self.accept("."):
            value = self.put(new.Attribute(value=value, attr=self.name(), ctx=_Load), start)
        if not self.accept("("):
            return self.put(new.MatchValue(value=value), start)
        made = new.MatchClass(cls=value, patterns=[], kwd_attrs=[], kwd_patterns=[])
        while not self.sees(")"):
            if self.kind == NAME and self.peek()[1] == "=" and self.peek()[0] == OP:
                made.kwd_attrs.append(self.name())
                self.take()
                made.kwd_patterns.append(self.as_pattern())
            else:
                made.patterns.append(self.as_pattern())
            if not self.accept(","):
                break
        self.expect(")")
        return self.put(made, start)

    def sequence_pattern(self, start):
        end = ")" if self.take()[1] == "(" else "]"
        patterns, commas = [], 0
        while not self.sees(end):
            patterns.append(self.star_pattern())
            if not self.accept(","):
                break
            commas += 1
        self.expect(end)
        if end == ")" and len(patterns) == 1 and not commas and not isinstance(patterns[0], ast.MatchStar):
            return patterns[0]
        return self.put(new.MatchSequence(patterns=patterns), start)

    def mapping_pattern(self, start):
        made = new.MatchMapping(keys=[], patterns=[], rest=None)
        while not self.sees("}"):
            if self.accept("**"):
                made.rest = self.name()
            else:
                if self.text in _CONSTANTS:
                    made.keys.append(self.atom())
                else:
                    made.keys.append(self.binary(4))
                self.expect(":")
                made.patterns.append(self.as_pattern())
            if not self.accept(","):
                break
        self.expect("}")
        return self.put(made, start)

    # -- expressions

    def stored(self, node, context=_Store):
        """The same as something to store into, or to delete."""
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Starred, ast.List, ast.Tuple)):
            self.wrong()
        node.ctx = context
        if isinstance(node, (ast.List, ast.Tuple)):
            for each in node.elts:
                self.stored(each, context)
        elif isinstance(node, ast.Starred):
            self.stored(node.value, context)
        return node

    def value(self):
        value = self.star_list()
        while self.kind == NEWLINE:
            self.take()
        if self.kind != ENDMARKER:
            self.wrong()
        return value

    def target_list(self):
        start = self.token
        first = self.star_target()
        if not self.sees(","):
            return first
        elts = [first]
        while self.accept(",") and not self.sees("in"):
            elts.append(self.star_target())
        return self.put(new.Tuple(elts=elts, ctx=_Load), start)

    def star_list(self, named=False):
        """An expression, or a tuple without parentheses."""
        start = self.token
        first = self.starred_test(named)
        if not self.sees(","):
            return first
        elts = [first]
        while self.accept(","):
            if self.kind in (NEWLINE, ENDMARKER) or self.kind in (OP, NAME) and self.text in _ENDS:
                break
            elts.append(self.starred_test(named))
        return self.put(new.Tuple(elts=elts, ctx=_Load), start)

    def starred_test(self, named=False):
        start = self.token
        if self.accept("*"):
            return self.put(new.Starred(value=self.binary(0), ctx=_Load), start)
        return self.named() if named else self.test()

    def yielded(self):
        start = self.token
        self.take()
        if self.accept("from"):
            return self.put(new.YieldFrom(value=self.test()), start)
        empty = self.kind in (NEWLINE, ENDMARKER) or self.kind == OP and self.text in (")", "]", "}", "=", ";", ",")
        return self.put(new.Yield(value=None if empty else self.star_list()), start)

    def named(self):
        start = self.token
        if self.kind == NAME and self.peek()[1] == ":=":
            target = self.put_name(_Store)
            self.take()
            return self.put(new.NamedExpr(target=target, value=self.test()), start)
        return self.test()

    def put_name(self, context=_Load):
        start = self.token
        return self.put(new.Name(id=self.name(), ctx=context), start)

    def test(self):
        # Most are one name or number.
        if self.kind == NUMBER or self.kind == NAME and self.text not in _KEYWORDS:
            behind = self.peek()
            if behind[0] == NEWLINE or behind[0] == OP and behind[1] in _BEHIND:
                return self.atom()
        start = self.token
        if self.text == "lambda":
            self.take()
            args = self.parameters(":", False)
            self.expect(":")
            return self.put(new.Lambda(args=args, body=self.test()), start)
        value = self.disjunction()
        if self.text == "if":
            self.take()
            condition = self.disjunction()
            self.expect("else")
            return self.put(new.IfExp(test=condition, body=value, orelse=self.test()), start)
        return value

    def disjunction(self):
        if self.text == "not" or self.text == "await":
            return self.joined("or", _Or, self.conjunction)
        # Most are operands without a word between them.
        start = self.token
        left = self.binary(0)
        return self.joined("or", _Or, self.conjunction, start, left) if self.text in _GOES_ON else left

    def conjunction(self, start=None, left=None):
        return self.joined("and", _And, self.inversion, start, left)

    def joined(self, word, op, part, start=None, left=None):
        """What `part` reads, once or with a word between. `left`, which begins at `start`, is what has been read of the first one."""
        start = start or self.token
        values = [part(start, left) if left else part()]
        while self.accept(word):
            values.append(part())
        return values[0] if len(values) == 1 else self.put(new.BoolOp(op=op, values=values), start)

    def inversion(self, start=None, left=None):
        if left is None and self.text == "not":
            start = self.take()
            return self.put(new.UnaryOp(op=_Not, operand=self.inversion()), start)
        return self.comparison(start, left)

    def comparison(self, start=None, left=None):
        start = start or self.token
        left = left or self.binary(0)
        if self.text not in _GOES_ON:
            return left
        ops, comparators = [], []
        while True:
            if self.text in _COMPARE:
                ops.append(_COMPARE[self.take()[1]])
            elif self.accept("in"):
                ops.append(_In)
            elif self.text == "not" and self.peek()[1] == "in":
                self.take()
                self.take()
                ops.append(_NotIn)
            elif self.accept("is"):
                ops.append(_IsNot if self.accept("not") else _Is)
            else:
                break
            comparators.append(self.binary(0))
        return self.put(new.Compare(left=left, ops=ops, comparators=comparators), start) if ops else left

    def binary(self, least):
        """Operands and signs between them that bind as tightly as `least` or more."""
        start = self.token
        left = self.factor()
        while self.kind == OP:
            rank, made = _RANKS.get(self.text, _NO_RANK)
            if rank < least:
                break
            self.take()
            left = self.put(new.BinOp(left=left, op=made, right=self.binary(rank + 1)), start)
        return left

    def factor(self):
        start = self.token
        if self.text in _UNARY:
            op = _UNARY[self.take()[1]]
            return self.put(new.UnaryOp(op=op, operand=self.factor()), start)
        if self.text == "await":
            self.take()
            left = self.put(new.Await(value=self.primary()), start)
        else:
            left = self.primary()
        if self.text == "**":
            self.take()
            return self.put(new.BinOp(left=left, op=_Pow, right=self.factor()), start)
        return left

    def primary(self):
        start = self.token
        value = self.atom()
        while self.kind == OP:
            text = self.text
            if text == ".":
                self.take()
                value = self.put(new.Attribute(value=value, attr=self.name(), ctx=_Load), start)
            elif text == "(":
                self.take()
                args, keywords = self.arguments()
                value = self.put(new.Call(func=value, args=args, keywords=keywords), start)
            elif text == "[":
                self.take()
                key = self.slices()
                self.expect("]")
                value = self.put(new.Subscript(value=value, slice=key, ctx=_Load), start)
            else:
                break
        return value

    def arguments(self):
        """What stands between the parentheses of a call, the second of which is taken as well."""
        begins = self.place(self.last, 0)
        args, keywords = [], []
        while not self.sees(")"):
            start = self.token
            if self.accept("**"):
                keywords.append(self.put(new.keyword(arg=None, value=self.test()), start))
            elif self.accept("*"):
                args.append(self.put(new.Starred(value=self.test(), ctx=_Load), start))
            elif self.kind == NAME and self.peek()[1] == "=" and self.peek()[0] == OP:
                name = self.name()
                self.take()
                keywords.append(self.put(new.keyword(arg=name, value=self.test()), start))
            else:
                value = self.named()
                if self.sees("for") or self.sees("async"):
                    # Its parentheses are those of the call.
                    value = new.GeneratorExp(elt=value, generators=self.generators())
                    self.expect(")")
                    args.append(self.put(value, begins))
                    return args, keywords
                args.append(value)
            if not self.accept(","):
                break
        self.expect(")")
        return args, keywords

    def slices(self):
        start = self.token
        first = self.slice()
        if not self.sees(","):
            # `a[*b]` is a tuple.
            return self.put(new.Tuple(elts=[first], ctx=_Load), start) if isinstance(first, ast.Starred) else first
        elts = [first]
        while self.accept(",") and not self.sees("]"):
            elts.append(self.slice())
        return self.put(new.Tuple(elts=elts, ctx=_Load), start)

    def slice(self):
        start = self.token
        lower = None if self.sees(":") else self.starred_test(True)
        if not self.accept(":"):
            return lower
        upper = None if self.text in (":", ",", "]") and self.kind == OP else self.test()
        step = None
        if self.accept(":") and not (self.text in (",", "]") and self.kind == OP):
            step = self.test()
        return self.put(new.Slice(lower=lower, upper=upper, step=step), start)

    def generators(self):
        found = []
        while self.sees("for") or self.sees("async"):
            is_async = int(self.accept("async"))
            self.expect("for")
            target = self.stored(self.target_list())
            self.expect("in")
            source = self.disjunction()
            ifs = []
            while self.accept("if"):
                if self.kind == NAME and self.peek()[1] == ":=":
                    ifs.append(self.named())
                else:
                    ifs.append(self.disjunction())
            found.append(new.comprehension(target=target, iter=source, ifs=ifs, is_async=is_async))
        return found

    def atom(self):
        start = self.token
        if self.kind == NUMBER:
            text = self.take()[1]
            return self.put(new.Constant(value=int(text) if text.isdigit() and (text[0] != "0" or text == "0") else eval(text)), start)
        if self.kind == STRING:
            return self.strings(start)
        if self.kind == NAME:
            text = self.text
            if text not in _KEYWORDS:
                self.take()
                return self.put(new.Name(id=text, ctx=_Load), start)
            if text not in _CONSTANTS:
                self.wrong()
            self.take()
            return self.put(new.Constant(value=_CONSTANTS[text]), start)
        if self.accept("..."):
            return self.put(new.Constant(value=...), start)
        if self.accept("("):
            return self.parenthesized(start)
        if self.accept("["):
            return self.bracketed(start)
        if self.accept("{"):
            return self.braced(start)
        self.wrong()

    def parenthesized(self, start):
        if self.accept(")"):
            return self.put(new.Tuple(elts=[], ctx=_Load), start)
        if self.sees("yield"):
            value = self.yielded()
            self.expect(")")
            return value
        first = self.starred_test(True)
        if self.sees("for") or self.sees("async"):
            made = new.GeneratorExp(elt=first, generators=self.generators())
            self.expect(")")
            return self.put(made, start)
        if self.accept(")"):
            return first
        elts = self.rest(first, ")")
        return self.put(new.Tuple(elts=elts, ctx=_Load), start)

    def rest(self, first, end):
        elts = [first]
        while self.accept(",") and not self.sees(end):
            elts.append(self.starred_test(True))
        self.expect(end)
        return elts

    def bracketed(self, start):
        if self.accept("]"):
            return self.put(new.List(elts=[], ctx=_Load), start)
        first = self.starred_test(True)
        if self.sees("for") or self.sees("async"):
            made = new.ListComp(elt=first, generators=self.generators())
            self.expect("]")
            return self.put(made, start)
        elts = self.rest(first, "]")
        return self.put(new.List(elts=elts, ctx=_Load), start)

    def braced(self, start):
        if self.accept("}"):
            return self.put(new.Dict(keys=[], values=[]), start)
        if not self.sees("**"):
            first = self.starred_test(True)
            if not self.sees(":"):
                if self.sees("for") or self.sees("async"):
                    made = new.SetComp(elt=first, generators=self.generators())
                    self.expect("}")
                    return self.put(made, start)
                elts = self.rest(first, "}")
                return self.put(new.Set(elts=elts), start)
            self.take()
            value = self.test()
            if self.sees("for") or self.sees("async"):
                made = new.DictComp(key=first, value=value, generators=self.generators())
                self.expect("}")
                return self.put(made, start)
            keys, values = [first], [value]
        else:
            self.take()
            keys, values = [None], [self.binary(0)]
        while self.accept(",") and not self.sees("}"):
            if self.accept("**"):
                keys.append(None)
                values.append(self.binary(0))
            else:
                keys.append(self.test())
                self.expect(":")
                values.append(self.test())
        self.expect("}")
        return self.put(new.Dict(keys=keys, values=values), start)

    # -- strings

    def strings(self, start):
        text = self.text
        if text[0] in "'\"" and "\\" not in text and "\r" not in text and self.peek()[0] != STRING:
            # Most are what stands between their quotes.
            self.take()
            quotes = 3 if text.startswith(("'''", '"""')) else 1
            return self.put(new.Constant(value=text[quotes:-quotes]), start)
        tokens = []
        while self.kind == STRING:
            tokens.append(self.take())
        prefixes = [token[1][: min([token[1].find(q) for q in "'\"" if q in token[1]])].lower() for token in tokens]
        if not any(["f" in prefix for prefix in prefixes]):
            value = eval(" ".join([token[1] for token in tokens]))
            return self.put(new.Constant(value=value, kind="u" if prefixes[0] == "u" else None), start)
        parts = []
        whole = self.put(new.JoinedStr(values=[]), start)
        for token, prefix in zip(tokens, prefixes):
            if "f" not in prefix:
                parts.append(eval(token[1]))
                continue
            quote = token[1][len(prefix)]
            quote = quote * 3 if token[1].startswith(quote * 3, len(prefix)) else quote
            pieces = _Pieces(self, token, whole, "r" in prefix, len(prefix) + len(quote), len(token[1]) - len(quote))
            parts += pieces.read()
        whole.values = _joined(parts, whole, "u" if prefixes[0] == "u" else None)
        return whole


def _statements(prefix):
    return {name[len(prefix):]: read for name, read in vars(_Reader).items() if name.startswith(prefix)}


# What reads the statements that begin with a keyword.
_COMPOUND, _SIMPLE = _statements("compound_"), _statements("simple_")
del _SIMPLE["line"]


def _joined(parts, whole, kind=None):
    """Texts that follow each other are one constant; empty ones are none."""
    values = []
    for part in parts:
        if not isinstance(part, str):
            values.append(part)
        elif part:
            if values and isinstance(values[-1], ast.Constant):
                values[-1].value += part
            else:
                values.append(ast.copy_location(new.Constant(value=part, kind=kind), whole))
    return values


class _Pieces:
    """An f-string's text between its quotes: literal text, and expressions in braces."""

    def __init__(self, reader, token, whole, raw, at, end):
        self.reader, self.token, self.whole, self.raw = reader, token, whole, raw
        self.text, self.at, self.end = token[1], at, end

    def read(self, nested=False):
        parts, text = [], []
        while self.at < self.end:
            c = self.text[self.at]
            if c in "{}":
                if self.text[self.at : self.at + 2] == c * 2 and not nested:
                    text.append(c)
                    self.at += 2
                    continue
                if c == "}":
                    break
                parts.append(self.literal(text))
                text = []
                parts += self.expression()
                continue
            if c == "\\" and not self.raw:
                stop = self.at + 2
                if self.text[self.at + 1 : stop + 1] == "N{":
                    stop = self.text.index("}", stop) + 1
                text.append(self.text[self.at : stop])
                self.at = stop
                continue
            text.append(c)
            self.at += 1
        parts.append(self.literal(text))
        return parts

    def literal(self, text):
        text = "".join(text)
        if self.raw or "\\" not in text:
            return text
        return eval('"""' + text.replace('"', '\\"') + '"""')

    def expression(self):
        """`{value!r:format}`, and before it the text of the value when it is `{value=}`."""
        self.at += 1
        begins = self.at
        depth, quote = 0, None
        while True:
            c = self.text[self.at]
            if quote:
                if self.text.startswith(quote, self.at):
                    self.at += len(quote) - 1
                    quote = None
            elif c in "'\"":
                quote = c * 3 if self.text.startswith(c * 3, self.at) else c
                self.at += len(quote) - 1
            elif c in "([{":
                depth += 1
            elif depth and c in ")]}":
                depth -= 1
            elif not depth:
                pair = self.text[self.at : self.at + 2]
                if pair in ("!=", "==", "<=", ">="):
                    self.at += 1
                elif c in "!:}=":
                    break
            self.at += 1
        source = self.text[begins : self.at]
        before = []
        if self.text[self.at] == "=":
            self.at += 1
            while self.text[self.at].isspace():
                self.at += 1
            before = [self.text[begins : self.at]]
        conversion = -1
        if self.text[self.at] == "!":
            conversion = ord(self.text[self.at + 1])
            self.at += 2
            while self.text[self.at].isspace():
                self.at += 1
        spec = None
        if self.text[self.at] == ":":
            self.at += 1
            spec = ast.copy_location(new.JoinedStr(values=[]), self.whole)
            spec.end_lineno, spec.end_col_offset = self.reader.place(self.token, 1)
            spec.values = _joined(self.read(True), self.whole)
        elif before and conversion == -1:
            conversion = ord("r")
        self.at += 1
        made = new.FormattedValue(value=self.value(source, begins), conversion=conversion, format_spec=spec)
        return before + [ast.copy_location(made, self.whole)]

    def value(self, source, begins):
        line, column = self.reader.place(self.token, 0)
        before = self.text[:begins]
        if "\n" in before:
            line += before.count("\n")
            column = len(before[before.rfind("\n") + 1 :].encode())
        else:
            column += len(before.encode())
        # In parentheses, which lie one column before it, lines may end.
        reader = _Reader("(" + source + ")", self.reader.filename, (line, column - 1))
        reader.take()
        first = reader.place(reader.token, 0)
        value = reader.yielded() if reader.sees("yield") else reader.star_list(True)
        if isinstance(value, ast.Tuple) and (value.lineno, value.col_offset) == first and not source.strip().startswith("("):
            # A tuple begins and ends where its parentheses would.
            value.col_offset -= 1
            value.end_col_offset += 1
        return value
