# Counting words in a dict, keys made as the program runs.
def histogram(rounds):
    counts = {}
    for i in range(rounds):
        word = "w" + str(i * 7919 % 5003)
        counts[word] = counts.get(word, 0) + 1
    return len(counts), sum(counts.values()), max(counts.values())

print(histogram(150000))
