# needs: exec("class A(type('M', (), {'__init__': lambda *a: None})()): pass")
# A base that is no type: its own class makes what derives from it, as of interfaces that are instances.


class Maker:
    def __init__(self, name, bases=(), namespace=None):
        self.name, self.bases, self.namespace = name, bases, namespace or {}

    def __repr__(self):
        return "<%s of %r with %s>" % (self.name, self.bases, sorted(name for name in self.namespace if name[0] != "_"))


class Meta(Maker):
    pass


First = Maker("First")


class Second(First):
    def method():
        pass


print(Second)


class Third(Second, First):
    number: int = 1


print(Third, type(Third).__name__, Third.namespace["__annotations__"], "__annotate__" in Third.namespace)


class Fourth(First, metaclass=Meta):
    pass


print(Fourth, type(Fourth).__name__)
try:

    class Fifth(5):
        pass
except TypeError as error:
    print(type(error).__name__)


# What `type` says of a class comes before what the class has for its instances.
class Described:
    __bases__ = property(lambda self: "an instance's")
    __mro__ = 5


print(Described.__bases__ == (object,), Described.__mro__ == (Described, object), Described().__bases__)
