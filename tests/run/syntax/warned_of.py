# What is most likely not meant: the compiler warns, where the module of warnings is loaded.
# not CPython: 3.11 says less of literals, and points elsewhere
# needs: import warnings
import warnings

CASES = (
    "x is 1", "x is not 'a'", "None is x", "x is None", "x is ()", "x is (1, 2)", "x is (1, y)", "x is -1", "1 is x is not y", "x is []",
    "x is ...", "if x is 1.5: pass", "x == 1", "x is b''",
    "'a' (b)", "[a] (b)", "(a, b) (c)", "{a} (b)", "{a: b} (c)", "1 (b)", "None (b)", "(x for x in y) (b)", "[x for x in y] (b)",
    "'a' [1]", "'a' ['b']", "[a] ['b']", "[a] [1, 2]", "[a] [None]", "[a] [True]", "[a] [-1]", "[a] [b]", "[a] [1:2]", "(a, b) ['c']",
    "1 [2]", "None [2]", "... [2]", "{a} [2]", "{a: b} [2]", "(x for x in y) [2]", "(lambda: 1) [2]", "[a] [1.5]", "[a] [[b]]", "b'a' ['b']",
    "assert (x, 'm')", "assert ()", "assert (x), 'm'",
    r"'\d'", r"'\d\q'", r"'a' '\d' '\q'", r"r'\d'", r"b'\d'", r"f'\d{x}\q'", r"'\\d\n\x41\u0041\N{DIGIT ONE}\0'", "'''\n\n\\d'''",
    "x = (\n  y\n  is\n  1)",
)
for text in CASES:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile("def f(x, y, a, b, c):\n  pass\n" + text, "text.py", "exec")
    print(repr(text), [(str(w.message), w.lineno) for w in caught])
    assert all(w.category is SyntaxWarning and w.filename == "text.py" for w in caught)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for text in ("\nx is 1", "\n'\\d'", "assert (1, 2)"):
        try:
            compile(text, "text.py", "exec")
        except SyntaxError as e:
            print(type(e).__name__, e.msg, e.filename, e.lineno)
    warnings.simplefilter("ignore")
    print(eval("1 is 1"))
with warnings.catch_warnings():
    warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: print("shown", message, filename, lineno)
    warnings.simplefilter("default")
    exec("x = 1\nx is 1\n")
