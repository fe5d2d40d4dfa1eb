"""Rational numbers, exact."""

import math
import numbers

__all__ = ["Fraction"]


class Fraction(numbers.Rational):
    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if isinstance(numerator, str):
                numerator, denominator = _parse(numerator)
            elif type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            elif type(numerator) is Fraction:
                self._numerator, self._denominator = numerator._numerator, numerator._denominator
                return self
            elif isinstance(numerator, numbers.Rational):
                numerator, denominator = numerator.numerator, numerator.denominator
            elif hasattr(numerator, "as_integer_ratio"):
                numerator, denominator = numerator.as_integer_ratio()
            else:
                raise TypeError("argument should be a string or a Rational instance")
            common = 1
        elif type(numerator) is int and type(denominator) is int:
            common = 0
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator
            common = 0
        else:
            raise TypeError("both arguments should be Rational instances")
        if not denominator:
            raise ZeroDivisionError("Fraction(%s, 0)" % numerator)
        common = math.gcd(numerator, denominator) if not common or denominator != 1 else 1
        if denominator < 0:
            common = -common
        self._numerator, self._denominator = numerator // common, denominator // common
        return self

    @classmethod
    def from_float(cls, f):
        return cls(f)

    from_decimal = from_float

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def is_integer(self):
        return self._denominator == 1

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        lower, upper = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return upper if abs(upper - self) <= abs(lower - self) else lower

    def __repr__(self):
        return "%s(%s, %s)" % (type(self).__name__, self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else "%s/%s" % (self._numerator, self._denominator)

    def __format__(self, spec):
        return format(str(self), spec) if not spec or spec[-1] not in "eEfFgG%" else format(float(self), spec)

    def __hash__(self):
        return hash(self._numerator) if self._denominator == 1 else hash(float(self)) if float(self) == self else hash((self._numerator, self._denominator))

    def __reduce__(self):
        return type(self), (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else type(self)(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __add__(self, other):
        if type(other) is Fraction:
            return _sum(self._numerator, self._denominator, other._numerator, other._denominator)
        return _operate(self, other, _sum, lambda x, y: x + y)

    def __radd__(self, other):
        return _operate(other, self, _sum, lambda x, y: x + y)

    def __sub__(self, other):
        if type(other) is Fraction:
            return _sum(self._numerator, self._denominator, -other._numerator, other._denominator)
        return _operate(self, other, lambda a, b, c, d: _sum(a, b, -c, d), lambda x, y: x - y)

    def __rsub__(self, other):
        return _operate(other, self, lambda a, b, c, d: _sum(a, b, -c, d), lambda x, y: x - y)

    def __mul__(self, other):
        if type(other) is Fraction:
            return _product(self._numerator, self._denominator, other._numerator, other._denominator)
        return _operate(self, other, _product, lambda x, y: x * y)

    def __rmul__(self, other):
        return _operate(other, self, _product, lambda x, y: x * y)

    def __truediv__(self, other):
        if type(other) is Fraction:
            return _quotient(self._numerator, self._denominator, other._numerator, other._denominator)
        return _operate(self, other, _quotient, lambda x, y: x / y)

    def __rtruediv__(self, other):
        return _operate(other, self, _quotient, lambda x, y: x / y)

    def __floordiv__(self, other):
        return _operate(self, other, lambda a, b, c, d: a * d // (b * c), lambda x, y: x // y)

    def __rfloordiv__(self, other):
        return _operate(other, self, lambda a, b, c, d: a * d // (b * c), lambda x, y: x // y)

    def __mod__(self, other):
        return _operate(self, other, lambda a, b, c, d: Fraction(a * d % (c * b), b * d), lambda x, y: x % y)

    def __rmod__(self, other):
        return _operate(other, self, lambda a, b, c, d: Fraction(a * d % (c * b), b * d), lambda x, y: x % y)

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __pow__(self, b):
        if isinstance(b, numbers.Rational) and b.denominator == 1:
            power = b.numerator
            if power >= 0:
                return Fraction(self._numerator**power, self._denominator**power)
            if not self._numerator:
                raise ZeroDivisionError("Fraction(%s, 0)" % self._denominator ** -power)
            return Fraction(self._denominator**-power, self._numerator**-power)
        return float(self) ** (float(b) if isinstance(b, numbers.Rational) else b)

    def __rpow__(self, a):
        if self._denominator == 1 and self._numerator >= 0:
            return a**self._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** self
        return a ** self._numerator if self._denominator == 1 else a ** float(self)

    def __pos__(self):
        return _made(self._numerator, self._denominator)

    def __neg__(self):
        return _made(-self._numerator, self._denominator)

    def __abs__(self):
        return _made(abs(self._numerator), self._denominator)

    def __int__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    __trunc__ = __int__

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            return floor + (rest * 2 > self._denominator or rest * 2 == self._denominator and floor % 2)
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __float__(self):
        return self._numerator / self._denominator

    def __bool__(self):
        return bool(self._numerator != 0)

    def __eq__(self, other):
        if type(other) is Fraction:
            return self._numerator == other._numerator and self._denominator == other._denominator
        if type(other) is int:
            return self._numerator == other and self._denominator == 1
        if isinstance(other, numbers.Rational):
            return self._numerator == other.numerator and self._denominator == other.denominator
        if isinstance(other, numbers.Complex) and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            return math.isfinite(other) and self == Fraction(other)
        return NotImplemented

    def _compare(self, other, compare):
        if type(other) is Fraction:
            return compare(self._numerator * other._denominator, self._denominator * other._numerator)
        if isinstance(other, int):
            return compare(self._numerator, self._denominator * other)
        if isinstance(other, numbers.Rational):
            return compare(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return compare(self, Fraction(other)) if math.isfinite(other) else compare(0.0, other)
        return NotImplemented

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)


def _made(numerator, denominator):
    """The fraction of two ints without a common divisor, the second positive."""
    new = object.__new__(Fraction)
    new._numerator, new._denominator = numerator, denominator
    return new


# Operators of what is in lowest terms: divisors are looked for in the parts, which are smaller than what is made of them.


def _sum(a, b, c, d):
    common = math.gcd(b, d)
    if common == 1:
        return _made(a * d + b * c, b * d)
    b //= common
    above = a * (d // common) + b * c
    more = math.gcd(above, common)
    return _made(above, b * d) if more == 1 else _made(above // more, b * (d // more))


def _product(a, b, c, d):
    common = math.gcd(a, d)
    if common > 1:
        a, d = a // common, d // common
    common = math.gcd(c, b)
    if common > 1:
        c, b = c // common, b // common
    return _made(a * c, b * d)


def _quotient(a, b, c, d):
    if c < 0:
        c, d = -c, -d
    if not c:
        raise ZeroDivisionError("Fraction(%s, 0)" % (a * d))
    return _product(a, b, d, c)


def _operate(x, y, exactly, otherwise):
    if isinstance(x, (int, Fraction)) and isinstance(y, (int, Fraction)):
        return exactly(x.numerator, x.denominator, y.numerator, y.denominator)
    for value in (x, y):
        if not isinstance(value, (int, float, complex, Fraction)):
            return NotImplemented
    return otherwise(*[float(value) if isinstance(value, Fraction) else value for value in (x, y)])


def _parse(text):
    original, text = text, text.strip()
    try:
        if "/" in text:
            above, below = text.split("/")
            if not below or not below[0].isdigit():
                raise ValueError
            return int(above), int(below)
        body, exponent = text, 0
        for sign in "eE":
            if sign in body:
                body, power = body.split(sign)
                exponent = int(power)
        whole, _, decimals = body.partition(".")
        if not (whole + decimals).lstrip("+-").replace("_", "").isdigit() or decimals[:1] in ("+", "-"):
            raise ValueError
        decimals = decimals.replace("_", "")
        exponent -= len(decimals)
        number = int(whole + decimals)
    except ValueError:
        raise ValueError("Invalid literal for Fraction: %r" % original) from None
    return (number * 10**exponent, 1) if exponent >= 0 else (number, 10**-exponent)
