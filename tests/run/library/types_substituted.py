# Types with arguments: what stands for their variables, what is refused, and how they are shown.
# needs: import typing
import collections.abc
import pickle
from typing import (
    Annotated, Any, Callable, ClassVar, Concatenate, Counter, Dict, Final, ForwardRef, Generic, Iterable, List, Literal, NamedTuple, NewType, NotRequired,
    Optional, ParamSpec, Protocol, Required, Tuple, Type, TypedDict, TypeVar, TypeVarTuple, Union, Unpack, assert_never, get_args, get_origin,
    get_overloads, get_type_hints, overload, runtime_checkable,
)

T, T1, T2, Ts, P, P2 = TypeVar("T"), TypeVar("T1"), TypeVar("T2"), TypeVarTuple("Ts"), ParamSpec("P"), ParamSpec("P2")


class Pair(Generic[T1, T2]):
    pass


class Many(Generic[Unpack[Ts]]):
    pass


class Called(Generic[P]):
    pass


for text in """Unpack[Ts]; list(tuple[int, str]); list(Tuple[int]); tuple[*tuple[int]]; Tuple[Unpack[Tuple[int]]]; tuple[int] == [*tuple[int]][0]
    Pair[T1, int][str]; Pair[T1, int][str, int]; Pair[int, str][int]; list[T1][*tuple[int]]; dict[T1, T2][*tuple[int, str]]; dict[T1, T2][int]; Dict[T1, T2][int]
    list[T][*tuple[int, ...]]; List[T][42]; list[T]["X"]; List[int][int]; (int | list[T])[str]; Union[T1, T2][int, int]; Optional[T][int]; Type[T][int]
    Many[()]; Many[int, str]; Many[*tuple[int, ...]]; Many[*Ts][int, *tuple[str, ...]]; Many[*Ts][*tuple[int, ...], *tuple[int, ...]]
    tuple[T1, *Ts, T2][int]; tuple[T1, *Ts, T2][int, str]; tuple[T1, *Ts, T2][*tuple[int, ...]]; tuple[T1, *Ts, T2][str, *tuple[int, ...], bool, float]
    tuple[T1, *tuple[tuple[*Ts], ...]][int, str, bool]; Tuple[list[T], *Ts][int]; tuple[*Ts][*tuple[int, str]]
    Called[int, str]; Called[[int, str]]; Called[...]; Called[P2]; Called[[]]
    Callable[P, T][[int, str], bool]; Callable[P, T][..., bool]; Callable[P, T][Concatenate[int, P2], bool]; Callable[Concatenate[int, P], T][[str], bool]
    Callable[Concatenate[int, P], T][Concatenate[str, P2], bool]; Callable[[*Ts], T][int, str, bool]; Callable[[], T][bool]; Callable[..., T][int]; Callable[[int]]
    Concatenate[int, P][[str, float]]; Concatenate[int, P][...]; Concatenate[int, P][P2]; Concatenate[int]; Concatenate[()]
    collections.abc.Callable[P, T][[int, str], bool]; collections.abc.Callable[[int], str]; collections.abc.Iterable[T][int]
    Annotated[T, 1][int]; Annotated[Annotated[int, 1], 2]; Annotated[int]; Annotated[int, 1].__args__; Annotated[int, 1].__metadata__; ClassVar[int, str]; ClassVar[T][int]
    List[int, str]; Dict[int]; Counter[int, str]; Tuple[()]; Tuple[int, ...]; Generic[int]; Generic[T, T]; Generic[()]; Generic[T][int]; Protocol[int]
    List[ClassVar[int]]; List[Final]; Union[()]; Optional[int, str]; List(); Dict(a=1); isinstance([], List); isinstance([], List[int]); isinstance(1, Union[int, str])
    isinstance(1, Any); isinstance(1, Literal[1]); T.__typing_subst__(None); P.__typing_subst__([int]); P.__typing_subst__(1); Ts.__typing_subst__(int)
    ForwardRef("int", module="m"); ForwardRef("x y"); ForwardRef(1); TypeVar("X", bound="Y").__bound__; TypeVar("X", "A", "B").__constraints__
    get_args(Callable[[int], str]); get_args(Callable[P, str]); get_args(collections.abc.Callable[[int], str]); get_args(Annotated[int, 1, 2]); get_origin(List)
    get_origin(P.args); get_origin(Callable); List[int].__name__; List[int].__module__; Annotated[int, 1].__name__; list[T1] == list[T1]; Literal[[], []].__args__
    """.replace("\n", ";").split(";"):  # fmt: skip
    text = text.strip()
    if text:
        try:
            print(text, "->", eval(text))
        except (TypeError, SyntaxError) as error:
            print(text, "->", type(error).__name__, error)

for alias in (List[int], Callable[[int], str], Callable[..., str], Optional[int], Annotated[int, "a"], Tuple[()], Dict[str, List[int]], Literal[1], Concatenate[int, P]):
    if pickle.loads(pickle.dumps(alias)) != alias:
        print("not again", alias)


# Classes know their variables in the order that `Generic` says.
class Both(List[T1], Generic[T2, T1]):
    pass


print(Both.__parameters__, Both[int, str].__args__)
for source in ("class X(List[T1], Generic[T2]): pass", "class X(Generic): pass", "class X(Optional[int]): pass", "class X(NewType('A', int)): pass"):
    try:
        exec(source)
    except TypeError as error:
        print(error)


# Names that are looked up later.
class Node:
    left: "Node"
    right: "Optional[Node]"
    many: "list[Node]" = []
    kept: ClassVar["int"] = 1
    noted: Annotated["int", "a note"]


print(str(get_type_hints(Node)).replace("__main__.", ""))
print(get_type_hints(Node, include_extras=True)["noted"])


def function(a: "int", *args: "str", b: List["Node"], c: None) -> "Dict[str, Node]":
    pass


print(get_type_hints(function))
for thing in (1, "text"):
    try:
        get_type_hints(thing)
    except TypeError as error:
        print(error)
print(get_type_hints(len))


class Film(TypedDict, total=False):
    name: Required[str]
    year: int


class Series(Film):
    parts: NotRequired[int]


print(sorted(Series.__required_keys__), sorted(Series.__optional_keys__), get_type_hints(Series)["name"], Series(name="x"))
Made = TypedDict("Made", {"a b": "int"})
print(Made.__name__, Made.__module__, get_type_hints(Made), pickle.loads(pickle.dumps(Made)) is Made)
Point = NamedTuple("Point", [("x", int), ("y", "int")])
print(Point(1, 2), get_type_hints(Point), pickle.loads(pickle.dumps(Point(1, 2))))


# Protocols.
@runtime_checkable
class Sizes(Protocol):
    def size(self): ...


@runtime_checkable
class Named(Protocol):
    name: str


class Thing:
    def size(self):
        return 1


class NoThing:
    size = None
    name = "x"


print(isinstance(Thing(), Sizes), isinstance(NoThing(), Sizes), issubclass(Thing, Sizes), issubclass(NoThing, Sizes), isinstance(NoThing(), Named))
try:
    issubclass(NoThing, Named)
except TypeError as error:
    print(error)
try:
    class Wrong(Protocol, Thing):
        pass
except TypeError as error:
    print(str(error).split(",")[0])


@overload
def several(x: int) -> int: ...
@overload
def several(x: str) -> str: ...
def several(x):
    return x


print([each.__annotations__["x"] for each in get_overloads(several)])
try:
    assert_never("x" * 300)
except AssertionError as error:
    print(len(str(error)))


# A class's own name is nobody else's.
class Meta(type):
    def __repr__(cls):
        return "the " + super().__repr__()


class Own(metaclass=Meta):
    pass


print(repr(Own).replace("__main__.", ""), Own.__qualname__, Meta("Other", (Own,), {}).__qualname__, hasattr(Own(), "__qualname__"))
