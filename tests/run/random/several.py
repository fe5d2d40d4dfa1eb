# What chooses several, and other distributions.
# needs: from random import sample
import random
random.seed(1)
print(sorted(random.sample(range(10), 10)) == list(range(10)), len(set(random.sample("abcdef", 3))))
print(random.choices([1, 2], k=3, weights=[0, 1]), random.choices([1, 2], cum_weights=[1, 1]), len(random.choices("ab", k=7)))
values = [random.gauss(10, 2) for _ in range(2000)]
print(9.5 < sum(values) / len(values) < 10.5, random.expovariate(2) >= 0)
for call in (lambda: random.sample([1], 2), lambda: random.choices([], k=1)):
    try:
        call()
        print("nothing raised")
    except (ValueError, IndexError) as error:
        print(type(error).__name__)
