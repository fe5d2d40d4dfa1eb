# Complex numbers by a specification: both parts as floats are.
# needs: format(1j, ".1f")
for value in (1j, 2 - 3j, -0.0 + 0j, -0.0 - 1j, 1e20 + 0j, complex("nan+infj"), 12345.678 + 1e6j, 0j):
    print(
        *(format(value, spec) for spec in ("", ".2f", "e", ".3g", "+", "+.1f", "^24.3", "<12", ",.1f", "*>16", "#", "F", "n", "z.0f", " ", ".3")),
        sep="|",
    )
print(f"{1 + 2j:>10}|{3j!r:>5}|{1.5 - 0.25j:.1e}", "{:+.0f}".format(2.5 + 0.5j))
for spec in ("d", "%", "x", "010", "0<10", "=10", "s", "c"):
    try:
        print(format(1 + 1j, spec))
    except ValueError as error:
        print(error)
