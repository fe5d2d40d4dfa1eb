# Dataclasses: annotations that are text, slots with weak references and pickles, texts about them, what is refused.
# needs: import dataclasses, typing, inspect, pickle, weakref, abc
import abc
import copy
import dataclasses
import inspect
import pickle
import typing
import weakref
from collections import deque
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar

Alias = ClassVar[int]


@dataclass
class Texts:
    a: "ClassVar[int]" = 1
    b: "typing.ClassVar" = 2
    c: " typing . ClassVar [int]" = 3
    d: "InitVar[int]" = 4
    e: "dataclasses.InitVar" = 5
    f: "Alias" = 6
    g: "t.ClassVar" = 7
    h: "ClassVarious" = 8
    _: "KW_ONLY" = None
    i: int = 9

    def __post_init__(self, d, e):
        print("made of", d, e)


print([f.name for f in dataclasses.fields(Texts)], Texts(40, 50, i=90), Texts.__doc__)


@dataclass
class Described:
    x: int
    y: deque = field(default_factory=deque)
    z: "str" = "é"
    w: typing.List[int] = None
    v: int = field(default=3, kw_only=True)


print(Described.__doc__, Described.__init__.__globals__ is globals(), inspect.signature(Described))


@dataclass
class Custom:
    x: int

    def __init__(self, other):
        self.x = other


print(Custom.__doc__)


@dataclass(frozen=True, slots=True)
class Outer:
    a: int
    b: str = "b"


class Space:
    @dataclass(frozen=True, slots=True, weakref_slot=True)
    class Inner:
        a: int


for value in (Outer(1), Space.Inner(2)):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    print(copy.copy(value), value.__slots__, type(value).__qualname__)
inner = Space.Inner(1)
print(weakref.ref(inner)() is inner)


class Base:
    __slots__ = "a"


@dataclass(slots=True)
class Below(Base):
    a: int
    c: int


print(Below.__slots__, Below(1, 2))


class Ordered(abc.ABC):
    @abc.abstractmethod
    def __lt__(self, other): ...


@dataclass(order=True)
class Number(Ordered):
    n: int


print(Number(1) < Number(2), inspect.isabstract(Number))


@dataclass
class Slotted:
    __slots__ = ("x",)
    x: int


def attempt(make):
    try:
        print(make())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


attempt(Slotted)
attempt(lambda: dataclass(weakref_slot=True)(type("A", (), {"__annotations__": {}})))
attempt(lambda: dataclass(type("A", (), {"__annotations__": {"a": KW_ONLY, "b": KW_ONLY}})))
attempt(lambda: dataclasses.make_dataclass("A", ["for"]))
attempt(lambda: dataclasses.make_dataclass("A", [(1, 2, 3, 4)]))
print(typing.get_type_hints(Described.__init__)["z"])
