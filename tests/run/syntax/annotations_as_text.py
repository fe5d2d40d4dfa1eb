from __future__ import annotations
# needs: import copy, pickle
def f(a: int, b: List[str] = [], *c: x.y, d: "quoted", **e: a[1:2, ..., b'x']) -> Foo | None: pass
print(f.__annotations__)
class C:
    x: int
    y: lambda q, *r, s=1, **t: q + 1
    w: not a and (b or c) if d else -e ** -f
    v: ({1: 2, **d}, {1, *s}, [*a, *b], ())
    u: a < b is not c not in d
    t: ([x for x in y if z for w in v], {a: b for a, b in c}, (g for h in i), f(*a, k=1, **b), f(x for x in y))
    s: f"a{b!r:>{w}}{{}}" "c"
    r: (a + b) * c - d / (e - f) @ g | h & ~i << 2
    q: (1,)
    p: (await_).b[c][d:e:f, ::2](g).h
    o: (1.5e10 + 2j, 3 .real, "it's", b'"')
    n: ((lambda: 0)(1), (a if b else c).d, (a, b)[0], a[b, c], a[(yield_, 1)])
for name, text in C.__annotations__.items(): print(name, text)
v: a.b[c] = 3
print(__annotations__)
