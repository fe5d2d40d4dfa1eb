# What collections and collections.abc have in Python.
from collections import defaultdict, Counter, ChainMap, OrderedDict, UserDict, UserList, UserString
import collections.abc
from collections import abc
d = defaultdict(list); d['a'].append(1); print(d, d['b'], dict(d))
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c + Counter('aaa'), c - Counter('ab'), sorted(c.elements())[:3], c.total())
m = ChainMap({'a': 1}, {'b': 2, 'a': 3}); print(m['a'], m['b'], len(m), list(m), m, m.new_child({'c': 1}))
print(isinstance([], abc.Sequence), isinstance({}, abc.Mapping), isinstance((), abc.Hashable), isinstance([], abc.Hashable), isinstance(iter([]), abc.Iterator), isinstance(len, abc.Callable), isinstance('a', abc.Iterable), isinstance(3, abc.Sized), isinstance({1}, abc.Set), issubclass(dict, collections.abc.MutableMapping))
class S(abc.Sequence):
    def __getitem__(self, i): return [1, 2, 3][i]
    def __len__(self): return 3
s = S(); print(list(s), 2 in s, s.index(3), list(reversed(s)), s.count(1))
class M(abc.MutableMapping):
    def __init__(s): s.d = {}
    def __getitem__(s, k): return s.d[k]
    def __setitem__(s, k, v): s.d[k] = v
    def __delitem__(s, k): del s.d[k]
    def __iter__(s): return iter(s.d)
    def __len__(s): return len(s.d)
m = M(); m.update(a=1); m.setdefault('b', 2); print(list(m.items()), m.pop('a'), m.get('q'), 'b' in m, m == {'b': 2}, list(m.keys()), list(m.values()))
try: abc.Mapping()
except TypeError as e: print(e)
u = UserDict(a=1); u['b'] = 2; print(u, UserList([1, 2]) + [3], UserString('ab').upper() + 'c')

# What counts compares as the dict that it is, and chains as what they show.
from collections import ChainMap, Counter, UserDict, UserList, defaultdict, namedtuple
import collections.abc, copy, pickle

print(Counter("aab") == {"a": 2, "b": 1}, {"a": 2} == Counter("aa"), Counter("a") != {"a": 1}, Counter(a=1) == Counter(a=1, b=0))
print(ChainMap({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}, isinstance(UserDict(), collections.abc.MutableMapping), isinstance(UserList(), collections.abc.Sequence))
print(type({} | defaultdict(int)).__name__, Counter({"a": None}))


class Reversed(dict):
    def __ror__(self, other):
        return "reversed"


print({} | Reversed(), dict() | dict(a=1))

Point = namedtuple("Point", "x y")
print(copy.copy(Point(1, 2)), copy.deepcopy(Point(1, [2])), {pickle.loads(pickle.dumps(Point(1, 2), n)) for n in range(6)})
print(namedtuple("Fields", "a def a _b", rename=True)._fields)
for fields in ("a a", "a def", "_a", ["a b"]):
    try:
        namedtuple("Fields", fields)
    except ValueError as e:
        print(e)


class Shared:
    def __deepcopy__(self, memo):
        made = memo[id(self)] = Shared()
        return made


shared = Shared()
made = copy.deepcopy([shared, shared])
print(made[0] is made[1], made[0] is shared)
memo = {}
copy.deepcopy([shared], memo)
print(type(memo[id(shared)]).__name__, len(memo[id(memo)]))
