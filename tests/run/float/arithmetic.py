# Floats: operators, rounding, and exact comparison with ints.
# needs: int(1e300)
inf, nan = float("inf"), float("nan")
values = [0.0, -0.0, 1.0, -1.5, 2.0, 2.5, -3.0, 0.1, 1e16, 1e300, -1e-300, inf, -inf, nan, 3, -7, 10**20]
for a in values:
    row = []
    for b in values:
        for operator in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a // b, lambda: a % b):
            try:
                row.append(repr(operator()))
            except ZeroDivisionError:
                row.append("zero")
        row.append(str(int(a < b) + 2 * int(a <= b) + 4 * int(a == b) + 8 * int(a > b) + 16 * int(a >= b)))
    print(" ".join(row))
print(divmod(-5, 2.0), divmod(5.5, -2), divmod(-0.5, 1))
print(2**0.5, (-2) ** 2.0, 2.0**-1, (-8.0) ** 3, 0.0**0, 10.0**-5, 4**0.5, nan**0, 1**nan)
print((1 << 53) + 1 == float(1 << 53), 10**30 == 1e30, (1 << 2000) < inf, (1 << 2000) < 1e308, -(1 << 2000) < -1e308, 1 < nan)
print(2**63 == 2.0**63, 2**62 - 1 < 2.0**62, 2**62 + 1 > 2.0**62, 5 < 5.5, -5 > -5.5, 2**70 + 1 > 2.0**70)
print([round(x) for x in (0.5, 1.5, 2.5, -2.5, 2.6, 1e20)], [round(x, 0) for x in (0.5, 1.5, -2.5)])
print(round(2.675, 2), round(1234.5, -2), round(5e-324, 320), round(1e300, 400), round(1.15, 1), round(-0.04, 1), round(1e22, -21))
print(round(15, -1), round(25, -1), round(-15, -1), round(125, -3), round(1 << 80, -5), round(7, 3), round(10**30, -100))
print(abs(-5.0), -(0.0), +1.5, bool(0.0), bool(nan), not 0.5, (5.0).is_integer(), (5.5).is_integer(), int(1e30))
for bad in (lambda: round(inf), lambda: round(nan), lambda: 1.0 << 1, lambda: ~1.0, lambda: 1.0 + "a", lambda: 0.0**-1, lambda: float([])):
    try:
        bad()
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        print(type(error).__name__)
