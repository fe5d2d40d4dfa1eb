# Places in long text that is not ASCII: asked for forwards, backwards and anywhere, of several texts in turn, while memory is collected.
# needs: assert len("é") == 1
import gc

texts = ["é" + "abc déf " * 40, "日本語 text " * 30 + "😀", "x" * 300 + "ü"]
characters = [list(text) for text in texts]
state = 1


def below(count):
    global state
    state = (state * 69069 + 12345) & 0x7FFFFFFF
    return (state >> 8) % count


wrong = 0
for turn in range(1500):
    which = below(3)
    text, plain = texts[which], characters[which]
    kind, at = below(7), below(len(plain))
    if kind == 0:
        same = text[at] == plain[at] and text[at - len(plain)] == plain[at]
    elif kind == 1:
        stop = min(len(plain), at + below(30))
        same = text[at:stop] == "".join(plain[at:stop]) and text[at:] == "".join(plain[at:])
    elif kind == 2:
        same = text.find("é", at) == (plain[at:].index("é") + at if "é" in plain[at:] else -1)
    elif kind == 3:
        stop = below(len(plain)) + 1
        same = text.rfind("t", 0, stop) == max([place for place in range(stop) if plain[place] == "t"] or [-1])
    elif kind == 4:
        same = text[at:0:-3] == "".join(plain[at:0:-3])
    elif kind == 5:
        text += plain[at]
        plain.append(plain[at])
        texts[which] = text
        same = len(text) == len(plain) and text[-1] == plain[-1]
    else:
        gc.collect()
        texts[which] = "".join(plain)
        same = len(texts[which]) == len(plain) and texts[which][at] == plain[at]
    wrong += not same
print(wrong, [len(text) for text in texts])

# Forwards and backwards through one.
text, plain = texts[0], characters[0]
print([text[i] for i in range(len(text))] == plain, [text[i] for i in range(len(text) - 1, -1, -1)] == plain[::-1])
at, found = 0, 0
while True:
    at = text.find("é", at) + 1
    if not at:
        break
    found += at
print(found == sum([i + 1 for i, c in enumerate(plain) if c == "é"]))
