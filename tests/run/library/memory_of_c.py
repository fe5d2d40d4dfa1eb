# needs: import ctypes
from ctypes import *
print(sizeof(c_int), sizeof(c_long), sizeof(c_char), c_int(2**31).value, c_ubyte(257).value, c_double(1.5), c_bool(3), c_char(b"a").value)
a = (c_int * 3)(1, 2); print(list(a), len(a), sizeof(a), a[-1], a[0:2]); a[2] = 7; print(bytes(a)[8])
class P(Structure): _fields_ = [("x", c_byte), ("y", c_int), ("z", c_short)]
p = P(1, 2, z=3); print(p.x, p.y, p.z, sizeof(P), P.y.offset, P.z.size, alignment(P)); p.y = -5; print(p.y, bytes(p))
class B(Structure): _fields_ = [("a", c_uint, 3), ("b", c_uint, 5), ("c", c_int, 4)]
b = B(5, 17, -3); print(b.a, b.b, b.c, sizeof(B))
class U(Union): _fields_ = [("i", c_uint), ("f", c_float)]
u = U(f=1.0); print(hex(u.i), sizeof(U))
class N(Structure): _fields_ = [("p", P), ("n", c_int * 2)]
n = N(P(1, 2, 3), (c_int * 2)(8, 9)); n.p.y = 77; print(n.p.y, n.n[1], sizeof(N))
s = create_string_buffer(b"hi", 5); print(s.raw, s.value, sizeof(s)); s.value = b"abc"; print(s.raw)
q = pointer(c_int(5)); q.contents.value = 6; print(q[0], bool(POINTER(c_int)()))
ba = bytearray(8); i = c_int.from_buffer(ba, 4); i.value = 1; print(ba)
print(c_int.from_buffer_copy(b"\x02\0\0\0").value)
try: CDLL("nothing.so")
except OSError: print("OSError")
try: c_int("x")
except TypeError as e: print(e)
