# A class that derives from property: its accessors make more of its kind.
import typing


class Told(property):
    def setter(self, function):
        return property.setter(self, function)

    def __get__(self, instance, owner=None):
        return self if instance is None else ("told", property.__get__(self, instance, owner))


class Holder:
    @Told
    def x(self):
        return 3

    @x.setter
    def x(self, value):
        self.value = value

    y = Told(lambda self: 4)


it = Holder()
it.x = 5
print(it.x, it.value, it.y, type(Holder.x).__name__, Holder.x.fset is not None, type(Holder.y.deleter(None)).__name__)
print(type(property(lambda self: 1).setter(lambda self, value: 2)).__name__)
print([name for name in typing.__all__ if not hasattr(typing, name)], "List" in typing.__all__, isinstance(1j, typing.SupportsComplex))


# Those that derive from the builtin descriptors and add nothing bind as these do.
class Plain(property):
    pass


class Static(staticmethod):
    pass


class OfClass(classmethod):
    pass


class Second:
    x = Plain(lambda self: 1, lambda self, value: print("set", value), lambda self: print("deleted"))
    only = Plain(lambda self: 2)
    static = Static(lambda a: ("static", a))

    @OfClass
    def made(cls, a):
        return cls.__name__, a


it = Second()
it.__dict__["x"] = "hidden"
it.x = 7
del it.x
print(it.x, it.static(1), Second.static(2), it.made(3), Second.made(4), type(Second.x).__name__)
try:
    it.only = 1
except AttributeError as error:
    print(error)
