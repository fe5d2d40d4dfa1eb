# Building, splitting and formatting text.
def lines(rounds):
    total = 0
    for i in range(rounds):
        line = "{}:{:04d} {}".format("item", i, i * 3) + " %d/%s" % (i, "x")
        parts = line.replace("/", " ").split(" ")
        total += len("-".join(parts).upper())
    return total

print(lines(60000))
