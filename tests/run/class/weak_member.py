# needs: type("A", (), {"__slots__": ("__weakref__",)}).__weakref__
# `__weakref__` as classes show it.
import weakref


class Plain:
    pass


class Slotted:
    __slots__ = ("x", "__weakref__")


class Derived(Slotted):
    __slots__ = ()


class Closed:
    __slots__ = ("x",)


print(["__weakref__" in cls.__dict__ for cls in (Plain, Slotted, Derived, Closed)])
print([hasattr(cls, "__weakref__") for cls in (Plain, Slotted, Derived, Closed)])
for cls in Plain, Slotted, Derived:
    object = cls()
    print(cls.__weakref__.__get__(object) is None, object.__weakref__)
    reference = weakref.ref(object)
    print(cls.__weakref__.__get__(object) is reference, object.__weakref__ is reference)
try:
    Closed.__weakref__
except AttributeError as error:
    print(error)
