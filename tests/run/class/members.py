# Slots as their class shows them: they hide what bases have, bind like descriptors, and lie beside `__dict__`.
import builtins
import copy
import inspect
import types


class Base:
    __slots__ = ()

    def method(self):
        return "of the base"


class Hiding(Base):
    __slots__ = ("method", "__call__", "__len__", "number")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda: "made for " + name


it = Hiding()
print(it.method(), type(Hiding.method).__name__, isinstance(Hiding.number, types.MemberDescriptorType), Hiding.number)
it.method = lambda: "its own"
print(it.method())
del it.method
print(it.method())
it.__call__ = lambda *args: ("called", args)
it.__len__ = lambda: 7
print(it(1), len(it), callable(it), hasattr(it, "__dict__"))


class Open(Hiding):
    pass


it = Open()
it.number, it.other = 1, 2
print(it.__dict__, it.number, vars(it) is it.__dict__, Open.number is Hiding.number)
it.__dict__["third"] = 3
print(it.third, sorted(it.__dict__), copy.copy(it).number, copy.copy(it).third)


class Plain(Open):
    number = 5


print(Plain().number)


class Second(Base):
    __slots__ = ("method", "__dict__")


it = Second()
try:
    it.method
except AttributeError as error:
    print(error)
it.method, it.more = 1, 2
print(it.__dict__, Second.method.__get__(it), Second.method.__get__(None, Second) is Second.method)
Second.method.__set__(it, 8)
print(it.method, Second.method.__name__, Second.method.__objclass__ is Second, Second.method.__qualname__)
Second.method.__delete__(it)
for call in (lambda: Second.method.__get__(it), lambda: Second.method.__get__(5), lambda: Second.method.__delete__(it)):
    try:
        call()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error if isinstance(error, TypeError) else "")
print([name for name in Second.__dict__ if name[0] != "_"], inspect.ismemberdescriptor(Second.method), inspect.isdatadescriptor(Second.method))
Second.method = 3
print(Second().method)


# A format asks the mapping itself for what it lacks.
class Lacking(dict):
    def __missing__(self, key):
        return "no " + key


class Text(str):
    pass


print("%(a)s" % Lacking(), Text("%(a)s, %(b)s") % Lacking(b=1), "{a}".format_map(Lacking()))
print([name in vars(builtins) for name in ("None", "True", "False")], getattr(builtins, "True"))
