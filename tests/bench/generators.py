# A chain of generators.
def numbers(count):
    for i in range(count):
        yield i

def odd(source):
    for i in source:
        if i & 1:
            yield i

def pairs(source):
    for i in source:
        yield i, i + 1

def run(count):
    total = 0
    for a, b in pairs(odd(numbers(count))):
        total += b - a
    return total

print(run(400000))
