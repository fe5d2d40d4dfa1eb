# not CPython: rings are MicroPython's.
import micropython

ring = micropython.RingIO(4)
print(ring, ring.any(), ring.read(), ring.read(1))
print(ring.write(b"abc"), ring.any(), ring.read(2), ring.write(b"defg"), ring.any())
print(ring.read(), ring.any())

# Over its own memory, whose last byte stays unused.
memory = bytearray(4)
ring = micropython.RingIO(memory)
print(ring.write(b"12345"), memory, ring.readinto(memory, 1), ring.read())

for size in (0, -1, 65535, b"", bytearray(1), None, "x"):
    try:
        micropython.RingIO(size)
    except (TypeError, ValueError) as e:
        print(size, type(e).__name__)

# A buffer that becomes too short is noticed.
memory = bytearray(8)
ring = micropython.RingIO(memory)
ring.write(b"abcdef")
memory[:] = b"x"
try:
    ring.read()
except ValueError as e:
    print(type(e).__name__)

ring.close()
try:
    ring.any()
except ValueError as e:
    print(e)
