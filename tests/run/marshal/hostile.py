# Bytes that are cut or changed are refused, or are another value; nothing worse.
# not CPython: the bytes are others, and CPython trusts them
import marshal

whole = marshal.dumps(compile("def f(a, *b):\n    try:\n        return [x for x in b]\n    finally:\n        a()\n", "made", "exec"))
refused = 0
for length in range(len(whole)):
    try:
        marshal.loads(whole[:length])
    except ValueError:
        refused += 1
print(refused == len(whole))

seed = 1
refused = 0
for _ in range(500):
    changed = bytearray(whole)
    for _ in range(2):
        seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
        changed[(seed >> 8) % len(changed)] = seed >> 20 & 0xFF
    try:
        marshal.loads(changed)
    except ValueError:
        refused += 1
print(100 < refused <= 500)

for data in (b"", b"M\x06\x00\x00", b"TPY\x00\x00N", b"TPY\x02\x00", b"TPY\x02\x00?", b"TPY\x02\x00n\x00", b"TPY\x02\x00s\x02\xff\xff"):
    try:
        marshal.loads(data)
    except ValueError as error:
        print(error)
# Nested beyond all bounds; longer than all memory.
for data in (b"TPY\x02\x00" + b"(\x01" * 5000 + b"N", b"TPY\x02\x00b\xff\xff\xff\xff\x0f", b"TPY\x02\x00{\x01[\x00N"):
    try:
        marshal.loads(data)
    except ValueError as error:
        print(error)
try:
    marshal.dumps([1, marshal])
except ValueError as error:
    print(error)
loop = []
loop.append(loop)
try:
    marshal.dumps(loop)
except RuntimeError:
    print("RuntimeError")
# Code that wants cells is no program.
def outer(n):
    return lambda: n
try:
    exec(outer(1).__code__)
except TypeError:
    print("TypeError")
