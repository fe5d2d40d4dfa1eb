# A program's own __import__, and what the builtin one refuses.
import builtins
import sys

calls = []
original = builtins.__import__


def log_import(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level))
    return original(name, globals, locals, fromlist, level)


builtins.__import__ = log_import
import math
from math import pi, sqrt
import math as m
builtins.__import__ = original
import math

print(calls)
print(math.sqrt is sqrt, m is math, pi > 3)


class Fake:
    answer = 42


def fake_import(*args):
    return Fake


builtins.__import__ = fake_import
from no_such_module import answer
import neither_this as fake
builtins.__import__ = original
print(answer, fake is Fake)

for args in ((1,), ("",), ("sys", None, None, None, -1), ("no_such_module",), ("sys", "globals", None, None, 1)):
    try:
        __import__(*args)
        print("imported")
    except (TypeError, ValueError, ImportError) as e:
        print(type(e).__name__ if not isinstance(e, ImportError) else "ImportError")
print(__import__("sys") is sys, __import__("sys", "anything") is sys)

# A module's own __getattr__.
this = sys.modules[__name__]
print(hasattr(this, "made_up"))


def __getattr__(name):
    if name.startswith("made"):
        return name + "!"
    raise AttributeError(name)


print(this.made_up, hasattr(this, "other"), getattr(this, "other", 5))
from __main__ import made_of_nothing
print(made_of_nothing)
try:
    this.other
except AttributeError as e:
    print("AttributeError", e)
