"""What continues the builtin module `random`: distributions and samples."""

import math
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
    from bisect import bisect
    from itertools import accumulate

    n = len(population)
    if cum_weights is None:
        if weights is None:
            return [population[randrange(n)] for _ in range(k)]
        cum_weights = list(accumulate(weights))
    elif weights is not None:
        raise TypeError("Cannot specify both weights and cumulative weights")
    if len(cum_weights) != n:
        raise ValueError("The number of weights does not match the population")
    total = cum_weights[-1] + 0.0
    if total <= 0.0:
        raise ValueError("Total of weights must be greater than zero")
    return [population[bisect(cum_weights, _uniform() * total, 0, n - 1)] for _ in range(k)]


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


class SystemRandom:
    """The same functions as methods."""

    def __getattr__(self, name):
        return getattr(random, name)


Random = SystemRandom
