import re
m = re.match(r"(?P<first>\w+) (?P<second>\w+)(?P<third>x)?", "hello world, hi")
print(m)
print(m.group(), m.group(1), m.group("second"), m.group(1, 2, "third"), m[0], m["first"])
print(m.groups(), m.groups("none"), m.groupdict(), m.groupdict(default=1))
print(m.start(), m.end(), m.span(2), m.start("second"), m.span("third"))
print(m.string, m.pos, m.endpos, m.lastindex, m.lastgroup, m.re.pattern)
print(m.expand(r"\2 \g<first>\n\g<0>"))
for bad in (9, -1, "nope"):
    try:
        m.group(bad)
    except IndexError as error:
        print("IndexError", error)
p = re.compile(r"(a)(?P<n>b)", re.I | re.M)
print(p.pattern, p.groups, p.groupindex, p.flags, re.compile(p) is p)
print(p.match("xab", 1).span(), p.match("xab"), p.search("xxAB", pos=1).span(), p.fullmatch("ab"), p.fullmatch("abc"), p.fullmatch("abc", 0, 2))
print(re.fullmatch("a|ab", "ab"), re.fullmatch("a*?", "aaa").span())
text = "\u20ac\xe9x\u20ac"
m = re.search("x", text)
print(m.span(), re.compile("\u20ac").search(text, 1).span(), [m.span() for m in re.finditer(".", text)])
print(re.compile("^x").search("yx", 1), re.compile("x$").search("xy", 0, 1), re.compile(r"\bx").search("yx", 1))
for call in (lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.match(1, "a"), lambda: re.match("a", 1)):
    try:
        call()
    except TypeError:
        print("TypeError")
try:
    re.compile(p, re.I)
except ValueError as error:
    print(error)
print(bool(re.match("", "")), re.escape("a.b*c d-\xe9"), re.escape(b"[x]"))
print(re.match(".*", "\xe9" + 60 * "b"), re.match(b".*", 47 * b"c"))
