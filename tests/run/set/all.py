# set and frozenset.
def show(s): print(sorted(s, key=str))
a, b = {1, 2, 3}, {3, 4}
show(a | b); show(a & b); show(a - b); show(a ^ b)
show(a.union([9], (8,))); show(a.intersection([1, 2], {2})); show(a.difference([1], [2])); show(a.symmetric_difference([1, 7])); show(a.union()); show(a.difference())
print(a <= {1, 2, 3}, a < {1, 2, 3}, a < {1, 2, 3, 4}, a >= {1}, a > {1}, a == {3, 2, 1}, a != b, a == [1, 2, 3], a.issubset(range(5)), a.issuperset([1]), a.isdisjoint([9]), a.isdisjoint(b))
c = set(a); c.add(3); c.add(10); c.discard(1); c.discard(99); c.remove(2); show(c)
for call in (lambda: c.remove(99), lambda: set().pop()):
    try:
        call()
    except KeyError:
        print("KeyError")
c.update([1], "ab"); show(c); c.difference_update("ab", [1]); show(c); c.intersection_update([3, 10, 11]); show(c); c.symmetric_difference_update({3, 5}); show(c)
c |= {6}; c &= {5, 6, 10}; c -= {5}; c ^= {6, 7}; show(c)
d = c.copy(); d.clear(); print(d, len(c), c.pop() in (7, 10), len(c))
print(set(), frozenset(), {1}, frozenset([1]), set("a"), len(set("hello")), 1 in a, 9 in a)
f = frozenset([1, 2, 3])
print(f == a, a == f, hash(f) == hash(frozenset([3, 2, 1])), {f: 1}[frozenset({2, 1, 3})], f | {4} == {1, 2, 3, 4}, type(f | {4}).__name__, type({4} | f).__name__, f.copy() is f)
g = f
f |= {4}; print(len(f), len(g), type(f).__name__)
for bad in ("f.add(1)", "f.clear()"):
    try:
        eval(bad)
    except AttributeError:
        print("AttributeError")
for bad in (lambda: {1} | [1], lambda: {1} < [1], lambda: {1} + {2}, lambda: {[]}, lambda: set([[1]]), lambda: hash(set()), lambda: set(1)):
    try:
        bad()
    except TypeError:
        print("TypeError")
try:
    for x in a: a.add(x + 10)
except RuntimeError:
    print("RuntimeError")
print(sorted({x * x for x in range(-3, 4)}), len({1, 1.0, True}))
s = set(range(1000)); s -= set(range(0, 1000, 2)); print(len(s), sum(s), 501 in s, 500 in s)
print({1, 2} in [{2, 1}], set({1: 2}), set(range(3)) == {0, 1, 2})
