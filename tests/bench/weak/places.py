# Texts that grow by one character at a time, elsewhere: an attribute, an item, a global. CPython copies them each time.
class Log:
    text = ""

def attribute(count):
    log = Log()
    for i in range(count):
        log.text += "x"
    return len(log.text)

def item(count):
    texts = {"log": ""}
    for i in range(count):
        texts["log"] += "x"
    return len(texts["log"])

text = ""

def everywhere(count):
    global text
    for i in range(count):
        text += "x"
    return len(text)

print(attribute(60000), item(60000), everywhere(60000))
