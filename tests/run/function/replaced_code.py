# needs: import copy, pickle
# A function that is given other code runs it from its next call on.
def f(a, b=1, *, c=2): return "f", a, b, c
def g(x, y=5, *, c=6, d=7): return "g", x, y, c, d, [n for n in range(3)]
print(f(0))
f.__code__ = g.__code__
f.__kwdefaults__["d"] = 8
print(f(0), f(0, 1, c=3), f.__code__ is g.__code__, f.__name__)
f.__code__ = (lambda a, b, *, c, d: "lambda").__code__
print(f(0))
def changes():
    changes.__code__ = (lambda: "later").__code__
    x = [1, 2]
    return "now", x
print(changes(), changes())
def counter():
    n = 0
    def up(): nonlocal n; n += 1; return n
    def down(): nonlocal n; n -= 10; return n
    return up, down
up, down = counter()
up(); up.__code__ = down.__code__
print(up(), down())
try: up.__code__ = f.__code__
except ValueError: print("ValueError")
try: up.__code__ = 5
except TypeError as e: print(e)
f.__dict__["__kwdefaults__"] = "shadow"; print(f.__kwdefaults__)
def h(): pass
h.__qualname__ = "elsewhere.h"; print(repr(h).split(" at ")[0])
