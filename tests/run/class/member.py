# A slot is a descriptor of its class.
# needs: type("A", (), {"__slots__": ("x",)}).x

import types


class A:
    __slots__ = ("x", "_y", "z")


class B(A):
    __slots__ = "w"


class C(B):
    pass


print(A.x, B.x, C.w, type(A.x) is types.MemberDescriptorType, isinstance(A.x, types.MemberDescriptorType))
print(A.x.__name__, A.x.__objclass__ is A, B.x == A.x, A.x != A.z, A.x.__qualname__)
a = A()
A.x.__set__(a, 5)
print(a.x, A.x.__get__(a), A.x.__get__(a, A), A.x.__get__(None, A) == A.x)
A.x.__delete__(a)
for action in (lambda: A.x.__get__(a), lambda: A.x.__get__(5), lambda: A.nothing, lambda: a.x, lambda: A.w):
    try:
        print(action())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__)
b = C()
b.w, b.x, b.v = 1, 2, 3
print(C.w.__get__(b), A.x.__get__(b), hasattr(C, "v"), hasattr(C, "w"))
