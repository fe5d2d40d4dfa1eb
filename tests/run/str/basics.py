# Indexing, slicing, comparing, escapes; text beyond ASCII.
# needs: assert "é".upper() == "É"
a, u = "abcdef", "aé€😀z"
for s in (a, u):
    print(len(s), s[0], s[-1], s[1:3], s[::-1], s[::2], s[-3:], s[4:1:-1], s[10:], s[3:1], s[:], list(s), s[1], s[-2])
    print([s[i] for i in range(len(s))], [s[i:j] for i in range(3) for j in range(3)])
for bad in ("a[6]", "a[-7]", "u[5]", "a['x']", "a[1.0]"):
    try:
        print(eval(bad))
    except (IndexError, TypeError) as e:
        print(type(e).__name__)
try:
    a[0] = "x"
except TypeError:
    print("immutable")
print(u.find("€"), u.find("z"), u.rfind("é"), u.index("😀"), u.find("z", 2), u.find("z", 0, 4), u.count(""), u.center(9, "·"), u.ljust(7, "€"), u.replace("", "-"), u.partition("€"), u.split("😀"), u.strip("az"), u.startswith("é", 1), u.upper())
print("a" + "b", "ab" * 3, 2 * "x", "x" * 0, "x" * -1, "" + "a", a + "")
s = ""
for i in range(300): s += chr(97 + i % 26)
print(len(s), s[-5:])
print("a" < "b", "a" < "ab", "B" < "a", "é" > "z", "abc" == "abc", "abc" != "abd", "a" == 1, "" < "a", "b" >= "a", "€" < "😀")
print("bc" in a, "" in a, "x" in a, "😀" in u, "abcdefg" in a)
print(repr("it's"), repr('say "x"'), repr("both ' and \""), repr("\\\n\r\t\0\x1f\x7f"), repr(""), "%r" % "a'b", str("x"), repr("\x80\xad"), repr("é€😀"))
print(hash("abc") == hash("a" + "bc"), {"ab": 1}["a" + "b"], bool(""), bool(" "))
print(str(), str(1), str(None), str([1, "a"]), str(b"a"), str("é"), str(1.5), str(object=5))
print("\u20ac\U0001f600\x41\101", "a\
b", r"\n", "con" "cat")
it = iter(u); print(next(it), list(it), list(it))
print(min(u), max(u), sorted(u), [ord(c) for c in u], chr(8364), "".join(reversed(u)), ascii(u))
for bad in (lambda: "a" + 1, lambda: "a" * "b", lambda: 1 in "a", lambda: "a" < 1, lambda: "a" - "b"):
    try:
        bad()
    except TypeError:
        print("TypeError")
x = "the quick brown fox"
print(x[4:9], x[-3:], x[:3] + x[3:] == x, len(x * 100), (x * 100).count("quick"), (x * 100).find("fox the"))
print(("a" * 2000 + "b").find("a" * 100 + "b"), ("ab" * 500).replace("ab", "c") == "c" * 500)
