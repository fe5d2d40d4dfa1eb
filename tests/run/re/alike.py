# needs: import re; (re.compile("a") == re.compile("a")) or 1 / 0
# Patterns as keys, places at which text is cut, names of characters, and what is wrong with a pattern.
import re

print(re.compile("a") == re.compile("a"), re.compile("a") == re.compile("a", re.I), re.compile("a") == re.compile(b"a"))
print(len({re.compile("a"), re.compile("a"), re.compile("b")}))

print(re.split(r"(?=[A-Z])", "camelCaseName"), re.split(r"\b", "two words"), re.split(r"(?m)^", "a\nb\n"))
print(re.match(r"\N{EM DASH}[\N{DIGIT ONE}]", "\u2014" + "1").span())
print(re.match("(?i)(?s).b", "\nB").span(), re.match("(?i)\u03c3", "\u03c2") is not None, re.match("(?ia)\xe4", "\xc4"))
print(re.match(r"(a)b(?=(?(2)x|c))(c)", "abc").groups())

for pattern in (
    "(?z)", "(?P", "(?<>)", "(?i", "(?-", "(?-i", "(?Px)", "(?P<a", "(?P<>)", "(?iq)", r"\x1", r"\u12", r"[a-\d]", r"[\w-z]", r"\400", "a(?i)b", "(?:(?i)a)",
    "(?(1)a)", r"\N{no such}", "(?i-i:a)", "(?a-u:a)",
):
    try:
        print(pattern, re.compile(pattern))
    except re.error as error:
        print(pattern, "|", error)
for template in (r"\9", r"\g<1", r"\g1", r"\g<>", r"\g<x>", r"\q", "\\", r"\777"):
    try:
        print(template, re.sub("b", template, "abc"))
    except (re.error, IndexError) as error:
        print(template, "|", type(error).__name__, error)
try:
    re.match("a", "a").group(1 << 80)
except IndexError as error:
    print(error)
for flags in (re.L, re.A | re.U):
    try:
        re.compile("a", flags)
    except ValueError as error:
        print(error)


class Text(str):
    pass


print(re.compile(Text("b")).sub(Text("x"), Text("abc")))
