# A class that a call makes has a name of its own, not its base's; `vars()` of a class body is what the body writes to.
# needs: import inspect


class Base:
    class Inner:
        pass


Made = type("Made", (Base.Inner,), {})
print(Made.__qualname__, Made.__name__, Base.Inner.__qualname__)


class Meta(type):
    def __new__(meta, name, bases, namespace):
        namespace = dict(namespace)
        namespace.pop("__qualname__")
        return super().__new__(meta, name, bases, namespace)


class Without(Base.Inner, metaclass=Meta):
    pass


print(Without.__qualname__)


class Body:
    here = vars()
    for number in range(3):
        here["day_%d" % number] = number
    same = here is locals()
    del here, number


print(Body.day_2, Body.same, [name for name in vars(Body) if not name.startswith("__")])
