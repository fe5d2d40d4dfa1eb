# Joining numbers, characters and lines.
def run(rounds):
    total = 0
    for turn in range(rounds):
        total += len(",".join(str(i) for i in range(5000)))
        total += len(" ".join(map(str, range(5000))))
        total += len("".join([chr(97 + i % 26) for i in range(5000)]))
        total += len(b"-".join([b"ab"] * 5000))
    return total

print(run(150))
