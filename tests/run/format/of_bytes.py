# needs: import linecache
# `%` of bytes as CPython has it, and what `format` says of numbers.
def told(function, *args):
    try:
        return function(*args)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


class Packed:
    def __bytes__(self):
        return b"packed"


for template, value in [(b"%b", b"ab"), (b"%s|", bytearray(b"ab")), (b"%5b|", b"ab"), (b"%-5s|", b"ab"), (b"%.1b", b"ab"), (b"%5.1s|", memoryview(b"ab")),
                        (b"%b", Packed()), (b"%8s|", Packed()), (b"%c%c", (65, b"b")), (b"%3c|%-3c|", (65, bytearray(b"b"))), (b"%a", "\xe9"), (b"%r", 5),
                        (b"%(a)b", {b"a": b"x"}), (b"%d %x %o", (5, 255, 8)), (b"%5.1f|", 2.25), (b"%%", ())]:
    print(told(lambda: template % value), end=" ")
print()
for template, value in [(b"%b", "a"), (b"%b", 5), (b"%c", 256), (b"%c", b"ab"), (b"%c", "a"), (b"%c", 2.5), (b"%d", "a"), (b"%x", 2.5), (b"%%", 5), (b"%d", (1, 2)),
                        ("%b", b"a"), ("%d", "a"), ("%i", None), ("%x", 2.5), ("%o", "a"), ("%*d", ("a", 1)), ("%.*f", (2.5, 1)), ("%d", (1, 2))]:
    print(told(lambda: template % value))
print(bytearray(b"%b") % b"ab", bytearray(b"%5s") % b"ab")
print(format(-0.0, "z"), format(-0.001, "z.2f"), format(-0.5, "z.0f"), format(-1.5, "z.1f"), format(-0.0, "+z.1f"), format(-1e-9, "z.2e"), format(float("-inf"), "z"), format(-0, "z.1f"), f"{-0.004:z.2f}")
for value, spec in [(5, ".3"), (5, ".2d"), (5, ".2x"), (5, "z"), (5, "zd"), ("a", "z"), (5, "q"), (5, "abc"), (2.5, "d"), (2.5, "q"), ("a", "d"), ("a", "q"), (5, "s"), (5, "..5"), (2.5, "5."), (None, "5"), ([], "x"), (5, "!r")]:
    print(told(format, value, spec))
print(told(int, "5", 1), told(int, 5, 10), told(int, "5", 37))
