# Iterators over iterators ask again after an end.
# needs: bytearray(1 << 20)
class Twice:
    def __init__(self):
        self.rounds = [1, 2, None, 3, None, None]

    def __iter__(self):
        return self

    def __next__(self):
        item = self.rounds.pop(0) if self.rounds else None
        if item is None:
            raise StopIteration
        return item


for make in (enumerate, lambda it: zip(it), lambda it: map(str, it), lambda it: filter(None, it), lambda it: map(max, it, [7] * 9)):
    iterator = make(Twice())
    print(list(iterator), list(iterator), list(iterator))

# Those over containers have ended for good.
for container in ([1], (1,), {1: 1}, {1}, "a", b"a", range(1)):
    iterator = iter(container)
    print(list(iterator), list(iterator))


def depth(nest):
    nested = (1, 2)
    for i in range(100):
        nested = nest(nested)
    return len(list(nested))


print(depth(enumerate), depth(lambda it: filter(None, it)), depth(zip))
