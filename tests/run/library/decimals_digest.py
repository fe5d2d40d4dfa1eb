# Arithmetic of decimals in contexts of all kinds, by the digest of what each operation gives: results, and the flags that it leaves.
# The numbers come of a generator of this file, the same everywhere.
# needs: import decimal

import hashlib
from decimal import *

ROUNDINGS = [ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP]
SIGNALS = [Inexact, Rounded, Overflow, InvalidOperation, DivisionByZero, Clamped, Subnormal, Underflow]
state = 1


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (state >> 33) % n


def literal():
    if below(20) == 0:
        return ["NaN", "sNaN", "Inf", "-Inf", "0", "-0", "0E+3", "-0E-5"][below(8)]
    digits = "".join(["0123456789"[below(10)] if below(4) else "059"[below(3)] for _ in range(1 + below(40))])
    point = below(len(digits) + 1)
    text = ("-" if below(2) else "") + digits[:point] + ("." if below(2) else "") + digits[point:]
    if below(2):
        text += "E%d" % (below(41) - 20 if below(8) else below(900) - 450)
    return text


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "from the right": lambda a, b: (b + a, b - a, b * a, b / a),
    "signs": lambda a, b: (+a, -a, abs(b)),
    "quantize": lambda a, b: a.quantize(b) if isinstance(b, Decimal) else a.quantize(Decimal(b)),
    "rounding": lambda a, b: a.quantize(Decimal(b), ROUNDINGS[below(8)]),
    "order": lambda a, b: (a < b, a <= b, a > b, a >= b),
    "equal": lambda a, b: (a == b, a != b, bool(a)),
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}

for name, operation in OPERATIONS.items():
    digest, last = hashlib.md5(), None
    for _ in range(250):
        setcontext(Context(prec=1 + below(35), rounding=ROUNDINGS[below(8)], clamp=below(2),
                           Emin=-below(400) if below(3) else -999999, Emax=below(400) if below(3) else 999999,
                           traps=[signal for signal in SIGNALS if below(25) == 0]))
        context = getcontext()
        a, b = Decimal(literal()), Decimal(literal())
        if below(10) == 0:
            b = below(1000) - 500
        try:
            result = repr(operation(a, b))
        except DecimalException:
            result = "raised"
        flags = [signal for signal in SIGNALS if context.flags[signal]]
        # Which flags are set when one of several signals raises is nobody's promise.
        if not any([context.traps[signal] for signal in flags]):
            result += " " + " ".join([signal.__name__ for signal in flags])
        digest.update(result.encode())
        last = result
    print(name, digest.hexdigest(), last)

# Hashes of equal numbers, texts, and what is read.
setcontext(Context())
print([hash(Decimal(text)) == hash(number) for text, number in (("2.00", 2), ("-7E+3", -7000), ("0.5", 0.5), ("1E+30", 10**30), ("0E-7", 0))])
for text in ("0", "-0.00", "1.5", "-.5", "5.", "+7", "0.000001", "0.0000001", "1E+3", "12e-3", "123456789012345678901234567890.5", "1_0", " 3 "):
    number = Decimal(text)
    print(text, number, number.as_tuple())
for bad in ("", ".", "e5", "1e", "1.2.3", "--1", "1e+-3", "x"):
    try:
        Decimal(bad)
    except InvalidOperation as e:
        print(repr(bad), e)


class Money(Decimal):
    pass


print(type(Money("1") + 1).__name__, type(Money("1.50")).__name__, Money("1.50") + Money("2"), repr(Money(3)), Decimal(Money("4")))
print(Decimal(1).__add__(1.5), Decimal(1).__lt__("x"), sum([Decimal("0.1")] * 10), Decimal(1) / 3)
print(Context(prec=3).divide(1, 3), Decimal(value="3"), Decimal("1.25").quantize(exp=Decimal("0.1"), rounding=ROUND_UP))

# Fractions lie beside decimals of any exponent.
from fractions import Fraction

setcontext(Context(Emax=999999999, Emin=-999999999))
print(Decimal("1E+999999999") > Fraction(1, 3), Decimal("-1E-999999999") < Fraction(1, 3), Decimal("0.25") == Fraction(1, 4), Decimal("0.3") < Fraction(1, 3))
# A hash is what `hash` says of it.
print([Decimal(number).__hash__() == hash(Decimal(number)) == hash(number) for number in (2**31 - 1, 2**31, -2**31, 2**32, 10**30, -1)])
