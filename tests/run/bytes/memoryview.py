# memoryview.
import array
m = memoryview(b"abcdef")
print(len(m), m[0], m[-1], m[1:3].tobytes(), bytes(m[::2]), bytes(m[::-1]), list(m), m.tolist(), m == b"abcdef", m[1:] == b"bcdef", m.readonly, m.itemsize, m.format, m.nbytes, 97 in m)
try:
    m[0] = 1
except TypeError:
    print("read only")
b = bytearray(b"abcdef")
v = memoryview(b)
v[0] = 65; v[1:3] = b"BC"; v[3:][0] = 68; print(b, v.readonly)
v[::2] = b"xyz"; print(b)
v[1:] = v[:-1]; print(b)
w = v[2:5]; w[0] = 33; print(bytes(w), b, w[1:].tobytes(), len(w))
for bad in ("v[10]", "v[0] = 300", "v[0:2] = b'abc'", "v['a']", "memoryview(1)", "del v[0]"):
    try:
        exec(bad)
    except (IndexError, ValueError, TypeError) as e:
        print(bad, type(e).__name__)
a = array.array("h", [1, -2, 300])
av = memoryview(a)
print(len(av), av[1], av.itemsize, av.format, list(av[1:]), av.nbytes)
av[0] = -5; print(a)
c = memoryview(bytearray(8)).cast("I"); c[1] = 0x01020304
print(len(c), c[1], c.tolist(), bytes(c.cast("B"))[4:] in (b"\x04\x03\x02\x01", b"\x01\x02\x03\x04"), c.itemsize)
print(bytes(memoryview(memoryview(b"xy"))), bytearray(memoryview(b"z")), b"q" + memoryview(b"r").tobytes(), memoryview(b"ab").hex())
print(memoryview(b"ab") == memoryview(bytearray(b"ab")), memoryview(b"ab") == [97, 98], memoryview(b"") == b"", hash(memoryview(b"ab")) == hash(b"ab"))
print(b"".join([memoryview(b"1"), b"2"]), int.from_bytes(memoryview(b"\x01\x02"), "big"))
