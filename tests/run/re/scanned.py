# A scanner of a pattern; what a group's name may be; replacements of the other kind; long patterns as text.
# needs: import re; re.compile("a").scanner("")
import re

scanner = re.compile("[a-z]+|[0-9]+|(?P<space> +)").scanner("ab 12  c?d")
print(scanner.pattern.pattern)
for match in iter(scanner.match, None):
    print(match.lastgroup, repr(match.group()), match.span())
print(scanner.match(), scanner.search())
scanner = re.compile("x*").scanner("axb", 1)
print([match.span() for match in iter(scanner.search, None)], re.compile("b").scanner("abc", 0, 1).search())

match = re.match("(?P<a>.)(.)?", "x")
for key in (0, 1, "a", True):
    print(repr(match[key]))
for key in (5, "b", None, 1.0, (1,)):
    try:
        print(match[key])
    except IndexError as error:
        print(error)
for attempt in (lambda: re.sub(b".", "c", b"b"), lambda: re.sub(".", b"c", "b")):
    try:
        attempt()
    except TypeError:
        print("TypeError")
print(re.search(r"\B", ""), re.search(r"\b", ""), re.search(r"\B", " ").span())
text = repr(re.compile("Very %spattern" % ("long " * 1000), re.I))
print(len(text), text[:30], text[-20:])
print(repr(re.I | 1 << 20))
