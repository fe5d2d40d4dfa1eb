# Classes say themselves what floor, ceil and trunc of them are; Fraction and Decimal do so exactly.
# needs: import fractions, decimal
import math
from decimal import Decimal
from fractions import Fraction


class Length:
    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"

    def __float__(self):
        return 2.5


class Floats:
    def __float__(self):
        return 2.5


print(math.floor(Length()), math.ceil(Length()), math.trunc(Length()), math.sqrt(Floats()))
print(math.floor(Floats()), math.ceil(Floats()))
half = Fraction(10**30 + 1, 2)
print(math.floor(half), math.ceil(half), math.trunc(-half))
print(math.floor(Decimal("1e30") + Decimal("0.5")), math.ceil(Decimal("-1.5")))
