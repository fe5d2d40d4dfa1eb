# needs: import bz2
import bz2, lzma, io, os, tempfile
d = b"hello world " * 1000
for m in (bz2, lzma):
    c = m.compress(d); print(m.__name__, c[:4], m.decompress(c) == d, m.decompress(c + c) == d + d)
c = bz2.BZ2Compressor(5); p = c.compress(d[:5000]) + c.compress(d[5000:]) + c.flush(); print(bz2.decompress(p) == d)
u = bz2.BZ2Decompressor(); out = b""
for i in range(0, len(p), 7): out += u.decompress(p[i:i+7]) if not u.eof else b""
print(out == d, u.eof, u.unused_data, u.needs_input)
u = bz2.BZ2Decompressor(); x = u.decompress(p + b"tail", max_length=100); print(len(x), u.needs_input, u.eof)
while not u.eof: x += u.decompress(b"", 1000)
print(x == d, u.unused_data)
try: u.decompress(b"x")
except EOFError as e: print(e)
for bad in (b"nonsense is here", p[:20]):
    for m in (bz2, lzma):
        try: print(m.decompress(bad))
        except Exception as e: print(m.__name__, type(e).__name__, e)
for fmt, flt in ((lzma.FORMAT_XZ, None), (lzma.FORMAT_ALONE, None), (lzma.FORMAT_RAW, [{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_LZMA2, "preset": 7 | lzma.PRESET_EXTREME}])):
    c = lzma.compress(d, fmt, filters=flt); print(fmt, lzma.decompress(c, fmt, filters=flt) == d)
c = lzma.compress(d, check=lzma.CHECK_CRC32); u = lzma.LZMADecompressor(); u.decompress(c[:4]); print(u.check); u.decompress(c[4:]); print(u.check, u.eof)
print(lzma.is_check_supported(lzma.CHECK_SHA256), lzma.is_check_supported(99))
t = tempfile.mktemp()
for m, f in ((bz2, bz2.BZ2File), (lzma, lzma.LZMAFile)):
    with m.open(t, "wb") as g: print(g.write(b"line 1\n"), g.writable(), g.tell()); g.writelines([b"line 2\n", b"line 3"])
    with f(t) as g: print(g.readline(), g.read(3), g.tell(), g.seek(0), g.readlines(), g.peek(1), g.read())
    with m.open(t, "at", encoding="utf-8") as g: g.write("\nmoré")
    with m.open(t, "rt", encoding="utf-8") as g: print(list(g))
    with f(t) as g: print(g.seek(-3, 2), g.read())
    b = io.BytesIO()
    with f(b, "w") as g: g.write(d)
    print(len(f(io.BytesIO(b.getvalue())).read()) == len(d))
    try: f(t).write(b"x")
    except OSError as e: print(type(e).__name__, e)
    try: m.open(t, "rtb")
    except ValueError as e: print(e)
os.unlink(t)
import tarfile, zipfile, shutil
for mode in ("bz2", "xz"):
    b = io.BytesIO()
    with tarfile.open(fileobj=b, mode="w:" + mode) as tar:
        i = tarfile.TarInfo("a.txt"); i.size = 3; tar.addfile(i, io.BytesIO(b"abc"))
    print(tarfile.open(fileobj=io.BytesIO(b.getvalue())).extractfile("a.txt").read())
b = io.BytesIO()
with zipfile.ZipFile(b, "w", zipfile.ZIP_BZIP2) as z: z.writestr("x", d)
print(zipfile.ZipFile(b).read("x") == d)
for f in ({"id": lzma.FILTER_LZMA1}, {"id": lzma.FILTER_LZMA2, "preset": 9}, {"id": lzma.FILTER_LZMA2, "dict_size": 3 << 20}, {"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_X86, "start_offset": 16}, {"id": lzma.FILTER_LZMA1, "preset": 1, "lc": 1, "lp": 2, "pb": 0}):
    p = lzma._encode_filter_properties(f); print(p, lzma._decode_filter_properties(f["id"], p))
