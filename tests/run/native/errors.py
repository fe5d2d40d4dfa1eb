# not CPython: it has no viper.
# needs: exec("@micropython.viper\ndef f(): pass")
import micropython


def refuse(code):
    try:
        exec("@micropython.viper\ndef f" + code)
    except (SyntaxError, ViperTypeError, NotImplementedError) as e:
        print(type(e).__name__, e)
    else:
        print("accepted", code)


for code in (
    "(a: 1): pass",
    "(a: long): pass",
    "() -> 1: pass",
    "():\n  print(x)\n  x = 1",
    "():\n  x = 1\n  x = []",
    "(x: ptr8):\n  if x: pass",
    "() -> int: return []",
    "(x: int): return x",
    "(x: ptr): -x",
    "(x: int): not x",
    "(x: int): return x + []",
    "(x: int): x ** 2",
    "(x: int): x / 2",
    "(x: uint): x % x",
    "(x: int, y: uint): x < y",
    "(x: int): x[0]",
    "(x: ptr): x[0]",
    "(x: ptr8, y): x[y]",
    "(x: ptr8, y): x[y] = 1",
    "(x: ptr8, y): x[0] = y",
    "(x: int): x[0] = 1",
    "(): raise 1",
    "(): raise",
    "(): yield 1",
    "(x: ptr): print(x)",
    "(): return int",
    "(): return int(int)",
    "(): return int()",
    "(): return locals()",
):
    refuse(code)

for decorator in ("micropython.natives", "micropython.native.x"):
    try:
        exec("@" + decorator + "\ndef f(): pass")
    except SyntaxError as e:
        print(e.args[0])
try:
    exec("@micropython.native\nclass C: pass")
except SyntaxError as e:
    print(e.args[0])


@micropython.native
def f():
    pass


try:
    f.__code__
except AttributeError:
    print("no __code__")
