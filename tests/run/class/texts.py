# Attributes whose names came as texts made at run time, put into __dict__.
def text(): return bytes([110, 109]).decode()
class A: nm = 'of the class'
class D(dict): pass
class E(Exception): pass
for kind in (A, D, E):
    one = kind(); one.__dict__.update({text(): 1}); print(one.nm, hasattr(one, 'nm'), one.__dict__)
    one.nm = 2; print(one.nm, one.__dict__); del one.nm; print(one.__dict__)
many = A()
for i in range(40): many.__dict__['x%d' % i] = i
many.__dict__[text()] = 'here'; print(many.nm, many.x7)
