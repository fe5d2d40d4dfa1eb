# `super(cls)` waits for an object, which it gets as a class attribute; what a `super` says of itself.
# needs: super(int)


class A:
    def f(self):
        return "A"

    @classmethod
    def g(cls):
        return cls.__name__


class B(A):
    def f(self):
        return "B" + self._behind.f()

    def g(self):
        return super(B, type(self)).g()


B._behind = super(B)
b = B()
print(b.f(), b.g())
print(B._behind.__thisclass__ is B, B._behind.__self__, B._behind.__self_class__)
bound = B._behind.__get__(b, B)
print(bound.f(), bound.__self__ is b, bound.__self_class__ is B, bound.__thisclass__ is B)
print(repr(super(B)), repr(super(B, b)), repr(super(A, None)), type(super(B)) is super)
for arguments in (1, int), (int, int, int), (B, A()):
    try:
        super(*arguments)
    except TypeError as error:
        print(str(error).split(",")[0])
try:
    super(B).f
except AttributeError as error:
    print(error)
