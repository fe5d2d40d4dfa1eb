# A right operand whose class derives from the left one's is asked first, if it has a method of its own.
# needs: import typing


class Base:
    def __add__(self, other):
        return "Base.__add__"

    def __radd__(self, other):
        return "Base.__radd__"

    def __lt__(self, other):
        return "Base.__lt__"

    def __gt__(self, other):
        return "%s.__gt__" % type(self).__name__

    def __eq__(self, other):
        return "%s.__eq__" % type(self).__name__


class Same(Base):
    pass


class Other(Base):
    def __radd__(self, other):
        return "Other.__radd__"


class Declines(Base):
    def __radd__(self, other):
        return NotImplemented


class Number(int):
    def __floordiv__(self, other):
        return "Number.__floordiv__"

    def __rfloordiv__(self, other):
        return "Number.__rfloordiv__"


class Further(Number):
    def __rfloordiv__(self, other):
        return "Further.__rfloordiv__"


print(Base() + Base(), Base() + Same(), Base() + Other(), Other() + Base(), Base() + Declines(), Same() + Other())
print(Base() < Same(), Same() < Base(), Base() > Same(), Base() == Other(), Other() == Base(), Base() == Base())
print(1 // Number(), Number() // 1, Number() // Further(), Further() // Number(), 7 // Further())
