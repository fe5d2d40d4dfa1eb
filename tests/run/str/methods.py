# Methods of str.
# needs: assert "é".upper() == "É"
s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), s.title(), s.capitalize(), s.casefold(), "hELLO wORLD's 1st".title(), "äÖß".upper(), "ÄÖ".lower(), "Straße".casefold())
print(s.find("o"), s.find("o", 5), s.find("o", 5, 8), s.find("z"), s.rfind("o"), s.rfind("l", 0, 4), s.find(""), s.find("", 12), s.find("", 13), s.rfind(""), s.find("lo", -100), s.find("o", -4))
print(s.index("W"), s.rindex("o"), s.count("l"), s.count("l", 4), s.count(""), s.count("", 3, 5), "aaaa".count("aa"), "".count(""))
for bad in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.split(""), lambda: s.find(1), lambda: s.join([1]), lambda: s.startswith(1), lambda: s.replace(1, "a"), lambda: s.partition("")):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
print(s.startswith("Hell"), s.startswith("ell", 1), s.startswith(("x", "He")), s.startswith(""), s.startswith("", 13), s.endswith("ld"), s.endswith("lo", 0, 5), s.endswith(("a", "d")), s.startswith(()))
print(s.replace("l", "L"), s.replace("l", "", 2), s.replace("", "-"), s.replace("", "-", 2), s.replace("zz", "y"), "aaa".replace("a", "bb"), "".replace("", "x"), s.replace("o", "0", -1), s.replace("o", "0", 0))
print("a b  c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "  a b c".split(None, 1), "".split(), "".split(","), " ".split(), "abc".split("abc"), "a\tb\nc".split(), "a b c".split(maxsplit=1), "a--b--c".split("--"), "aXXbXXc".split(sep="XX", maxsplit=1))
print("a b  c ".rsplit(), "a,b,c".rsplit(",", 1), " a b c ".rsplit(None, 1), "a,b,c".rsplit(","), "a b c d".rsplit(" ", 2), "abc".rsplit("x"))
print("a\nb\r\nc\rd".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\n\nb".splitlines(), "ab".splitlines(keepends=True))
print("a=b=c".partition("="), "abc".partition("="), "a=b=c".rpartition("="), "abc".rpartition("="))
print(" a ".strip(), "[" + " a ".lstrip() + "]", "[" + " a ".rstrip() + "]", "xxaxx".strip("x"), "abcba".strip("ab"), "\t\n x\r".strip(), "xyz".lstrip("yx"), "xyz".rstrip("yz"), "".strip(), "   ".strip(), "a".strip(None))
print("ab".center(6) + "|", "ab".center(7, "*"), "abc".center(6, "*"), "abc".center(2), "ab".ljust(5, ".") + "|", "ab".rjust(5, "."), "7".zfill(3), "-7".zfill(4), "+7".zfill(4), "abc".zfill(2), "".zfill(2))
print("a\tbc\td".expandtabs(), "a\tb".expandtabs(4), "\t".expandtabs(0) + "|", "ab\n\tc".expandtabs(4))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "abc".removeprefix("x"), "abc".removesuffix(""), "abc".removeprefix("abc") + "|")
print(",".join(["a", "b"]), "".join("abc"), ", ".join(str(i) for i in range(3)), "x".join([]), "x".join(["only"]), "-".join({"k": 1}))
for t in ("abc", "ABC", "aBc", "123", "a1", " ", "", "Abc Def", "a b", "\t\n", "é", "٣", "_a", "1a", "ab\n"):
    print(repr(t), t.isalpha(), t.isdigit(), t.isalnum(), t.isspace(), t.isupper(), t.islower(), t.istitle(), t.isidentifier(), t.isascii(), t.isprintable(), t.isdecimal(), t.isnumeric())
table = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(table), "abc".translate({97: "AA", 98: None, 99: 67}), "abc".translate(str.maketrans({"a": "1", "b": None})), "x".translate({}))
print("abc".encode(), "é€😀".encode(), "abc".encode("ascii"), "é".encode("latin-1"), str(b"abc", "utf-8"), b"\xc3\xa9".decode())
for bad in (lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: str(b"\xff", "utf-8")):
    try:
        bad()
    except UnicodeError:
        print("UnicodeError")
print("é".encode("ascii", "ignore"), "é".encode("ascii", "replace"), b"a\xffb".decode("utf-8", "ignore"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("latin-1"))
print("{} {1}".replace("{1}", "x").format(5), "%s-%d" % ("a", 3), "abc" % ())
