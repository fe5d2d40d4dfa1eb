# Plain values and code as bytes, and back.
import io
import marshal


def same(value):
    loaded = marshal.loads(marshal.dumps(value))
    print(repr(loaded), type(loaded) is type(value))


for value in (None, True, False, ..., 0, 1, -1, 127, 128, -128, -129, 1 << 29, 1 << 30, 1 << 31, -(1 << 62), 1 << 64):
    same(value)
for value in (10**50, -(10**50), 0.0, -0.0, 1.5, 1e308, float("inf"), 2j, "", "name", "caf\u00e9 \U0001f600", b"", b"\x00\xff"):
    same(value)
for value in ((), (1,), ((1, 2), "x"), [], [1, [2, []]], {}, {"a": 1, 2: [3]}, {7}, frozenset((8,))):
    same(value)

# Bytes of any kind are bytes.
print(marshal.loads(marshal.dumps(bytearray(b"abc"))))

# What has no form.
for value in (object(), lambda: 0, type, [print]):
    try:
        marshal.dumps(value)
    except ValueError as error:
        print(type(error).__name__)

# One after the other in a stream.
stream = io.BytesIO()
marshal.dump([1, 2], stream)
marshal.dump("next", stream)
stream.seek(0)
print(marshal.load(stream), marshal.load(stream))

# Code: functions are made of it.
function = type(same)


def outer(n):
    def inner(*args, step=1):
        return [n + step * x for x in args]

    return inner


again = function(marshal.loads(marshal.dumps(outer.__code__)), {"__name__": "elsewhere"})
print(again(10)(1, 2, step=5))

code = marshal.loads(marshal.dumps(compile("x = [i * 2 for i in range(3)]\ny = {'k': x}", "made", "exec")))
space = {}
exec(code, space)
print(space["x"], space["y"])
print(eval(marshal.loads(marshal.dumps(compile("a + 1", "made", "eval"))), {"a": 41}))

# Constants that are tuples, big ints, floats, bytes.
code = marshal.dumps((lambda: (1, (2.5, b"b", 1 << 70), "t")).__code__)
print(function(marshal.loads(code), {})())

# A generator, a class, exceptions.
source = """
def numbers(n):
    try:
        for i in range(n):
            yield i
    finally:
        print("over")

class Point:
    def __init__(self, x):
        self.x = x
    def __repr__(self):
        return f"Point({self.x!r})"

try:
    with open("/no such file") as f:
        pass
except OSError as error:
    print("caught")
print(list(numbers(3)), Point(4))
"""
exec(marshal.loads(marshal.dumps(compile(source, "made", "exec"))), {})
