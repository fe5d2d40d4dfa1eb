import re
print(re.findall("a.", "abacad"), re.findall("(a)(.)", "abac"), re.findall("(a)|b", "ab"), re.findall("x*", "axb"), re.findall("", "ab"), re.findall("", "\xe9\u20ac"))
print([m.span() for m in re.finditer("x*", "axxb")], [m.group() for m in re.compile(r"\d+").finditer("1 22 333", 2)])
print(re.compile("a").findall("aaaa", 1, 3))
print(re.sub("x*", "-", "abxd"), re.sub("a", r"<\g<0>>", "banana"), re.sub("a", "b", "aaa", count=2), re.subn("a", "b", "aaa"), re.subn("z", "b", "aaa"))
print(re.sub(r"(\w)(\w)?", r"\2\1", "abc"), re.sub(r"(?P<x>.)", r"\g<x>\g<1>", "ab"), re.sub("a", lambda m: m.group().upper() + str(m.start()), "banana"))
print(re.sub("^", "> ", "a\nb", flags=re.M), re.sub("b", r"\\\n\t", "abc"), re.sub(b"a", b"\\g<0>x", b"banana"), re.sub("(?i)A", "x", "aAb"))
print(re.sub(r"\b", "|", "ab cd"), re.sub("", "-", "\xe9\u20ac"), re.sub("(a)|b", r"[\1]", "ab"))
for template in (r"\2", r"\g<2>", r"\g<nope>", r"\g<", "\\", r"\z", r"\g<>"):
    try:
        print(re.sub("(a)", template, "a"))
    except (ValueError, IndexError, re.error):
        print("error", template)
print(re.split(",", "a,b,,c"), re.split("(,)", "a,b"), re.split(", *", "a, b,c", 1), re.split("(a)|b", "xaybz"), re.split(b",", b"a,b"), re.split("x", ""), re.split("[A-Z]", "oneTwoThree", maxsplit=1))
print(re.compile("a").sub("b", "aaa", 2), re.compile("a").subn("b", "aa"), re.compile("-").split("1-2-3", 1))
