# What `typing` refuses, keeps and answers.
# needs: import typing
import collections.abc
import pickle
import typing
from typing import Any, Callable, ClassVar, Dict, Generic, List, NamedTuple, Optional, Protocol, Tuple, TypeVar, TypeVarTuple, Union, Unpack

T, S = TypeVar("T"), TypeVar("S")
Ts = TypeVarTuple("Ts")


def refused(action):
    try:
        action()
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return "taken"


def derive(*bases):
    return lambda: type("C", bases, {})


def subscribed(alias, *args):
    return lambda: alias[args]


print("derived", [refused(derive(type(each))) for each in (Union, ClassVar, typing.Self, ClassVar[int], T, Ts)])
print("variables", refused(lambda: TypeVar("X", bound=Union)), refused(lambda: TypeVar("X", covariant=True, contravariant=True)))
print("packed", refused(subscribed(Generic, Ts)), refused(subscribed(Generic, Unpack[Ts])), refused(subscribed(List[T], Unpack[Ts])))
print("twice", refused(lambda: exec("class C(NamedTuple, NamedTuple): x: int")))

print("kept", List[Any] is List[Any], Optional[Any] is Optional[Any], Callable[[int], str] is Callable[[int], str], Tuple[int, ...] is Tuple[int, ...])
for alias in Dict[int, Any], Optional[Any], Callable[..., Any], Callable[[], Any], Tuple[Any, ...]:
    print("pickled", pickle.loads(pickle.dumps(alias)) is alias)


class P(Protocol):
    pass


class C(P):
    pass


class Pair(Tuple[T, T]):
    pass


print("made", isinstance(C(), C), refused(lambda: C(42)), Pair[int]().__orig_class__ == Pair[int])
print("asked", issubclass(Tuple, Tuple), issubclass(Callable, Callable))


def star(*args: *tuple[int, str]):
    pass


print("unpacked", typing.get_type_hints(star) == {"args": Unpack[tuple[int, str]]})


class Elsewhere:
    def f(self, x: int): ...


@typing.no_type_check
class Here:
    borrowed = Elsewhere.f
    own = lambda self: 1

    def g(self, x: int): ...


print("unchecked", hasattr(Elsewhere.f, "__no_type_check__"), Here.g.__no_type_check__, Here.own.__no_type_check__)


class Numbers(collections.abc.AsyncGenerator):
    async def asend(self, value):
        return 7

    async def athrow(self, typ, val=None, tb=None):
        await super().athrow(typ, val, tb)


async def use():
    numbers = Numbers()
    print("asynchronous", await numbers.__anext__(), await numbers.aclose())


try:
    use().send(None)
except StopIteration:
    pass
