# bytes and bytearray.
for T in (bytes, bytearray):
    b = T(b"Hello, World")
    print(b, len(b), b[0], b[-1], b[1:4], b[::-2], T(b"a") + b"b", T(b"ab") * 2, 2 * T(b"x"), b == b"Hello, World", b == bytearray(b"Hello, World"), b != b"", b < b"I", b"lo" in b, 72 in b, b"z" in b)
    print(b.find(b"o"), b.find(111), b.rfind(b"o"), b.find(b"z"), b.index(b"W"), b.count(b"l"), b.count(108), b.startswith(b"He"), b.endswith((b"x", b"d")), b.replace(b"l", b"LL"), b.replace(b"", b"-", 2))
    print(b.split(b","), T(b" a b ").split(), T(b"a,b,c").rsplit(b",", 1), T(b"a\nb\r\n").splitlines(), T(b"a=b").partition(b"="), T(b"a=b=c").rpartition(b"="), T(b" a ").strip(), T(b"xax").strip(b"x"), T(b" a").lstrip(), T(b"a ").rstrip())
    print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), T(b"a").center(3, b"*"), T(b"a").ljust(3, b"."), T(b"a").rjust(3), T(b"-1").zfill(4), T(b"a\tb").expandtabs(2), T(b"abc").removeprefix(b"a"), T(b"abc").removesuffix(b"c"))
    print(T(b"ab1").isalnum(), T(b"ab").isalpha(), T(b"12").isdigit(), T(b" \n").isspace(), T(b"A").isupper(), T(b"a").islower(), T(b"").isalpha(), T(b"\xe9").isalpha(), T(b"Ab").istitle(), T(b"a").isascii())
    print(T(b",").join([b"a", bytearray(b"b")]), T(b"\x00\xffA").hex(), T(b"\x01\x02\x03").hex(":"), T(b"\x01\x02\x03\x04\x05").hex("-", 2), T(b"\x01\x02\x03").hex("-", -2), T.fromhex("00 ff4A"), T(b"abc").translate(bytes(range(256)), b"b"), T(b"caf\xc3\xa9").decode(), T(b"a%d") % 5)
    print(T(), T(3), T([1, 2, 255]), T("é", "utf-8"), T(range(3)), T(b"x"), T(memoryview(b"mv")), list(T(b"abc")), sorted(T(b"cab")), bool(T()), bool(T(1)), hash(bytes(b)) == hash(b"Hello, World"))
    for bad in (lambda: T([256]), lambda: T([-1]), lambda: T("a"), lambda: b[100], lambda: b["a"], lambda: b.index(b"z"), lambda: "a" in b, lambda: T(-1), lambda: b.split(b""), lambda: T.fromhex("0g"), lambda: T(b"").join(["a"])):
        try:
            bad()
        except (ValueError, TypeError, IndexError) as e:
            print(type(e).__name__, end=" ")
    print()
print(b"\x00\t\n\r\\'\"\x7f\x80a", b"it's", b'"', bytes(5), b"" == bytearray(), b"a" == "a")
print(b"abc"[1], b"abc"[1:2], bytes(b"abc") is not None, repr(bytearray(b'x"y')), str(b"a"))
