# Texts to numbers and back.
def run(count):
    total = 0
    for i in range(count):
        total += int(str(i)) + int(hex(i), 16) + len(repr(i / 8)) + int(float(str(i) + ".5"))
        total += len(bin(i)) + int("%x" % i, 16) + round(i / 3)
    return total

print(run(200000))
