# The operator % on texts.
def run(count):
    total = 0
    for i in range(count):
        total += len("%d: %6d of %r, %.2f or %5s" % (i, i * 2, count, i / 4, "ab"))
    return total

print(run(250000))
