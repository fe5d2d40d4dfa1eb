"""The bytecode of this interpreter as text and as data, by the names that CPython's `dis` has."""

import collections
import io
import sys
import types

__all__ = [
    "code_info", "dis", "disassemble", "distb", "findlinestarts", "findlabels", "show_code", "get_instructions", "Instruction", "Bytecode", "opname", "opmap",
    "cmp_op", "hascompare", "hasconst", "hasexc", "hasfree", "hasjrel", "hasjabs", "haslocal", "hasname", "EXTENDED_ARG",
]

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE", 128: "COROUTINE",
    256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR",
}
_FIELDS = "opname opcode arg argval argrepr offset starts_line is_jump_target"
_WITH_NUMBERS = frozenset("LoadInt LoadSmallInt Copy ForRange BuildTuple BuildList BuildSet BuildMap BuildSlice BuildString ListAppend SetAdd MapAdd "
                          "UnpackSequence FormatValue MapUpdate LoadHelper".split())
_WITH_TWO = frozenset(("Call", "CallMethod", "UnpackStar"))
_OPERATORS = {
    "Unary": ("+", "-", "~", "not"),
    "Compare": ("<", ">", "<=", ">=", "==", "!=", "in", "not in", "is", "is not"),
    "Binary": ("+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"),
}
_OPERATORS["InPlace"] = tuple([sign + "=" for sign in _OPERATORS["Binary"]])


# The table of instructions. Where programs look for one of CPython's that means the same here, it has that name as well.
opname = ["<%d>" % number for number in range(256)]
opmap, hasjrel, hasjabs, hasname = {}, [], [], []
for _name, _first, _last, _jumps, _named in (lambda: None).__code__._opcodes():
    opmap[_name] = _first
    for _number in range(_first, _last + 1):
        opname[_number] = _name
        if _jumps:
            hasjrel.append(_number)
        if _named:
            hasname.append(_number)
for _theirs, _ours in (
    ("RETURN_VALUE", "Return"), ("YIELD_VALUE", "Yield"), ("YIELD_FROM", "YieldFrom"), ("POP_TOP", "Pop"), ("JUMP_FORWARD", "Jump"),
    ("RERAISE", "ReRaise"), ("LOAD_GLOBAL", "LoadGlobal"), ("STORE_GLOBAL", "StoreGlobal"), ("DELETE_GLOBAL", "DeleteGlobal"),
):
    opmap[_theirs] = opmap[_ours]


def _named(*names):
    return [number for number, name in enumerate(opname) if name in names]


cmp_op = ("<", "<=", "==", "!=", ">", ">=")
hascompare, hasconst, hasexc = _named("Compare", "CompareJump"), _named("LoadConstant", "MakeFunction"), []
haslocal = _named("LoadLocal", "LoadLocalN", "StoreLocal", "StoreLocalN", "DeleteLocal")
hasfree = _named("LoadCell", "StoreCell", "DeleteCell", "MakeCell")
# No instruction has this number: operands are as long as they need to be.
EXTENDED_ARG = opmap["EXTENDED_ARG"] = 256


class Instruction(collections.namedtuple("Instruction", _FIELDS)):
    """An instruction: its name and number, its operand as it is, as what it means and as text, where it stands, and whether a line of the
    source or a jump leads there."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        line = "%*d" % (lineno_width, self.starts_line) if self.starts_line is not None else " " * lineno_width
        marks = "%s %s" % ("-->" if mark_as_current else "   ", ">>" if self.is_jump_target else "  ")
        text = "%s %s %*d %s" % (line, marks, offset_width, self.offset, self.opname)
        return "%-*s %s" % (len(text) + max(0, 20 - len(self.opname)), text, self.argrepr) if self.argrepr else text


def _code_of(x):
    """The code of a function, method, generator, or of source text."""
    for name in ("__func__", "__code__", "gi_code", "ag_code", "cr_code"):
        x = getattr(x, name, x)
    if isinstance(x, str):
        try:
            x = compile(x, "<disassembly>", "eval")
        except SyntaxError:
            x = compile(x, "<disassembly>", "exec")
    if isinstance(x, types.CodeType):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _argument(row):
    """The operand of an instruction: as it is, what it means, its text."""
    _, _, name, number, second, targets, meant, _ = row
    if name in _OPERATORS:
        sign = _OPERATORS[name][number]
        return number, sign, sign
    if name == "CompareJump":
        sign = _OPERATORS["Compare"][number & 15]
        return targets[0], targets[0], "%s %s, to %d" % (sign, number >= 128, targets[0])
    if targets:
        shown = targets[0] if len(targets) == 1 else targets
        return targets[0], shown, "to " + ", ".join(map(str, targets))
    if name in ("LoadConstant", "MakeFunction"):
        return (second if name == "MakeFunction" else number), meant, repr(meant)
    if name == "LoadSmallInt":
        return number, number - 16, str(number - 16)
    if name in _WITH_TWO:
        return number, (number >> 8, number & 255), "%d, %d" % (number >> 8, number & 255)
    if name in _WITH_NUMBERS:
        return number, number, str(number)
    if meant is not None:
        return number, meant, str(meant)
    return None, None, ""


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """The instructions of a function, a method, a generator, source text or code."""
    code = _code_of(x)
    rows = code._instructions()
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    starts = {offset: line + shift for offset, line in findlinestarts(code)}
    labels = {target for row in rows for target in row[5]}
    for row in rows:
        yield Instruction(row[2], row[1], *_argument(row), row[0], starts.get(row[0]), row[0] in labels)


def findlinestarts(code):
    """Pairs of an offset and the line that begins there."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def findlabels(code):
    """The offsets that jumps lead to."""
    return sorted({target for row in _code_of(code)._instructions() for target in row[5]})


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    instructions = list(get_instructions(co))
    width = max([3] + [len(str(one.starts_line)) for one in instructions if one.starts_line is not None])
    for one in instructions:
        if one.starts_line is not None and one.offset > 0:
            print(file=file)
        print(one._disassemble(width, one.offset == lasti), file=file)


disco = disassemble


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Prints the bytecode of a class, a module, a function, source text or code, and of what is defined within; of the last traceback without
    an argument."""
    if x is None:
        distb(file=file)
        return
    x = getattr(x, "__func__", x)
    if not any([hasattr(x, name) for name in ("__code__", "gi_code", "ag_code", "cr_code")]) and hasattr(x, "__dict__") and not isinstance(x, types.CodeType):
        for name, member in sorted(vars(x).items()):
            if isinstance(member, (types.FunctionType, types.MethodType, classmethod, staticmethod, type)):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
        return
    code = _code_of(x)
    disassemble(code, file=file)
    if depth is None or depth > 0:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                print(file=file)
                print("Disassembly of %r:" % (constant,), file=file)
                dis(constant, file=file, depth=None if depth is None else depth - 1)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Prints the bytecode where a traceback ends."""
    if tb is None:
        error = getattr(sys, "last_value", None)
        if error is None:
            raise RuntimeError("no last traceback to disassemble")
        tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def pretty_flags(flags):
    names = []
    for bit in range(32):
        if flags & 1 << bit:
            names.append(COMPILER_FLAG_NAMES.get(1 << bit, hex(1 << bit)))
    return ", ".join(names) or "0x0"


def code_info(x):
    """What code says of itself, as lines of text."""
    code = _code_of(x)
    lines = [
        "Name:              " + code.co_name,
        "Filename:          " + code.co_filename,
        "Argument count:    %d" % code.co_argcount,
        "Positional-only arguments: %d" % code.co_posonlyargcount,
        "Kw-only arguments: %d" % code.co_kwonlyargcount,
        "Number of locals:  %d" % code.co_nlocals,
        "Stack size:        %d" % code.co_stacksize,
        "Flags:             " + pretty_flags(code.co_flags),
    ]
    for title, items in (
        ("Constants:", [repr(one) for one in code.co_consts]),
        ("Names:", code.co_names),
        ("Variable names:", code.co_varnames),
        ("Free variables:", code.co_freevars),
        ("Cell variables:", code.co_cellvars),
    ):
        if items:
            lines.append(title)
            lines += ["%4d: %s" % pair for pair in enumerate(items)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of something, to be iterated or printed."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset, self._original, self._given = current_offset, x, first_line

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self._given)

    def __repr__(self):
        return "Bytecode(%r)" % (self._original,)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        return code_info(self.codeobj)

    def dis(self):
        out = io.StringIO()
        disassemble(self.codeobj, -1 if self.current_offset is None else self.current_offset, file=out)
        return out.getvalue()


def main():
    """`python -m dis`: the bytecode of a file or of what is typed."""
    import argparse

    parser = argparse.ArgumentParser(prog="dis.py")
    parser.add_argument("infile", nargs="?", default="-")
    name = parser.parse_args().infile
    if name == "-":
        name, source = "<stdin>", sys.stdin.buffer.read()
    else:
        with open(name, "rb") as file:
            source = file.read()
    dis(compile(source, name, "exec"))


if __name__ == "__main__":
    main()
