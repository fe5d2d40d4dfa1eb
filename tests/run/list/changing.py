# Lists that change while they are used.
a = [1, 2, 3, 4, 5]
seen = []
for x in a:
    seen.append(x)
    if x == 2: a.remove(2)
    if x == 4: a.append(6)
print(seen, a)
class Clears:
    def __init__(self, target): self.target = target
    def __eq__(self, other):
        self.target.clear()
        return False
b = []
b.extend([Clears(b), 1, 2, 3])
print(5 in b, b)
b.extend([Clears(b), 1, 2, 3])
try:
    b.remove(3)
except ValueError:
    print("ValueError", b)
b.extend([Clears(b)] * 3)
print(b.count(1))
b.extend([Clears(b)] * 3)
print(b == [1, 2, 3])
class Index:
    def __init__(self, target): self.target = target
    def __index__(self):
        self.target.clear()
        return 2
c = [1, 2, 3, 4]
try:
    c[Index(c)]
except IndexError:
    print("IndexError")
c[:] = [1, 2, 3, 4]
print(c[Index(c):], c)
c[:] = [1, 2, 3, 4]
del c[Index(c):]
print(c)
it = iter(c)
print(list(it)); c.append(1); print(list(it))
r = reversed([1, 2, 3]); print(next(r), list(r), list(r))
d = [1, 2, 3]
d[1:2] = (d.pop() for _ in range(2))
print(d)
n = []
n.append(n)
print(len(n), n[0] is n)
