# not CPython: only a board's heap can be locked.
# short of memory: what is noted about an exception has no room.
import io
import micropython
import sys
from array import array

micropython.alloc_emergency_exception_buf(256)


def loops(*containers):
    for each in containers:
        micropython.heap_lock()
        try:
            for item in each:
                print(item, end=" ")
        finally:
            micropython.heap_unlock()
        print()


def numbers():
    yield 1
    yield 2


loops([1, 2], (3, 4), {5: 6, 7: 8}, {9}, frozenset([10]), b"ab", bytearray(b"cd"), array("H", [11, 12]), "", range(3))
loops(numbers(), (x + 1 for x in (1, 2)))

# The end of what knows its length is no exception: it needs nothing that was put aside for those.
micropython.alloc_emergency_exception_buf(0)
loops(array("H", [13]), memoryview(b"x"))
micropython.alloc_emergency_exception_buf(256)

a = b = e = i = None
data, both, first, second = {1: 2}, {3, 4}, [2, 1], [3]
micropython.heap_lock()
print(all(b"ab"), any((0, 1)), min(first), max(data), sum(both), 1 in data, first < second)
a, b = first
print(int.from_bytes(b"\x12\x00\x00\x00\x00\x00\x00\x00\x00\x00", "little"), int.from_bytes(b"\xff\xfe", "big"))
print("" + "ab", b"cd" + b"", "ab".replace("x", "y"))
micropython.heap_unlock()

# A dict that changes while iterated says so, however it is iterated.
try:
    for key in data:
        data[key + 1] = 0
except RuntimeError as e:
    print(e)

# Names that come and go need no more memory than they had.
for name in "abcdefghij":
    globals()[name] = 0
for name in "abcdefghij":
    del globals()[name]
micropython.heap_lock()
for i in range(50):
    e = i
    del e
micropython.heap_unlock()
print("names")

# Streams in memory: room that was asked for, and bytes that are shared until something is written.
stream = io.BytesIO(64)
micropython.heap_lock()
stream.write(b"1234")
micropython.heap_unlock()
print(stream.getvalue())
shared = b"never changed"
stream = io.BytesIO(shared)
stream.write(b"N")
print(stream.getvalue(), shared)


def attempt(function):
    caught = None
    micropython.heap_lock()
    try:
        function()
    except Exception as e:
        caught = e
    micropython.heap_unlock()
    return caught


def raises():
    raise ValueError("text")


def recurses():
    recurses()


def shown(exception):
    out = io.StringIO()
    sys.print_exception(exception, out)
    return [line.split(", ")[-1] for line in out.getvalue().split("\n")]


print(shown(attempt(raises)))
print(repr(attempt(lambda: undefined)))
print(repr(attempt(lambda: len(5))))
print(type(attempt(recurses)).__name__)
print(repr(attempt(lambda: Exception(*range(100)))))
print(attempt(lambda: [1, 2].x) is not None, type(attempt(lambda: [0] * 100)).__name__)
