# Metaclasses: their methods, keywords of the class statement, the namespace that they prepare.
class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **keywords):
        return {"prepared": name}

    def __new__(meta, name, bases, namespace, **keywords):
        cls = super().__new__(meta, name, bases, namespace)
        cls.keywords = keywords
        return cls

    def __init__(cls, name, bases, namespace, **keywords):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        made = super().__call__(*args)
        made.by = "Meta"
        return made

    def greet(cls):
        return "I am " + cls.__name__

    @property
    def shout(cls):
        return cls.__name__ + "!"

    def __instancecheck__(cls, x):
        return x == 3

    def __subclasscheck__(cls, c):
        return c is int


class A(metaclass=Meta, colour="red"):
    def __init__(self, a):
        self.a = a


class B(A):
    pass


b = B(5)
print(A.keywords, B.keywords, A.prepared, B.prepared)
print(b.a, b.by, B.greet(), B.shout, type(B) is Meta)
print(isinstance(3, A), isinstance(4, A), issubclass(int, A), issubclass(str, A), isinstance(3, (str, A)))


class Other(type):
    pass


class C(metaclass=Other):
    pass


try:
    class D(A, C):
        pass
except TypeError:
    print("conflict")


class Derived(Other):
    pass


class E(metaclass=Derived):
    pass


class F(C, E):
    pass


print(type(F).__name__)

# type() with three arguments tells the bases as a class statement does.
class Told:
    def __init_subclass__(cls, **keywords):
        cls.told = keywords


G = type("G", (Told,), {"x": 1}, z=2)
print(G.__name__, G.x, G.told, G.__module__)
try:
    class H(x=3):
        pass
except TypeError:
    print("no keywords")
print([c.__name__ for c in Told.__subclasses__()], F.__base__.__name__, bool.__base__)
