import random
random.seed(1)
first = [random.getrandbits(32) for _ in range(5)], [random.getrandbits(5) for _ in range(5)]
random.seed(1)
print(first == ([random.getrandbits(32) for _ in range(5)], [random.getrandbits(5) for _ in range(5)]))
print(all(0 <= random.random() < 1 for _ in range(100)), all(2 <= random.uniform(2, 3) <= 3 for _ in range(100)))
print(sorted(set(random.randint(-1, 1) for _ in range(200))), sorted(set(random.randrange(0, 10, 5) for _ in range(100))), sorted(set(random.randrange(3, 0, -1) for _ in range(100))))
print(random.randrange(1 << 70) < 1 << 70, random.getrandbits(100) < 1 << 100, random.randint(1 << 70, 1 << 70) == 1 << 70, random.getrandbits(0))
items = list(range(10))
random.shuffle(items)
print(sorted(items) == list(range(10)), random.choice("x"))
for call in (lambda: random.randrange(0), lambda: random.randrange(1, 1), lambda: random.randrange(1, 5, 0), lambda: random.randint(2, 1), lambda: random.choice([]), lambda: random.getrandbits(-1)):
    try:
        call()
        print("nothing raised")
    except (ValueError, IndexError) as error:
        print(type(error).__name__)
for seed in ("text", 2 ** 100, -5, None):
    random.seed(seed)
