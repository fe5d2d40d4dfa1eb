# What changes a bytearray.
a = bytearray(b"abc")
a.append(100); a.extend(b"ef"); a.extend([103]); a += b"hi"; a += bytearray(b"j"); print(a)
a.insert(0, 65); a.insert(-1, 66); a.insert(100, 67); print(a, a.pop(), a.pop(0), a.pop(-2), a)
a.remove(98); a.reverse(); print(a, a.copy() == a)
a[0] = 255; a[-1] = 0; print(a)
a[1:3] = b"XYZW"; print(a)
a[2:2] = [1, 2]; print(a)
a[::3] = bytes(len(a[::3])); print(a)
del a[0]; del a[-1]; del a[1:3]; print(a)
del a[::2]; print(a)
a[:] = b""; print(a, len(a))
a.extend(range(10)); del a[8:2:-2]; print(a)
a *= 2; print(a); a.clear(); print(a)
b = bytearray(b"self"); b += bytes(b); b.extend(bytes(b)); b[2:4] = bytes(b); print(b)
for bad in ("b[0] = 256", "b[0] = 'a'", "b[100] = 1", "b.append(300)", "b.append('a')", "b[::2] = b'x'", "bytearray().pop()", "b.remove(0)", "del b[100]", "hash(b)"):
    try:
        exec(bad)
    except (ValueError, TypeError, IndexError) as e:
        print(bad, type(e).__name__)
c = bytearray()
for i in range(1000): c.append(i & 255)
print(len(c), sum(c), c[500], c.find(b"\xfe\xff\x00"))
seen = bytearray(b"ab")
for x in seen:
    if len(seen) < 5: seen.append(x + 1)
print(seen)
