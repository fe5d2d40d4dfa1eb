# Decimals: read, added, multiplied, divided, rounded to cents, compared, written.
from decimal import Decimal, ROUND_HALF_UP

cents = Decimal("0.01")
total = Decimal(0)
for i in range(60000):
    price = Decimal("%d.%02d" % (i % 1000, i % 100))
    tax = (price * Decimal("0.0725") / 3).quantize(cents, ROUND_HALF_UP)
    total += price - tax
    if total > 1000000:
        total -= 1000000
print(total, str(total), hash(total) == hash(Decimal(str(total))))
