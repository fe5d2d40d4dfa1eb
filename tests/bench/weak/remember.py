# Functions that remember, and functions with arguments given before.
from functools import cmp_to_key, lru_cache, partial


@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@lru_cache(maxsize=100)
def square(n):
    return n * n


power = partial(pow, 2)
print(fibonacci(80), sum([fibonacci(i % 50) for i in range(50000)]), sum([square(i % 120) for i in range(30000)]))
print(sum([power(i % 20) for i in range(50000)]), sorted(range(5000), key=cmp_to_key(lambda a, b: b - a))[0])
