# What `dir` lists of a named tuple: its fields and what belongs to it.
# not CPython: what else it lists is its own
# needs: from collections import namedtuple; assert "x" in dir(namedtuple("A", "x")(1))
from collections import namedtuple

Point = namedtuple("Point", "x y")


class Place(Point):
    pass


for what in Point, Point(1, 2), Place(1, 2):
    print([name for name in dir(what) if name in ("x", "y", "_fields", "_asdict", "_replace", "_make", "count")])
