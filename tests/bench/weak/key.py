# Sorting by a key: a builtin, a function, backwards, and texts.
def run(rounds):
    total = 0
    for turn in range(rounds):
        numbers = [(i * 7919 + turn) % 10007 - 5000 for i in range(10000)]
        numbers.sort(key=abs)
        total += numbers[1234]
        numbers.sort(key=lambda number: -number)
        total += numbers[1234]
        numbers.sort(reverse=True)
        total += len(sorted([str(number) for number in numbers], key=len)[77])
    return total

print(run(60))
