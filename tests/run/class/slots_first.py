# needs: import copy, pickle
# What comes first: a slot before a base's property, an instance's own before a descriptor that only takes stores.
class Base:
    __slots__ = ()
    x = property(lambda self: "base's")
class Derived(Base):
    __slots__ = ("x",)
d = Derived()
try: d.x
except AttributeError as e: print("unset")
d.x = 5
print(d.x, Base().x, hasattr(Derived, "x"))
class Reset:
    def __set__(self, instance, value): instance.__dict__["n"] = value * 2
class Holder:
    n = Reset()
h = Holder()
print(type(h.n).__name__)
h.n = 4
print(h.n)
import operator
class Algebra:
    add, size = operator.add, len
a = Algebra()
print(a.add(1, 2), a.size("abc"), hasattr(len, "__get__"), hasattr(str.upper, "__get__"), operator.neg.__module__, len.__module__)
import functools
print(functools.reduce(operator.mul, [1, 2, 3, 4]), operator.__add__(1, 2), operator.truth([]), operator.index(7), operator.not_(0))
