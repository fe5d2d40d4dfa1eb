# Means and spreads have the type of their numbers; which types do not go together; sums of what is no number.
# needs: import statistics
import math
import statistics as st
from decimal import Decimal
from fractions import Fraction

D, F = Decimal, Fraction
print(repr(st.mean([D("1.5"), D("2.5"), 2])), repr(st.mean([F(1, 2), 1])), st.mean([True, 2]), repr(st.mean([D("4.9712")] * 3)))
print(repr(st.variance([D(1), D(2), D(4)])), repr(st.pvariance([D("0.28")])), repr(st.stdev([D(1), D(2), D(4)]))[:22], st.pstdev([1, 2]))
print(repr(st.harmonic_mean([D(40), D(60)])), st.harmonic_mean([40, 60], weights=[5, 30]), st.harmonic_mean([F(1, 2)]), st.harmonic_mean([0, 1]))
print(st.mean([1.0, math.inf]), st.mean([D("Infinity"), 1]), st.fmean([math.nan, math.inf]), st.median_grouped([3]), st.median_grouped([D(1), D(2), D(2)]))


def refused(call):
    try:
        return call()
    except (TypeError, ValueError) as error:
        return type(error).__name__


print(refused(lambda: st.mean([D(1), 1.5])), refused(lambda: st.mean([F(1), D(1)])), refused(lambda: st.mean(["1", "2"])))
print(refused(lambda: st.fmean([1, 2], [0, 0])), refused(lambda: st.geometric_mean([0, 1])), refused(lambda: st.harmonic_mean([1, 2], [1])))
print(refused(lambda: st.NormalDist(0, 0).inv_cdf(0.5)), refused(lambda: st.harmonic_mean([1, 2], [0, 0])))
print(math.fsum([math.nan, math.inf]), refused(lambda: math.fsum([math.inf, -math.inf])), math.fsum([2.0**n for n in range(-500, 500, 2)]) > 1)
print(63050394783186940 / 7, (1 << 62) / 3, 9007199254740993 / 1, -63050394783186940 / 7, math.ldexp(0.0, -(10**20)))
try:
    math.ldexp(1.0, 10**20)
except OverflowError as error:
    print(error)
