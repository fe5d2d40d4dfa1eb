# needs: import ctypes
# Values of ctypes where they lie in memory: each type to its ends, fields, items, and what is refused.
from ctypes import *

for kind in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong):
    x = kind(-1)
    y = kind((1 << 8 * sizeof(kind) - 1) - 1)
    print(kind.__name__, x.value, y.value, bytes(x) == b"\xff" * sizeof(kind), kind(1 << 70 | 5).value, kind(True).value)
print(c_float(1.1).value, c_double(3).value, c_bool(7).value, c_char(b"x").value, c_char(65).value, c_float(2).value)
for kind, value in ((c_int, 1.5), (c_int, "1"), (c_double, "x"), (c_char, b"xy")):
    try:
        kind(value)
    except TypeError as e:
        print(kind.__name__, "TypeError")


class Mine(c_int):
    pass


class S(Structure):
    _fields_ = [("b", c_byte), ("d", c_double), ("n", c_char * 4), ("m", Mine), ("low", c_uint, 4), ("high", c_uint, 4), ("flag", c_bool)]


s = S(300, 2, b"ab")
print(s.b, s.d, s.n, type(s.m).__name__, s.m.value, s.low, s.high, s.flag)
s.b = -200
s.low, s.high, s.flag, s.d = 17, 15, 3, 0.5
print(s.b, s.low, s.high, s.flag, s.d, S.d.offset, S.b.size)
t = S.from_buffer_copy(bytes(s))
t.b += 1
print(t.b, s.b, t.d, t.flag)
A = c_int * 3
a = A(1, 2)
a[2] = -7
a[-1] += 1
print(list(a), a[0], a[-1], a[:2], len(a), sum(a))
for index in (3, -4):
    try:
        a[index]
    except IndexError as e:
        print("IndexError")
    try:
        a[index] = 1
    except IndexError as e:
        print("IndexError")
kept = bytearray(12)
b = A.from_buffer(kept)
b[1] = 0x01020304
print(kept)
f = (c_double * 2)(1.5, 2)
f[0] = 7
print(list(f), list((c_bool * 2)(True)), (c_char * 3)(b"a", b"b").value)
