# Methods of dict, and order.
d = {"b": 1, "a": 2, 3: "c"}
print(d, len(d), d["a"], d.get("z"), d.get("z", 0), "a" in d, "z" in d)
d["b"] = 10; d["new"] = None; print(d)
del d["a"]; d["a"] = "again"; print(d, list(d))
print(d.pop("b"), d.pop("b", "gone"), d)
for call in (lambda: d.pop("nope"), lambda: d["nope"], lambda: {}.popitem(), lambda: d.__delitem__("nope") if 0 else d.pop("x")):
    try:
        call()
    except KeyError as e:
        print("KeyError", len(e.args))
print(d.setdefault("a"), d.setdefault("k"), d.setdefault("l", []), d)
print(d.popitem(), d.popitem(), d)
d.update({"u": 1}); d.update([("v", 2), ["w", 3]]); d.update(x=4, y=5); d.update(); d.update({"u": 0}, z=6); print(d)
print(dict(), dict({1: 2}), dict([(1, 2)]), dict(a=1), dict([("a", 1)], b=2), dict(zip("ab", range(2))))
print(dict.fromkeys("abc"), dict.fromkeys([1, 2], 0))
e = d.copy(); e.clear(); print(e, len(d))
print({1: 2} | {3: 4}, {1: 2} | {1: 5, 0: 0})
f = {1: 1}; f |= {2: 2}; f |= [(3, 3)]; print(f)
print({1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} != {1: 3}, {1: 2} == {1: 2, 3: 4}, {} == {}, {1: {2: 3}} == {1: {2: 3}}, {} == [])
print({1: "int", 1.0: "float", True: "bool"}, {0: "a", False: "b"}, {(1, 2): 3}[(1, 2)], {None: 1}[None])
for bad in ([], {}, set()):
    try:
        {bad: 1}
    except TypeError:
        print("unhashable")
for bad in ([1], [(1, 2, 3)], 1, [(1,)]):
    try:
        dict(bad)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
try:
    {} < {}
except TypeError:
    print("TypeError")
g = {}
for i in range(200): g[i] = i * i
for i in range(0, 200, 2): del g[i]
for i in range(300, 310): g[i] = i
print(len(g), list(g)[:5], list(g)[-5:], g[199], 198 in g, list(reversed(g))[:3])
for i in range(5): print(g.popitem())
q = {i: i for i in range(50)}
for i in range(1000):
    k = next(iter(q)); del q[k]; q[k + 50] = i
print(len(q), min(q), max(q))
s = {"k%d" % i: i for i in range(100)}
print(s["k57"], sum(s.values()), "k100" in s)
class Keys:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(dict(Keys()))
class Same:
    def __init__(self, n): self.n = n
    def __hash__(self): return 7
    def __eq__(self, o): return isinstance(o, Same) and self.n == o.n
h = {Same(i): i for i in range(30)}
print(len(h), h[Same(17)], Same(30) in h, h.pop(Same(3)), len(h))
print({**{"a": 1}, "b": 2, **{"a": 3}})
