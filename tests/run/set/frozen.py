# What is frozen has a hash, what is not says so: also by its methods, and in classes that derive from it.
from collections.abc import Hashable
from dataclasses import dataclass


class Frozen(frozenset):
    def __new__(cls, *items):
        return super().__new__(cls, items)


class Thawed(set):
    pass


print(frozenset.__hash__ is None, set.__hash__ is None, frozenset([1]).__hash__() == hash(frozenset([1])))
print([isinstance(it(), Hashable) for it in (frozenset, set, Frozen, Thawed)])
print(hash(Frozen(1, 2)) == hash(frozenset([2, 1])), {Frozen(1): "found"}[frozenset([1])], sorted(Frozen(3, 1) | {2}))
for it in set(), Thawed():
    try:
        hash(it)
    except TypeError as error:
        print(error)


@dataclass
class Held:
    names: frozenset = frozenset()


print(Held(), frozenset[int])
match frozenset([5]):
    case frozenset(found):
        print(found)


# What compares by value has no hash; what gets `__eq__` later keeps its own.
class Valued:
    def __eq__(self, other):
        return True


class Later:
    pass


Later.__eq__ = Valued.__eq__
for it in Valued(), Later(), type("Derived", (Valued,), {})():
    try:
        print(type(it).__name__, hash(it) == hash(it))
    except TypeError as error:
        print(error)
