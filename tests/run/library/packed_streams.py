# not CPython: the mode of a GzipFile is a text since 3.13
# zlib as streams, gzip as files: what goes in parts and comes in parts.
import zlib, gzip, io, copy
text = b''.join(b'line %d of many\n' % (i * i) for i in range(3000))
packer = zlib.compressobj(6, wbits=-15); parts = []; unpacker = zlib.decompressobj(-15); seen = 0
for at in range(0, len(text), 5000):
    parts.append(packer.compress(text[at:at + 5000]) + packer.flush(zlib.Z_SYNC_FLUSH))
    part = unpacker.decompress(parts[-1]); seen += len(part)
    assert part == text[at:at + 5000] and parts[-1].endswith(b'\0\0\xff\xff')
print(seen == len(text), unpacker.eof, len(unpacker.decompress(packer.flush())), unpacker.eof, unpacker.decompress(b'behind'), unpacker.unused_data)
for wbits in (15, 9, -15, 31, -9, 25):
    packed = zlib.compress(text, 9, wbits)
    u = zlib.decompressobj(wbits if wbits < 0 or wbits > 15 else 15); got = b''.join(u.decompress(packed[at:at + 7]) for at in range(0, len(packed), 7)) + u.flush()
    print(wbits, got == text, zlib.decompress(packed, 47 if wbits > 0 else wbits) == text, u.eof)
u = zlib.decompressobj(); rest = zlib.compress(text); out = []
while rest:
    out.append(u.decompress(rest, 1000)); rest = u.unconsumed_tail
print(max(map(len, out)), b''.join(out) + u.flush() == text, len(out) > 10)
words = b'line of many 0123456789'
p = zlib.compressobj(zdict=words); packed = p.compress(text[:200]) + p.flush()
print(zlib.decompressobj(zdict=words).decompress(packed) == text[:200], len(packed) < len(zlib.compress(text[:200])))
p = zlib.compressobj(); start = p.compress(text); q = p.copy(); a = p.compress(b'one') + p.flush()
q.compress(b'two'); print(zlib.decompress(start + a)[-3:], zlib.decompress(start + q.flush())[-3:])
u = zlib.decompressobj(); u.decompress(zlib.compress(text)[:100]); v = u.copy(); tail = zlib.compress(text)[100:]
print(u.decompress(tail) == v.decompress(tail), v.eof)
print(zlib.adler32(text), zlib.adler32(text[100:], zlib.adler32(text[:100])), zlib.adler32(b''), zlib.crc32(b'x', 5))
def wrong(*actions):
    for action in actions:
        try: print('no error:', action())
        except zlib.error as e: print('error', e)
        except (ValueError, TypeError, EOFError) as e: print(type(e).__name__, e)
        except OSError as e: print(type(e).__name__, str(e)[:9])
wrong(lambda: zlib.decompress(b'abc'), lambda: zlib.decompress(zlib.compress(text)[:-1]), lambda: zlib.decompress(zlib.compress(text)[:-1] + b'x'), lambda: zlib.compress(b'', 10), lambda: zlib.compressobj(10), lambda: zlib.compressobj(wbits=20),
      lambda: zlib.decompressobj(99), lambda: zlib.decompress(packed), lambda: zlib.decompressobj(zdict=b'other').decompress(packed), lambda: zlib.decompressobj().decompress(b'', -1), lambda: zlib.decompressobj().flush(0),
      lambda: zlib.compress('x'), lambda: zlib.decompressobj().decompress('x'), lambda: p.flush(), lambda: p.compress(b'x'), lambda: p.copy(), lambda: zlib.compressobj(method=5))

out = io.BytesIO()
f = gzip.GzipFile('name.txt', 'w', fileobj=out, mtime=7)
f.write(text[:100]); f.flush(); print(gzip.GzipFile(fileobj=io.BytesIO(out.getvalue())).read(100) == text[:100], f.tell()); f.seek(200); f.write(b'end'); f.close()
print(f.closed, out.getvalue()[:18], f.mode)
data = out.getvalue() + b'\0' * 5 + gzip.compress(b'second\nmember', mtime=0)
f = gzip.GzipFile(fileobj=io.BytesIO(data)); print(f.read(5), f.peek(3)[:3], f.readline()[:9], f.mtime, f.seek(200), f.read(9), f.tell(), f.read(), f.mtime, f.read(), f.mode, f.readable(), f.writable())
f.rewind(); print(f.read1(4), f.readinto(bytearray(4)), [len(line) for line in f][-2:])
print(gzip.decompress(data)[-6:], gzip.decompress(b''), gzip.open(io.BytesIO(data), 'rt').readlines()[-1])
cut = gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(b'whole')[:-4])); print(cut.read(5)); 
wrong(lambda: cut.read(1), lambda: gzip.decompress(b'no'), lambda: gzip.decompress(data[:8]), lambda: gzip.decompress(data[:-8] + b'x' * 8), lambda: gzip.decompress(data[:-4] + b'x' * 4), lambda: gzip.GzipFile(fileobj=io.BytesIO(), mode='z'),
      lambda: gzip.GzipFile(fileobj=io.BytesIO(), mode='wt'), lambda: f.write(b'x'), lambda: gzip.GzipFile(fileobj=io.BytesIO(), mode='w').read(), lambda: gzip.GzipFile(fileobj=io.BytesIO(), mode='w').seek(0, 2))
f.close(); wrong(f.read, lambda: f.tell())
