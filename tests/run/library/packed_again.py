# needs: import zlib; zlib.error
# Machines that pack are used again: none remembers what it did before.
import gzip
import zlib

d = b"hello world " * 20
first = zlib.compress(d)
for level in (0, 1, 6, 9, -1):
    for bits in (15, -15, 31, 9):
        made = zlib.compress(d, level, bits)
        assert made == zlib.compress(d, level, bits)
        assert zlib.decompress(made, bits) == d
c = zlib.compressobj(zdict=b"hello")
made = c.compress(d) + c.flush()
try:
    zlib.decompress(made)
except zlib.error as e:
    print(e)
u = zlib.decompressobj(zdict=b"hello")
print(u.decompress(made) == d)
del c, u
print(zlib.compress(d) == first, zlib.decompress(first) == d)
for wrong in (first[:-3], b"abc", first[:10] + b"\0\0" + first[12:], b""):
    try:
        zlib.decompress(wrong)
    except zlib.error as e:
        print(str(e)[:8])
    print(zlib.decompress(first) == d)
cut = zlib.compressobj()
cut.compress(d)
del cut
print(zlib.compress(d) == first)
z = gzip.compress(d, mtime=0)
print(gzip.decompress(z) == d, gzip.decompress(z + z) == d + d, gzip.decompress(z + b"\0\0") == d)
for wrong in (z[:-1], z[:-4] + b"abcd", z[:-8] + b"abcd" + z[-4:]):
    try:
        gzip.decompress(wrong)
    except (EOFError, gzip.BadGzipFile) as e:
        print(type(e).__name__)
