# Views of dicts.
d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i)
d["c"] = 3
print(len(k), len(v), len(i), list(k), list(v), list(i))
print("a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i, ("a",) in i, "a" in i)
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), sorted({"a", "q"} - k), sorted({"a", "q"} & k))
print(k == {"a", "b", "c"}, k == {"a"}, k <= {"a", "b", "c", "d"}, k < {"a", "b", "c"}, k >= {"a"}, i == {("a", 1), ("b", 2), ("c", 3)}, k != {1})
print(k.isdisjoint([1, 2]), k.isdisjoint("abc"), sorted(k & "ab"))
print(k == d.keys(), k == v, d.values() == d.values())
print(list(reversed(k)), list(reversed(v)), list(reversed(i)), list(reversed(d)))
for view in (d, d.keys(), d.values(), d.items()):
    try:
        for x in view:
            d[len(d)] = 0
    except RuntimeError:
        print("RuntimeError", len(d))
try:
    for x in d:
        del d[x]
except RuntimeError:
    print("RuntimeError", len(d))
for x in d:
    d[x] = "same size"
print(d)
it = iter(d); next(it); print(len(list(it)))
