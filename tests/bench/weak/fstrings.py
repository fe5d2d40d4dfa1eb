# Formatted literals.
def run(count):
    total = 0
    for i in range(count):
        total += len(f"{i}: {i * 2:6d} of {count!r}, {i / 4:.2f} or {'ab':>5}")
    return total

print(run(250000))
