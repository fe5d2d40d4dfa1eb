# dataclasses, typing, copy, types, numbers.
from dataclasses import dataclass, field, asdict, astuple, replace, fields, KW_ONLY, InitVar, FrozenInstanceError, is_dataclass, make_dataclass
from typing import List, Optional, ClassVar, Union, NamedTuple, TypedDict, Protocol, runtime_checkable, Generic, TypeVar, Any, Callable, Literal, get_type_hints, get_origin, get_args, Dict, Annotated, NewType
import copy, types, numbers
@dataclass
class P:
    x: int
    y: int = 3
    z: List[int] = field(default_factory=list)
    c: ClassVar[int] = 5
    def total(self): return self.x + self.y
print(P(1), P(1) == P(1), P(1, 2, [3]), asdict(P(1)), astuple(P(1)), replace(P(1), x=5), [f.name for f in fields(P)], P(1).total(), P.__match_args__)
try: P()
except TypeError as e: print('TypeError')
@dataclass(frozen=True, order=True)
class Q:
    a: int
    b: str = 'q'
print(Q(1) < Q(2), hash(Q(1)) == hash(Q(1)), {Q(1): 2}[Q(1)])
try: Q(1).a = 5
except FrozenInstanceError as e: print(e)
@dataclass
class R(P):
    w: int = 0
    _: KW_ONLY
    k: int = 9
    i: InitVar[int] = 4
    def __post_init__(self, i): self.w += i
print(R(1, k=3), R(1, i=10))
@dataclass(slots=True)
class S:
    a: int
    b: int = 2
s = S(1); print(s)
try: s.q = 1
except AttributeError: print('no attr')
try:
    @dataclass
    class Bad:
        l: list = []
except ValueError as e: print(e)
print(make_dataclass('Mk', ['a', ('b', int, 5)])(1), is_dataclass(P))
match P(1, 2):
    case P(x, y): print('matched', x, y)
class NT(NamedTuple):
    a: int
    b: str = 'd'
    def m(self): return self.a
print(NT(1), NT(1).m(), NT._fields)
class TD(TypedDict):
    a: int
print(TD(a=1), TD.__annotations__)
@runtime_checkable
class HasF(Protocol):
    def f(self) -> int: ...
class X:
    def f(self): return 1
print(isinstance(X(), HasF), isinstance(3, HasF))
T = TypeVar('T')
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
print(G[int](3).v, G[int], List[int], Optional[int], Union[int, str, None], Callable[[int], str], Literal['a', 1], Dict[str, List[int]], Any, T)
def f(a: int, b: 'Optional[str]' = None) -> List[int]: ...
print(get_type_hints(f), get_origin(List[int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), List[T][int])
print(Annotated[int, 3], NewType('UserId', int)(5))
print(copy.deepcopy({'a': [1, (2, [3])]}), copy.copy([1, 2]), copy.deepcopy(P(1, z=[1])))
class Y:
    def __init__(s): s.a = [1]; s.me = s
y = copy.deepcopy(Y()); print(y.a, y.me is y)
z = copy.copy(y); print(z.a is y.a)
print(types.SimpleNamespace(a=1, b='x'), types.MappingProxyType({1: 2}), isinstance(3, numbers.Integral), isinstance(2.5, numbers.Real), isinstance(2.5, numbers.Integral), types.ModuleType)
def gen(): yield
print(isinstance(gen(), types.GeneratorType), isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType))
class L(list): pass
l = L([1]); l.q = 3; k = copy.deepcopy(l); print(k, k.q, type(k).__name__)
@dataclass
class Own:
    a: int
    def __init__(self, a, *, by=1): self.a = a * by
print(Own(3, by=4))
@dataclass(frozen=True, slots=True)
class Cached:
    a: int
    seen: object = field(default=None, init=False, compare=False)
print(Cached(1), Cached(1) == Cached(1))
print(BaseExceptionGroup[int], ExceptionGroup[int])
class Several(ExceptionGroup[ValueError]): pass
print([c.__name__ for c in Several.__mro__])

# What stands for type variables, in builtin types as in those of `typing`.
import pickle, typing
from typing import Callable, Dict, Generic, List, ParamSpec, TypeVar

T, U = TypeVar("T"), TypeVar("U")
P = ParamSpec("P")
print(list[T][int], dict[T, list[U]][int, str], (T | None), tuple[T, ...][int], List[T][int], Dict[T, T][str])
print(list[T].__parameters__, dict[T, list[U]].__parameters__, list[int].__parameters__, list[list[T]].__parameters__)
for alias, args in ((list[int], int), (dict[T, U], int), (List[T], (int, str)), (list[T], (int, str))):
    try:
        print(alias[args])
    except TypeError as e:
        print(e)
for alias in (list[T], List[T], Dict[str, int], Callable[[int], str], T, P, typing.Optional[int]):
    print(pickle.loads(pickle.dumps(alias)) == alias, end=" ")
print(pickle.loads(pickle.dumps(T)) is T, T.__module__, List.__name__, List[int].__name__)

# Who asks a `tee` that is asking already hears so.
import itertools


class Asking:
    def __iter__(self):
        return self

    def __next__(self):
        return next(copies[1])


copies = itertools.tee(Asking())
try:
    next(copies[0])
except RuntimeError:
    print("asked already")
