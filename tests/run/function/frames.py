# needs: import copy, pickle
# What generators, coroutines and frames tell of themselves.
# As text, since code that was saved has no names of locals.
exec(r'''
import sys
def g():
    x = 1
    yield x
    y = 2
    yield y
i = g()
print(i.gi_code.co_name, i.gi_running, i.gi_frame is not None, i.gi_yieldfrom)
next(i); print(i.gi_frame.f_locals, i.gi_frame.f_lineno, i.gi_frame.f_code is i.gi_code)
next(i); print(i.gi_frame.f_locals)
list(i); print(i.gi_frame)
def h():
    yield from g()
i = h(); next(i); print(i.gi_yieldfrom.__name__)
def r():
    print(me.gi_running, me.gi_frame.f_back.f_code.co_name); yield
me = r(); next(me); print(me.gi_running)
async def co(): pass
c = co(); print(c.cr_code.co_name, c.cr_running, c.cr_frame is not None, c.cr_await, c.cr_origin)
import inspect
print(inspect.getcoroutinestate(c)); c.close(); print(inspect.getcoroutinestate(c), c.cr_frame)
i = g(); print(inspect.getgeneratorstate(i)); next(i); print(inspect.getgeneratorstate(i), inspect.getgeneratorlocals(i)); i.close(); print(inspect.getgeneratorstate(i))
async def ag(): yield 1
a = ag(); print(a.ag_code.co_name, a.ag_running, a.ag_frame is not None, a.ag_await)
def loc(a, *b, c=3, **d):
    q = 5
    def inner(): return q
    f = sys._getframe()
    for n in range(2): pass
    return dict(f.f_locals)
print(sorted(loc(1, 2, e=4)))
def outer():
    hidden = 7
    captured = 8
    def inner():
        captured
        f = sys._getframe(1)
        return {k: v for k, v in f.f_locals.items() if k != 'inner'}, sys._getframe().f_locals['captured']
    return inner()
print(outer())
class Body:
    attribute = 1
    print(sys._getframe().f_locals['attribute'])
code = loc.__code__
print(code.co_varnames, code.co_cellvars, code.co_freevars)
print(sys.getrecursionlimit() > 100)
''', globals())
