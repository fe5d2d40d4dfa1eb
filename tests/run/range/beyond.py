# Ranges beyond machine integers.
# needs: range(2**100)

big = 2**100
for r in (
    range(big), range(-big, big), range(big, 0), range(big, big + 10, 3), range(0, big, big // 5), range(big, -big, -big // 3),
    range(5, big, big), range(-2**63, 2**63 - 1), range(2**63 - 3, 2**63 + 3), range(0, 2**64, 2**40),
):
    print(r, bool(r), r.start, r.stop, r.step)
    try:
        print(len(r))
    except OverflowError as error:
        print("OverflowError", error)
    for index in (0, 1, 2, -1, -2, big, 2**62):
        try:
            print(r[index], end=" ")
        except IndexError as error:
            print("IndexError", error, end=" ")
    print()
    print(r[1:], r[:-1], r[::-1], r[2:5:2], r[-3:], r[big:], r[:big], r[::big])
    first = []
    for number in r:
        first.append(number)
        if len(first) == 4:
            break
    print(first)
    if r:
        last = []
        for number in reversed(r):
            last.append(number)
            if len(last) == 3:
                break
        print(last)
        print(r[0] in r, r[-1] in r, r.index(r[-1]), r.count(r[0]), r[0] - 1 in r, big * 7 in r, "x" in r[:3])
    print(type(r) is range, isinstance(r, range), r == r[:], hash(r) == hash(r[:]), r != range(3))

print(range(5, big, big) == range(5, 6), hash(range(5, big, big)) == hash(range(5, 6)), range(big, 0) == range(0))
print(range(big) == range(big + 1), range(0, big, 3) == range(0, big + 1, 3), {range(big): 1}[range(0, big, 1)])
print(sum(range(big, big + 5)), list(range(big, big + 3)), max(range(big, big + 9)), tuple(range(big)[-3:]))
a, b, c = range(big, big + 3)
print(a, b, c, 2.0 in range(big, big + 3), float(big) in range(big, big + 3), True in range(big))


class Index:
    def __index__(self):
        return big


print(range(Index()), range(0, Index(), Index()), range(10)[:Index()], range(Index())[Index() - 1 if False else 3])
for bad in ((0, big, 0), (1.0,), ("a", big), (0, big, None)):
    try:
        print(range(*bad))
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
match range(2**70, 2**70 + 2):
    case [x, y]:
        print(x, y)
