# needs: import linecache
# What is too large for a float: an OverflowError, not a domain error; and logarithms of ints of any size.
import math


def told(function, *args):
    try:
        answer = function(*args)
        return "%.12g" % answer if isinstance(answer, float) else answer
    except (ValueError, ArithmeticError, TypeError) as e:
        return "%s: %s" % (type(e).__name__, e)


for function in (math.exp, math.exp2, math.expm1, math.cosh, math.sinh, math.gamma):
    print(function.__name__, told(function, 2000), told(function, 2), told(function, float("inf")))
print(told(math.sinh, -2000), told(math.gamma, -1), told(math.gamma, 0), told(math.lgamma, -1), told(math.lgamma, 1e300))
print(told(math.pow, 1e300, 2), told(math.pow, 0, -1), told(math.pow, -8, 1 / 3), told(math.pow, 2, 0.5), told(math.pow, float("inf"), 2))
print(told(math.ldexp, 1.0, 5000), told(math.ldexp, 1.0, -5000), told(math.ldexp, 0.5, 1), told(math.ldexp, float("-inf"), 1))
print(told(math.log, 10**400), told(math.log2, 1 << 2000), told(math.log10, 10**500), told(math.log, 10**400, 10), told(math.log, 3**2000, 3))
for function in (math.log, math.log2, math.log10, math.log1p):
    print(function.__name__, told(function, -2), told(function, 8), told(function, "a"), told(function, True))
print(told(math.log, 0), told(math.log, 2, 1), told(math.log, 8, 2), told(math.log, 2, 0), told(math.log, -(10**400)))
for function in (math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.tanh, math.cbrt):
    print(function.__name__, told(function, 0.5), told(function, float("inf")), told(function, float("nan")))
print(told(math.acos, 2), told(math.atan2, 1, -1), told(math.atan2, -0.0, -1))
for base, exponent in [(1e300, 2), (-2.0, 1025), (0.0, -1), (0, -1), (1e-300, 2), (float("inf"), 2), (2.5, 3), (10, -5), (0.0, 0)]:
    print(base, exponent, told(lambda: base**exponent))
