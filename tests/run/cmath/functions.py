# needs: int(1e300)
import cmath


def shown(value):
    if isinstance(value, tuple):
        return "(" + ", ".join(shown(part) for part in value) + ")"
    if isinstance(value, complex):
        return "%.10g %.10g" % (value.real + 0.0, value.imag + 0.0)
    return "%.10g" % value if isinstance(value, float) else repr(value)


values = [0j, 1, -1.5, 2 + 1j, -2 + 0.5j, 0.5 - 3j, 1e-3j, 20 - 20j]
names = "sqrt exp log log10 sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh phase polar isfinite isinf isnan".split()
for name in names:
    function, row = getattr(cmath, name), []
    for value in values:
        try:
            row.append(shown(function(value)))
        except (ValueError, OverflowError) as e:
            row.append(type(e).__name__)
    print(name, " | ".join(row))

print(shown(cmath.rect(2, cmath.pi / 3)), shown(cmath.log(8, 2)), cmath.pi == cmath.tau / 2, "%.12g" % cmath.e)
print(cmath.isclose(1j, 1j + 1e-12), cmath.isclose(1, 1.1), cmath.isclose(1, 1.1, rel_tol=0.2), cmath.isclose(0, 1e-5, abs_tol=1e-4))
print(cmath.isinf(complex(0, float("inf"))), cmath.isnan(complex(float("nan"), 0)), cmath.isfinite(1e300j))
for bad in ("x", None, []):
    try:
        cmath.sqrt(bad)
    except TypeError as e:
        print(type(e).__name__)
