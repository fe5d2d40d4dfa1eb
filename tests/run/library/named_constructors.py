# The constructor of a named tuple as a function, whose defaults can be set; dicts of both kinds together; facts in `sys`.
# needs: import collections, sys, typing, struct
import collections
import struct
import sys
import typing

Point = collections.namedtuple("Point", "x y z", defaults=[1, 2])
print(Point.__new__.__defaults__, Point.__new__.__name__, Point.__new__.__qualname__, Point.__new__.__doc__)
print(Point.__new__(Point, 5), Point(5), Point._make([1, 2, 3]))
Point.__new__.__defaults__ = (None,) * 3
print(Point(), Point(1), Point(z=7), Point(1)._replace(y=4), Point._field_defaults)
Bare = collections.namedtuple("Bare", "a b")
print(Bare.__new__.__defaults__, collections.namedtuple("None_", "").__new__.__code__.co_varnames)
Bare.__new__.__defaults__ = (0,)
print(Bare(1), Bare.__new__ is Bare.__new__)


class Derived(Point):
    def __new__(cls, x):
        return super().__new__(cls, x, x + 1, x + 2)


class Typed(typing.NamedTuple):
    a: int
    b: str = "b"


print(Derived(1), Derived.__mro__[1] is Point, Typed.__new__.__defaults__, Typed(1))
try:
    Bare.__new__(Bare)
except TypeError as error:
    print(error)

Order = collections.OrderedDict
for both in ({"a": 1} | Order(b=2), Order(b=2) | {"a": 1}, {} | collections.defaultdict(int, x=1)):
    print(type(both).__name__, list(both.items()))


class Reflecting(dict):
    def __ror__(self, other):
        return "reflected"


print({} | Reflecting(), {1: 2} | {3: 4})

for facts in (sys.float_info, sys.thread_info[:2], sys.flags.n_fields, sys.hash_info.n_fields):
    print(facts)
print(type(sys.float_info).__name__, type(sys.float_info).__module__, sys.float_info.max, sys.flags.n_sequence_fields)

for attempt in (
    lambda: struct.pack("i"),
    lambda: struct.calcsize("z"),
    lambda: struct.calcsize("3"),
    lambda: struct.Struct("i").unpack(b"a"),
    lambda: list(struct.iter_unpack("i", b"abc")),
):
    try:
        attempt()
    except struct.error as error:
        print(type(error), error, isinstance(error, ValueError))
