# needs: import copy, pickle
# What every object has of `object`, and builtin types of their operators; names of classes; what may become of an instance.
import weakref


def told(function, *args):
    try:
        return function(*args)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


class Lamp:
    def __init__(self, level=0):
        self.level = level


lamp = Lamp(3)
names = "__lt__ __le__ __eq__ __ne__ __gt__ __ge__ __hash__ __repr__ __str__ __format__ __sizeof__ __dir__ __reduce__ __reduce_ex__ __getstate__ __init_subclass__ __subclasshook__ __new__ __init__ __setattr__ __delattr__ __getattribute__ __class__ __doc__".split()
print([name for name in names if not all([hasattr(x, name) for x in (object, Lamp, lamp, 5, "a", None, [], len)])])
print([name for name in names if name not in object.__dict__], [name for name in names if name not in dir(lamp)], [name for name in names if name not in dir(int)])
print(object.__lt__(1, 2), object.__eq__(lamp, lamp), object.__eq__(1, 2), object.__ne__(lamp, lamp), lamp.__ge__(lamp), lamp.__eq__(3))
print(Lamp.__lt__ is object.__lt__, Lamp.__eq__(lamp, lamp), Lamp.__hash__(lamp) == hash(lamp) == lamp.__hash__(), Lamp.__subclasshook__(int))
print(lamp.__getstate__(), (5).__getstate__(), lamp.__sizeof__() > 0)


class Ordered(Lamp):
    def __lt__(self, other):
        answer = super().__lt__(other)
        return self.level < other.level if answer is NotImplemented else answer


print(Ordered(1) < Ordered(2), Ordered(2) > Ordered(3), told(lambda: Lamp(1) < Lamp(2)))

print("operators")
print(int.__add__(1, 2), int.__add__(1, 2.0), int.__radd__(1, 2j), float.__add__(1.0, 2), float.__mul__(2.0, 1j), bool.__and__(True, False), int.__eq__(1, 1.0), int.__lt__(1, 1.5))
print(str.__mul__("ab", 2), list.__mul__([1], 2), str.__mod__("%d", 3), set.__rsub__({1}, {1, 2}), complex.__getnewargs__(1 + 2j), range(0).__bool__(), None.__bool__())
print([hasattr(x, n) for x, n in [("a", "__setitem__"), (b"a", "__delitem__"), ((), "__setitem__"), ({}, "__add__"), ({1}, "__mul__"), (1j, "__mod__"), (frozenset(), "__iand__"), (range(1), "__setitem__")]])
print([t.__hash__ for t in (list, dict, set, bytearray)], [].__hash__, "__hash__" in dir(list))
print(list.__class_getitem__(int), dict.__class_getitem__((int, str)), [hasattr(t, "__class_getitem__") for t in (list, tuple, set, frozenset, int, str)])
print([n for n in ("__add__", "__radd__", "__divmod__", "__index__", "real", "numerator", "bit_length", "__class__") if n not in dir(int)],
      [n for n in ("__contains__", "__getitem__", "__mod__", "join", "__len__") if n not in dir(str)],
      [n for n in ("start", "stop", "__reversed__", "count") if n not in dir(range)], [n for n in ("args", "errno", "strerror", "__cause__") if n not in dir(OSError)])
print([type(getattr(Lamp, n)) is int for n in ("__basicsize__", "__itemsize__", "__flags__", "__dictoffset__", "__weakrefoffset__")], int.__text_signature__)

print("names")


class Named:
    __name__ = "of an instance"
    __doc__ = "What it is."


print(Named.__name__, Named().__name__, Named.__doc__, "__name__" in vars(Named))
Named.__name__ = "Renamed"
print(Named.__name__, Named().__name__, vars(Named)["__name__"], [n for n in vars(Named) if "name" in n])
print(told(setattr, Lamp, "__name__", 5), told(setattr, Lamp, "__name__", "a\0b"), told(setattr, Lamp, "__qualname__", 3))

print("classes")


class Other:
    pass


class Number(int):
    pass


class Closed:
    __slots__ = ("x",)


class Alike:
    __slots__ = ("x",)


class Unlike:
    __slots__ = ("y",)


def become(thing, cls):
    thing.__class__ = cls
    return type(thing).__name__


for thing, cls in [(Lamp(), Other), (Lamp(), Number), (Number(), Lamp), (5, Lamp), ([], Lamp), (Lamp(), int), (Lamp(), 5), (Closed(), Alike), (Closed(), Unlike), (Lamp(), Closed)]:
    print(told(become, thing, cls))
print(told(delattr, lamp, "__class__"))
for bases, slots in [((), ("1a",)), ((), (1,)), ((int,), ("a",)), ((tuple,), ("a",)), ((int,), ()), ((Lamp,), ("__dict__",)), ((), ("__dict__", "__weakref__"))]:
    print(told(lambda: type("Made", bases, {"__slots__": slots}).__name__))

print("references")
print(lamp.__weakref__)
reference = weakref.ref(lamp)
print(lamp.__weakref__ is reference, told(lambda: Closed().__weakref__), told(weakref.ref, Closed()))


class Watched:
    __slots__ = ("__weakref__",)


watched = Watched()
print(watched.__weakref__, weakref.ref(watched)() is watched)

print("keys")


class Key:
    def __init__(self, hash):
        self.hash = hash

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        print("compared with", other if not isinstance(other, Key) else other.hash)
        return self is other


keys = {Key(1): 1, Key(2): 2}
print(Key(3) in keys, 5 in keys, Key(2) in keys)
print(Key(1) in {1: 2, "a": 3}, Key(7) in {1: 2, "a": 3}, Key(4) in {Key(9)}, "a" in {Key(3)})
keys[Key(2)] = 3
print(len(keys), [key.hash for key in keys], keys.pop(Key(5), None))
