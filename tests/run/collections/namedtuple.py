# namedtuple.
from collections import namedtuple
P = namedtuple("P", "x y")
p = P(1, 2)
print(p, p.x, p[1], len(p), p == (1, 2), p == P(1, 2), tuple(p), p + (3,), p[::-1], isinstance(p, tuple), hash(p) == hash((1, 2)), {p: 1}[(1, 2)])
x, y = p; print(x, y, P(y=5, x=4), P(1, y=3), p._asdict() == {"x": 1, "y": 2}, p._fields, p._replace(y=9), P._make([7, 8]))
Q = namedtuple("Q", ["a", "b", "c"], defaults=[10, 20]); print(Q(1), Q(1, 2), Q(1, c=3))
R = namedtuple("R", ("one",)); print(R("v"), R([1]).one, namedtuple("E", "")(), namedtuple("C", "a, b")(1, 2))
for bad in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: P(1, x=2), lambda: p.z, lambda: p._replace(z=1), lambda: P()):
    try:
        bad()
    except (TypeError, AttributeError, ValueError) as e:
        print(type(e).__name__)
try:
    p.x = 5
except AttributeError:
    print("immutable")
class V(P):
    def length2(self): return self.x ** 2 + self.y ** 2
v = V(3, 4); print(v.length2(), v.x, v == (3, 4), isinstance(v, P), len(v), v[0])
print(P.__name__, type(p) is P, sorted([P(2, 1), P(1, 5)]), min(P(2, 1), P(1, 5)).y, [q.x for q in (p, v)])
class Place(namedtuple("Place", "index count rest")):
    __slots__ = ()
    def total(self): return self.index + self.count
for place in (Place(1, 2, 3), Place(4, 5, 6)):
    print(place.index, place.count, place.total(), place.rest, tuple.count(place, 1), namedtuple("I", "index")(7).index)
