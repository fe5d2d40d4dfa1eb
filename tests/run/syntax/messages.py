# needs: assert compile("", "", "exec").co_name
# What is said of source that is none, and where. CPython 3.11 and later say the same.
import traceback

CASES = [
    "x = (1,\n2", "x = [1, 2)", "(\n}", "x = }", "f(a b)", "x = 1 1", "if x = 1:\n    pass", "if x\n    pass", "def f()\n    pass",
    "if x:\npass", "for x in y:\npass", "def f():\nx", "class A:\nx", "try:\n    x\ny = 1", 
    "if x:\n  y\n z", "  x", "x = 'abc", "x = '''abc\n", "0777", "0b12", "12ab", "1__0", "f(a=1, b)",
    "f(**a, b)", "f(a=1, a=2)", "f(a.b=1)", "f() = 1", "1 = x", "None = 1", "a + b = c", "x() += 1",
    "del f()", "for f() in x: pass", "with a as f(): pass", "[x, y for x in z]", "{**a for a in b}", "[*a for a in b]", "(*a)",
    "{1: 2, 3}", "{1: *a}", "{1:}", "def f(*): pass", "def f(a, a): pass", "def f(**a, b): pass",
    "lambda *: 1", "print 1", "a, b: int", "(a, b): int", "return 1", "yield 1", "break", "continue", "await x",
    "def f(x):\n    global x", "def f():\n    x = 1\n    global x",
    "nonlocal x", "def f():\n    nonlocal x", "class A:\n    def f(self):\n        nonlocal __x", "*a = b", "*a", "a, *b, *c = d",
    "from a import b,", "x ? y", "x = $", "b'é'",
    "match x:\n    case a | b:\n        pass", "match x:\n    case a:\n        pass\n    case b:\n        pass", "x = 1 if 2", "else:\n    pass",
    "try:\n    pass\nexcept:\n    pass\nexcept A:\n    pass", "'\\x1'", "[(yield x) for x in y]", "a\\ b",
]
for case in CASES:
    try:
        compile(case, "case", "exec")
        print(repr(case), "is fine")
    except SyntaxError as e:
        print(repr(case), type(e).__name__)
        print("   ", e, e.lineno, e.offset, e.end_lineno, e.end_offset)

for case in ("f(a b)", "x = (1,\n2", "x = 'abc", "  x", "try:\n    x\ny = 1"):
    try:
        compile(case, "a/case", "exec")
    except SyntaxError as e:
        print(repr(e.text), e.filename, e.print_file_and_line)

for source, mode in (("1 +", "eval"), ("x = 1", "eval"), ("x = 1\ny = 2", "single"), ("if x:\n    y\n", "single")):
    try:
        compile(source, "case", mode)
        print(repr(source), "is fine")
    except SyntaxError as e:
        print(repr(source), e, e.lineno, e.offset)

# The carets below the line.
for case in ("f(a b)", "if x:\n    y = (1 2)", "x = (1,\n2"):
    try:
        exec(case)
    except SyntaxError as e:
        print("".join(traceback.format_exception_only(type(e), e)), end="")

# What a program says itself.
e = SyntaxError("message", ("file", 1, 2, "text", 1, 4))
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e)
e = SyntaxError("message")
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e)
