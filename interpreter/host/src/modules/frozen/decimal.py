"""Decimal numbers by the General Decimal Arithmetic specification.

A number is a sign, an int of digits and an exponent; an infinity or NaN has a kind instead. Every operation computes exactly, or with
digits to spare and one that says whether there was a rest, and `_fix` brings the result into a context: the one place where
numbers are rounded and conditions arise. What is usual is done by `_decimals`, natively; what is not it leaves to the methods here whose
names begin with `_slow`.
"""

import _decimals
import contextvars
import math
import numbers
from collections import namedtuple
from contextvars import ContextVar

ROUND_DOWN = "ROUND_DOWN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_UP = "ROUND_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_05UP = "ROUND_05UP"
_ROUNDINGS = (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP)

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
HAVE_THREADS = True
HAVE_CONTEXTVAR = True
__version__ = "1.70"
__libmpdec_version__ = "2.5.1"

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent")


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class InvalidContext(InvalidOperation):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


_SIGNALS = (Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation, Subnormal, FloatOperation)
_PARENTS = {ConversionSyntax: InvalidOperation, DivisionImpossible: InvalidOperation, DivisionUndefined: InvalidOperation,
            InvalidContext: InvalidOperation}


class Context:
    """How results are rounded, how far exponents go, which conditions are noted and which are raised."""

    # In this order: `_decimals` reads them by their places.
    __slots__ = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps")

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        base = DefaultContext if "DefaultContext" in globals() else None

        def given(value, name, otherwise):
            return value if value is not None else getattr(base, name) if base is not None else otherwise

        self.prec = given(prec, "prec", 28)
        self.rounding = given(rounding, "rounding", ROUND_HALF_EVEN)
        self.Emin = given(Emin, "Emin", -999999)
        self.Emax = given(Emax, "Emax", 999999)
        self.capitals = given(capitals, "capitals", 1)
        self.clamp = given(clamp, "clamp", 0)
        self.flags = self._signals(flags)
        self.traps = base.traps.copy() if traps is None and base is not None else self._signals(traps)

    @staticmethod
    def _signals(given):
        if isinstance(given, dict):
            if set(given) != set(_SIGNALS):
                raise KeyError("%s is not a valid signal dict" % (given,))
            return dict(given)
        given = given or ()
        for signal in given:
            if signal not in _SIGNALS:
                raise TypeError("values must be signals")
        return {signal: signal in given for signal in _SIGNALS}

    _RANGES = {"prec": (1, MAX_PREC), "Emin": (MIN_EMIN, 0), "Emax": (0, MAX_EMAX), "capitals": (0, 1), "clamp": (0, 1)}

    def __setattr__(self, name, value):
        limits = self._RANGES.get(name)
        if limits is not None:
            if not isinstance(value, int):
                raise TypeError("%s must be an integer" % name)
            if not limits[0] <= value <= limits[1]:
                raise ValueError("%s must be in [%d, %d]" % ((name,) + limits))
        elif name == "rounding":
            if value not in _ROUNDINGS:
                raise TypeError("valid values for rounding are:\n  [%s]" % ", ".join(_ROUNDINGS))
        elif name in ("flags", "traps"):
            if not isinstance(value, dict):
                raise TypeError("%s must be a signal dict" % name)
            if set(value) != set(_SIGNALS):
                raise KeyError("%s is not a valid signal dict" % (value,))
        else:
            raise AttributeError("'decimal.Context' object has no attribute '%s'" % name)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError("%s cannot be deleted" % name)

    def __repr__(self):
        names = lambda signals: "[%s]" % ", ".join([signal.__name__ for signal, is_set in signals.items() if is_set])
        return "Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=%s, traps=%s)" % (
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, names(self.flags), names(self.traps))

    def __reduce__(self):
        on = lambda signals: [signal for signal, is_set in signals.items() if is_set]
        return Context, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, on(self.flags), on(self.traps))

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags.copy(), self.traps.copy())

    __copy__ = copy

    def clear_flags(self):
        for signal in self.flags:
            self.flags[signal] = False

    def clear_traps(self):
        for signal in self.traps:
            self.traps[signal] = False

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def _set_rounding(self, rounding):
        old, self.rounding = self.rounding, rounding
        return old

    def _with(self, **changes):
        new = self.copy()
        for name, value in changes.items():
            object.__setattr__(new, name, value)
        return new

    def _quiet(self, **changes):
        # Flags of its own, no traps: for steps on the way to a result.
        return self._with(flags=self._signals(None), traps=self._signals(None), **changes)

    def _raise(self, condition, text="", result=None):
        signal = _PARENTS.get(condition, condition)
        self.flags[signal] = True
        if self.traps[signal]:
            # Programs catch the signal; the condition is what they are told.
            raise signal([condition] if not text else text)
        return _NAN if result is None else result

    def create_decimal(self, num="0"):
        if isinstance(num, str) and (num != num.strip() or "_" in num):
            return self._raise(ConversionSyntax)
        number = Decimal(num, self)
        if number._kind in ("n", "N") and number._int and _digits(number._int) > self.prec - self.clamp:
            return self._raise(ConversionSyntax)
        return number._fix(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fix(self)

    def radix(self):
        return Decimal(10)

    def power(self, a, b, modulo=None):
        return _operand(a).__pow__(_operand(b), modulo, self)


_digits = _decimals.digits


def _operand(value):
    """What a method of a context takes: a decimal or an int."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)


def _make(sign, digits, exponent, kind=""):
    new = object.__new__(Decimal)
    new._sign, new._int, new._exp, new._kind = sign, digits, exponent, kind
    return new


# The digits without the last ones, rounded, and whether something was lost.
_shorten = _decimals.shorten


class Decimal:
    __slots__ = ("_sign", "_int", "_exp", "_kind")

    __new__ = _decimals.new

    def _slow_new(cls, value="0", context=None):
        new = object.__new__(cls)
        if isinstance(value, str):
            parts = _parse(value)
            if parts is None:
                failed = (context or getcontext())._raise(ConversionSyntax, "Invalid literal for Decimal: %r" % value if 0 else "")
                parts = failed._sign, failed._int, failed._exp, failed._kind
        elif isinstance(value, int):
            parts = (1 if value < 0 else 0), abs(int(value)), 0, ""
        elif isinstance(value, Decimal):
            if type(value) is cls and cls is Decimal:
                return value
            parts = value._sign, value._int, value._exp, value._kind
        elif isinstance(value, (tuple, list)):
            parts = _from_tuple(value)
        elif isinstance(value, float):
            (context or getcontext())._float("strict semantics for mixing floats and Decimals are enabled")
            exact = Decimal.from_float(value)
            parts = exact._sign, exact._int, exact._exp, exact._kind
        else:
            raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)
        new._sign, new._int, new._exp, new._kind = parts
        return new

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float.")
        if f != f or f in (math.inf, -math.inf):
            return cls(repr(f))
        sign = 1 if math.copysign(1.0, f) < 0 else 0
        top, bottom = abs(f).as_integer_ratio()
        shift = bottom.bit_length() - 1
        made = _make(sign, top * 5**shift, -shift)
        return made if cls is Decimal else cls(made)

    # What it is.

    def _is_special(self):
        return self._kind != ""

    def is_nan(self):
        return self._kind in ("n", "N")

    def is_qnan(self):
        return self._kind == "n"

    def is_snan(self):
        return self._kind == "N"

    def is_infinite(self):
        return self._kind == "F"

    def is_finite(self):
        return self._kind == ""

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return self._kind == "" and self._int == 0

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def conjugate(self):
        return self

    def radix(self):
        return Decimal(10)

    def is_normal(self, context=None):
        if self._kind or not self._int:
            return False
        return (context or getcontext()).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        if self._kind or not self._int:
            return False
        return self.adjusted() < (context or getcontext()).Emin

    __bool__ = _decimals.truth

    def _slow_truth(self):
        return self._kind != "" or self._int != 0

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def adjusted(self):
        return 0 if self._kind else self._exp + _digits(self._int) - 1

    def as_tuple(self):
        if self._kind == "F":
            return DecimalTuple(self._sign, (0,), "F")
        digits = tuple([int(digit) for digit in str(self._int)])
        if self._kind:
            return DecimalTuple(self._sign, digits if self._int else (), self._kind)
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        if self._kind == "F":
            raise OverflowError("cannot convert Infinity to integer ratio")
        if self._kind:
            raise ValueError("cannot convert NaN to integer ratio")
        top, bottom = self._int, 1
        if self._exp >= 0:
            top *= 10**self._exp
        else:
            bottom = 10**-self._exp
            common = math.gcd(top, bottom)
            top, bottom = top // common, bottom // common
        return (-top if self._sign else top), bottom

    # As text.

    __str__ = _decimals.text

    def _slow_text(self):
        return self._text(getcontext().capitals, False)

    def to_eng_string(self, context=None):
        return self._text((context or getcontext()).capitals, True)

    def _text(self, capitals, engineering):
        sign = "-" if self._sign else ""
        if self._kind == "F":
            return sign + "Infinity"
        if self._kind:
            return sign + ("NaN" if self._kind == "n" else "sNaN") + (str(self._int) if self._int else "")
        digits = str(self._int)
        point = self._exp + len(digits)
        if self._exp <= 0 and point > -6:
            place = point
        elif not engineering:
            place = 1
        elif self._int == 0:
            place = (point + 1) % 3 - 1
        else:
            place = (point - 1) % 3 + 1
        if place <= 0:
            text = "0." + "0" * -place + digits
        elif place >= len(digits):
            text = digits + "0" * (place - len(digits))
        else:
            text = digits[:place] + "." + digits[place:]
        exponent = "" if point == place else ("E" if capitals else "e") + "%+d" % (point - place)
        return sign + text + exponent

    def __repr__(self):
        return "Decimal('%s')" % str(self)

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(str(self))

    def __deepcopy__(self, memo):
        return self.__copy__()

    __format__ = _decimals.format

    def _slow_format(self, spec, context=None):
        from _decimalformat import apply

        return apply(self, spec, context or getcontext())

    # As other numbers.

    def __int__(self):
        if self._kind == "F":
            raise OverflowError("cannot convert Infinity to integer")
        if self._kind:
            raise ValueError("cannot convert NaN to integer")
        size = self._int * 10**self._exp if self._exp >= 0 else 0 if -self._exp > _digits(self._int) else self._int // 10**-self._exp
        return -size if self._sign else size

    __trunc__ = __int__

    def __float__(self):
        if self._kind == "N":
            raise ValueError("cannot convert signaling NaN to float")
        if self._kind == "n":
            return math.copysign(math.nan, -1.0 if self._sign else 1.0)
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def _to_integer(self, rounding):
        if self._kind == "F":
            raise OverflowError("cannot round an infinity")
        if self._kind:
            raise ValueError("cannot round a NaN")
        kept, _ = _shorten(self._int, -self._exp, rounding, self._sign)
        return -kept if self._sign else kept

    def __floor__(self):
        return self._to_integer(ROUND_FLOOR)

    def __ceil__(self):
        return self._to_integer(ROUND_CEILING)

    def __round__(self, n=None):
        if n is None:
            return self._to_integer(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError("Second argument to round should be integral")
        return self.quantize(_make(0, 1, -n), ROUND_HALF_EVEN)

    __hash__ = _decimals.hash

    def _slow_hash(self):
        if self._kind == "N":
            raise TypeError("Cannot hash a signaling NaN value.")
        if self._kind == "n":
            return object.__hash__(self)
        if self._kind == "F":
            return hash(-math.inf if self._sign else math.inf)
        if self._int and abs(self._exp) > 20000:
            # Nobody wants to wait for the number itself.
            text = str(self._int)
            digits = text.rstrip("0")
            return hash((self._sign, digits, self._exp + len(text) - len(digits)))
        from fractions import Fraction

        top, bottom = self.as_integer_ratio()
        return hash(top) if bottom == 1 else hash(Fraction(top, bottom))

    # Rounding into a context.

    _fix = _decimals.fix

    def _slow_fix(self, context):
        if self._kind:
            return self._fix_nan(context)
        etiny, etop = context.Emin - context.prec + 1, context.Emax - context.prec + 1
        if not self._int:
            # A zero keeps an exponent that the context has.
            highest = etop if context.clamp else context.Emax
            exponent = min(max(self._exp, etiny), highest)
            if exponent != self._exp:
                context._raise(Clamped)
                return _make(self._sign, 0, exponent)
            return self
        least = _digits(self._int) + self._exp - context.prec
        if least > etop:
            return self._overflow(context)
        is_subnormal = least < etiny
        least = max(least, etiny)
        if self._exp < least:
            kept, lost = _shorten(self._int, least - self._exp, context.rounding, self._sign)
            if _digits(kept) > context.prec:
                kept //= 10
                least += 1
            fixed = _make(self._sign, kept, least)
            if least > etop:
                return self._overflow(context)
            if lost and is_subnormal:
                context._raise(Underflow)
            if is_subnormal:
                context._raise(Subnormal)
            if lost:
                context._raise(Inexact)
            context._raise(Rounded)
            if not kept:
                context._raise(Clamped)
            return fixed
        if is_subnormal:
            context._raise(Subnormal)
        if context.clamp and self._exp > etop:
            context._raise(Clamped)
            return _make(self._sign, self._int * 10 ** (self._exp - etop), etop)
        return self if type(self) is Decimal else _make(self._sign, self._int, self._exp)

    def _overflow(self, context):
        to_infinity = {ROUND_DOWN: False, ROUND_05UP: False, ROUND_CEILING: not self._sign, ROUND_FLOOR: bool(self._sign)}
        result = _make(self._sign, 0, 0, "F")
        if not to_infinity.get(context.rounding, True):
            result = _make(self._sign, 10**context.prec - 1, context.Emax - context.prec + 1)
        context._raise(Overflow, "", result)
        context._raise(Inexact)
        context._raise(Rounded)
        return result

    def _fix_nan(self, context):
        if self._kind != "F" and self._int:
            room = context.prec - context.clamp
            if _digits(self._int) > room:
                return _make(self._sign, self._int % 10**room, 0, self._kind)
        return self

    def _nan_of(self, other, context):
        """The NaN that an operation with these answers; None if neither is one."""
        if not self._kind and (other is None or not other._kind):
            return None
        for number in (self, other):
            if number is not None and number._kind == "N":
                context._raise(InvalidOperation)
                return _make(number._sign, number._int, 0, "n")._fix_nan(context)
        for number in (self, other):
            if number is not None and number._kind == "n":
                return number._fix_nan(context)
        return None

    # Arithmetic.

    def _signed(self, number, context):
        # `number` is this one with the sign that it gets; a zero has no minus, unless sums are rounded down.
        context = context or getcontext()
        nan = self._nan_of(None, context)
        if nan is not None:
            return nan
        if self.is_zero() and context.rounding != ROUND_FLOOR:
            return self.copy_abs()._fix(context)
        return number._fix(context)

    __pos__ = _decimals.plus

    def _slow_plus(self, context=None):
        return self._signed(self, context)

    __neg__ = _decimals.negate

    def _slow_negate(self, context=None):
        return self._signed(self.copy_negate(), context)

    def __abs__(self, round=True, context=None):
        if not round:
            return self.copy_abs()
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def _plus(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if self._kind or other._kind:
            if self._kind and other._kind and self._sign != other._sign:
                return context._raise(InvalidOperation, "-INF + INF")
            return self if self._kind else other
        low, high = (self, other) if self._exp <= other._exp else (other, self)
        if not self._int and not other._int:
            sign = self._sign if self._sign == other._sign else int(context.rounding == ROUND_FLOOR)
            return _make(sign, 0, low._exp)._fix(context)
        # A number far below the other's last digit says only on which side of it the sum lies.
        if low._int and high._int and high.adjusted() - low.adjusted() > context.prec + 2 + _digits(high._int):
            exponent = min(high._exp, high.adjusted() - context.prec - 2) - 1
            low = _make(low._sign, 1, exponent) if exponent > low.adjusted() else low
        elif not high._int or not low._int:
            zero, number = (high, low) if not high._int else (low, high)
            if number is high and low._exp < number._exp:
                exponent = max(low._exp, number.adjusted() - context.prec)
                number = _make(number._sign, number._int * 10 ** max(0, number._exp - exponent), min(number._exp, exponent))
            return number._fix(context)
        total = (-low._int if low._sign else low._int) + (-high._int if high._sign else high._int) * 10 ** (high._exp - low._exp)
        sign = int(total < 0) if total else int(context.rounding == ROUND_FLOOR)
        return _make(sign, abs(total), low._exp)._fix(context)

    def _minus(self, other, context):
        nan = self._nan_of(other, context)
        return nan if nan is not None else self._plus(other.copy_negate(), context)

    def _times(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if self.is_zero() or other.is_zero():
                return context._raise(InvalidOperation, "(+-)INF * 0")
            return _make(sign, 0, 0, "F")
        return _make(sign, self._int * other._int, self._exp + other._exp)._fix(context)

    def _over(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind and other._kind:
            return context._raise(InvalidOperation, "(+-)INF/(+-)INF")
        if self._kind:
            return _make(sign, 0, 0, "F")
        if other._kind:
            context._raise(Clamped, "Division by infinity")
            return _make(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                return context._raise(DivisionUndefined, "0 / 0" if 0 else "")
            return context._raise(DivisionByZero, "x / 0" if 0 else "", _make(sign, 0, 0, "F"))
        ideal = self._exp - other._exp
        if not self._int:
            return _make(sign, 0, ideal)._fix(context)
        shift = _digits(other._int) - _digits(self._int) + context.prec + 1
        exponent = ideal - shift
        quotient, rest = divmod(self._int * 10 ** max(shift, 0), other._int * 10 ** max(-shift, 0))
        if rest:
            # A last digit of 0 or 5 would look exact or like a tie.
            quotient += quotient % 5 == 0
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient, exponent = quotient // 10, exponent + 1
        return _make(sign, quotient, exponent)._fix(context)

    def _divided(self, other, context):
        """Quotient and remainder as ints of the smaller exponent; None if the quotient has too many digits."""
        exponent = min(self._exp, other._exp)
        if not self._int or self.adjusted() - other.adjusted() <= -2:
            return 0, self._int * 10 ** max(0, min(self._exp - exponent, context.prec)) if self._exp - exponent < 10**6 else 0, exponent
        if self.adjusted() - other.adjusted() > context.prec:
            return None
        quotient, rest = divmod(self._int * 10 ** (self._exp - exponent), other._int * 10 ** (other._exp - exponent))
        return (quotient, rest, exponent) if quotient < 10**context.prec else None

    def _divmod(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._kind:
            if other._kind:
                bad = context._raise(InvalidOperation, "divmod(INF, INF)")
                return bad, bad
            return _make(sign, 0, 0, "F"), context._raise(InvalidOperation, "INF % x")
        if not other._kind and not other._int:
            if not self._int:
                bad = context._raise(DivisionUndefined)
                return bad, bad
            rest = context._raise(InvalidOperation, "x % 0")
            return context._raise(DivisionByZero, "", _make(sign, 0, 0, "F")), rest
        if other._kind:
            return _make(sign, 0, 0), self._fix(context)
        if self._int and self.adjusted() - other.adjusted() <= -2 or not self._int:
            rest = self if self._int else _make(self._sign, 0, min(self._exp, other._exp))
            if self._exp > other._exp and self._int:
                rest = _make(self._sign, self._int * 10 ** min(self._exp - other._exp, context.prec), max(other._exp, self._exp - context.prec))
            return _make(sign, 0, 0), rest._fix(context)
        divided = self._divided(other, context)
        if divided is None:
            bad = context._raise(DivisionImpossible)
            return bad, bad
        quotient, rest, exponent = divided
        return _make(sign, quotient, 0), _make(self._sign, rest, exponent)._fix(context)

    def _floor_over(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind:
            return context._raise(InvalidOperation, "INF // INF") if other._kind else _make(sign, 0, 0, "F")
        if not other._kind and not other._int:
            if not self._int:
                return context._raise(DivisionUndefined)
            return context._raise(DivisionByZero, "", _make(sign, 0, 0, "F"))
        # What remains is not rounded: nobody asked for it.
        if other._kind:
            return _make(sign, 0, 0)
        if not self._int or self.adjusted() - other.adjusted() <= -2:
            return _make(sign, 0, 0)._fix(context)
        divided = self._divided(other, context)
        return _make(sign, divided[0], 0)._fix(context) if divided is not None else context._raise(DivisionImpossible)

    def _modulo(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if self._kind:
            return context._raise(InvalidOperation, "INF % x")
        if not other._kind and not other._int:
            return context._raise(InvalidOperation, "x % 0") if self._int else context._raise(DivisionUndefined)
        return self._divmod(other, context)[1]

    def remainder_near(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if self._kind:
            return context._raise(InvalidOperation, "remainder_near(infinity, x)")
        if not other._kind and not other._int:
            return context._raise(InvalidOperation, "remainder_near(x, 0)") if self._int else context._raise(DivisionUndefined)
        if other._kind:
            return self._fix(context)
        ideal = min(self._exp, other._exp)
        if not self._int:
            return _make(self._sign, 0, ideal)._fix(context)
        distance = self.adjusted() - other.adjusted()
        if distance >= context.prec + 1:
            return context._raise(DivisionImpossible)
        if distance <= -2:
            return _rescaled(self, ideal, context)._fix(context)
        divisor = other._int * 10 ** (other._exp - ideal)
        quotient, rest = divmod(self._int * 10 ** (self._exp - ideal), divisor)
        sign = self._sign
        if 2 * rest + (quotient & 1) > divisor:
            rest, quotient = divisor - rest, quotient + 1
            sign ^= 1
        if quotient >= 10**context.prec:
            return context._raise(DivisionImpossible)
        return _make(sign, rest, ideal)._fix(context)

    def fma(self, other, third, context=None):
        context, other, third = context or getcontext(), _operand(other), _operand(third)
        if self._kind or other._kind:
            for number in (self, other):
                if number._kind == "N":
                    return number._nan_of(None, context)
            for number in (self, other):
                if number._kind == "n":
                    return number._nan_of(None, context) if third._kind != "N" else third._nan_of(None, context)
            if self.is_zero() or other.is_zero():
                return context._raise(InvalidOperation, "INF * 0 in fma")
            product = _make(self._sign ^ other._sign, 0, 0, "F")
        else:
            product = _make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product._plus(third, context)

    def __pow__(self, other, modulo=None, context=None):
        from _decimalmath import power, power_modulo

        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            modulo = _convert(modulo)
            return modulo if modulo is NotImplemented else power_modulo(self, other, modulo, context)
        return power(self, other, context)

    def __rpow__(self, other, modulo=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__pow__(self)

    def sqrt(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(None, context)
        if nan is not None:
            return nan
        if self._kind:
            return context._raise(InvalidOperation, "sqrt(-INF)") if self._sign else self
        if not self._int:
            return _make(self._sign, 0, self._exp >> 1)._fix(context)
        if self._sign:
            return context._raise(InvalidOperation, "sqrt(-x), x > 0")
        # An even exponent, and digits for one more than the precision.
        ideal, exponent, digits = self._exp >> 1, self._exp, self._int
        if exponent & 1:
            digits, exponent = digits * 10, exponent - 1
        shift = context.prec + 1 - (_digits(digits) + 1) // 2
        exact = True
        if shift >= 0:
            digits *= 100**shift
        else:
            digits, lost = divmod(digits, 100**-shift)
            exact = not lost
        root = math.isqrt(digits)
        exact = exact and root * root == digits
        exponent = (exponent >> 1) - shift
        if exact:
            while exponent < ideal and root % 10 == 0:
                root, exponent = root // 10, exponent + 1
            if exponent > ideal:
                root, exponent = root * 10 ** (exponent - ideal), ideal
        else:
            root += root % 5 == 0
        return _make(0, root, exponent)._fix(context._with(rounding=ROUND_HALF_EVEN))

    def exp(self, context=None):
        from _decimalmath import exp

        return exp(self, context or getcontext())

    def ln(self, context=None):
        from _decimalmath import ln

        return ln(self, context or getcontext())

    def log10(self, context=None):
        from _decimalmath import log10

        return log10(self, context or getcontext())

    # Comparisons.

    def _order(self, other):
        """-1, 0 or 1; neither is a NaN."""
        if self._kind or other._kind:
            mine, its = [(-1 if x._sign else 1) if x._kind else 0 for x in (self, other)]
            return (mine > its) - (mine < its)
        if not self._int or not other._int:
            mine, its = [(-1 if x._sign else 1) if x._int else 0 for x in (self, other)]
            return (mine > its) - (mine < its)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        mine, its = self.adjusted(), other.adjusted()
        if mine == its:
            exponent = min(self._exp, other._exp)
            mine, its = self._int * 10 ** (self._exp - exponent), other._int * 10 ** (other._exp - exponent)
        order = (mine > its) - (mine < its)
        return -order if self._sign else order

    def _compared(self, other, equality):
        other = _comparable(self, other, equality)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            if not equality or self.is_snan() or other.is_snan():
                getcontext()._raise(InvalidOperation, "comparison involving NaN" if not equality else "comparison involving sNaN")
            return None
        return self._order(other)

    __eq__ = _decimals.equal

    def _slow_equal(self, other):
        order = self._compared(other, True)
        return order if order is NotImplemented else order == 0 and order is not None

    __lt__ = _decimals.less

    def _slow_less(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order < 0

    __le__ = _decimals.less_equal

    def _slow_less_equal(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order <= 0

    __gt__ = _decimals.greater

    def _slow_greater(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order > 0

    __ge__ = _decimals.greater_equal

    def _slow_greater_equal(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order >= 0

    def compare(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_of(other, context)
        return nan if nan is not None else Decimal(self._order(other))

    def compare_signal(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        for number in (self, other):
            if number._kind == "N":
                return self._nan_of(other, context)
        for number in (self, other):
            if number._kind == "n":
                return context._raise(InvalidOperation, "comparison involving NaN", number._fix_nan(context))
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        other = _operand(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        rank = {"": 0, "F": 0, "N": 1, "n": 2}
        mine, its = rank[self._kind], rank[other._kind]
        if mine == its:
            if mine:
                mine, its = self._int, other._int
            else:
                order = self.copy_abs()._order(other.copy_abs())
                mine, its = (order, 0) if order else (self._exp, other._exp)
        order = (mine > its) - (mine < its)
        return Decimal(-order if self._sign else order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_operand(other).copy_abs())

    def _extreme(self, other, context, sign, magnitude):
        context, other = context or getcontext(), _operand(other)
        if self._kind or other._kind:
            # A quiet NaN loses against a number.
            mine, its = self._kind == "n", other._kind == "n"
            if mine != its and not (self._kind == "N" or other._kind == "N"):
                return (other if mine else self)._fix(context)
            nan = self._nan_of(other, context)
            if nan is not None:
                return nan
        order = self.copy_abs()._order(other.copy_abs()) if magnitude else self._order(other)
        if order == 0:
            order = int(self.compare_total(other))
        return (other if order * sign < 0 else self)._fix(context)

    def max(self, other, context=None):
        return self._extreme(other, context, 1, False)

    def min(self, other, context=None):
        return self._extreme(other, context, -1, False)

    def max_mag(self, other, context=None):
        return self._extreme(other, context, 1, True)

    def min_mag(self, other, context=None):
        return self._extreme(other, context, -1, True)

    # Exponents and signs.

    quantize = _decimals.quantize

    def _slow_quantize(self, exp, rounding=None, context=None):
        context, exp = context or getcontext(), _operand(exp)
        if rounding is not None and rounding not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [%s]" % ", ".join(_ROUNDINGS))
        nan = self._nan_of(exp, context)
        if nan is not None:
            return nan
        if self._kind or exp._kind:
            if self._kind and exp._kind:
                return self
            return context._raise(InvalidOperation, "quantize with one INF")
        if not context.Etiny() <= exp._exp <= context.Emax:
            return context._raise(InvalidOperation, "target exponent out of bounds in quantize")
        if self._int and self.adjusted() > context.Emax:
            return context._raise(InvalidOperation, "exponent of quantize result too large for current context")
        if self._int and self.adjusted() - exp._exp + 1 > context.prec:
            return context._raise(InvalidOperation, "quantize result has too many digits for current context")
        kept, lost = _shorten(self._int, exp._exp - self._exp, rounding or context.rounding, self._sign)
        result = _make(self._sign, kept, exp._exp)
        if kept and result.adjusted() > context.Emax or _digits(kept) > context.prec:
            return context._raise(InvalidOperation, "quantize result has too many digits for current context")
        if kept and result.adjusted() < context.Emin:
            context._raise(Subnormal)
        if exp._exp > self._exp and self._int:
            if lost:
                context._raise(Inexact)
            context._raise(Rounded)
        return result._fix(context)

    def same_quantum(self, other, context=None):
        other = _operand(other)
        if self._kind or other._kind:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def _integral(self, rounding, context, exact):
        context = context or getcontext()
        if self._kind:
            nan = self._nan_of(None, context)
            return nan if nan is not None else self
        if self._exp >= 0:
            return _make(self._sign, self._int, self._exp)
        kept, lost = _shorten(self._int, -self._exp, rounding or context.rounding, self._sign)
        if exact:
            if lost:
                context._raise(Inexact)
            if self._int:
                context._raise(Rounded)
        return _make(self._sign, kept, 0)

    def to_integral_value(self, rounding=None, context=None):
        return self._integral(rounding, context, False)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        return self._integral(rounding, context, True)

    def normalize(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(None, context)
        if nan is not None:
            return nan
        fixed = self._fix(context)
        if fixed._kind:
            return fixed
        if not fixed._int:
            return _make(fixed._sign, 0, 0)
        highest = context.Etop() if context.clamp else context.Emax
        digits, exponent = fixed._int, fixed._exp
        while digits % 10 == 0 and exponent < highest:
            digits, exponent = digits // 10, exponent + 1
        return _make(fixed._sign, digits, exponent)

    def copy_abs(self):
        return _make(0, self._int, self._exp, self._kind)

    def copy_negate(self):
        return _make(self._sign ^ 1, self._int, self._exp, self._kind)

    def copy_sign(self, other, context=None):
        return _make(_operand(other)._sign, self._int, self._exp, self._kind)

    def logb(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(None, context)
        if nan is not None:
            return nan
        if self._kind:
            return _make(0, 0, 0, "F")
        if not self._int:
            return context._raise(DivisionByZero, "logb(0)", _make(1, 0, 0, "F"))
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        limit = 2 * (context.Emax + context.prec)
        if other._kind or other._exp != 0 or not -limit <= int(other) <= limit:
            return context._raise(InvalidOperation)
        if self._kind:
            return self
        return _make(self._sign, self._int, self._exp + int(other))._fix(context)

    def number_class(self, context=None):
        if self._kind in ("n", "N"):
            return "NaN" if self._kind == "n" else "sNaN"
        sign = "-" if self._sign else "+"
        if self._kind:
            return sign + "Infinity"
        return sign + ("Zero" if not self._int else "Subnormal" if self.is_subnormal(context) else "Normal")

    def next_minus(self, context=None):
        return self._next(1, context or getcontext())

    def next_plus(self, context=None):
        return self._next(0, context or getcontext())

    def _next(self, sign, context):
        nan = self._nan_of(None, context)
        if nan is not None:
            return nan
        if self._kind:
            return self if self._sign == sign else _make(sign ^ 1, 10**context.prec - 1, context.Etop())
        quiet = context._quiet(rounding=ROUND_FLOOR if sign else ROUND_CEILING)
        fixed = self._fix(quiet)
        if fixed._order(self) != 0:
            return fixed
        return self._plus(_make(sign, 1, context.Etiny() - 1), quiet)

    def next_toward(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        order = self._order(other)
        if order == 0:
            return self.copy_sign(other)
        result = self._next(1 if order > 0 else 0, context)
        if result._kind:
            context._raise(Overflow, "Infinite result from next_toward", result)
            context._raise(Inexact)
            context._raise(Rounded)
        elif result.adjusted() < context.Emin:
            context._raise(Underflow)
            context._raise(Subnormal)
            context._raise(Inexact)
            context._raise(Rounded)
            if not result._int:
                context._raise(Clamped)
        return result

    # Digits as bits, and moved.

    def _is_logical(self):
        return not self._sign and not self._exp and not self._kind and set(str(self._int)) <= {"0", "1"}

    def _logical(self, other, context, operation):
        context, other = context or getcontext(), _operand(other)
        if not self._is_logical() or not other._is_logical():
            return context._raise(InvalidOperation)
        mine, its = [int(str(x._int)[-context.prec :], 2) for x in (self, other)]
        return _make(0, int(bin(operation(mine, its) & (1 << context.prec) - 1)[2:]), 0)

    def logical_and(self, other, context=None):
        return self._logical(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._logical(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._logical(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        return self._logical(Decimal(0), context, lambda a, b: ~a)

    def _moved(self, other, context, move):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if other._kind or other._exp != 0 or not -context.prec <= int(other) <= context.prec:
            return context._raise(InvalidOperation)
        if self._kind:
            return self
        digits = str(self._int)[-context.prec :]
        digits = "0" * (context.prec - len(digits)) + digits
        return _make(self._sign, int(move(digits, int(other), context.prec) or "0"), self._exp)

    def shift(self, other, context=None):
        return self._moved(other, context, lambda d, n, prec: (d + "0" * n)[-prec:] if n >= 0 else d[:n])

    def rotate(self, other, context=None):
        return self._moved(other, context, lambda d, n, prec: d[n:] + d[:n])


def _rescaled(number, exponent, context):
    kept, _ = _shorten(number._int, exponent - number._exp, context.rounding, number._sign)
    return _make(number._sign, kept, exponent)


_NAN = _make(0, 0, 0, "n")


def _parse(text):
    """Sign, digits, exponent and kind of a literal; None if it is none."""
    text = text.strip().replace("_", "")
    sign, rest = (1 if text[:1] == "-" else 0), (text[1:] if text[:1] in ("-", "+") else text).lower()
    if rest in ("inf", "infinity"):
        return sign, 0, 0, "F"
    for word, kind in (("nan", "n"), ("snan", "N")):
        if rest.startswith(word):
            digits = rest[len(word) :]
            if digits and not digits.isdigit():
                return None
            return sign, int(digits or "0"), 0, kind
    mantissa, mark, exponent = rest.partition("e")
    whole, _, part = mantissa.partition(".")
    digits = whole + part
    if not digits.isdigit() or not all([character.isdigit() for character in digits]):
        return None
    if mark:
        size = exponent[1:] if exponent[:1] in ("-", "+") else exponent
        if not size.isdigit():
            return None
        exponent = int(exponent)
    else:
        exponent = 0
    return sign, _int(digits), exponent - len(part), ""


def _int(digits):
    if not digits.isascii():
        import unicodedata

        digits = "".join([str(unicodedata.decimal(digit)) for digit in digits])
    return int(digits)


def _from_tuple(value):
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exponent = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if exponent == "F":
        return sign, 0, 0, "F"
    number = 0
    for digit in digits:
        if not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError("coefficient must be a tuple of digits")
        number = number * 10 + digit
    if exponent in ("n", "N"):
        return sign, number, 0, exponent
    if not isinstance(exponent, int):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    return sign, number, exponent, ""


def _convert(value):
    """An operand of an operator."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else NotImplemented


def _comparable(number, other, equality):
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    if isinstance(other, numbers.Rational):
        # Scaled by the denominator, both are compared as decimals: the caller's number is scaled by comparing products.
        if number._kind:
            return Decimal(0)
        order = _make(number._sign, number._int * other.denominator, number._exp)._order(Decimal(other.numerator))
        # A decimal on the right side of this one.
        return number if order == 0 else _make(1, 0, 0, "F") if order > 0 else _make(0, 0, 0, "F")
    if equality and isinstance(other, numbers.Complex) and other.imag == 0:
        other = other.real
    if isinstance(other, float):
        context = getcontext()
        if equality:
            context.flags[FloatOperation] = True
        else:
            context._float("strict semantics for mixing floats and Decimals are enabled")
        return Decimal.from_float(other)
    return NotImplemented


def _float(self, text):
    self._raise(FloatOperation, text)


Context._float = _float


def _operator(method):
    def forward(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else method(self, other, context or getcontext())

    def backward(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else method(other, self, context or getcontext())

    return forward, backward


Decimal._slow_add, _ = _operator(Decimal._plus)
Decimal._slow_subtract, Decimal.__rsub__ = _operator(Decimal._minus)
Decimal._slow_multiply, _ = _operator(Decimal._times)
Decimal._slow_divide, Decimal.__rtruediv__ = _operator(Decimal._over)
Decimal.__add__ = Decimal.__radd__ = _decimals.add
Decimal.__mul__ = Decimal.__rmul__ = _decimals.multiply
Decimal.__sub__, Decimal.__truediv__ = _decimals.subtract, _decimals.divide
Decimal.__floordiv__, Decimal.__rfloordiv__ = _operator(Decimal._floor_over)
Decimal.__mod__, Decimal.__rmod__ = _operator(Decimal._modulo)
Decimal.__divmod__, Decimal.__rdivmod__ = _operator(Decimal._divmod)
numbers.Number.register(Decimal)


def _on_context(name, method, operands):
    if operands == 1:
        return lambda self, a: getattr(_operand(a), method)(context=self)
    if operands == 2:
        return lambda self, a, b: _answer(getattr(_operand(a), method)(_operand(b), context=self))
    return lambda self, a, b, c: getattr(_operand(a), method)(_operand(b), _operand(c), context=self)


def _answer(result):
    if result is NotImplemented:
        raise TypeError("unable to convert operand to Decimal")
    return result


for _names, _count in (
    ("exp ln log10 logb logical_invert next_minus next_plus normalize number_class is_normal is_subnormal sqrt to_eng_string "
     "to_integral_exact to_integral_value to_integral", 1),
    ("compare compare_signal compare_total compare_total_mag logical_and logical_or logical_xor max max_mag min min_mag next_toward "
     "quantize remainder_near rotate same_quantum scaleb shift copy_sign", 2),
    ("fma", 3),
):
    for _name in _names.split():
        setattr(Context, _name, _on_context(_name, _name, _count))
for _name, _method in (("add", "__add__"), ("subtract", "__sub__"), ("multiply", "__mul__"), ("divide", "__truediv__"), ("divide_int", "__floordiv__"),
                       ("remainder", "__mod__"), ("divmod", "__divmod__")):
    setattr(Context, _name, _on_context(_name, _method, 2))
for _name, _method in (("abs", "__abs__"), ("minus", "__neg__"), ("plus", "__pos__")):
    setattr(Context, _name, _on_context(_name, _method, 1))
for _name in ("canonical", "copy_abs", "copy_negate", "is_canonical", "is_finite", "is_infinite", "is_nan", "is_qnan", "is_signed", "is_snan", "is_zero"):
    setattr(Context, _name, (lambda name: lambda self, a: getattr(_operand(a), name)())(_name))
Context.copy_decimal = lambda self, a: _operand(a)
Context.to_sci_string = lambda self, a: _operand(a)._text(self.capitals, False)

DefaultContext = Context(28, ROUND_HALF_EVEN, -999999, 999999, 1, 0, [], [DivisionByZero, Overflow, InvalidOperation])
BasicContext = Context(9, ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow], flags=[])
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[], flags=[])
_current = ContextVar("decimal_context")
# What `_decimals` must know: whose objects it may take for decimals and contexts, where the current context is found, powers of ten.
Decimal._core = (Decimal, Context, contextvars._current, _current, {}, Inexact, Rounded, "")


def getcontext():
    context = _current.get(None)
    if context is None:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
    return context


def setcontext(context):
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _Local:
    def __init__(self, context):
        self._new = context

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *raised):
        setcontext(self._saved)


def localcontext(ctx=None, **kwargs):
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    new = ctx.copy()
    for name, value in kwargs.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(new, name, Context._signals(value) if name in ("flags", "traps") and not isinstance(value, dict) else value)
    return _Local(new)
