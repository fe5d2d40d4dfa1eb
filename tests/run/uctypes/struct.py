# not CPython: the module is MicroPython's.
import uctypes as u
data = bytearray(b"\x01\x02\x03\x04\x05\x06\x07\x08" * 2)
desc = {
    "a": u.UINT8, "b": 1 | u.INT16, "c": 4 | u.UINT32, "d": 8 | u.UINT64, "f": 8 | u.FLOAT32, "g": 8 | u.FLOAT64,
    "low": 0 | u.BFUINT8 | 0 << u.BF_POS | 4 << u.BF_LEN, "signed": 0 | u.BFINT16 | 4 << u.BF_POS | 6 << u.BF_LEN,
    "bytes": (2 | u.ARRAY, 4 | u.UINT8), "words": (4 | u.ARRAY, 2 | u.UINT16), "pairs": (4 | u.ARRAY, 2, {"x": u.UINT8, "y": 1 | u.UINT8}), "sub": (6, {"z": u.UINT16}),
}
for layout in (u.LITTLE_ENDIAN, u.BIG_ENDIAN):
    s = u.struct(u.addressof(data), desc, layout)
    print(s.a, hex(s.b), hex(s.c), hex(s.d), s.low, hex(s.words[1]), s.pairs[1].y, hex(s.sub.z), s.bytes[0], len(s.bytes), u.sizeof(s), u.sizeof(s.pairs))
    s.b = -2
    s.c = 0x1_2345_6789
    s.low = 0x1f
    s.signed = -3
    s.words[1] = 0xabcd
    s.pairs[0].x = 7
    s.sub.z = 1
    print(s.b, hex(s.c), s.low, s.signed, data[:8])
    s.f = 1.5
    print(s.f, data[8:12])
    s.g = -2.25
    print(s.g, data[8:])
    s.bytes[1] = 255
    print(s.bytes, s.bytes[1:3], bytes(s.bytes) == bytes(data[2:6]), 255 in s.bytes, list(s.bytes))
print(u.sizeof({"a": u.UINT8, "b": 4 | u.UINT32, "c": 8 | u.UINT8}), u.sizeof({"a": u.UINT8, "b": 4 | u.UINT32, "c": 8 | u.UINT8}, u.LITTLE_ENDIAN))
print(u.bytes_at(u.addressof(b"hello"), 4), u.bytearray_at(u.addressof(data), 2) == data[:2])
