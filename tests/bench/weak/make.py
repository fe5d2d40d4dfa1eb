# Containers made of sizes and of other iterables.
def run(rounds):
    total = 0
    numbers = list(range(10000))
    small = [number & 255 for number in numbers]
    for turn in range(rounds):
        total += len(bytes(100000)) + len(bytearray(100000)) + len(b"ab" * 50000) + len([0] * 10000)
        total += len(list(numbers)) + len(tuple(numbers)) + len(list(range(10000))) + len(tuple(range(10000)))
        total += len(bytes(small)) + len(bytearray(small)) + len(bytes(range(256)))
        total += len(list(number for number in numbers)) + len(numbers[10:-10]) + len(numbers + small)
        total += len(set(numbers)) + len(dict(zip(small, numbers))) + len(list(b"ab" * 1000)) + len(list("ab" * 1000))
    return total

print(run(250))
