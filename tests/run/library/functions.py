# functools, itertools, operator, contextlib, abc.
import functools, itertools, operator, contextlib, abc
print(functools.reduce(operator.add, [1,2,3]))
@functools.lru_cache(maxsize=2)
def f(x): print('call', x); return x
f(1); f(1); f(2); f(3); f(1); print(f.cache_info(), f.__name__)
@functools.total_ordering
class A:
    def __init__(s, x): s.x = x
    def __eq__(s, o): return s.x == o.x
    def __lt__(s, o): return s.x < o.x
print(A(1) <= A(1), A(1) > A(0), A(1) >= A(2))
print(sorted([3,1,2], key=functools.cmp_to_key(lambda a, b: b - a)))
class C:
    @functools.cached_property
    def p(self): print('once'); return 5
c = C(); print(c.p, c.p)
@functools.singledispatch
def g(x): return 'obj'
@g.register
def _(x: int): return 'int'
@g.register(str)
def _(x): return 'str'
print(g(1), g('a'), g(2.5), g(True))
print(list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.chain([1], 'ab')), list(itertools.chain.from_iterable(['ab', [1]])), list(itertools.zip_longest('ab', [1], fillvalue='-')))
print(list(itertools.product('ab', [1, 2])), list(itertools.permutations('abc', 2)), list(itertools.combinations('abc', 2)), list(itertools.combinations_with_replacement('ab', 2)))
print([(k, list(v)) for k, v in itertools.groupby('aabbc')], list(itertools.accumulate([1,2,3])), list(itertools.takewhile(lambda x: x < 2, [1, 2, 1])), list(itertools.dropwhile(lambda x: x < 2, [1, 2, 1])), list(itertools.pairwise('abc')), list(itertools.starmap(pow, [(2, 3)])), list(itertools.compress('abc', [1, 0, 1])), list(itertools.filterfalse(None, [0, 1])))
a, b = itertools.tee([1, 2, 3]); print(next(a), list(b), list(a))
print(list(itertools.islice('abcdef', 1, None, 2)), list(itertools.islice(itertools.cycle('ab'), 5)), list(itertools.repeat(1, 2)), itertools.count(1), itertools.repeat(2, 3))
print(operator.itemgetter(1, 2)([1,2,3]), operator.attrgetter('a.b'), operator.methodcaller('upper')('a'), operator.__add__(1, 2))
@contextlib.contextmanager
def cm(x):
    print('in'); 
    try: yield x
    except ValueError as e: print('caught', e)
    finally: print('out')
with cm(3) as v: print(v); raise ValueError('q')
with contextlib.suppress(KeyError): {}[1]
with contextlib.ExitStack() as s:
    s.enter_context(cm(1)); s.callback(print, 'cb')
class Ab(abc.ABC):
    @abc.abstractmethod
    def m(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
try: Ab()
except TypeError as e: print(e)
class Ac(Ab):
    def m(self): return 1
    p = 2
print(Ac().m(), isinstance(Ac(), Ab), Ab.register(int), isinstance(3, Ab), issubclass(str, Ab))
from contextlib import redirect_stdout
try:
    with cm(1): raise KeyError(1)
except KeyError: print('key')

# A partial method hands over the instance whatever it wraps, and parts can be copied.
import copy, functools, pickle


def capture(*args, **keywords):
    return [arg if isinstance(arg, int) else type(arg).__name__ for arg in args], keywords


class Parts:
    plain = functools.partialmethod(capture, 1, a=2)
    nested = functools.partialmethod(plain, 3)
    over = functools.partialmethod(functools.partial(capture, b=4), 5)
    still = functools.partialmethod(staticmethod(capture), 6)


print(Parts().plain(9), Parts().nested(9), Parts().over(9), Parts().still(9))
part = functools.partial(int, base=2)
print(copy.copy(part)("11"), pickle.loads(pickle.dumps(part))("101"), copy.copy(part).keywords)
try:
    functools.partialmethod(None, 1)
except TypeError as e:
    print(e)

# What several exits raise is chained as if they were nested `with` statements.
import contextlib


def exit_by(error):
    def leave(*exc):
        raise error

    return leave


def fresh(error):
    def leave(*exc):
        try:
            1 / 0
        except ZeroDivisionError:
            raise error

    return leave


try:
    with contextlib.ExitStack() as stack:
        stack.push(exit_by(KeyError(1)))
        stack.push(fresh(IndexError(2)))
        raise ValueError(3)
except KeyError as e:
    chain = []
    while e is not None:
        chain.append(type(e).__name__)
        e = e.__context__
    print(chain)
print(issubclass(contextlib.closing, contextlib.AbstractContextManager), issubclass(int, contextlib.AbstractContextManager))
