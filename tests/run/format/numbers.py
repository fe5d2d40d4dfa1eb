# The format language on numbers.
# needs: int(1e300)
ints = (0, 5, -5, 255, 1234567, -(10**20), True)
for spec in ("", "d", "5", "<12", "^12", ">12", "=+12", "+", " ", "#x", "#X", "#b", "#o", "x", "012", "012,", ",", "_", "_x", "#_b",
             "*^15", "0=15", "€>12", "-<12d", "030_d", "04,", "e", ".3f", "g", "%", ".1%", "n", "<012", "c", "s", "z", "5x5", ".", ",_"):
    row = []
    for x in ints:
        if spec == "c" and not 0 <= x < 256:
            continue
        try:
            row.append(format(x, spec))
        except ValueError:
            row.append("ValueError")
    print(repr(spec), row)
floats = (0.0, -0.0, 1.0, -1.5, 0.1, 1234.5678, 1e10, -1e-10, 1e300, 5e-324, 999999.5, float("inf"), float("-inf"), float("nan"))
for spec in ("", "10", "<10", "+", "f", "F", "e", "E", "g", "G", "n", "%", ".0f", "#.0f", ".1f", ".3", ".10", ".0e", "#.0e", ".3e", "#g",
             ".12g", "010.2f", ",.2f", "020,.3f", "_.1f", " .2f", "*^15.2f", "0=12", ".17g", ".25f", "05", "d", "x"):
    row = []
    for x in floats:
        try:
            row.append(format(x, spec))
        except ValueError:
            row.append("ValueError")
    print(repr(spec), row)
for x in (0.5, 1.5, 2.5, 0.125, 0.375, 1.005, 2.675, 1e22, 1e23, 123456789.987654321):
    print(["%.*f" % (n, x) for n in range(4)], ["%.*e" % (n, x) for n in range(4)], ["%.*g" % (n, x) for n in range(4)])
print(len(format(1e308, "f")), format(0.1, ".60f"), format(2.0**-1074, ".5e"), len(format(1.5, ".2000f")))
