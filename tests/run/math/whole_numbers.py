# needs: from math import gcd
import math

print(math.gcd(), math.gcd(12), math.gcd(12, -18), math.gcd(12, 18, 8), math.gcd(0, 0), math.gcd(2**100, 6**50) == 2**50)
print(math.lcm(), math.lcm(4), math.lcm(4, 6), math.lcm(-4, 6, 10), math.lcm(0, 5), math.lcm(2**70, 3) == 3 * 2**70)
print([math.isqrt(n) for n in (0, 1, 2, 15, 16, 17, 10**40, 10**40 - 1)])
print([math.comb(n, k) for n, k in ((5, 2), (5, 0), (5, 6), (60, 30), (100, 3))])
print([math.perm(n, k) for n, k in ((5, 2), (5, 0), (5, 6), (20, 20))], math.perm(6))
print([math.factorial(n) for n in (0, 1, 5, 25)])
print(math.prod([]), math.prod([2, 3.5]), math.prod((2, 3), start=10), math.prod(range(1, 25)))
print(math.fsum([0.1] * 10), math.fsum([1e100, 1.0, -1e100]), math.fsum([]))
print("%.12g %.12g %.12g" % (math.hypot(), math.hypot(3, 4), math.hypot(1, 2, 2)), "%.12g" % math.dist((1, 2, 3), (4, 6, 3)))
print(math.hypot(1e200, 1e200) < 2e200, math.hypot(float("inf"), 1))
bad = (
    lambda: math.gcd(1.5),
    lambda: math.isqrt(-1),
    lambda: math.comb(-1, 2),
    lambda: math.perm(5, -1),
    lambda: math.factorial(-1),
    lambda: math.dist((1,), (1, 2)),
    lambda: math.lcm("x"),
)
for case in bad:
    try:
        print(case())
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
