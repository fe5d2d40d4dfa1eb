# needs: import copy, pickle
# A dict of the same size whose keys change while it is iterated.


def replace(d, iterate):
    """Whether the iteration ends, by an error or by itself: which of them, is a matter of how entries lie."""
    size = len(d)
    try:
        for count, _ in enumerate(iterate(d)):
            if count > size:
                return False
            del d[min(d)]
            d[max(d) + 1 if d else 1] = 0
    except RuntimeError as e:
        return str(e) == "dictionary keys changed during iteration"
    return True


for iterate in (iter, dict.keys, dict.values, dict.items, lambda d: d):
    print([replace({n: n for n in range(size)}, iterate) for size in (1, 2, 3, 4, 5, 8, 20, 100)])

d = {1: 1, 2: 2}
for key in d:
    d[key] = "new values are none of its business"
print(d)
for key in {1: 1}:
    break
for key in d:
    del d[1]
    d[3] = 3
    break
print(list(d), list(reversed(d)))
big = dict.fromkeys(range(3))
it = iter(big)
next(it)
print(it.__length_hint__(), list(it))
