# array.array.
from array import array
for code, values in (("b", [1, -128, 127]), ("B", [0, 255]), ("h", [-32768, 5]), ("H", [65535]), ("i", [-2**31, 2**31 - 1]), ("I", [2**32 - 1]), ("q", [-2**63, 2**63 - 1]), ("Q", [2**64 - 1]), ("f", [1.5, -2.0]), ("d", [0.1, 1e30]), ("l", [1, -1]), ("L", [1])):
    a = array(code, values)
    print(code, a, list(a), len(a), a[0], a[-1], a.typecode)
a = array("i", [1, 2, 3])
a.append(4); a.extend([5, 6]); a.extend(array("i", [7])); a += array("i", [8]); print(a)
print(a[1:3], a[::-1], a[::3], 3 in a, 99 in a, a.index(3), a.count(2), a == array("i", range(1, 9)), a == array("b", range(1, 9)), a != array("i"), a < array("i", [2]), array("i", [1]) + array("i", [2]), array("i", [1]) * 3)
a[0] = -1; a[1:3] = array("i", [20, 30, 40]); print(a)
del a[0]; del a[1:3]; print(a, a.pop(), a.pop(0)); a.insert(0, 9); a.remove(5); a.reverse(); print(a, a.tolist())
b = array("H", b"\x01\x00\x02\x00"); print(len(b), len(b.tobytes()), bytes(array("B", [1, 2])), len(array("d", 3 * [0.0])), array("b"), bool(array("b")))
for bad in ("array('x')", "array('b', [128])", "array('B', [-1])", "array('i', ['a'])", "a[100]", "a[0] = 'x'", "array('b').pop()", "a.remove(99)", "a['x']", "array('H', [65536])", "hash(a)"):
    try:
        print(eval(bad) if "=" not in bad else exec(bad))
    except (ValueError, TypeError, OverflowError, IndexError) as e:
        print(bad, type(e).__name__)
c = array("B")
for i in range(500): c.append(i & 255)
print(len(c), sum(c), c[300])
c[::100] = array("B", [7] * 5); print(list(c[::100]), len(c))
