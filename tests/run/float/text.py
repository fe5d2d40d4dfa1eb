# Floats and text: the shortest that reads back, and reading.
# needs: int(1e300)
for x in (0.0, -0.0, 1.0, 100.0, 0.1, 1 / 3, 1e15, 1e16, 123456789012345678.0, 1e22, 1e23, 0.0001, 0.00001, 1.5e-7, 1e100,
          5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 5.684341886080801e-14, 9007199254740993.0, 4.35, 2.5e-5,
          float("inf"), float("-inf"), float("nan")):
    print(repr(x), str(x) == repr(x), x != x or float(repr(x)) == x)
for text in ("inf", "-inf", "+Infinity", "INF", "nan", " 1.5 ", "1e5", ".5", "5.", "1e400", "1e-400", "-0.0", "1e+5", "1_0.0_1",
             "1" * 400, "0." + "0" * 400 + "1", "123456789" * 5 + "e-40", "infi", "1e", ".", "e5", "1 5", "1.5x", "", "0x1", "1_", "1__0"):
    try:
        print(text[:24], float(text))
    except ValueError:
        print(text[:24], "ValueError")
print(float(), float(True), float(10**20), float(b"2.5"), float(2**53 + 1), float(2**1023))
