# A frozenset's hash is that of its elements, whatever it came of; sets within sets are hashed once.
a = frozenset([3, 1, 2])
hash(a)
for made in (a - {3}, a | {7}, a & {1, 2}, a ^ {1}, frozenset(set(a)), frozenset(list(a)), a.copy(), a.difference([2]), a.union([9]), a.intersection([1])):
    print(hash(made) == hash(frozenset(sorted(made))), sorted(made))
mutable = set(a)
mutable.discard(3)
mutable.add(5)
print(hash(frozenset(mutable)) == hash(frozenset([1, 2, 5])), mutable == {1, 2, 5}, a == {1, 2, 3})
mutable |= a
mutable.remove(1)
print(hash(frozenset(mutable)) == hash(frozenset([2, 3, 5])))
print(hash(frozenset()) == hash(frozenset([])), a.pop if hasattr(a, "pop") else "frozen")


class Counted:
    asked = 0

    def __hash__(self):
        Counted.asked += 1
        return 1


one = frozenset([Counted()])
before = Counted.asked
print(hash(one) == hash(one), Counted.asked - before <= 1)

nested = frozenset()
for _ in range(60):
    nested = frozenset([nested, frozenset([nested])])
print(len({nested: 1}), nested in {nested})
