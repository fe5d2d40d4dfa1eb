# sum, min, max, any, all, enumerate, zip, reversed, map and filter over ten thousand items.
def run(rounds):
    total = 0
    numbers = [i * 7919 % 10007 for i in range(10000)]
    for turn in range(rounds):
        total += sum(numbers) + min(numbers) + max(numbers) + numbers.count(5) + numbers.index(numbers[-1])
        total += any(number < 0 for number in numbers) + all([number >= 0 for number in numbers])
        for index, number in enumerate(numbers):
            total += index
        for a, b in zip(numbers, reversed(numbers)):
            total += a - b
        total += len(list(map(abs, numbers))) + len(list(filter(None, numbers)))
        total += 10007 in numbers
    return total

print(run(150))
