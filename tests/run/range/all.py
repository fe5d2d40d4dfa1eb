# range.
for r in (range(5), range(2, 5), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 0), range(0, -5, -1), range(1, 2)):
    print(r, len(r), list(r), list(reversed(r)), r.start, r.stop, r.step, bool(r), r[1:], r[::-1], r[:2], r[::2], 3 in r, 4 in r)
r = range(0, 100, 7)
print(r[3], r[-1], r[2:5], list(r[2:5]), r[::-2], r.index(14), r.count(14), r.count(15), 14.0 in r, "a" in r, True in range(2))
for bad in (lambda: r[100], lambda: r.index(1), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(1.5), lambda: r["a"], lambda: range()):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__)
print(range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(3) == range(0, 3), range(3) != range(4), range(3) == [0, 1, 2], hash(range(0, 3, 2)) == hash(range(0, 4, 2)))
it = iter(range(3)); print(next(it), list(it), next(it, "end"))
print(sum(range(101)), max(range(5)), [i for i in range(10) if i % 3 == 0])
print(range(3)[Ellipsis:None] if 0 else range(10)[3:8][1:3], range(10)[::3][::-1], list(range(10)[::3][::-1]))
