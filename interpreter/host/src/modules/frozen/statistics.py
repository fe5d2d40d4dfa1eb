"""Means, spreads and their kin."""

import math
from fractions import Fraction

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean", "linear_regression", "mean", "median",
    "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev", "pvariance", "quantiles", "stdev", "variance",
]


class StatisticsError(ValueError):
    pass


# Sums are exact: numerators are added by their denominators, of which floats have few.


def _common(kind, cls):
    """The type of results when numbers of a type come to those of another."""
    if cls is kind or cls is bool or cls is int:
        return kind
    if kind is int or issubclass(cls, kind):
        return cls
    if issubclass(kind, cls) or issubclass(cls, int) or issubclass(kind, float) and issubclass(cls, Fraction):
        return kind
    if issubclass(cls, float) and issubclass(kind, Fraction):
        return cls
    raise TypeError("don't know how to coerce %s and %s" % (kind.__name__, cls.__name__))


def _parts(data):
    """The sums of the numbers and of their squares, by denominators, the type that a result should have, and how many there are;
    the sums are None if a number is not finite."""
    sums, squares, kind, count, finite = {}, {}, int, 0, True
    for value in data:
        count += 1
        cls = type(value)
        if cls is not kind:
            kind = _common(kind, cls)
        if cls is int:
            above, below = value, 1
        elif isinstance(value, (str, bytes)):
            raise TypeError("can't convert type '%s' to numerator/denominator" % cls.__name__)
        else:
            try:
                above, below = value.as_integer_ratio()
            except (OverflowError, ValueError):
                finite = False
                continue
            except AttributeError:
                value = Fraction(value)
                above, below = value.numerator, value.denominator
        sums[below] = sums.get(below, 0) + above
        squares[below] = squares.get(below, 0) + above * above
    return sums if finite else None, squares, kind, count


def _total(parts, power=1):
    return sum([Fraction(above, below**power) for below, above in parts.items()], Fraction(0))


def _sum(data):
    sums, _, kind, count = _parts(data)
    return (sum(data) if sums is None else _total(sums)), kind, count


def _as(value, kind):
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        # A decimal number is made of no fraction.
        return kind(value.numerator) / value.denominator


def _root(value, kind):
    """The square root, a decimal number of decimal numbers."""
    if not hasattr(kind, "sqrt"):
        return math.sqrt(value)
    return (kind(value.numerator) / value.denominator if isinstance(value, (Fraction, int)) else value).sqrt()


def _data(data, what="no data points"):
    data = list(data)
    if not data:
        raise StatisticsError(what)
    return data


def mean(data):
    data = _data(data, "mean requires at least one data point")
    total, kind, count = _sum(data)
    return _as(total / count, kind)


def fmean(data, weights=None):
    data = _data(data, "fmean requires at least one data point")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError("data and weights must be the same length")
    total = math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return math.fsum([a * b for a, b in zip(data, weights)]) / total


def geometric_mean(data):
    what = "geometric mean requires a non-empty dataset containing positive numbers"
    data = _data(data, what)
    try:
        return math.exp(fmean([math.log(x) for x in data]))
    except ValueError:
        raise StatisticsError(what) from None


def harmonic_mean(data, weights=None):
    data = _data(data, "harmonic_mean requires at least one data point")
    if any([x < 0 for x in data]):
        raise StatisticsError("harmonic mean does not support negative values")
    if len(data) == 1 and weights is None:
        if isinstance(data[0], (str, bytes)):
            raise TypeError("unsupported type")
        return data[0]
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError("Number of weights does not match data size")
    if any([w < 0 for w in weights]):
        raise StatisticsError("harmonic mean does not support negative values")
    total = _sum(weights)[0]
    try:
        inverse, kind, _ = _sum([w / x if w else 0 for w, x in zip(weights, data)])
    except ZeroDivisionError:
        return 0
    if inverse <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _as(total / inverse, kind)


def median(data):
    data = sorted(_data(data, "no median for empty data"))
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    data = sorted(_data(data, "no median for empty data"))
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(_data(data, "no median for empty data"))
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    from bisect import bisect_left, bisect_right

    data = sorted(_data(data, "no median for empty data"))
    x = data[len(data) // 2]
    first, last = bisect_left(data, x), bisect_right(data, x)
    try:
        x, interval = float(x), float(interval)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return x - interval / 2.0 + interval * (len(data) / 2 - first) / (last - first)


def mode(data):
    from collections import Counter

    return Counter(_data(data, "no mode for empty data")).most_common(1)[0][0]


def multimode(data):
    from collections import Counter

    counts = Counter(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    if len(data) < 2:
        raise StatisticsError("must have at least two data points")
    if method not in ("exclusive", "inclusive"):
        raise ValueError("Unknown method: %r" % method)
    result = []
    m = len(data) - 1 if method == "inclusive" else len(data) + 1
    for i in range(1, n):
        if method == "inclusive":
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        else:
            j = min(max(i * m // n, 1), len(data) - 1)
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return result


def _squares(data, center):
    """The sum of the squares of the distances from the center, and the type that a result should have."""
    sums, squares, kind, count = _parts(data)
    if sums is None:
        center = sum(data) / count if center is None else center
        return sum([(value - center) ** 2 for value in data]), kind
    total, squares = _total(sums), _total(squares, 2)
    if center is None:
        return (count * squares - total * total) / count, kind
    center = Fraction(center)
    return squares - 2 * center * total + count * center * center, kind


def variance(data, xbar=None):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError("variance requires at least two data points")
    squares, kind = _squares(data, xbar)
    return _as(squares / (len(data) - 1), kind)


def pvariance(data, mu=None):
    data = _data(data, "pvariance requires at least one data point")
    squares, kind = _squares(data, mu)
    return _as(squares / len(data), kind)


def stdev(data, xbar=None):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError("stdev requires at least two data points")
    squares, kind = _squares(data, xbar)
    return _root(squares / (len(data) - 1), kind)


def pstdev(data, mu=None):
    data = _data(data, "pstdev requires at least one data point")
    squares, kind = _squares(data, mu)
    return _root(squares / len(data), kind)


def _pairs(x, y, what):
    x, y = list(x), list(y)
    if len(x) != len(y):
        raise StatisticsError("%s requires that both inputs have same number of data points" % what)
    if len(x) < 2:
        raise StatisticsError("%s requires at least two data points" % what)
    mx, my = math.fsum(x) / len(x), math.fsum(y) / len(y)
    return [a - mx for a in x], [b - my for b in y], mx, my


def covariance(x, y, /):
    dx, dy, _, _ = _pairs(x, y, "covariance")
    return math.fsum([a * b for a, b in zip(dx, dy)]) / (len(dx) - 1)


def correlation(x, y, /):
    dx, dy, _, _ = _pairs(x, y, "correlation")
    sxx, syy = math.fsum([a * a for a in dx]), math.fsum([b * b for b in dy])
    if not sxx * syy:
        raise StatisticsError("at least one of the inputs is constant")
    return math.fsum([a * b for a, b in zip(dx, dy)]) / math.sqrt(sxx * syy)


def linear_regression(x, y, /, *, proportional=False):
    from collections import namedtuple

    dx, dy, mx, my = _pairs(x, y, "linear regression")
    if proportional:
        dx, dy, mx, my = list(x), list(y), 0, 0
    sxx = math.fsum([a * a for a in dx])
    if not sxx:
        raise StatisticsError("x is constant")
    slope = math.fsum([a * b for a, b in zip(dx, dy)]) / sxx
    return namedtuple("LinearRegression", "slope intercept")(slope, 0.0 if proportional else my - slope * mx)


class NormalDist:
    """A normal distribution: a mean and a standard deviation."""

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))

    def samples(self, n, *, seed=None):
        import random

        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _deviates(self, what):
        if not self._sigma:
            raise StatisticsError("%s not defined when sigma is zero" % what)

    def pdf(self, x):
        self._deviates("pdf()")
        variance = self._sigma * self._sigma
        return math.exp((x - self._mu) * (x - self._mu) / (-2.0 * variance)) / math.sqrt(2.0 * math.pi * variance)

    def cdf(self, x):
        self._deviates("cdf()")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return self._mu + _quantile(p) * self._sigma

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """What part of the areas below both curves is common."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        one, two = (self, other) if (self._sigma, self._mu) <= (other._sigma, other._mu) else (other, self)
        variance1, variance2 = one.variance, two.variance
        if not variance1 or not variance2:
            raise StatisticsError("overlap() not defined when sigma is zero")
        difference, apart = variance2 - variance1, abs(two._mu - one._mu)
        if not difference:
            return 1.0 - math.erf(apart / (2.0 * one._sigma * math.sqrt(2.0)))
        middle = one._mu * variance2 - two._mu * variance1
        width = one._sigma * two._sigma * math.sqrt(apart * apart + difference * math.log(variance2 / variance1))
        left, right = (middle + width) / difference, (middle - width) / difference
        return 1.0 - (abs(two.cdf(left) - one.cdf(left)) + abs(two.cdf(right) - one.cdf(right)))

    def zscore(self, x):
        self._deviates("zscore()")
        return (x - self._mu) / self._sigma

    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * abs(other))

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / abs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -(self - other)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return "%s(mu=%r, sigma=%r)" % (type(self).__name__, self._mu, self._sigma)

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state


def _quantile(p):
    """Where the standard normal distribution reaches `p`: a good guess, and then Newton's steps with the exact function."""
    q = min(p, 1.0 - p)
    t = math.sqrt(-2.0 * math.log(q))
    x = t - ((0.010328 * t + 0.802853) * t + 2.515517) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0)
    for _ in range(4):
        error = 0.5 * math.erfc(x / math.sqrt(2.0)) - q
        density = math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
        step = error / density
        x += step / (1.0 - 0.5 * x * step) if abs(x * step) < 1.0 else step
    return x if p > 0.5 else -x
