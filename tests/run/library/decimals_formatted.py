# Decimals by every usual specification, and by some that are not.
# needs: import decimal
from decimal import Decimal, localcontext, ROUND_UP
import hashlib

numbers = ["0", "-0", "0.00", "1", "-1", "3.14159", "-2.5", "3.5", "1234567.891", "0.000001", "1E-10", "-1E+5", "99.995", "1E+30", "123456789012345678901234567890.125", "0E+3", "0E-9"]
specs = ["", "f", ".2f", ".0f", "F", ".30f", "10", "<12.1f", ">12", "^13.2f", "=+10.3f", "*^+20,.2f", ",", ",.1f", "010.2f", "+", " .1f", "-.1f", "0=12", "é>8.1f", ".3", "g", ".1%", "012,.1f"]
for number in numbers[:8]:
    print(number, [format(Decimal(number), spec) for spec in specs[:16]])
print(hashlib.sha256("|".join(format(Decimal(n), s) for n in numbers for s in specs).encode()).hexdigest())
for wrong in ("<010.2f", "00012.1f", "x", ".f", "10.2d", "5.", ",,f"):
    try:
        print(wrong, format(Decimal("1.5"), wrong))
    except ValueError as error:
        print(wrong, error)
with localcontext() as context:
    context.rounding = ROUND_UP
    print(f"{Decimal('1.001'):.2f}", f"{Decimal('-1.001'):.2f}")
class Own(Decimal):
    pass
print(f"{Own('2.675'):.2f}", "{:>8}|{!s:>8}".format(Decimal("1.5"), Decimal("1.5")), "%s %.1f" % (Decimal("1.50"), Decimal("1.25")))
