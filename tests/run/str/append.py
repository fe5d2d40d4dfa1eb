# not CPython: gc.mem_alloc() counts what was allocated
# Texts that grow share a buffer: nobody may see it, and a long one is not copied for each character.
# needs: bytearray(1 << 20)
import gc


class Log:
    text = ""


def local(count):
    text = ""
    for i in range(count):
        text += "x"
    return text


def attribute(count):
    log = Log()
    for i in range(count):
        log.text += "x"
    return log.text


def item(count):
    texts = {"log": ""}
    for i in range(count):
        texts["log"] = texts["log"] + "x"
    return texts["log"]


grown = ""


def everywhere(count):
    global grown
    for i in range(count):
        grown += "x"
    return grown


def aliased(count):
    text, seen = "", []
    for i in range(count):
        text += "x"
        if i % 100 == 0:
            seen.append(text)
    for index, older in enumerate(seen):
        assert older == "x" * (index * 100 + 1)
    return text


# 3,000 characters one by one: 4.5 MB if each step copied the text.
for grow in local, attribute, item, everywhere, aliased:
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    text = grow(3000)
    allocated = gc.mem_alloc() - before
    gc.enable()
    print(grow.__name__, len(text), text == "x" * 3000, allocated < 250000 or allocated)

# Two that continue one text do not meet in its buffer.
base = "a" * 300 + "b"
left = base + "left"
right = base + "right"
left += "!"
right += "?"
print(base[-3:], left[-6:], right[-7:], len(base), len(left), len(right))

# A text that is appended to itself, and to a name.
twice = base + "c"
twice += twice
print(len(twice), twice[300:304], twice[-3:])
print(("" + base)[-1], len(base + ""), len("x" + base))

# Wide characters, slices, hashes, keys and comparisons see text as any other.
wide = "é" * 200
for character in "öäü€":
    wide += character
print(len(wide), wide[-4:], wide[198:202])
same = "é" * 200 + "öäü€"
print(wide == same, hash(wide) == hash(same), {wide: 1}[same], wide in {same}, wide < same + "a")

# Derived classes are texts too.
class Name(str):
    pass


name = Name("n" * 300)
more = name + "o"
more += "p"
print(type(more) is str, len(more), more[-3:])

# Collections between the steps leave nothing behind and take nothing away.
text = ""
for i in range(600):
    text += chr(97 + i % 26)
    if i % 50 == 0:
        gc.collect()
print(len(text), text[:5], text[-5:])
