# Searching, slicing and walking through text.
TEXT = "the quick brown fox jumps over the lazy dog and runs away from the slow hound\n" * 20

def run(rounds):
    total = 0
    for turn in range(rounds):
        words = TEXT.replace("\n", " ").split(" ")
        total += len(" ".join(words)) + TEXT.count("the") + TEXT.find("zebra") + TEXT.rfind("quick")
        for i in range(50):
            part = TEXT[i:i * 2] + "hello"
            total += part.startswith("the") + part.endswith("hello") + ("fox" in part)
        for character in TEXT:
            total += ord(character)
        for line in TEXT.split("\n"):
            total += len(line.strip().upper()) + (line.lower() == line)
    return total

print(run(2000))
