# Halves of surrogate pairs, and bytes that are no text.
# needs: assert len("\ud800") == 1
half = "\ud800"
print(len(half), ord(half), ascii(half), repr("a\udc80b"), half == chr(0xD800), f"{half}" == half)
print(["\ud83d" + "\ude00" == "\U0001f600", len("\ud83d\ude00"), "x\udfffy"[1] == "\udfff", "\udfff" in "x\udfffy"])
data = b"caf\xe9 \xff\x80!"
text = data.decode("utf-8", "surrogateescape")
print(ascii(text), text.encode("utf-8", "surrogateescape") == data)
for errors in ("strict", "replace", "ignore", "backslashreplace", "surrogatepass", "xmlcharrefreplace"):
    try:
        print(errors, "a\ud800\udc01b".encode("utf-8", errors))
    except UnicodeEncodeError as error:
        print(errors, error.start, error.end, error.reason)
print(ascii(b"\xed\xa0\x80".decode("utf-8", "surrogatepass")))
try:
    b"\xed\xa0\x80".decode()
except UnicodeDecodeError as error:
    print(error.start, error.reason)
import json, re

print(json.dumps("\ud834\udd20 \ud834"), ascii(json.loads('"\\ud834 \\ud834\\udd20"')))
print(re.findall("[\ud800-\udbff]", "a\ud834b"), bool(re.match("\\ud800", "\ud800")), "%c" % 0xDC00 == "\udc00")
print("\ud800".isalpha(), "\ud800".isprintable(), ascii("\ud800b".upper()), {0xD800: "x"} and "\ud800".translate({0xD800: "x"}))
