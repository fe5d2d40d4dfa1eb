# Methods of list, and operators.
a = [3, 1, 2]
a.append(5); print(a)
a.extend((7, 8)); a.extend(range(2)); a.extend(c for c in "xy"); print(a)
a.extend(a); print(len(a))
b = [1, 2, 3, 2, 1]
print(b.count(2), b.index(2), b.index(2, 2), b.index(1, -1), 3 in b, 9 in b, [] in [[]])
for call in (lambda: b.index(9), lambda: b.index(1, 1, 4), lambda: b.remove(9), lambda: [].pop(), lambda: b.pop(10)):
    try:
        print(call())
    except (ValueError, IndexError) as e:
        print(type(e).__name__)
b.insert(0, "a"); b.insert(100, "z"); b.insert(-1, "y"); b.insert(-100, "first"); print(b)
print(b.pop(), b.pop(0), b.pop(-2), b)
b.remove(2); print(b)
b.reverse(); print(b)
c = b.copy(); c.clear(); print(c, b)
print([1, 2] + [3], [1, 2] * 3, 2 * [0], [1] * 0, [1] * -1, [] * 5)
d = e = [1]
d += [2]; d += (3,); d += "ab"; d *= 2; print(e, d is e)
d *= 0; print(e)
print([1, 2] == [1, 2], [1, 2] != [1, 3], [1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 5], [1] >= [1], [] < [], [1, [2]] == [1, [2]])
print([1] == (1,), [1] == 1)
try:
    [1] < 1
except TypeError:
    print("TypeError")
try:
    [1] + (1,)
except TypeError:
    print("TypeError")
print(list(), list("abc"), list((1, 2)), list({1: 2}), list([1]) , list(range(5)), list(map(str, [1])))
x = [1, 2, 3]
y = list(x); y.append(4); print(x, y)
print(bool([]), bool([0]), len([1, 2]))
big = []
for i in range(1000):
    big.append(i)
while len(big) > 3:
    big.pop(len(big) // 2)
print(big)
for i in range(50):
    big.insert(i // 2, i)
print(big[:10], len(big))
first, *rest = [1, 2, 3]; print(first, rest)
del x[1]; print(x)
print([[0] * 2 for _ in range(2)])
try:
    hash([])
except TypeError:
    print("unhashable")
