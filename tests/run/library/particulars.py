# not CPython: enumerations as of 3.13
# Particulars of modules that are otherwise shown elsewhere: enum, base64, bisect, csv, functools, configparser, and more below.
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

import csv, io, copy
for make in (lambda **k: csv.reader([], **k), lambda **k: csv.writer(io.StringIO(), **k)):
    wrong(lambda: make(delimiter=''), lambda: make(delimiter=1), lambda: make(quotechar='xx'), lambda: make(quoting=9), lambda: make(quoting='x'), lambda: make(lineterminator=None),
          lambda: make(quotechar=None, quoting=csv.QUOTE_ALL), lambda: delattr(make().dialect, 'delimiter'), lambda: copy.copy(make().dialect)); kinds(lambda: make(other=1))
wrong(lambda: csv.writer(None), lambda: csv.reader(None), lambda: csv.register_dialect(1), lambda: csv.field_size_limit('x'))
class Half(csv.Dialect): delimiter = ';'
def errors(*actions):
    for action in actions:
        try: print('no error:', action())
        except csv.Error as e: print('Error', e)
errors(Half, lambda: csv.get_dialect('none'), lambda: csv.unregister_dialect('none'), lambda: csv.writer(io.StringIO()).writerow(5),
       lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: list(csv.reader(['"a"b'], strict=True)), lambda: list(csv.reader(['"a'], strict=True)),
       lambda: list(csv.reader([b'a'])), lambda: list(csv.reader(['a\rb'])), lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(['']))
for lines, options in ((['a,b\r\n', '\r\n', 'c'], {}), (['"a\n', 'b",c'], {}), (['a\\\n', 'b,c'], {'escapechar': '\\'}), (['^'], {'escapechar': '^'}), (['a, "b"'], {'skipinitialspace': True}),
                       (['1,"2",,x'], {'quoting': csv.QUOTE_NONE}), (['1.5,"2",'], {'quoting': csv.QUOTE_NONNUMERIC}), (['"a""b",c'], {}), (["'a''b';c"], {'delimiter': ';', 'quotechar': "'"}), (['"a"b,c'], {})):
    try: print(list(csv.reader(lines, **options)))
    except ValueError as e: print('ValueError', e)
for row, options in (([1, 2.5, None, 'x', ''], {}), (['a"b', 'c,d', 'e\nf'], {}), (['a"b'], {'doublequote': False, 'escapechar': '!'}), (['a,b!'], {'quoting': csv.QUOTE_NONE, 'escapechar': '!'}),
                     ([''], {}), ([1, 'x'], {'quoting': csv.QUOTE_NONNUMERIC}), ([None, 'x', 1], {'quoting': csv.QUOTE_STRINGS}), ([None, '', 1], {'quoting': csv.QUOTE_NOTNULL}), ([], {})):
    out = io.StringIO(); csv.writer(out, **options).writerow(row); print(repr(out.getvalue()))
names = csv.DictReader(iter(['a,b', '1,2', '', '3,4,5', '6']), restkey='more', restval='-')
print(names.fieldnames, names.line_num, list(names), names.line_num)

import functools
from collections.abc import Iterable, Mapping, Sized
@functools.singledispatch
def kind(value): return 'any'
@kind.register
def _(value: int): return 'int'
@kind.register
def _(value: list | tuple): return 'row'
kind.register(Mapping, lambda value: 'mapping'); kind.register(Sized, lambda value: 'sized'); kind.register(Iterable, lambda value: 'many')
class Both:
    def __len__(self): return 0
    def __iter__(self): return iter(())
print(kind(1), kind(True), kind(()), kind({}), kind(1.5), kind.dispatch(dict)({}), sorted(c.__name__ for c in kind.registry))
def ambiguous():
    try: kind(Both())
    except RuntimeError as e: print(e)
ambiguous()
Sized.register(type('Other', (), {})); print(kind(2.5))
wrong(lambda: kind(), lambda: kind.register(1), lambda: kind.register(list[int], len), lambda: functools.singledispatchmethod(3), lambda: kind(key=1)); kinds(lambda: kind.register(lambda x: x))
class Shows:
    @functools.singledispatchmethod
    def show(self, value): "doc"; return 'any'
    @show.register
    def _(self, value: int): return 'int'
    @show.register(str)
    @classmethod
    def _(cls, value): return cls.__name__
print(Shows().show(1), Shows().show('x'), Shows().show([]), Shows.show.__doc__, Shows().show.__name__)
@functools.total_ordering
class Ordered:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __eq__(self, other): return self.n == other.n
print(Ordered(1) >= Ordered(1), copy.copy(functools.partial(print, 1)).args)

import configparser, argparse, ipaddress, hmac, glob, fnmatch, fractions
made = configparser.ConfigParser(converters={'list': str.split}, defaults={'n': 1})
made.read_dict({'s': {'words': 'a b', 'k': '2'}})
print(made.getlist('s', 'words'), made['s'].getlist('words'), made['s'].getlist('none', ['x']), sorted(made.converters), made.converters['int'], made['s'].getint('n'))
made.converters['half'] = lambda text: float(text) / 2; print(made['s'].gethalf('k'), made.gethalf('s', 'k')); del made.converters['half']
wrong(lambda: made.gethalf('s', 'k'), lambda: made['s'].gethalf('k'), lambda: configparser.ConfigParser(interpolation=5), lambda: made.converters.__setitem__('', int), lambda: configparser.RawConfigParser(defaults={1: 2}))
parser = argparse.ArgumentParser(prog='p'); group = parser.add_mutually_exclusive_group(); group.add_argument('--foo'); group.add_argument('bar', nargs='?')
print(parser.format_usage().strip())
other = argparse.ArgumentParser(prog='p'); other.add_argument('rest', nargs='...')
wrong(lambda: argparse.ArgumentParser(conflict_handler='x'), lambda: other.parse_intermixed_args([]), lambda: parser.parse_intermixed_args([]))
for text in ('::1%eth0', 'fe80::1%1/64'):
    i = ipaddress.ip_interface(text); print(i, repr(i), i.ip, i.with_prefixlen, i.exploded, i == ipaddress.ip_interface(text.replace('%eth0', '')))
print(ipaddress.IPv6Address('::ffff:10.0.0.1').is_private, ipaddress.IPv6Address('::ffff:8.8.8.8').is_global, ipaddress.ip_network('10.0.0.0/8').is_private, ipaddress.ip_network('fec0::/10').is_site_local)
wrong(lambda: ipaddress.v4_int_to_packed(-1), lambda: ipaddress.v6_int_to_packed(1 << 128), lambda: list(ipaddress.summarize_address_range(1, 2)), lambda: ipaddress.ip_network('::/8').compare_networks(ipaddress.ip_network('10.0.0.0/8')),
      lambda: ipaddress.IPv6Address('::1%'), lambda: ipaddress.ip_interface('1.2.3.4/'))
wrong(lambda: hmac.compare_digest('\xe4', 'a'), lambda: fnmatch.fnmatchcase('a', b'a'), lambda: fnmatch.filter([b'a'], 'a'))
print(glob.escape(b'a*[b]?'), 2 ** fractions.Fraction(-2, 1), fractions.Fraction(1, 2) == 0.5 + 0j, copy.copy(type('Sub', (fractions.Fraction,), {})(1, 2)))

import pprint, textwrap, tempfile, dataclasses, collections, types, typing, gc, os
@dataclasses.dataclass
class Fields:
    a: int
    b: list
@dataclasses.dataclass
class Own:
    a: int
    def __repr__(self): return 'own text that is longer than the line may be'
class Listed(list): pass
class Mapped(dict): pass
row = list(range(12)); words = 'the quick brown fox jumped over a lazy dog ' * 2
for value in (Fields(1, row), Own(1), Listed(row), Mapped(zip('cba', row * 3)), collections.Counter(), collections.Counter('aab'), collections.defaultdict(int), collections.defaultdict(int, {1: row}),
              types.MappingProxyType({'x': row}), collections.ChainMap({'x': row}, {'y': 1}), collections.UserDict(x=row), collections.UserList(row), collections.UserString(words), words, [words], {1: words},
              frozenset(row), collections.deque(row, 20), (row,), b'x' * 40, types.SimpleNamespace(a=row, b=1)):
    pprint.pprint(value, width=30)
for text, width in (('this-is-a-useful-feature-for-reformatting posts', 12), ('Did you say "supercalifragilisticexpialidocious?"', 12), ('then--bam!--he was--.', 6), ('2-succinyl-6-hydroxy-2,4-cyclo', 12), ('a-b-c-d-e and e-mail', 7)):
    print(textwrap.wrap(text, width), textwrap.TextWrapper()._split(text))
file = tempfile.NamedTemporaryFile(prefix=b'pre', suffix=b'.x'); base = os.path.basename(file.name)
print(base[:3], base[-2:], len(base), file.write(b'ab'), os.path.exists(file.name)); file.close(); print(file.closed, os.path.exists(file.name))
held = tempfile.NamedTemporaryFile('w', delete=False); held.close(); print(os.path.exists(held.name)); os.unlink(held.name)
with tempfile.TemporaryFile('w+') as file: file.write('gone'); file.seek(0); print(file.read())
spooled = tempfile.SpooledTemporaryFile(5, 'w+', newline='\n')
spooled.write('abc'); print(spooled._rolled, spooled.name, spooled.mode); spooled.write('defg'); print(spooled._rolled, spooled.tell(), spooled.seek(0), spooled.readlines(), isinstance(spooled, io.IOBase)); spooled.close(); print(spooled.closed)
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(folder + '/below'); os.chmod(folder + '/below', 0o500)
print(os.path.exists(folder))
wrong(lambda: tempfile.mkstemp(prefix='a', suffix=b'b'), lambda: tempfile.NamedTemporaryFile(mode=2))
kinds(lambda: tempfile.mkdtemp(dir='/none/there'), lambda: tempfile.TemporaryFile(dir='/none/there'))
P = typing.ParamSpec('P')
for value in (typing.Callable[P, int], typing.Callable[typing.Concatenate[int, P], str], typing.Callable[[int], str], typing.Callable[..., str]): print(value, pickle.loads(pickle.dumps(value)) == value)
print(typing.Optional[int] is typing.Optional[int], typing.Literal[1] == typing.Literal[True], typing.Unpack[P] is typing.Unpack[P])

from email.message import EmailMessage
from email.headerregistry import Address, Group
mail = EmailMessage()
mail['Date'] = datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
mail['To'] = [Address('Ann', 'ann', 'x.org'), Group('all', (Address('', 'bob', 'y.org'),))]
mail['From'] = Address(addr_spec='"a b"@x.org')
print(mail['Date'], '|', mail['To'], '|', mail['From'], '|', mail['To'].addresses[1], Address('', '', 'buzz').addr_spec, str(Address('n', '', '')))
kinds(lambda: Address(addr_spec='a@b c'))
mail.set_content('x'); mail.make_mixed()
wrong(lambda: mail.make_mixed(), lambda: mail.make_related(), lambda: mail.__setitem__('Subject', 'a\nb'))
