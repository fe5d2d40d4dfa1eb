# Iterators say how much is left and can be made again.
# needs: import copy, pickle

import copy
import operator
import pickle
from collections import deque


def second(it):
    next(it)
    return it


kinds = {
    "list": lambda: iter([1, 2, 3]), "tuple": lambda: iter((1, 2, 3)), "range": lambda: iter(range(3)), "str": lambda: iter("aßc"),
    "bytes": lambda: iter(b"abc"), "dict": lambda: iter({"a": 1, "b": 2, "c": 3}), "values": lambda: iter({"a": 1, "b": 2}.values()),
    "items": lambda: iter({"a": 1, "b": 2}.items()), "set": lambda: iter({5}), "reversed": lambda: reversed([1, 2, 3]),
    "long": lambda: iter(range(2**70, 2**70 + 3)), "back": lambda: reversed({"a": 1, "b": 2}),
}
for name, make in kinds.items():
    it = make()
    told = [operator.length_hint(it)]
    made = [list(copy.copy(it)), list(pickle.loads(pickle.dumps(it)))]
    next(it)
    told.append(operator.length_hint(it))
    made.append(list(copy.copy(it)))
    rest = list(it)
    told.append(operator.length_hint(it))
    print(name, told, made, rest, list(copy.copy(it)))

for it in (enumerate("abc", 5), zip("ab", [1, 2]), map(operator.neg, [1, 2, 3]), filter(None, [0, 1, 2, 3])):
    first = next(it)
    again = pickle.loads(pickle.dumps(it))
    print(type(again).__name__, first, list(again), operator.length_hint(it, 7))

it = iter([1, 2, 3, 4])
it.__setstate__(2)
print(list(it))
it = iter("aßc")
it.__setstate__(1)
print(list(it))
it = reversed([1, 2, 3, 4])
it.__setstate__(1)
print(list(it))
d = {"a": 1, "b": 2}
it = iter(d)
d["c"] = 3
print(operator.length_hint(it))
items = [1, 2, 3]
it = iter(items)
next(it)
items.extend([4, 5])
print(operator.length_hint(it))
del items[:]
print(operator.length_hint(it))
