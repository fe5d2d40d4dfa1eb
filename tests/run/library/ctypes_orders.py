# needs: import ctypes
import ctypes
from ctypes import *
class H(BigEndianStructure):
    _pack_ = 1
    _fields_ = [("kind", c_uint8), ("size", c_uint32), ("real", c_double), ("marks", c_uint16 * 2), ("a", c_uint16, 4), ("b", c_uint16, 12)]
h = H(1, 0x01020304, 1.5, (5, 6))
h.a, h.b = 3, 0x123
print(bytes(h)[:17], h.size, h.real, list(h.marks), h.a, h.b, sizeof(H), H.__base__.__name__)
print(bytes(H.from_buffer_copy(bytes(h))) == bytes(h), H.size.offset, bytes(c_int.__ctype_be__(258)), c_int.__ctype_be__(258).value, c_int.__ctype_le__ is c_int, c_byte.__ctype_be__ is c_byte)
class L(LittleEndianStructure):
    _fields_ = [("x", c_int)]
print(bytes(L(258)), L.__base__ is Structure)
try:
    class P(BigEndianStructure): _fields_ = [("p", c_char_p)]
except TypeError as e: print(str(e)[:41])
b = create_string_buffer(b"abc\0def", 8)
print(string_at(b), string_at(b, 7), string_at(addressof(b), 2), string_at(b"xyz"), string_at(pointer(b), 3), string_at(c_char_p(b"q")), wstring_at(create_unicode_buffer("wide")), wstring_at("txt", 2))
memmove(b, b"XY", 2); memset(addressof(b), 90, 1)
print(b.raw, c_int16.from_address(addressof(b)).value)
