# The functions of math, to twelve digits: the last bits are the library's own business.
# needs: int(1e300)
import math

inf, nan = float("inf"), float("nan")
one = ["sqrt", "exp", "expm1", "log", "log2", "log10", "cosh", "sinh", "tanh", "acosh", "asinh", "atanh", "cos", "sin", "tan", "acos",
       "asin", "atan", "ceil", "floor", "trunc", "fabs", "isfinite", "isinf", "isnan", "frexp", "modf", "degrees", "radians", "erf",
       "erfc", "gamma", "lgamma"]


def show(x):
    if isinstance(x, tuple):
        return "(" + ", ".join(show(y) for y in x) + ")"
    return "%.12g" % x if isinstance(x, float) else str(x)


for name in one:
    function, row = getattr(math, name), []
    for x in (0.0, 0.5, -0.5, 1, 1.5, -2.0, 10, 100.25, inf, -inf, nan):
        try:
            row.append(show(function(x)))
        except (ValueError, OverflowError) as error:
            row.append(type(error).__name__)
    print(name, " ".join(row))
for name in ("pow", "atan2", "copysign", "fmod"):
    function, row = getattr(math, name), []
    for x in (0.0, -0.0, 1.5, -2.0, 7, inf):
        for y in (0.5, -1.0, 3, inf):
            try:
                row.append(show(function(x, y)))
            except (ValueError, OverflowError) as error:
                row.append(type(error).__name__)
    print(name, " ".join(row))
print(show(math.log(8, 2)), show(math.log(100, 10)), math.ldexp(0.5, 10), math.ldexp(1.0, -1074), math.ldexp(0.0, 10**9))
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 2), math.isclose(1, 2, abs_tol=2), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(inf, inf))
print([math.factorial(n) for n in (0, 1, 5, 20, 21, 30)], len(str(math.factorial(1000))))
print(math.pi, math.e, math.tau, math.inf, math.nan, math.floor(10**30), math.trunc(1e20))
for bad in (lambda: math.sqrt("a"), lambda: math.factorial(-1), lambda: math.factorial(5.0), lambda: math.log(8, 0), lambda: math.log(8, 1),
            lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.isclose(1, 2, foo=1), lambda: math.floor(inf), lambda: math.floor(nan),
            lambda: math.sqrt(), lambda: math.sqrt(1, 2), lambda: math.ldexp(1.0, 1.5)):
    try:
        print(bad())
    except (ValueError, TypeError, OverflowError, ZeroDivisionError) as error:
        print(type(error).__name__)
