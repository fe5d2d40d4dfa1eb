# not CPython: the level of optimisation is chosen as the program runs.
# short of memory: a place that finds no room is not noted.
import micropython
import sys
import io

print(micropython.opt_level())
check = "print(__debug__)\nassert print('asserts'), 'fails'\n"
for level in (0, 1, 0):
    micropython.opt_level(level)
    try:
        exec(check)
    except AssertionError as e:
        print(e)
    exec("print('if' if __debug__ else 'else')")

source = "\n\ndef f():\n\n    missing\n"
for level in (0, 3):
    micropython.opt_level(level)
    exec(source)
    try:
        f()
    except NameError as e:
        out = io.StringIO()
        sys.print_exception(e, out)
        print(out.getvalue().split("\n")[-3])
micropython.opt_level(0)

# Numbers of modules are constants, and equal constants are one.
from micropython import const

import math

TAU = const(2 * math.pi)
PAIR = const((TAU, ("x", b"y", ())))
print(TAU == 2 * math.pi, PAIR is (TAU, ("x", b"y", ())))
try:
    exec("X = const(math.sin)")
except SyntaxError as e:
    print(e)
