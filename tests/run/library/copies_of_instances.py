# copy: instances that are their attributes, and those that say more; formats of times and decimals that were used before.
import copy, copyreg, datetime, operator, time
from decimal import Decimal
class Plain:
    def __init__(self): self.a, self.b, self.me = 1, [2], self
class New:
    made = 0
    def __new__(cls): New.made += 1; return object.__new__(cls)
class Set:
    def __setstate__(self, state): self.got = sorted(state)
class Hooked:
    def __setattr__(self, name, value): raise ValueError(name)
class Slots: __slots__ = ('a', '__dict__')
class Listed:
    def __init__(self, a=0): self.a = a
class Whole:
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deep', type(memo).__name__
class Held(list): pass
copyreg.pickle(Listed, lambda it: (Listed, (it.a + 1,)))
p = Plain(); q, r = copy.copy(p), copy.deepcopy(p)
print(q.b is p.b, q.me is p, r.b is p.b, r.b, r.me is r, type(q) is Plain)
p.__dict__['odd key'] = 5; print(vars(copy.copy(p))['odd key'], vars(copy.deepcopy(p))['odd key'])
n = New(); copy.copy(n); copy.deepcopy(n); print(New.made)
s = Set(); s.x = 1; print(copy.copy(s).got, copy.deepcopy(s).got)
h = Hooked(); vars(h)['z'] = [1]; print(vars(copy.copy(h)), vars(copy.deepcopy(h)), copy.copy(h).z is h.z)
o = Slots(); o.a = [1]; o.b = 2; print(copy.copy(o).a is o.a, copy.deepcopy(o).a is o.a, copy.deepcopy(o).b)
print(copy.copy(Listed(5)).a, copy.deepcopy(Listed(5)).a, copy.copy(Whole()), copy.deepcopy([Whole()]))
held = Held([1, [2]]); held.x = held; again = copy.deepcopy(held); print(again, again.x is again, again[1] is held[1], copy.copy(held)[1] is held[1])
pair = [Plain()] * 2; again = copy.deepcopy(pair); print(again[0] is again[1], again[0] is pair[0])
many = copy.deepcopy([[Plain() for _ in range(50)] for _ in range(50)]); print(len({id(it) for row in many for it in row}), all([it.me is it for row in many for it in row]))
moment = datetime.datetime(2020, 2, 3, 4, 5, 6, 7)
for _ in range(2):
    for text in ('%Y-%m-%d %H:%M:%S', '%%Y %j %a %%f', '%f %z|%Z', '%', 'a%', '100%% %B', '%I %p %y'): print(moment.strftime(text), time.strftime(text, moment.timetuple()) if 'f' not in text and 'z' not in text else '', end='; ')
    print(*[format(Decimal('-1234.5'), spec) for spec in ('.2f', '012,.1f', '*>12', 'e', '%')])
zone = datetime.timezone(datetime.timedelta(hours=2))
there = moment.replace(tzinfo=datetime.timezone.utc).astimezone(zone); print(there, there.astimezone(zone) is there, there.astimezone(tz=datetime.timezone.utc))
try: datetime.datetime(9999, 12, 31, 23, tzinfo=datetime.timezone.utc).astimezone(zone)
except OverflowError as e: print(e)
print(operator.attrgetter('hour')(moment), operator.attrgetter('hour', 'tzinfo')(moment), operator.attrgetter('a.b')(type('X', (), {'a': type('Y', (), {'b': 1})})))
