# Functions that remember, keys that compare, arguments given before: by keywords, by methods, in classes of programs.
import copy
import functools
import pickle
from functools import cmp_to_key, lru_cache, partial


@lru_cache(maxsize=3)
def f(*args, **kw):
    "says"
    return len(args) * 10 + len(kw)


print([f(1), f(1), f("1"), f(1.0), f(True), f(1), f((1,)), f(), f(x=1), f(1, x=2)], f.cache_info(), f.__name__, f.__doc__, type(f).__name__)
print(f.cache_parameters(), f.cache_clear(), f.cache_info(), f.__wrapped__(1, 2), callable(f), copy.copy(f) is f, copy.deepcopy(f) is f)


@lru_cache(typed=True)
def g(x, y=0):
    return type(x).__name__


print(g(1), g(1.0), g(True), g(1, y=2), g(1, y=2.0), g.cache_info())
for wrong in ([], {}):
    try:
        f(wrong)
    except TypeError as error:
        print("TypeError")


class A:
    def __init__(self, n):
        self.n = n

    @lru_cache
    def m(self, k=1):
        return self.n * k

    @staticmethod
    @functools.cache
    def s(x):
        return x + 1

    @classmethod
    @lru_cache(None)
    def c(cls, x):
        return cls.__name__ + x

    p = functools.partialmethod(m.__wrapped__, k=7)


a, b = A(2), A(3)
print(a.m(), a.m(4), b.m(k=5), a.m(), A.m(a), A.m.cache_info(), A.s(1), a.s(1), A.s.cache_info(), a.c("x"), A.c("x"), A.c.cache_info(), a.p())


@lru_cache(0)
def none(x):
    return x


print(none(1), none(1), none.cache_info())


@lru_cache(2)
def deep(n):
    return n and deep(n - 1) + 1


print(deep(50), deep.cache_info())


def h(*args, **kw):
    return args, kw


p = partial(h, 1, x=2)
print(p(), p(3), p(y=4), p(3, x=5, y=6), partial(p, 8, z=9)(x=1), p.func is h, p.args, p.keywords)
p.extra = 5
q = copy.copy(p)
print(q(7), q.extra, partial(int, base=2)("101"), partial(print, "a", end="!\n")("b"))


class Own(partial):
    pass


o = Own(h, "o", k="v")
print(o("w", k="u"), isinstance(o, partial), sorted([3, 1, 2], key=partial(pow, -1.5)))
o.keywords[5] = 6
for _ in range(2):
    try:
        print(o())
    except TypeError:
        print("TypeError")
    o.keywords.clear()
K = cmp_to_key(lambda a, b: len(a) - len(b))
print(sorted(["ccc", "a", "bb", "b"], key=K), K("a") < K("bb"), K("a") > K("bb"), K("a") == K("b"), max(["x", "yy"], key=K), K("q").obj)
print(sorted([1.5, 0.5], key=cmp_to_key(lambda a, b: a - b)))
try:
    K("a") < 3
except (TypeError, AttributeError):
    print("no key")
