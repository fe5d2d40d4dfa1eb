# Sorting with a key function, and comprehensions around it.
def shuffle(count):
    seed, numbers = 1, []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        numbers.append(seed)
    return numbers

def run(rounds):
    total = 0
    for _ in range(rounds):
        pairs = [(number % 1000, number) for number in shuffle(5000)]
        pairs.sort(key=lambda pair: pair[1])
        total += sum([pair[1] for pair in pairs[::100]])
    return total

print(run(12))
