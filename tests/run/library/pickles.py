# pickle: what every protocol writes, byte for byte from 3 on; what comes back; classes that say how.
import copy, copyreg, pickle
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, other): return type(other) is Point and vars(self) == vars(other)
class Slots:
    __slots__ = ('a', 'b')
class Items(list): pass
class Counted(dict):
    def __reduce__(self): return Counted, (), {'n': 1}, None, iter(self.items())
class Secret:
    def __getstate__(self): return 'state'
    def __setstate__(self, state): self.got = state
class New(int):
    def __new__(cls, a, b): return int.__new__(cls, a + b)
    def __getnewargs__(self): return int(self), 0
values = [None, True, False, 0, -1, 255, 256, 65536, -2**31, 2**31, 2**100, -2**70, 1.5, 'a\n\\\u20ac\U0001f600', b'\x00\xff', bytearray(b'12'), (), (1,),
    (1, 2), (1, 2, 3, 4), [1, [2, 'x' * 300]], {'a': {1: 2}}, {7}, frozenset([3]), len, int, Point, Point(1, [2]), Items([1, 2]), range(3), slice(1, 2), 1j, ...]
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for value in values:
        again = pickle.loads(pickle.dumps(value, protocol))
        if again != value or type(again) is not type(value): print('not the same', protocol, value, again)
for protocol in (3, 4, 5): print(pickle.dumps([1, 'a', (2.5, b'x'), {'k': None}, 2**40, Point(0, 1)], protocol))
loop = [1]; loop.append(loop)
again = pickle.loads(pickle.dumps(loop)); print(again[1] is again)
pair = [Point(1, 2)] * 2; again = pickle.loads(pickle.dumps(pair, 0)); print(again[0] is again[1])
s = Slots(); s.a = 5
again = pickle.loads(pickle.dumps(s)); print(again.a, hasattr(again, 'b'))
c = Counted(q=1); again = pickle.loads(pickle.dumps(c)); print(again, again.n)
print(pickle.loads(pickle.dumps(Secret())).got, pickle.loads(pickle.dumps(New(1, 2))))
error = pickle.loads(pickle.dumps(ValueError('x', 3))); print(type(error).__name__, error.args)
print(pickle.loads(b'\x80\x04}\x94\x8c\x01a\x94K\x01s.'), pickle.loads(b"(lp0\nI1\naS'x'\np1\na."))
for bad in (b'', b'\x80\x09.', b'q', b'\x80\x04K'):
    try: print(pickle.loads(bad))
    except Exception as e: print(type(e).__name__)
try: pickle.dumps(lambda: 0)
except (pickle.PicklingError, AttributeError) as e: print('not pickled')
class P(pickle.Pickler):
    def persistent_id(self, obj): return 'the point' if isinstance(obj, Point) else None
class U(pickle.Unpickler):
    def persistent_load(self, pid): return pid
import io
f = io.BytesIO(); P(f).dump([Point(1, 1), 2]); f.seek(0); print(U(f).load())
copyreg.pickle(Slots, lambda s: (Slots, ()))
print(hasattr(pickle.loads(pickle.dumps(s)), 'a'))
print(Point(1, 2).__reduce_ex__(2)[1][0] is Point, copy.copy(Point(1, 2)) == Point(1, 2))
