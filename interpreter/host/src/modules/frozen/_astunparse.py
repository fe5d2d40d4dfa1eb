"""Trees of `ast` written as source text: of the same meaning, in one form. `in_place` keeps every statement on its line."""

import ast
import sys

# How tightly an expression holds together; what stands in a looser place needs parentheses.
_NAMED, _TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _COMPARE, _EXPR, _XOR, _BAND, _SHIFT, _SUM, _TERM, _FACTOR, _POWER, _AWAIT, _ATOM = range(18)
_BINARY = {
    ast.Add: ("+", _SUM), ast.Sub: ("-", _SUM), ast.Mult: ("*", _TERM), ast.MatMult: ("@", _TERM), ast.Div: ("/", _TERM), ast.Mod: ("%", _TERM),
    ast.LShift: ("<<", _SHIFT), ast.RShift: (">>", _SHIFT), ast.BitOr: ("|", _EXPR), ast.BitXor: ("^", _XOR), ast.BitAnd: ("&", _BAND),
    ast.FloorDiv: ("//", _TERM), ast.Pow: ("**", _POWER),
}
_UNARY = {ast.Invert: ("~", _FACTOR), ast.Not: ("not ", _NOT), ast.UAdd: ("+", _FACTOR), ast.USub: ("-", _FACTOR)}
_COMPARISONS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is not", ast.In: "in",
    ast.NotIn: "not in",
}
_QUOTES = ("'", '"', '"""', "'''")
# A float that is too large is infinite.
_INFINITY = "1e" + repr(sys.float_info.max_10_exp + 1)
# What stands for the ASCII characters of a name that no source can have; the lexer knows them.
_STAND_INS = "\U0010FE00"


def text(node):
    return _Writer().whole(node)


def in_place(node):
    return _Writer(True).whole(node)


class _Writer:
    def __init__(self, keeps_lines=False, plain=False):
        self.out, self.indent, self.line = [], 0, 1
        # Whether statements stay on their lines; whether no backslash may be written, as within an f-string's braces.
        self.keeps_lines, self.plain = keeps_lines, plain

    def whole(self, node):
        if isinstance(node, list):
            for each in node:
                self.any(each)
        else:
            self.any(node)
        return "".join(self.out)

    def any(self, node):
        method = getattr(self, "s_" + type(node).__name__, None)
        if method is not None:
            method(node)
        else:
            self.write(self.part(node))

    def part(self, node):
        name = type(node).__name__
        method = getattr(self, "p_" + name, None)
        return method(node) if method is not None else self.e(node, _TEST)

    def write(self, text):
        self.line += text.count("\n")
        self.out.append(text)

    def fill(self, text, node=None):
        """Begins a line."""
        if self.out:
            self.write("\n")
        if self.keeps_lines and node is not None:
            ahead = getattr(node, "lineno", 0) - self.line
            if ahead > 0:
                self.write("\n" * ahead)
            elif ahead < 0 and hasattr(node, "lineno"):
                # For each of these the compiler counts a line less.
                self.out.append("\1" * -ahead)
                self.line = node.lineno
        self.write("    " * self.indent + text)

    def block(self, body):
        self.write(":")
        self.indent += 1
        for each in body:
            self.any(each)
        self.indent -= 1

    def blank(self):
        # Before a definition, unless it is the first line.
        if self.out and not self.keeps_lines:
            self.write("\n")

    # -- whole trees

    def s_Module(self, node):
        self.documented(node)

    def s_Interactive(self, node):
        for each in node.body:
            self.any(each)

    def s_Expression(self, node):
        self.write(self.e(node.body, _TEST))

    def s_FunctionType(self, node):
        self.write("(%s) -> %s" % (self.commas(node.argtypes), self.e(node.returns, _TEST)))

    def documented(self, node):
        body = list(node.body)
        doc = body[0].value if body and isinstance(body[0], ast.Expr) else None
        if isinstance(doc, ast.Constant) and isinstance(doc.value, str):
            self.fill(("u" if doc.kind == "u" else "") + self.literal(doc.value, _QUOTES[2:] if not self.keeps_lines else _QUOTES[:2]), body.pop(0))
        for each in body:
            self.any(each)

    # -- statements

    def s_Expr(self, node):
        self.fill(self.e(node.value, _YIELD), node)

    def s_NamedExpr(self, node):
        self.write(self.e(node, _TEST))

    def s_Import(self, node):
        self.fill("import " + ", ".join([self.p_alias(each) for each in node.names]), node)

    def s_ImportFrom(self, node):
        self.fill("from %s%s import %s" % ("." * (node.level or 0), self.dotted(node.module or ""), ", ".join([self.p_alias(each) for each in node.names])), node)

    def p_alias(self, node):
        return self.dotted(node.name) + (" as " + self.known(node.asname) if node.asname else "")

    def s_Assign(self, node):
        targets = "".join([self.e(target, _TUPLE) + " = " for target in node.targets])
        self.fill(targets + self.e(node.value, _TEST) + self.comment(node), node)

    def comment(self, node):
        return " # type: " + node.type_comment if getattr(node, "type_comment", None) else ""

    def s_AugAssign(self, node):
        self.fill("%s %s= %s" % (self.e(node.target, _TEST), _BINARY[type(node.op)][0], self.e(node.value, _TEST)), node)

    def s_AnnAssign(self, node):
        target = self.e(node.target, _TEST)
        if not node.simple and isinstance(node.target, ast.Name):
            target = "(%s)" % target
        value = " = " + self.e(node.value, _TEST) if node.value else ""
        self.fill("%s: %s%s" % (target, self.e(node.annotation, _TEST), value), node)

    def s_Return(self, node):
        self.fill("return" + (" " + self.e(node.value, _TEST) if node.value else ""), node)

    def s_Pass(self, node):
        self.fill("pass", node)

    def s_Break(self, node):
        self.fill("break", node)

    def s_Continue(self, node):
        self.fill("continue", node)

    def s_Delete(self, node):
        self.fill("del " + self.commas(node.targets), node)

    def s_Assert(self, node):
        self.fill("assert " + self.e(node.test, _TEST) + (", " + self.e(node.msg, _TEST) if node.msg else ""), node)

    def s_Global(self, node):
        self.fill("global " + ", ".join(map(self.known, node.names)), node)

    def s_Nonlocal(self, node):
        self.fill("nonlocal " + ", ".join(map(self.known, node.names)), node)

    def s_Raise(self, node):
        if not node.exc and node.cause:
            raise ValueError("Node can't be used without a value attribute.")
        exc = " " + self.e(node.exc, _TEST) if node.exc else ""
        self.fill("raise" + exc + (" from " + self.e(node.cause, _TEST) if node.cause else ""), node)

    def s_Try(self, node, star=""):
        self.fill("try", node)
        self.block(node.body)
        for handler in node.handlers:
            kind = " " + self.e(handler.type, _TEST) if handler.type else ""
            self.fill("except" + star + kind + (" as " + self.known(handler.name) if handler.name else ""), handler)
            self.block(handler.body)
        self.branch("else", node.orelse)
        self.branch("finally", node.finalbody)

    def s_TryStar(self, node):
        self.s_Try(node, "*")

    def branch(self, word, body):
        if body:
            self.fill(word)
            self.block(body)

    def s_ExceptHandler(self, node):
        kind = " " + self.e(node.type, _TEST) if node.type else ""
        self.fill("except" + kind + (" as " + self.known(node.name) if node.name else ""), node)
        self.block(node.body)

    def s_ClassDef(self, node):
        self.blank()
        for each in node.decorator_list:
            self.fill("@" + self.e(each, _TEST), each)
        parts = [self.e(each, _TEST) for each in node.bases] + [self.p_keyword(each) for each in node.keywords]
        self.fill("class " + self.known(node.name) + ("(%s)" % ", ".join(parts) if parts else ""), node)
        self.body(node)

    def body(self, node):
        self.write(":")
        self.indent += 1
        self.documented(node)
        self.indent -= 1

    def s_FunctionDef(self, node, word="def"):
        self.blank()
        for each in node.decorator_list:
            self.fill("@" + self.e(each, _TEST), each)
        returns = " -> " + self.e(node.returns, _TEST) if node.returns else ""
        self.fill("%s %s(%s)%s" % (word, self.known(node.name), self.p_arguments(node.args), returns), node)
        if self.comment(node):
            self.write(":" + self.comment(node))
            self.indent += 1
            self.documented(node)
            self.indent -= 1
        else:
            self.body(node)

    def s_AsyncFunctionDef(self, node):
        self.s_FunctionDef(node, "async def")

    def s_For(self, node, word="for "):
        self.fill("%s%s in %s" % (word, self.e(node.target, _TUPLE), self.e(node.iter, _TEST)), node)
        self.commented_block(node)
        self.branch("else", node.orelse)

    def commented_block(self, node):
        self.write(":" + self.comment(node))
        self.indent += 1
        for each in node.body:
            self.any(each)
        self.indent -= 1

    def s_AsyncFor(self, node):
        self.s_For(node, "async for ")

    def s_If(self, node, word="if "):
        self.fill(word + self.e(node.test, _TEST), node)
        self.block(node.body)
        while node.orelse and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
            self.fill("elif " + self.e(node.test, _TEST), node)
            self.block(node.body)
        self.branch("else", node.orelse)

    def s_While(self, node):
        self.fill("while " + self.e(node.test, _TEST), node)
        self.block(node.body)
        self.branch("else", node.orelse)

    def s_With(self, node, word="with "):
        self.fill(word + ", ".join([self.p_withitem(each) for each in node.items]), node)
        self.commented_block(node)

    def s_AsyncWith(self, node):
        self.s_With(node, "async with ")

    def p_withitem(self, node):
        return self.e(node.context_expr, _TEST) + (" as " + self.e(node.optional_vars, _TEST) if node.optional_vars else "")

    def s_Match(self, node):
        self.fill("match " + self.e(node.subject, _TEST), node)
        self.block(node.cases)

    def s_match_case(self, node):
        self.fill("case " + self.pattern(node.pattern, _TEST) + (" if " + self.e(node.guard, _TEST) if node.guard else ""), node.pattern)
        self.block(node.body)

    # -- patterns

    def pattern(self, node, level):
        return getattr(self, "m_" + type(node).__name__)(node, level)

    def patterns(self, nodes):
        return ", ".join([self.pattern(each, _TEST) for each in nodes])

    def m_MatchValue(self, node, level):
        return self.e(node.value, _TEST)

    def m_MatchSingleton(self, node, level):
        return repr(node.value)

    def m_MatchSequence(self, node, level):
        return "[%s]" % self.patterns(node.patterns)

    def m_MatchStar(self, node, level):
        return "*" + (self.known(node.name) if node.name else "_")

    def m_MatchMapping(self, node, level):
        parts = ["%s: %s" % (self.e(key, _TEST), self.pattern(each, _TEST)) for key, each in zip(node.keys, node.patterns)]
        return "{%s}" % ", ".join(parts + (["**" + self.known(node.rest)] if node.rest else []))

    def m_MatchClass(self, node, level):
        parts = [self.pattern(each, _TEST) for each in node.patterns]
        parts += ["%s=%s" % (self.known(name), self.pattern(each, _TEST)) for name, each in zip(node.kwd_attrs, node.kwd_patterns)]
        return "%s(%s)" % (self.e(node.cls, _ATOM), ", ".join(parts))

    def m_MatchAs(self, node, level):
        if node.name is None:
            return "_"
        if node.pattern is None:
            return self.known(node.name)
        return self.around("%s as %s" % (self.pattern(node.pattern, _EXPR), self.known(node.name)), level > _TEST)

    def m_MatchOr(self, node, level):
        return self.around(" | ".join([self.pattern(each, _XOR) for each in node.patterns]), level > _EXPR)

    # -- parts of expressions

    def around(self, text, needed):
        return "(%s)" % text if needed else text

    def commas(self, nodes, level=_TEST):
        return ", ".join([self.e(each, level) for each in nodes])

    def p_arguments(self, node):
        parts = []
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        for number, (each, default) in enumerate(zip(plain, defaults), 1):
            parts.append(self.part(each) + ("=" + self.e(default, _TEST) if default else ""))
            if number == len(node.posonlyargs):
                parts.append("/")
        if node.vararg or node.kwonlyargs:
            parts.append("*" + (self.part(node.vararg) if node.vararg else ""))
        for each, default in zip(node.kwonlyargs, node.kw_defaults):
            parts.append(self.part(each) + ("=" + self.e(default, _TEST) if default else ""))
        if node.kwarg:
            parts.append("**" + self.part(node.kwarg))
        return ", ".join(parts)

    def p_arg(self, node):
        return self.known(node.arg) + (": " + self.e(node.annotation, _TEST) if node.annotation else "")

    def p_keyword(self, node):
        return ("**" if node.arg is None else self.known(node.arg) + "=") + self.e(node.value, _TEST)

    def p_comprehension(self, node):
        word = " async for " if node.is_async else " for "
        ifs = "".join([" if " + self.e(each, _OR) for each in node.ifs])
        return word + self.e(node.target, _TUPLE) + " in " + self.e(node.iter, _OR) + ifs

    def s_comprehension(self, node):
        self.write(self.p_comprehension(node))

    def s_arguments(self, node):
        self.write(self.p_arguments(node))

    # -- expressions

    def e(self, node, level):
        return getattr(self, "e_" + type(node).__name__)(node, level)

    def e_Constant(self, node, level):
        value = node.value
        if value is ...:
            return "..."
        if isinstance(value, str):
            return ("u" if node.kind == "u" else "") + (self.literal(value, _QUOTES) if self.plain else repr(value))
        if isinstance(value, tuple):
            items = [self.e_Constant(ast.Constant(each), _TEST) for each in value]
            return "(%s%s)" % (", ".join(items), "," if len(items) == 1 else "")
        shown = repr(value)
        if isinstance(value, (float, complex)):
            shown = shown.replace("inf", _INFINITY).replace("nan", "(%s-%s)" % (_INFINITY, _INFINITY))
        return shown

    def e_Name(self, node, level):
        return self.known(node.id)

    def known(self, name):
        """A name; where the source is to be compiled, one that no source can have is written in stand-ins, which the lexer knows."""
        if not self.keeps_lines or name.isidentifier():
            return name
        return "".join([c if c > "\x7f" or c == "_" or c.isalpha() else chr(ord(_STAND_INS) + ord(c)) for c in name])

    def dotted(self, name):
        """The name of a module, or the star."""
        return ".".join(map(self.known, name.split("."))) if self.keeps_lines and name not in ("*", "") else name

    def e_NamedExpr(self, node, level):
        return self.around("%s := %s" % (self.e(node.target, _ATOM), self.e(node.value, _ATOM)), level > _NAMED)

    def e_BoolOp(self, node, level):
        own, word = (_AND, " and ") if isinstance(node.op, ast.And) else (_OR, " or ")
        # Each operand is to hold tighter than the one before.
        parts = [self.e(each, min(own + number, _ATOM)) for number, each in enumerate(node.values, 1)]
        return self.around(word.join(parts), level > own)

    def e_BinOp(self, node, level):
        sign, own = _BINARY[type(node.op)]
        right_first = sign == "**"
        left = self.e(node.left, own + 1 if right_first else own)
        right = self.e(node.right, own if right_first else own + 1)
        return self.around("%s %s %s" % (left, sign, right), level > own)

    def e_UnaryOp(self, node, level):
        sign, own = _UNARY[type(node.op)]
        return self.around(sign + self.e(node.operand, own), level > own)

    def e_Lambda(self, node, level):
        args = self.p_arguments(node.args)
        return self.around("lambda%s: %s" % (" " + args if args else "", self.e(node.body, _TEST)), level > _TEST)

    def e_IfExp(self, node, level):
        parts = self.e(node.body, _OR), self.e(node.test, _OR), self.e(node.orelse, _TEST)
        return self.around("%s if %s else %s" % parts, level > _TEST)

    def e_Dict(self, node, level):
        pairs = ["**" + self.e(value, _EXPR) if key is None else "%s: %s" % (self.e(key, _TEST), self.e(value, _TEST))
                 for key, value in zip(node.keys, node.values)]
        return "{%s}" % ", ".join(pairs)

    def e_Set(self, node, level):
        return "{%s}" % (self.commas(node.elts) if node.elts else "*()")

    def e_List(self, node, level):
        return "[%s]" % self.commas(node.elts)

    def e_Tuple(self, node, level):
        text = self.commas(node.elts) + ("," if len(node.elts) == 1 else "")
        return self.around(text, level > _TUPLE or not node.elts)

    def comprehension(self, node, item, signs):
        return signs[0] + item + "".join([self.p_comprehension(each) for each in node.generators]) + signs[1]

    def e_ListComp(self, node, level):
        return self.comprehension(node, self.e(node.elt, _TEST), "[]")

    def e_SetComp(self, node, level):
        return self.comprehension(node, self.e(node.elt, _TEST), "{}")

    def e_GeneratorExp(self, node, level):
        return self.comprehension(node, self.e(node.elt, _TEST), "()")

    def e_DictComp(self, node, level):
        return self.comprehension(node, "%s: %s" % (self.e(node.key, _TEST), self.e(node.value, _TEST)), "{}")

    def e_Await(self, node, level):
        return self.around("await " + self.e(node.value, _ATOM), level > _AWAIT)

    def e_Yield(self, node, level):
        return self.around("yield" + (" " + self.e(node.value, _ATOM) if node.value else ""), level > _YIELD)

    def e_YieldFrom(self, node, level):
        return self.around("yield from " + self.e(node.value, _ATOM), level > _YIELD)

    def e_Compare(self, node, level):
        text = self.e(node.left, _EXPR)
        for op, right in zip(node.ops, node.comparators):
            text += " %s %s" % (_COMPARISONS[type(op)], self.e(right, _EXPR))
        return self.around(text, level > _COMPARE)

    def e_Call(self, node, level):
        parts = [self.e(each, _TEST) for each in node.args] + [self.p_keyword(each) for each in node.keywords]
        return "%s(%s)" % (self.e(node.func, _ATOM), ", ".join(parts))

    def e_Attribute(self, node, level):
        value = self.e(node.value, _ATOM)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            # `1.x` would be a float.
            value += " "
        return value + "." + self.known(node.attr)

    def e_Subscript(self, node, level):
        key = node.slice
        if isinstance(key, ast.Tuple) and key.elts:
            key = self.commas(key.elts) + ("," if len(key.elts) == 1 else "")
        else:
            key = self.e(key, _TEST)
        return "%s[%s]" % (self.e(node.value, _ATOM), key)

    def e_Slice(self, node, level):
        text = (self.e(node.lower, _TEST) if node.lower else "") + ":" + (self.e(node.upper, _TEST) if node.upper else "")
        return text + (":" + self.e(node.step, _TEST) if node.step else "")

    def e_Starred(self, node, level):
        return "*" + self.e(node.value, _EXPR)

    # -- strings

    def escaped(self, string, whitespace):
        out = []
        for c in string:
            stands_in = self.keeps_lines and _STAND_INS <= c < chr(ord(_STAND_INS) + 128)
            if c in "\n\t" and not whitespace or c != "\\" and c.isprintable() or stands_in:
                out.append(c)
            else:
                out.append(c.encode("unicode_escape").decode("ascii"))
        return "".join(out)

    def quoted(self, string, quotes, whitespace=False):
        """The text between quotes, and which quotes may stand around it."""
        shown = self.escaped(string, whitespace)
        possible = [quote for quote in quotes if quote not in shown and ("\n" not in shown or len(quote) == 3)]
        if not possible:
            shown = repr(string)
            return shown[1:-1], [next((quote for quote in quotes if shown[0] in quote), shown[0])]
        if shown:
            possible.sort(key=lambda quote: quote[0] == shown[-1])
            if possible[0][0] == shown[-1]:
                shown = shown[:-1] + "\\" + shown[-1]
        return shown, possible

    def literal(self, string, quotes):
        shown, possible = self.quoted(string, quotes)
        return possible[0] + shown + possible[0]

    def e_JoinedStr(self, node, level):
        if self.plain:
            return "f" + self.literal("".join([self.piece(each) for each in node.values]), _QUOTES)
        parts, quotes = [], _QUOTES
        for each in node.values:
            shown, quotes = self.quoted(self.piece(each), quotes, isinstance(each, ast.Constant))
            parts.append(shown)
        return "f" + quotes[0] + "".join(parts) + quotes[0]

    def e_FormattedValue(self, node, level):
        return "f" + self.literal(self.piece(node), _QUOTES)

    def piece(self, node):
        """A part of an f-string, not yet escaped."""
        if isinstance(node, ast.Constant):
            if not isinstance(node.value, str):
                raise ValueError("Constants inside JoinedStr should be a string.")
            return node.value.replace("{", "{{").replace("}", "}}")
        if isinstance(node, ast.JoinedStr):
            return "".join([self.piece(each) for each in node.values])
        if not isinstance(node, ast.FormattedValue):
            # A program's own tree may have the value itself there.
            node = ast.FormattedValue(node, -1)
        value = _Writer(self.keeps_lines, True).e(node.value, _TEST + 1)
        if "\\" in value:
            raise ValueError("Unable to avoid backslash in f-string expression part")
        text = "{" + (" " if value.startswith("{") else "") + value
        if node.conversion != -1:
            text += "!" + chr(node.conversion)
        if node.format_spec:
            text += ":" + self.piece(node.format_spec)
        return text + "}"
