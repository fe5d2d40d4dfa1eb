# Every code of struct, in every byte order.
# needs: int(1e300)
import struct

samples = [("b", -5), ("B", 200), ("h", -300), ("H", 65000), ("i", -70000), ("I", 4000000000), ("l", -5), ("L", 5), ("q", -(1 << 62)),
           ("Q", (1 << 64) - 1), ("f", 1.5), ("d", -0.1), ("e", 1.5), ("?", True), ("3s", b"abc"), ("5p", b"abc"), ("c", b"x")]
for order in ("<", ">", "=", "!"):
    for code, value in samples:
        data = struct.pack(order + code, value)
        print(order + code, data, struct.calcsize(order + code), struct.unpack(order + code, data) == (value,))
for text in ("<bhilqfd", "bhiqfd", "3s2h", "<3h2xb", "b0i", "", "<0s", "@bhbib", "2c3?"):
    print(text, struct.calcsize(text))
print(struct.pack("<3h", 1, 2, -3), struct.unpack("<3h", b"\x01\x00\x02\x00\xfd\xff"), struct.pack(">2xh", 1), struct.pack("bh", 1, 2))
print(struct.pack("4s", b"ab"), struct.pack("2s", b"abcd"), struct.unpack("<4sb", b"ab\0\0\x05"), struct.unpack("<2xh", b"abcd"))
buffer = bytearray(8)
struct.pack_into("<hh", buffer, 2, 258, -2)
struct.pack_into(">h", buffer, -2, 772)
print(buffer, struct.unpack_from("<h", buffer, 2), struct.unpack_from("<h", buffer, -2), struct.unpack_from("<4h", buffer))
for x in (0.0, -0.0, 1.0, -2.0, 65504.0, 2.0**-24, 2.0**-25, 1.5 * 2.0**-24, 2.0**-14, 0.1, 1 / 3, float("inf"), 1023.75, 2047.5, 2049.0):
    data = struct.pack("<e", x)
    print(data, struct.unpack("<e", data)[0], struct.unpack("<f", struct.pack("<f", x))[0], struct.unpack(">d", struct.pack(">d", x))[0] == x)
for bad in (lambda: struct.calcsize("<z"), lambda: struct.unpack("<i", b"abc"), lambda: struct.unpack_from("<h", b"abcd", 3),
            lambda: struct.unpack_from("<h", b"abcd", -5), lambda: struct.pack_into("<i", bytearray(3), 0, 1), lambda: struct.pack("5"),
            lambda: struct.pack("<h", "a"), lambda: struct.pack("<f", "a"), lambda: struct.pack_into("<h", b"abcd", 0, 1)):
    try:
        print(bad())
    except Exception:
        print("refused")
# A size that is no small int.
import sys
print(struct.calcsize(f"{sys.maxsize // 2 + 1}s") == sys.maxsize // 2 + 1)
