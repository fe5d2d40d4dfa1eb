# needs: import typing
# not CPython: type parameters are younger than 3.11
# What classes and aliases with type parameters show of them.
import typing
from typing import Generic, TypeAliasType


class Plain[T, *Ts]:
    pass


class Derived(Plain[int, str]):
    pass


class Base:
    pass


class OfBase[T](Base):
    pass


print(issubclass(Plain, Generic), Plain.__parameters__, Plain.__type_params__ == Plain.__parameters__, Plain.__orig_bases__)
print(Derived.__orig_bases__, OfBase.__parameters__, [cls.__name__ for cls in Derived.__mro__])
T = Plain.__type_params__[0]
print(T.__infer_variance__, typing.TypeVar("Own").__infer_variance__, type(T))
type Alias[K] = dict[K, list[K]]
print(Alias, Alias.__value__, Alias.__parameters__, Alias.__module__, type(Alias), Alias[int])
Made = TypeAliasType("Made", list[int])
print(Made, Made.__value__)


class Defaults[A = int, **P = [int]]:
    pass


print([one.has_default() for one in Defaults.__type_params__], [one.__default__ for one in Defaults.__type_params__])
