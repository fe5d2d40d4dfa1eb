# A text that grows by one character at a time, in a local variable.
def run(count):
    text = ""
    for i in range(count):
        text += "x"
    return len(text)

print(run(1000000))
