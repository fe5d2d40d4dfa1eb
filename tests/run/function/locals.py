# What a function sees of its own locals.
def l():
    a = 1
    b: int = 2
    def inner(): return a
    del b
    return locals()
print(list(l()))
def l2(p, *q, r=1, **s): return locals()
print(l2(1, 2, 3, r=4, t=5))
def e(v): return eval('v + 1')
print(e(4))
def d(zz, aa): return dir()
print(d(1, 2))
def vv(a): return vars()
print(vv(1))
def gen(a):
    yield locals()
print(next(gen(3)))
