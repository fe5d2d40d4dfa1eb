# Complex numbers.
# needs: int(1e300)
values = [0j, 1j, -2j, 1 + 2j, -3.5 - 1e20j, 2.5, -3, 10**20]
for a in values:
    row = []
    for b in values:
        for operator in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a == b):
            try:
                x = operator()
                row.append("%.12g %.12g" % (x.real, x.imag) if isinstance(x, complex) else repr(x))
            except ZeroDivisionError:
                row.append("zero")
    print(", ".join(row))
print((1 + 2j).real, (1 + 2j).imag, abs(3 + 4j), bool(0j), bool(1j), +(1j), 1j**2, (1 + 1j) ** -2, 2j**0, 0j**2)
print(complex(), complex(1), complex(1, 2.5), complex("1+2j"), complex("-j"), complex(" 1e5-2.5e-3j "), complex("(1+2j)"), complex("3"), complex(1j, 1j))
print("%.9f %.9f" % ((2**1j).real, (2**1j).imag), "%.9f" % ((-8) ** 0.5).imag, hash(1 + 0j) == hash(1 + 0j), {1j: 1}[1j])
print(repr(1e20j), repr(complex(float("nan"), float("inf"))), str(1.5 - 2j), f"{1j:>6}|", 1j != 1, 1 + 0j == 1)
for bad in (lambda: 1j < 2j, lambda: 1j // 2, lambda: 1j % 2, lambda: complex("1+2"), lambda: complex([]), lambda: 1j + "a", lambda: int(1j),
            lambda: float(1j), lambda: 0j**-1, lambda: 0j**1j, lambda: 1j / 0):
    try:
        print(bad())
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__)
