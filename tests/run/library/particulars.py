# Particulars of modules that are otherwise shown elsewhere: enum, base64, bisect.
import enum, base64, bisect, datetime, pickle, sys
from enum import Enum, IntEnum, Flag, IntFlag, ReprEnum, StrEnum, auto
class Day(datetime.date, Enum):
    FIRST = 2020, 1, 1
    def weekday_name(self): return 'x'
class Plain(datetime.date, ReprEnum):
    FIRST = 2020, 1, 1
class Named(IntEnum):
    ONE = 1
    def __str__(self): return self.name.lower()
print(repr(Day.FIRST), str(Day.FIRST), '%s' % Plain.FIRST, '{:%Y}'.format(Plain.FIRST), repr(Plain.FIRST), str(Named.ONE), '{}'.format(Named.ONE), f'{Named.ONE:3d}')
class Hex(int):
    def __repr__(self): return hex(self)
class Shown(Hex, Enum):
    A = 10
    B = 11
print(repr(Shown.A), Shown.B.value, type(Shown.A.value).__name__)
class Several(Enum):
    ONE = auto()
    TWO = auto(), auto()
    THREE = auto(), 'x', auto()
print([m.value for m in Several])
class Directed(Enum):
    _order_ = 'A B'
    A = 1
    B = 2
    C = 1
print(list(Directed), Directed.__new__ is Enum.__new__, Several.__members__['TWO'])
print([n for n in dir(Day.FIRST) if n in ('FIRST', 'weekday_name', 'name', 'value', 'year')], 'FIRST' in dir(Day), '__members__' in dir(Enum))
class Bits(Flag):
    A = 1
    B = 2
    BOTH = 3
class Holed(Flag, boundary=enum.KEEP):
    A = 1
    B = 2
    MASK = 255
print(~Bits.A, Bits.A | Bits.B, ~Holed.A, Holed(6), Bits(0), repr(Holed(0)))
def wrong(*actions):
    for action in actions:
        try: print('no error:', action())
        except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, str(e).split('\n')[0][:100])
def ordered():
    class Wrong(Enum):
        _order_ = 'B A'
        A = 1
        B = 2
def late():
    class Late(Enum):
        A = auto()
        def _generate_next_value_(name, *rest): return name
def two_types():
    class Two(int, str, Enum): A = 1
def backwards():
    class Back(Enum, int): A = 1
def text_and_auto():
    class Mixed(Enum):
        A = 'x'
        B = auto()
def no_super():
    class Own(IntEnum):
        def __new__(cls, value): return super().__new__(cls, value)
        A = 1
def holed():
    @enum.verify(enum.NAMED_FLAGS)
    class Color(Flag):
        A = 1
        WHITE = 7
def no_text():
    class Text(StrEnum): A = 1
def kinds(*actions):
    for action in actions:
        try: print('no error:', action())
        except Exception as e: print(type(e).__name__, end=' ')
    print()
kinds(no_super)
wrong(ordered, late, backwards, text_and_auto, holed, no_text, lambda: Enum('x'), lambda: Several('none'))
class Text(StrEnum):
    A = auto()
    B = b'bytes', 'ascii'
print(list(Text), Text.A, f'{Text.B:>7}')
Made = Enum('Made', 'A B', module=__name__, qualname='Made.Here')
print(Made.__module__, Made.__qualname__, Enum('Here', 'A').__module__)
Here = Enum("Here", "A B", qualname="Here")
print(pickle.loads(pickle.dumps(Here.A)) is Here.A)
FIRST_X, FIRST_Y, OTHER = 2, 1, 3
Converted = IntEnum._convert_('Converted', __name__, lambda name: name.startswith('FIRST_'))
print(list(Converted), FIRST_X is Converted.FIRST_X, Converted.__module__)
@enum.global_enum
class Global(IntFlag):
    G1 = 1
    G2 = 2
print(repr(G1 | G2), repr(Global(0)), str(Global(0)), str(G1), repr(Global(9)))

for f in (base64.b64encode, base64.b32encode, base64.b16encode, base64.b85encode, base64.a85encode, base64.encodebytes, base64.decodebytes, base64.b32decode):
    kinds(lambda: f([]), lambda: f(5))
wrong(lambda: base64.b32encode(''), lambda: base64.encodebytes(memoryview(b'1234').cast('I')), lambda: base64.b64decode('\xe9'))
print(base64.b32encode(memoryview(b'ab')), base64.b64decode(bytearray(b'YQ==')))
wrong(lambda: bisect.insort(10, 1), lambda: bisect.bisect_left(10, 1), lambda: bisect.bisect([1], 1, -1))
