# Where attributes come from and go to.
class Data:
    def __get__(self, instance, owner=None):
        return "class" if instance is None else "data"

    def __set__(self, instance, value):
        instance.__dict__["d"] = value

    def __delete__(self, instance):
        instance.deleted = True


class Plain:
    def __get__(self, instance, owner=None):
        return "plain"


class A:
    d = Data()
    p = Plain()


a = A()
a.d = 5
print(a.d, a.__dict__["d"], A.d, a.p)
a.p = 7
print(a.p, sorted(a.__dict__))
del a.d
print(a.deleted)

# __dict__ is the attributes themselves.
class B:
    pass


b = B()
b.x = 1
d = b.__dict__
d["y"] = 2
b.z = 3
print(b.y, sorted(d.items()), d is b.__dict__)
del d["x"]
print(hasattr(b, "x"))
b.__dict__ = {"q": 4}
print(b.q, hasattr(b, "y"), vars(b))


class C:
    def f(self):
        return "C.f"


b.__class__ = C
print(b.f(), b.q, isinstance(b, C), isinstance(b, B))


class Hooks:
    x = 1

    def __getattribute__(self, name):
        if name == "z":
            raise AttributeError(name)
        return "got " + name

    def __getattr__(self, name):
        return "fell back to " + name


print(Hooks().x, Hooks().y, Hooks().z)


class Listed:
    def __dir__(self):
        return ["b", "a"]


print(dir(Listed()))


class Slots:
    __slots__ = ("a", "b")


s = Slots()
s.a = 1
print(s.a, hasattr(s, "b"), hasattr(s, "__dict__"))
try:
    s.c = 1
except AttributeError:
    print("closed")


class Open(Slots):
    pass


o = Open()
o.c = 3
print(o.c)


class Equal:
    def __eq__(self, other):
        return True


print(Equal.__hash__)
try:
    hash(Equal())
except TypeError:
    print("no hash")


class Neg:
    def __neg__(self):
        return NotImplemented


print(-Neg())


# An AttributeError of a property or a descriptor is the same as no attribute: __getattr__ is asked.
class Failing:
    def __get__(self, instance, owner=None):
        raise AttributeError("failing")

    def __set__(self, instance, value):
        pass


class Asked:
    f = Failing()

    @property
    def p(self):
        raise AttributeError("p")

    @property
    def k(self):
        raise KeyError("k")

    def __getattr__(self, name):
        return "asked for " + name


class Unasked:
    f = Failing()


print(Asked().f, Asked().p, getattr(Asked(), "f", 0), getattr(Unasked(), "f", 0))
try:
    Asked().k
except KeyError as error:
    print("KeyError", error)
try:
    Unasked().f
except AttributeError as error:
    print(error)
