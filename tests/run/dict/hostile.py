# Keys that change the dict while it looks at them.
class Key:
    def __init__(self, n, act=None): self.n, self.act = n, act
    def __hash__(self): return self.n % 3
    def __eq__(self, other):
        if self.act: self.act()
        return isinstance(other, Key) and self.n == other.n
for size in (2, 5, 20, 60):
    d = {}
    d.update({Key(i, lambda: d.clear()): i for i in range(size)}) if size < 3 else None
    for i in range(size):
        d[Key(i)] = i
    k = Key(size + 2, lambda: d.clear())
    d[k] = 1
    print(len(d) <= size + 1, Key(100) in d)
d = {}
busy = []
def grow():
    if not busy and len(d) < 200:
        busy.append(1)
        d["g%d" % len(d)] = 0
        busy.pop()
for i in range(12): d[Key(i, grow)] = i
print(Key(99) in d, len(d) < 300)
class Moody:
    n = 0
    def __hash__(self):
        Moody.n += 1
        if Moody.n > 20: raise ValueError("tired")
        return 1
    def __eq__(self, other): return self is other
m = {}
kept = [Moody() for _ in range(30)]
for x in kept:
    try:
        m[x] = 1
    except ValueError:
        pass
print(len(m) <= 30, len(list(m)) == len(m))
class Inserts:
    def __hash__(self):
        if len(e) < 40: e[len(e)] = 0
        return 5
e = {}
for _ in range(10):
    try:
        e[Inserts()] = 1
    except RuntimeError:
        pass
print(len(e) == len(list(e)))
