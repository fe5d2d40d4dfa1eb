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
