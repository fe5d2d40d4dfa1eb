# functools.lru_cache: what is the same call, what is forgotten first.
import functools
calls=[]
@functools.lru_cache(maxsize=3)
def f(*a, **k): calls.append((a,k)); return len(calls)
for x in (1,2,3,1,4,2,1): f(x)
print(calls, f.cache_info()); f("1"); f((1,)); f(1,2); f((1,2)); f(1.0); f(True); print(calls, f.cache_info())
@functools.lru_cache(typed=True)
def g(a, b=2): return type(a)
print(g(1), g(1.0), g(True), g.cache_info(), g(a=1), g(b=1,a=2), g.cache_info())
try: f([])
except TypeError as e: print(e)
@functools.lru_cache(None)
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(40), fib.cache_info(), fib.cache_parameters()); fib.cache_clear(); print(fib.cache_info())
@functools.lru_cache(0)
def z(x): return x
z(1); z(1); print(z.cache_info())
class C:
    def __hash__(self): return 5
    def __eq__(self, o): raise ValueError("eq")
try: f(C()); f(C())
except ValueError as e: print(e)
