"""What continues the builtin module `random`: distributions and samples."""

import math
import os as _os
import random
from random import getrandbits, randrange
from random import random as _uniform


def shuffle(x):
    for i in range(len(x) - 1, 0, -1):
        j = randrange(i + 1)
        x[i], x[j] = x[j], x[i]


def sample(population, k, *, counts=None):
    if counts is not None:
        population = [item for item, count in zip(population, counts) for _ in range(count)]
    pool = list(population)
    if not 0 <= k <= len(pool):
        raise ValueError("Sample larger than population or is negative")
    for i in range(k):
        j = randrange(i, len(pool))
        pool[i], pool[j] = pool[j], pool[i]
    return pool[:k]


def choices(population, weights=None, *, cum_weights=None, k=1):
    return _choices(_uniform, randrange, population, weights, cum_weights, k)


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
    return [population[bisect(cum_weights, uniform() * total, 0, n - 1)] for _ in range(k)]


def randbytes(n):
    return getrandbits(n * 8).to_bytes(n, "little") if n else b""


def triangular(low=0.0, high=1.0, mode=None):
    u = _uniform()
    c = 0.5 if mode is None or high == low else (mode - low) / (high - low)
    if u > c:
        u, c, low, high = 1.0 - u, 1.0 - c, high, low
    return low + (high - low) * math.sqrt(u * c)


def normalvariate(mu=0.0, sigma=1.0):
    # Box and Muller.
    return mu + sigma * math.sqrt(-2.0 * math.log(1.0 - _uniform())) * math.cos(2.0 * math.pi * _uniform())


gauss = normalvariate


def lognormvariate(mu, sigma):
    return math.exp(normalvariate(mu, sigma))


def expovariate(lambd=1.0):
    return -math.log(1.0 - _uniform()) / lambd


def paretovariate(alpha):
    return (1.0 - _uniform()) ** (-1.0 / alpha)


def weibullvariate(alpha, beta):
    return alpha * (-math.log(1.0 - _uniform())) ** (1.0 / beta)


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
            a = hash(a)
        elif not isinstance(a, int):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        a, key = abs(a), []
        while a:
            key.append(a & 0xFFFFFFFF)
            a >>= 32
        self._init(key or [0])
        self.gauss_next = None

    def _init(self, key):
        state = [19650218]
        for i in range(1, 624):
            state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + i) & 0xFFFFFFFF)
        i, j = 1, 0
        for _ in range(max(624, len(key))):
            state[i] = ((state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1664525) + key[j] + j) & 0xFFFFFFFF
            i, j = i + 1, (j + 1) % len(key)
            if i >= 624:
                state[0], i = state[623], 1
        for _ in range(623):
            state[i] = ((state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1566083941) - i) & 0xFFFFFFFF
            i += 1
            if i >= 624:
                state[0], i = state[623], 1
        state[0] = 0x80000000
        self._state, self._at = state, 624

    def _turn(self):
        state = self._state
        for i in range(624):
            y = state[i] & 0x80000000 | state[(i + 1) % 624] & 0x7FFFFFFF
            state[i] = state[(i + 397) % 624] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
        self._at = 0

    def _word(self):
        if self._at >= 624:
            self._turn()
        y = self._state[self._at]
        self._at += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        return ((self._word() >> 5) * 67108864 + (self._word() >> 6)) / 9007199254740992

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        if 0 < k <= 32:
            return self._word() >> 32 - k
        value, shift = 0, 0
        while k > 0:
            value |= (self._word() if k >= 32 else self._word() >> 32 - k) << shift
            shift += 32
            k -= 32
        return value

    def getstate(self):
        return self.VERSION, tuple(self._state) + (self._at,), self.gauss_next

    def setstate(self, state):
        if len(state) != 3 or state[0] not in (2, 3) or len(state[1]) != 625:
            raise ValueError("state with version %s passed to Random.setstate() of version %s" % (state[0], self.VERSION))
        self._state, self._at, self.gauss_next = list(state[1][:624]), state[1][624], state[2]

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
        start = start.__index__()
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            if start > 0:
                return self._below(start)
            raise ValueError("empty range for randrange()")
        stop, step = stop.__index__(), step.__index__()
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

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-math.log(1.0 - self.random())) ** (1.0 / beta)


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
