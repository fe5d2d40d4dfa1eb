"""Powers, exponentials and logarithms of decimals.

Each is computed as an int in units of 10**-p with an error of a few units; p grows until the digits that the context keeps do not depend
on that error, so results are rounded correctly.
"""

from decimal import (
    ROUND_HALF_EVEN, Clamped, Decimal, DivisionByZero, Inexact, InvalidOperation, Rounded, Subnormal, Underflow, _digits, _make,
)


def _exp_units(number, places):
    """exp of `number` units of 10**-places, in the same units. Error: some units."""
    guard = 8 + max(0, _digits(abs(number)) - places)
    unit = 10 ** (places + guard)
    # exp(x) is exp(x / 2**halvings) squared so often.
    halvings = max(0, abs(number).bit_length() - (10**places).bit_length() + 8)
    unit_bits = halvings // 3 + 2
    unit *= 10**unit_bits
    x = number * unit // (10**places << halvings)
    total = term = unit
    step = 1
    while term:
        term = term * x // (unit * step)
        total += term
        step += 1
    for _ in range(halvings):
        total = total * total // unit
    return total // 10 ** (guard + unit_bits)


def _ln_units(number, places):
    """ln of `number` units of 10**-places, in the same units. Error: some units."""
    extra = 10 + len(str(places))
    unit = 10 ** (places + extra)
    x = number * 10**extra
    # A factor near 1 is left: roots of two are taken by counting them, the logarithm of 2 is a series of its own.
    twos = x.bit_length() - unit.bit_length()
    x = x >> twos if twos >= 0 else x << -twos
    return (_ln_near_one(x, unit) + twos * _ln_two(unit)) // 10**extra


def _artanh(top, bottom, unit):
    term = total = top * unit // bottom
    square = top * top, bottom * bottom
    step = 3
    while term:
        term = term * square[0] // square[1]
        total += term // step
        step += 2
    return total


def _ln_near_one(x, unit):
    # Some square roots bring it so near to 1 that the series is short.
    import math

    roots = 0
    while abs(x - unit) * 64 > unit:
        x = math.isqrt(x * unit)
        roots += 1
    top, bottom = x - unit, x + unit
    ratio = top * unit // bottom
    term = total = ratio
    square = ratio * ratio // unit
    step = 3
    while abs(term) > 1:
        term = term * square // unit
        total += term // step
        step += 2
    return 2 * total << roots


def _ln_two(unit):
    return 2 * _artanh(1, 3, unit)


def _scaled(number, places):
    """A decimal in units of 10**-places, rounded down."""
    shift = number._exp + places
    size = number._int * 10**shift if shift >= 0 else number._int // 10**-shift
    return -size if number._sign else size


def _settled(compute, prec, first):
    """The digits of an inexact value: `compute(p)` in units of 10**-p, with p growing until they are certain."""
    places = first
    while True:
        value = compute(places)
        size = abs(value)
        spare = _digits(size) - prec - 1
        # Nothing within the error may change how the digits kept are rounded.
        if spare >= 3 and 100 < size % 10**spare < 10**spare - 100:
            half = 5 * 10 ** (spare - 1)
            if abs(size % 10**spare - half) > 100:
                return _make(1 if value < 0 else 0, size // 10**spare * 10 + 1, spare - 1 - places)
        places += max(3, prec // 2 + 3 - max(spare, 0))


def _inexact(value, context):
    return value._fix(context._with(rounding=ROUND_HALF_EVEN))


def exp(x, context):
    nan = x._nan_of(None, context)
    if nan is not None:
        return nan
    if x._kind:
        return Decimal(0) if x._sign else x
    if not x._int:
        return Decimal(1)
    # Results beyond every exponent are made directly.
    size = x.adjusted()
    if size > len(str(context.Emax + 2)) and not x._sign:
        return _inexact(_make(0, 1, context.Emax + 1), context)
    if x._sign and size > len(str(-context.Etiny() + 2)):
        return _inexact(_make(0, 1, context.Etiny() - 1), context)
    if size < -context.prec - 1:
        tail = 10 ** (context.prec + 1)
        return _inexact(_make(0, tail - 1 if x._sign else tail + 1, -context.prec - 1), context)

    first = context.prec + 6
    if x._sign:
        first += min(int(-x) // 2 + 1, -context.Etiny() + 10)
    return _inexact(_settled(lambda places: _exp_units(_scaled(x, places), places), context.prec, first), context)


def _ln_places(x, places):
    return _ln_of(x._int, x._exp, places)


def _ln_of(digits, exponent, places):
    length = _digits(digits)
    extra = len(str(abs(exponent) + length)) + 3
    work = places + extra
    mantissa = digits * 10**work // 10 ** (length - 1)
    ten = _ln_units(10 * 10**work, work)
    return (_ln_units(mantissa, work) + (exponent + length - 1) * ten) // 10**extra


def _special_ln(x, context):
    nan = x._nan_of(None, context)
    if nan is not None:
        return nan
    if x.is_zero():
        return _make(1, 0, 0, "F")
    if x._sign:
        return context._raise(InvalidOperation, "ln of a negative value")
    if x._kind:
        return _make(0, 0, 0, "F")
    return None


def ln(x, context):
    special = _special_ln(x, context)
    if special is not None:
        return special
    if x == 1:
        return Decimal(0)
    first = context.prec + 6 + _near_one(x)
    return _inexact(_settled(lambda places: _ln_places(x, places), context.prec, first), context)


def _near_one(x):
    """How many zeros the logarithm begins with, about."""
    if x.adjusted() not in (0, -1):
        return 0
    distance = abs(x._int - 10**-x._exp) if x._exp <= 0 else 1
    return max(0, -x._exp - _digits(distance)) if distance else 0


def log10(x, context):
    special = _special_ln(x, context)
    if special is not None:
        return special
    digits = str(x._int).rstrip("0")
    if digits == "1":
        return Decimal(x.adjusted())._fix(context)

    def compute(places):
        extra = 6 + len(str(abs(x.adjusted())))
        work = places + extra
        return _ln_places(x, work) * 10**places // _ln_units(10 * 10**work, work)

    return _inexact(_settled(compute, context.prec, context.prec + 6 + _near_one(x)), context)


def power(x, y, context):
    nan = x._nan_of(y, context)
    if nan is not None:
        return nan
    if y.is_zero():
        return context._raise(InvalidOperation, "0 ** 0") if x.is_zero() else Decimal(1)
    is_integer = y._kind == "" and (y._exp >= 0 or y._int % 10**-y._exp == 0)
    sign = 0
    if x._sign:
        if is_integer:
            sign = int(y) & 1 if y._exp <= 0 else (y._int * 10 ** min(y._exp, 1)) & 1
        elif not x.is_zero():
            return context._raise(InvalidOperation, "x ** y with x negative and y not an integer")
        x = x.copy_negate()
    if x.is_zero():
        return _make(sign, 0, 0) if not y._sign else _make(sign, 0, 0, "F")
    if x._kind:
        return _make(sign, 0, 0, "F") if not y._sign else _make(sign, 0, 0)
    if x == 1:
        return _power_of_one(x, y, sign, is_integer, context)
    if y._kind:
        grows = (x > 1) != bool(y._sign)
        return _make(0, 0, 0, "F") if grows else Decimal(0)
    return _power(x, y, sign, is_integer, context)


def _power_of_one(x, y, sign, is_integer, context):
    if not is_integer or y._kind:
        context._raise(Inexact)
        context._raise(Rounded)
        return _make(sign, 10 ** (context.prec - 1), 1 - context.prec)
    multiplier = 0 if y._sign else context.prec if y > context.prec else int(y)
    exponent = x._exp * multiplier
    if exponent < 1 - context.prec:
        exponent = 1 - context.prec
        context._raise(Rounded)
    return _make(sign, 10**-exponent, exponent)


def _power(x, y, sign, is_integer, context):
    size = _power_size(x, y)
    if size is not None and size > context.Emax + context.prec + 10:
        return _make(sign, 1, context.Emax + 1)._fix(context)
    if size is not None and size < context.Etiny() - 10:
        return _make(sign, 1, context.Etiny() - 2)._fix(context)
    exact = _exact_power(x, y, is_integer, context.prec + 1)
    if exact is not None:
        exact = _make(sign, exact._int, exact._exp)
        return _exact_result(exact, is_integer, context)

    def compute(places):
        extra = 4 + max(0, size or 0) + max(0, y.adjusted()) + 1
        work = places + extra
        logarithm = _ln_places(x, work + y_digits)
        product = logarithm * y._int
        shift = y._exp - y_digits
        product = product * 10**shift if shift >= 0 else product // 10**-shift
        return _exp_units(-product if y._sign else product, work) // 10**extra

    y_digits = max(0, y.adjusted() + 1) + 2
    first = context.prec + 6 + max(0, -(size or 0))
    if abs(size or 0) < 1:
        first += _near_one_power(x, y)
    value = _settled(compute, context.prec, first)
    return _make(sign, value._int, value._exp)._fix(context)


def _near_one_power(x, y):
    return max(0, _near_one(x) - y.adjusted())


def _power_size(x, y):
    """About log10(x ** y), from floats; None if that is too large to say."""
    import math

    mantissa = float("%s.%s" % (str(x._int)[0], str(x._int)[1:17] or "0"))
    logarithm = math.log10(mantissa) + x.adjusted()
    try:
        return int(logarithm * float(y))
    except (OverflowError, ValueError):
        return (1 if (logarithm > 0) != bool(y._sign) else -1) * 10**30


def _exact_result(exact, is_integer, context):
    if is_integer:
        return exact._fix(context)
    # A root that happens to be exact is given to full precision, and told as rounded.
    if _digits(exact._int) <= context.prec:
        shift = context.prec + 1 - _digits(exact._int)
        exact = _make(exact._sign, exact._int * 10**shift, exact._exp - shift)
    quiet = context._quiet()
    result = exact._fix(quiet)
    quiet.flags[Inexact] = True
    if quiet.flags[Subnormal]:
        quiet.flags[Underflow] = True
    for condition in (Underflow, Subnormal, Inexact, Rounded, Clamped):
        if quiet.flags[condition]:
            context._raise(condition)
    return result


def _exact_power(x, y, is_integer, prec):
    """x ** y if it has at most `prec` digits, else None."""
    digits, exponent = x._int, x._exp
    while digits % 10 == 0:
        digits, exponent = digits // 10, exponent + 1
    top, bottom = y._int * 10 ** max(y._exp, 0), 10 ** max(-y._exp, 0)
    if y.adjusted() > 19:
        return None
    import math

    common = math.gcd(top, bottom)
    top, bottom = top // common, bottom // common
    if y._sign and digits != 1:
        # A negative power is finite only of powers of two or of five: they become the other's.
        for prime, other in ((2, 5), (5, 2)):
            count, rest = 0, digits
            while rest % prime == 0:
                rest, count = rest // prime, count + 1
            if rest == 1:
                if count * top > 4 * prec * bottom:
                    return None
                digits, exponent = other**count, -exponent - count
                return _root_power(digits, exponent, -1, top, bottom, prec, other)
        return None
    if y._sign:
        return _root_power(1, -exponent, 1, top, bottom, prec, 0)
    return _root_power(digits, exponent, 1, top, bottom, prec, 0)


def _root_power(digits, exponent, _, top, bottom, prec, __):
    if bottom > 1:
        if exponent % bottom or bottom > digits.bit_length() and digits != 1:
            return None
        root = _root(digits, bottom)
        if root**bottom != digits:
            return None
        digits, exponent = root, exponent // bottom
    if digits != 1 and top * (len(str(digits)) - 1) > prec or digits != 1 and top > 100 * prec:
        return None
    result = digits**top
    if _digits(result) > prec:
        return None
    return _make(0, result, exponent * top)


def _root(number, degree):
    if number < 2:
        return number
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def power_modulo(x, y, modulo, context):
    for number in (x, y, modulo):
        if number._kind == "N":
            return number._nan_of(None, context)
    for number in (x, y, modulo):
        if number._kind == "n":
            return number._fix_nan(context)

    def is_integer(number):
        return number._kind == "" and (number._exp >= 0 or number._int % 10**-number._exp == 0)

    if not (is_integer(x) and is_integer(y) and is_integer(modulo)):
        return context._raise(InvalidOperation, "pow() 3rd argument not allowed unless all arguments are integers")
    if y < 0:
        return context._raise(InvalidOperation, "pow() 2nd argument cannot be negative when 3rd argument specified")
    if not modulo:
        return context._raise(InvalidOperation, "pow() 3rd argument cannot be 0")
    if modulo.adjusted() >= context.prec:
        return context._raise(InvalidOperation, "insufficient precision: pow() 3rd argument must not have more than precision digits")
    if not y and not x:
        return context._raise(InvalidOperation, "at least one of pow() 1st argument and 2nd argument must be nonzero; 0**0 is not defined")
    sign = 0 if int(y) % 2 == 0 else x._sign
    return _make(sign, pow(abs(int(x)), int(y), abs(int(modulo))), 0)
