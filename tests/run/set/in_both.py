# needs: {}.keys() & set(); import typing
# What sets and views of dicts have in common, and copies of both.
a, b = set(range(20)), set(range(10, 40))
print(sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(a | b) == list(range(40)), a.isdisjoint(b), a.isdisjoint({-1}), {-1}.isdisjoint(a), set().isdisjoint(a))
d = {i: str(i) for i in range(20)}
print(d.keys() & {1, 2, 99}, sorted({1, 2, 99} & d.keys()), d.keys() & [3, 3, 50], d.items() & {(1, "1"), (2, "x"), 5}, d.keys() & {}, d.keys() & d.keys() == set(d))
try:
    d.keys() & [[]]
except TypeError as e:
    print(e)
c = dict(d)
del c[3]
c[100] = 1
e = {**c}
e.pop(5)
f = c.copy()
f.update(d)
print(3 in c, 3 in d, 100 in d, 5 in c, len(c), len(d), len(e), len(f), list(e)[-1], list(f)[-1])
g = d | {1: 2}
g[77] = 0
print(g[1], d[1], 77 in d, len(g), sum(g), set(d) == set(dict(d)))
s = set(a)
s.add(99)
s.discard(3)
t = frozenset(s)
print(99 in a, 3 in a, 3 in t, len(a), len(s), len(t), t == s, s.copy() == s)


class Same:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 4

    def __eq__(self, other):
        return isinstance(other, Same) and self.n == other.n


many = {Same(i) for i in range(30)}
print(len(many), len(set(many)), len(many & {Same(3), Same(50)}), Same(7) in set(many), Same(31) in many, many.isdisjoint({Same(90)}), len(many - {Same(1)}))
