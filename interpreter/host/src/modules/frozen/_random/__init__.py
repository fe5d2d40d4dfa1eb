"""What `random` is on a computer: the sequences of CPython, distributions and samples.

The generator itself is native (`_twister`); the module's functions are methods of one `Random`, as in CPython.
"""

import math
import os as _os
import _twister

__all__ = [
    "Random", "SystemRandom", "betavariate", "binomialvariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "getrandbits",
    "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint", "random", "randrange", "sample", "seed", "setstate",
    "shuffle", "triangular", "uniform", "vonmisesvariate", "weibullvariate",
]


def _choices(uniform, below, population, weights, cum_weights, k):
    """What both kinds of generator choose by: `uniform()` is less than 1, `below(n)` less than `n`."""
    from bisect import bisect
    from itertools import accumulate

    n = len(population)
    if cum_weights is None:
        if weights is None:
            return [population[below(n)] for _ in range(k)]
        cum_weights = list(accumulate(weights))
    elif weights is not None:
        raise TypeError("Cannot specify both weights and cumulative weights")
    if len(cum_weights) != n:
        raise ValueError("The number of weights does not match the population")
    total = cum_weights[-1] + 0.0
    if total <= 0.0:
        raise ValueError("Total of weights must be greater than zero")
    if not math.isfinite(total):
        raise ValueError("Total of weights must be finite")
    return [population[bisect(cum_weights, uniform() * total, 0, n - 1)] for _ in range(k)]


def _float_hash(x):
    # What CPython's `hash` says: the float as a fraction, modulo a prime.
    if x != x or x in (math.inf, -math.inf):
        return hash(x)
    over, under = abs(x).as_integer_ratio()
    found = over * pow(under, -1, (1 << 61) - 1) % ((1 << 61) - 1)
    # As the unsigned number that the bits of it are.
    return -found % (1 << 64) if x < 0 else found


def _whole(number, what):
    """An integer. A float that is one is taken as well, still."""
    try:
        return number.__index__()
    except AttributeError:
        import warnings

        whole = int(number)
        if whole != number:
            warnings.warn("randrange() will raise TypeError in the future", DeprecationWarning, 3)
            raise ValueError("non-integer %s for randrange()" % what) from None
        text = "non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a subsequent version"
        warnings.warn(text, DeprecationWarning, 3)
        return whole


class Random:
    """Chance that a seed determines: the sequences of CPython, of the Mersenne Twister (MT19937)."""

    VERSION = 3

    def __init__(self, x=None):
        self.gauss_next = None
        self.seed(x)

    def seed(self, a=None, version=2):
        if a is None:
            a = int.from_bytes(_os.urandom(32), "big")
        elif isinstance(a, (str, bytes, bytearray)):
            data = a.encode() if isinstance(a, str) else bytes(a)
            if version == 1:
                text = data.decode("latin-1")
                x = ord(text[0]) << 7 if text else 0
                for c in text:
                    x = (1000003 * x ^ ord(c)) & 0xFFFFFFFFFFFFFFFF
                x ^= len(text)
                a = -2 if x == -1 else x
            else:
                from hashlib import sha512

                a = int.from_bytes(data + sha512(data).digest(), "big")
        elif isinstance(a, float):
            a = _float_hash(a)
        elif not isinstance(a, int):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        a = abs(a)
        self._state = bytearray(2500)
        _twister.start(self._state, a.to_bytes(max(4, (a.bit_length() + 31) // 32 * 4), "little"))
        self.gauss_next = None

    random, getrandbits = _twister.random, _twister.getrandbits

    def getstate(self):
        return self.VERSION, tuple(memoryview(self._state).cast("I")), self.gauss_next

    def setstate(self, state):
        if len(state) != 3 or state[0] not in (2, 3) or len(state[1]) != 625:
            raise ValueError("state with version %s passed to Random.setstate() of version %s" % (state[0], self.VERSION))
        words = memoryview(self._state).cast("I")
        for at, word in enumerate(state[1]):
            words[at] = word
        self.gauss_next = state[2]

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return type(self), (), self.getstate()

    def _below(self, n):
        bits = n.bit_length()
        value = self.getrandbits(bits)
        while value >= n:
            value = self.getrandbits(bits)
        return value

    _randbelow = _below

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def randrange(self, start, stop=None, step=1):
        start = _whole(start, "arg 1")
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            if start > 0:
                return self._below(start)
            raise ValueError("empty range for randrange()")
        stop, step = _whole(stop, "stop"), _whole(step, "step")
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._below(width)
            raise ValueError("empty range for randrange() (%d, %d, %d)" % (start, stop, width))
        if not step:
            raise ValueError("zero step for randrange()")
        count = (width + step + (-1 if step > 0 else 1)) // step
        if count <= 0:
            raise ValueError("empty range for randrange()")
        return start + step * self._below(count)

    def randint(self, a, b):
        if type(a) is int and type(b) is int and a <= b:
            return a + self._below(b - a + 1)
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._below(len(seq))]

    def shuffle(self, x):
        for i in range(len(x) - 1, 0, -1):
            j = self._below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if not hasattr(population, "__getitem__") or hasattr(population, "keys"):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            from bisect import bisect
            from itertools import accumulate

            sums = list(accumulate(counts))
            if len(sums) != n:
                raise ValueError("The number of counts does not match the population")
            total = sums.pop()
            return [population[bisect(sums, place)] for place in self.sample(range(total), k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        size = 21
        if k > 5:
            size += 4 ** math.ceil(math.log(k * 3, 4))
        out = []
        if n <= size:
            pool = list(population)
            for i in range(k):
                j = self._below(n - i)
                out.append(pool[j])
                pool[j] = pool[n - i - 1]
            return out
        taken = set()
        for _ in range(k):
            j = self._below(n)
            while j in taken:
                j = self._below(n)
            taken.add(j)
            out.append(population[j])
        return out

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return _choices(self.random, lambda n: int(self.random() * n), population, weights, cum_weights, k)

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        if high == low:
            return low
        c = 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u, c, low, high = 1.0 - u, 1.0 - c, high, low
        return low + (high - low) * math.sqrt(u * c)

    def normalvariate(self, mu=0.0, sigma=1.0):
        # Kinderman and Monahan: the ratio of two uniform numbers.
        while True:
            u, v = self.random(), 1.0 - self.random()
            z = 4 * math.exp(-0.5) / math.sqrt(2.0) * (u - 0.5) / v
            if z * z / 4.0 <= -math.log(v):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        z, self.gauss_next = self.gauss_next, None
        if z is None:
            angle = self.random() * 2 * math.pi
            radius = math.sqrt(-2.0 * math.log(1.0 - self.random()))
            z, self.gauss_next = math.cos(angle) * radius, math.sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu=0.0, sigma=1.0):
        return math.exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        return -math.log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        if kappa <= 1e-6:
            return 2.0 * math.pi * self.random()
        s = 0.5 / kappa
        r = s + math.sqrt(1.0 + s * s)
        while True:
            z = math.cos(math.pi * self.random())
            d = z / (r + z)
            u = self.random()
            if u < 1.0 - d * d or u <= (1.0 - d) * math.exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        turned = math.acos(f) if self.random() > 0.5 else -math.acos(f)
        return (mu + turned) % (2.0 * math.pi)

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        if alpha > 1.0:
            # Cheng: uniform numbers, until a pair of them is accepted.
            spread = math.sqrt(2.0 * alpha - 1.0)
            shift, factor = alpha - math.log(4.0), alpha + spread
            while True:
                u = self.random()
                if not 1e-7 < u < 0.9999999:
                    continue
                v = 1.0 - self.random()
                y = math.log(u / (1.0 - u)) / spread
                x = alpha * math.exp(y)
                z = u * u * v
                r = shift + factor * y - x
                if r + (1.0 + math.log(4.5)) - 4.5 * z >= 0.0 or r >= math.log(z):
                    return x * beta
        if alpha == 1.0:
            return -math.log(1.0 - self.random()) * beta
        while True:
            # Ahrens and Dieter, for less than one.
            b = (math.e + alpha) / math.e
            p = b * self.random()
            x = p ** (1.0 / alpha) if p <= 1.0 else -math.log((b - p) / alpha)
            u = self.random()
            if p > 1.0:
                if u <= x ** (alpha - 1.0):
                    break
            elif u <= math.exp(-x):
                break
        return x * beta

    def betavariate(self, alpha, beta):
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-math.log(1.0 - self.random())) ** (1.0 / beta)


    def binomialvariate(self, n=1, p=0.5):
        """How many of `n` attempts succeed, each with the probability `p`."""
        if n < 0:
            raise ValueError("n must be non-negative")
        if not 0.0 <= p <= 1.0:
            raise ValueError("p must be in the range 0.0 <= p <= 1.0")
        if p in (0.0, 1.0):
            return n * int(p)
        if p > 0.5:
            return n - self.binomialvariate(n, 1.0 - p)
        # From success to success: how many attempts lie between is distributed geometrically.
        successes, attempts, rate = 0, 0, math.log1p(-p)
        while True:
            attempts += math.floor(math.log(1.0 - self.random()) / rate) + 1
            if attempts > n:
                return successes
            successes += 1


class SystemRandom(Random):
    """Chance of the system's, which no seed determines."""

    def random(self):
        return (int.from_bytes(_os.urandom(7), "big") >> 3) / 9007199254740992

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        size = (k + 7) // 8
        return int.from_bytes(_os.urandom(size), "big") >> size * 8 - k

    def randbytes(self, n):
        return _os.urandom(n)

    def seed(self, *args, **kwds):
        return None

    def getstate(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


_inst = Random()
seed, random, uniform, triangular, randint, choice, randrange = (
    _inst.seed, _inst.random, _inst.uniform, _inst.triangular, _inst.randint, _inst.choice, _inst.randrange)
sample, shuffle, choices, normalvariate, lognormvariate, expovariate = (
    _inst.sample, _inst.shuffle, _inst.choices, _inst.normalvariate, _inst.lognormvariate, _inst.expovariate)
vonmisesvariate, gammavariate, gauss, betavariate, paretovariate, weibullvariate = (
    _inst.vonmisesvariate, _inst.gammavariate, _inst.gauss, _inst.betavariate, _inst.paretovariate, _inst.weibullvariate)
binomialvariate = _inst.binomialvariate
getstate, setstate, getrandbits, randbytes = _inst.getstate, _inst.setstate, _inst.getrandbits, _inst.randbytes
