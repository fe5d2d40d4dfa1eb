# Sets and dicts of ints and tuples, whose hashes lie close together.
def run(count):
    numbers, points = set(), {}
    for i in range(count):
        numbers.add(i * 64)
        points[i % 700, i // 700] = i
    total = 0
    for i in range(count):
        if i in numbers:
            total += points[i % 700, i // 700]
    return len(numbers), len(points), total

print(run(400000))
