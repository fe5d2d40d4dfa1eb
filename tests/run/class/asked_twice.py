# needs: import linecache
# What `object` refuses, which base leads, and what classes and methods are asked by name.
def told(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__, str(e)


class Plain:
    pass


class ByInit:
    def __init__(self, a):
        super().__init__(a)


class ByNew:
    def __new__(cls, a):
        return super().__new__(cls, a)


class Both:
    def __new__(cls, a):
        return super().__new__(cls)

    def __init__(self, a):
        super().__init__()


class NewAlone:
    def __new__(cls, a):
        return super().__new__(cls)


for make in (
    lambda: object.__init__(Plain(), 3),
    lambda: object.__new__(Plain, 3),
    lambda: ByInit(3),
    lambda: ByNew(3),
    lambda: type(Both(3)).__name__,
    lambda: type(NewAlone(3)).__name__,
):
    print(told(make))


class Kept(dict):
    def __init__(self, *args):
        self["x"] = 1
        super().__init__(*args)


print(Kept(), Kept({"y": 2}))


class Mixin:
    pass


class Number(Mixin, int):
    pass


class Failed(Mixin, ValueError):
    pass


print(Number.__base__.__name__, Failed.__base__.__name__, Plain.__base__.__name__)


class Proxy:
    def __init__(self, subject):
        self.subject = subject

    def __getattribute__(self, name):
        if name == "subject":
            return object.__getattribute__(self, name)
        return getattr(self.subject, name)


print(isinstance(Proxy(3), int), isinstance(Proxy(Plain()), Plain), isinstance(Proxy(3), str))

for name in ("__name__", "__qualname__", "__mro__", "__bases__", "__base__", "__module__"):
    print(name, type.__dict__[name].__get__(int))


class Named:
    @classmethod
    @property
    def label(cls):
        return "label of " + cls.__name__

    def method(self, x):
        return x


print(Named.label, Named().label, Named().method.__call__(3), Named().method.__call__.__call__(4))
print(len.__call__.__call__("abc"))
import abc


class Legacy(metaclass=abc.ABCMeta):
    @abc.abstractproperty
    def one(self):
        return 1

    @abc.abstractclassmethod
    def two(cls):
        return 2

    @abc.abstractstaticmethod
    def three():
        return 3


print(sorted(Legacy.__abstractmethods__), told(Legacy)[0])


class Whole(Legacy):
    one, two, three = 1, 2, 3


print(Whole().one)
import typing


class Sized(typing.Protocol):
    def __init__(self, size):
        self.size = size


class Bag(Sized):
    pass


class Count(Sized, int):
    pass


print(Bag(3).size, Count(4), Count(4).size)
for thing in (int, Bag, abc, 5):
    try:
        print(len(type.__dict__["__mro__"].__get__(thing)))
    except TypeError as error:
        print(error)
