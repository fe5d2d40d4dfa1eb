# Ints and text, in every radix.
# needs: int(1e300)
for text, base in [("0b101", 2), ("0b101", 0), ("0o17", 8), ("-0x1F", 16), ("+1", 10), (" \n12\t", 10), ("z", 36), ("Z", 36),
                   ("0b1", 16), ("1_000", 10), ("0x_f", 16), ("0", 0), ("00", 0), ("0_0", 0), ("zz" * 30, 36), ("21" * 40, 3),
                   ("", 10), ("- 1", 10), ("--1", 10), ("_1", 10), ("1_", 10), ("1__0", 10), ("12", 2), ("012", 0), ("0b", 2),
                   ("1 2", 10), ("12.5", 10), ("1", 1), ("1", 37)]:
    try:
        print(text, base, int(text, base))
    except ValueError:
        print(text, base, "ValueError")
print(int(), int(True), int(12.9), int(-12.9), int(1e25), int(-1e300), int(b"12"), int(bytearray(b"-7f"), 16))
for bad in ([], None, "x", float("inf"), float("nan"), 1j):
    try:
        int(bad)
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__)
big = 7**1500
text = str(big)
print(len(text), text[:20], text[-20:], int(text) == big, int("-" + text) == -big)
print(str(10**50), str(-(10**18)), str(10**9), repr(2**31), 2**62, -(2**62), 2**63, 12345678901234567890)
x = 1
for i in range(1, 60):
    x *= i
print(x)
print(int("\u2003 5\xa0"), float("\u30001.5"), complex("\u2003( 1+2j )\u2028"))
