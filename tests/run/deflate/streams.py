# not CPython: the module is MicroPython's.
# Compressed streams, read and written in pieces.
# needs: bytearray(1 << 20)
import deflate, gzip, io, zlib

data = b"Taipan reads what Taipan writes. " * 20 + bytes(range(256))
for format, name in ((deflate.RAW, "raw"), (deflate.ZLIB, "zlib"), (deflate.GZIP, "gzip")):
    out = io.BytesIO()
    with deflate.DeflateIO(out, format, 9) as stream:
        for at in range(0, len(data), 100):
            stream.write(data[at : at + 100])
    packed = out.getvalue()
    behind = io.BytesIO(packed + b"rest")
    stream = deflate.DeflateIO(behind, format, 9)
    pieces = [stream.read(7), stream.readline(), stream.read()]
    print(name, len(packed) < len(data), b"".join(pieces) == data, behind.read())

# What other programs wrote: stored, fixed and dynamic blocks.
for packed in (
    b"x\x01\x01\x05\x00\xfa\xffhello\x06,\x02\x15",
    b"x\x9cK\x04\x00\x00b\x00b",
    b"x\x9c\x05\xc1\x81\x01\x000\x04\x04\xb1\x95\\\x1f\xcfn\x86o\x82d\x06Qq\xc8\x9d\xc5X}<e\xb5g\x83\x0f\x89X\x07\xab",
):
    print(zlib.decompress(packed))
print(zlib.decompress(zlib.compress(data)) == data, gzip.decompress(gzip.compress(data)) == data)
print(zlib.decompress(zlib.compress(b"raw", wbits=-9), -9), zlib.decompress(gzip.compress(b"gzip"), 31))
for broken in (b"", b"x\x9cK\x04", b"x\x9cK\x04\x00\x00b\x00c", b"\x1f\x8b\x07", b"hello", b"x\x9c\xff\xff"):
    try:
        zlib.decompress(broken)
    except OSError:
        print("OSError")
    except EOFError:
        print("EOFError")
stream = deflate.DeflateIO(io.BytesIO())
stream.close()
stream.close()
for use in (stream.read, lambda: stream.write(b"x")):
    try:
        use()
    except OSError as error:
        print(error.errno)


class Own(io.IOBase):
    # A stream that uses what reads from it.
    def readinto(self, buffer):
        try:
            stream.read(1)
        except OSError as error:
            print("refused", error.errno)
        return 0


stream = deflate.DeflateIO(Own(), deflate.RAW)
try:
    stream.read()
except EOFError:
    print("EOFError")
