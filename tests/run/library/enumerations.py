# enum.
import enum
from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def describe(self): return self.name.lower()
print(Color.RED, repr(Color.GREEN), Color(1), Color['GREEN'], Color.ALIAS is Color.RED, list(Color), len(Color), Color.RED.name, Color.RED.value, Color.RED.describe(), Color.RED in Color, Color.__members__['ALIAS'], isinstance(Color.RED, Color), Color.RED == 1, hash(Color.RED) == hash('RED'))
try: Color(9)
except ValueError as e: print(e)
try: Color.RED = 5
except AttributeError as e: print('AttributeError')
try: Color['X']
except KeyError as e: print('KeyError', e)
class N(IntEnum):
    A = 1
    B = auto()
    C = auto()
print(N.A < N.B, N.C + 1, N(2), '%d' % N.B, f'{N.B}', [n for n in N], N.A == 1, repr(N.A), str(N.A), max(N))
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(P.R | P.X, P.RW, P(3), P.R in P.RW, ~P.R, P(0), bool(P(0)), list(P.RW), repr(P.R | P.X), [p for p in P], P.RW & P.W, P.R ^ P.RW, P.RW.value, len(P.RW))
class Mode(Flag):
    READ = 4; WRITE = 2; RUN = 1
print(list(Mode), Mode.RUN | Mode.READ, list(Mode.RUN | Mode.READ), ~Mode(0))
class IF(IntFlag):
    A = 1
    B = 2
print(IF.A | IF.B, repr(IF.A | IF.B), IF.A + 1, IF(8), repr(IF(8)))
class S(StrEnum):
    ONE = auto()
    TWO = 'zwei'
print(S.ONE, S.TWO + '!', repr(S.ONE), f'{S.TWO}')
class Planet(Enum):
    M = (1.5, 2)
    E = (3.0, 4)
    def __init__(self, mass, r): self.mass, self.r = mass, r
    @property
    def g(self): return self.mass / self.r
print(Planet.M.g, Planet.E.value, Planet((1.5, 2)))
try:
    @unique
    class D(Enum):
        A = 1
        B = 1
except ValueError as e: print(e)
F = Enum('F', 'a b c'); print(list(F), F.a.value)
F2 = Enum('F2', {'x': 10}); print(F2.x)
class W(Enum):
    A = 'a'
    @classmethod
    def _missing_(cls, v): return cls.A
print(W('zzz'))
class O(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    FOO = auto()
print(O.FOO.value)
import copy
print(copy.deepcopy(Color.RED) is Color.RED, {Color.RED: 1}[Color.RED])
match Color.RED:
    case Color.GREEN: print('g')
    case Color.RED: print('r')
