# What binds, what is found where, and what classes say of themselves.
# needs: import types
from collections import namedtuple


class Data(dict):
    pairs = dict.items
    __repr__ = object.__repr__

    def __missing__(self, key):
        return key * 2


data = Data(a=1)
print(list(data.pairs()), data["q"], data.__getitem__("z"), dict.__getitem__(data, "w"), super(Data, data).__getitem__("v"))
print(repr(data).startswith("<"), object.__setattr__.__get__(print, None).__name__)


class Base:
    "of the base"

    def __new__(cls, key=None):
        return object.__new__(Derived if key and cls is Base else cls)

    def __init__(self, key=None):
        print("base", key)


class Derived(Base):
    def __init__(self, key=None):
        print("derived", key)


Base()
Base(4)
print(Base.__doc__, Derived.__doc__, Base().__doc__)


class Text(str):
    def __init__(self, text):
        super().__init__()
        self.size = len(text)


print(Text("abc"), Text("abc").size)

Point = namedtuple("Point", "x y", defaults=[3])
print(Point._fields, Point._field_defaults, Point.__doc__, Point.x.__doc__, Point.__match_args__)
Point.x.__doc__ = "across"
Point.__doc__ = "a place"
print(Point.x.__doc__, Point.__doc__, Point(1))


class Place(Point):
    __slots__ = ()

    def total(self):
        return self.x + self.y


print(Place(1), Place(1).total(), Place._fields, Place.y.__get__(Place(5, 6)))


class Reader(property):
    def __get__(self, instance, owner=None):
        return self if instance is None else ("read", property.__get__(self, instance, owner))


class Read:
    value = Reader(lambda self: 7, doc="seven")
    plain = property(lambda self: 8, doc="eight")

    @property
    def __dict__(self):
        return {"other": True}

    def __init__(self):
        self.own = 1


print(Read().value, Read.plain.__doc__, Read().__dict__)
print("own" in vars(Read), sorted(k for k in vars(Read) if not k.startswith("_")))


class Slots:
    __slots__ = ("__doc__", "__weakref__", "a")

    def __init__(self):
        self.a, self.__doc__ = 1, "mine"


print(Slots().a, Slots().__doc__)


class Noted:
    count: int = 0
    name: str


print(vars(Noted)["__annotations__"], "__dict__" in vars(Noted), type.__dict__["__dict__"].__get__(Noted)["count"])


def outer():
    class Inner:
        def method(self):
            return lambda: 0

    return Inner


print(outer.__qualname__, outer().__qualname__, outer().method.__qualname__, outer()().method().__qualname__, Noted.__qualname__)
print([f.__qualname__ for f in [lambda: 0]], Base.__init__.__code__.co_qualname if hasattr(Base.__init__.__code__, "co_qualname") else "Base.__init__")
print(repr({}.get).startswith("<built-in method get of dict object at 0x"), repr(Place(1).total).startswith("<bound method Place.total of Place(x=1"))
code = compile("1 + 1", "file", "eval").replace(co_name="renamed", co_filename="elsewhere")
print(code.co_name, code.co_filename, eval(code))
