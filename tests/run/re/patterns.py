# needs: assert "é".upper() == "É"
import re
def show(pattern, text, flags=0):
    m = re.search(pattern, text, flags)
    print(repr(pattern), repr(text), m and (m.span(), m.group(), m.groups()))
for pattern, text in (
    ("", "abc"), ("abc", "xabcy"), ("a.c", "a\nc abc"), ("^b", "ab"), ("b$", "ab\n"), ("a|b|", "cab"), ("(a|ab)(c|bcd)(d*)", "abcd"),
    ("a*", "baaa"), ("a+", "baaa"), ("a?b", "aab"), ("a*?b", "aaab"), ("a+?", "aaa"), ("a??b", "ab"), ("(a*)*", "aaa"), ("(a*)+b", "aab"), ("(a|b)*c", "ababc"),
    ("a{2}", "aaaa"), ("a{2,3}", "aaaa"), ("a{2,}?", "aaaa"), ("a{,2}b", "aaab"), ("(ab){2,3}", "abababab"), ("(ab){2,3}?", "abababab"), ("a{x}", "a{x}"), ("x{2}{", "xx{"),
    ("[abc]+", "xxcab"), ("[^abc]+", "abcxyz"), ("[a-c-]+", "b-a"), (r"[\]\-a]+", "a-]b"), ("[]a]+", "]a"), ("[^]a]", "]ab"), (r"[\w-]+", "foo-bar!"), (r"[\d\s]+", "1 2x"), (r"[\x41-\x43]+", "xABCD"),
    (r"\d+", "ab12"), (r"\D+", "12ab"), (r"\w+", "  ab_1"), (r"\W+", "ab ,"), (r"\s\S", "a b"), (r"\bfoo\b", "a foo b"), (r"\Boo", "foo"), (r"\Aab", "abab"), (r"ab\Z", "abab"),
    (r"(a)(b)?", "ac"), (r"(?:a)(b)", "ab"), (r"(?P<x>a)(?P=x)", "aa"), (r"(.)\1", "abccd"), (r"(a)|b\1", "b"), (r"(?=ab)a", "ab"), (r"a(?!b)", "abac"), (r"(?<=a)b", "bab"), (r"(?<!a)b", "abcb"),
    (r"(?i)AbC", "xaBc"), (r"(?i:a)b", "AB Ab"), (r"a(?#comment)b", "ab"), (r"(?s).+", "a\nb"), (r"(?m)^b$", "a\nb\nc"), (r"(?x) a b # c", "ab"), (r"(a)?(?(1)b|c)", "c"), (r"(a)?(?(1)b|c)", "ab"),
    (r"(?>a*)ab", "aaab"), (r"a*+a", "aaa"), (r"a++b", "aab"), (r"a?+a", "a"), (r"(?:ab)*+a", "ababa"), (r"(\w+)\s+\1", "the the cat"), (r"((a)|(b))*", "ab"), (r"(?=(a+))\1b", "aab"), (r"(?:(a)|b)*", "ab"),
    (r"\u00e9+", "caf\xe9\xe9"), ("\u20ac.", "x\u20acy"), ("[\u0430-\u044f]+", "\u043f\u0440\u0438 x"), (r"\.\*\\", ".*\\"), (r"\101\060", "A0"), (r"\0", "\0"), ("(?:a|b)??c", "bc"), ("(a+)(a+)", "aaa"), ("(a+?)(a*)", "aaa"), ("x*", "aaa"), ("(?:x*)*y", "xxz"),
    ("(|a)+", "aaa"), ("(a|)+b", "aab"), ("(?:){3}", ""), ("(?:a?){2,3}?b", "aab"), ("(?!)", "a"), ("((?:a|b){1,2})+c", "abbac"),
):
    show(pattern, text)
show("HELLO", "say hello", re.I)
show("[a-f]+", "xxABCxx", re.IGNORECASE)
show("\xc9", "\xe9", re.I)
show("^x.y$", "a\nx\ny\nb", re.M | re.S)
show("a  b # comment", "ab", re.X)
show(r"\w+", "\xe9", re.A)
show(r"\w+", "\xe9")
print(re.search(rb"[\x80-\xff]+", b"a\x80\xffb"), re.search(b"a.", bytearray(b"xab")).group())
for bad in ("*", "a**", "(", ")", "[", "[a", "a{2,1}", "(?P<1>a)", "(?P<a>x)(?P<a>y)", r"\1", r"(a)\2", "(?P=x)", "(?z)", "(?", "(?P", "[b-a]", "\\", r"\q", "a(?i)", "(?<=a*)b", r"(\1)", "(?(2)a)", r"\x1", "^*", "(?:a", "(?#a"):
    try:
        re.compile(bad)
        print(bad, "compiled")
    except re.error:
        print(repr(bad), "error")
print("x" * 3 + str(len(re.match("(?:a|b)*", "ab" * 20000).group())), len(re.match("(a)*", "a" * 5000).group()))
