# Texts that look like names and are none: made, looked up, as attributes and as keywords.
class Bag:
    pass

def keywords(**options):
    return len(options)

def run(count):
    total = 0
    bag = Bag()
    for i in range(count):
        total += len(str("a text that should not be interned"))
        name = "field" + str(i % 50)
        setattr(bag, name, i)
        total += getattr(bag, name)
        total += hasattr(bag, "no" + name) + keywords(**{name: 1})
        total += ord(chr(i & 127))
    return total

print(run(250000))
