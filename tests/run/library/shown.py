# pprint, reprlib, timeit, sched, linecache, keyword, importlib, contextvars, atexit, locale.
import atexit, contextvars, importlib, keyword, linecache, locale, pprint, reprlib, sched, timeit, types
from collections import OrderedDict, deque
data = {'name': 'x' * 30, 'list': list(range(30)), 'nested': {'a': (1, 2), 'b': [{'k': 'v' * 50}, 'w' * 40]}, 'set': {3}, 5: None}
pprint.pprint({k: v for k, v in data.items() if k != 5}); pprint.pprint(data['nested'], width=40, indent=2); print(pprint.pformat(list(range(40)), compact=True, width=40))
pprint.pprint({'text': 'words and more words ' * 8}, width=50); pprint.pprint([1, [2, [3, [4]]]], depth=2); pprint.pprint(deque(range(30))); pprint.pprint({'b': 1, 'a': 2}, sort_dicts=False)
pprint.pprint(types.SimpleNamespace(a=list(range(20)), b='y' * 60)); print(pprint.isreadable([1]), pprint.isrecursive([]), pprint.saferepr({2: 1, 1: 2}))
print(reprlib.repr('a' * 100), reprlib.repr(list(range(10))), reprlib.repr({i: i for i in range(9)}), reprlib.repr(10**60), reprlib.repr((1,)))
class R:
    @reprlib.recursive_repr()
    def __repr__(self): return 'R(%r)' % self
print(R())
print(timeit.timeit('x = 1', number=10) < 1, len(timeit.repeat(lambda: None, repeat=3, number=1)))
clock = [0]; seen = []
def wait(t): clock[0] += t
s = sched.scheduler(lambda: clock[0], wait)
s.enter(2, 1, seen.append, ('b',)); s.enter(1, 1, seen.append, ('a',)); gone = s.enter(3, 1, seen.append, ('z',)); s.cancel(gone); s.run()
print(seen, clock, s.empty())
print(keyword.iskeyword('for'), keyword.iskeyword('x'), keyword.softkwlist, importlib.import_module('os.path').join('a', 'b'), locale.localeconv()['decimal_point'])
try: importlib.import_module('no.such')
except ModuleNotFoundError as e: print(e.name)
var = contextvars.ContextVar('var', default=1)
token = var.set(2); print(var.get(), token.old_value is contextvars.Token.MISSING); var.reset(token); print(var.get())
context = contextvars.copy_context(); print(context.run(lambda: (var.set(9), var.get())[1]), var.get(), context[var])
atexit.register(print, 'at the end'); atexit.register(print, 'first')
