# Hexadecimal floats, ratios, and the attributes of numbers.
# needs: (0.0).hex()
print((1.5).hex(), float.fromhex('0x1.8p3'), float.fromhex('-0x.4'), (0.1).hex(), (5e-324).hex(), float.fromhex('0x1p-1074'), float.fromhex('0x0.8p-1074'), float.fromhex('0x1.fffffffffffffp1023'), (0.0).hex(), (-1e300).hex(), float.fromhex(' inf '))
for v in (0.1, 1/3, 1e-310, 2.0**1000, 123456.789): print(float.fromhex(v.hex()) == v, v.as_integer_ratio())
try: float.fromhex('0x1p1024')
except OverflowError as e: print(e)
print((5).real, (5).imag, True.real, (5).numerator, (2.5).real, (2.5).imag, (5).as_integer_ratio(), (1 + 2j).conjugate(), (5).conjugate())
for text in ("", "0x", "0x1p", "1.5.5", "0xg", "0x1p1.5"):
    try:
        float.fromhex(text)
    except ValueError as e:
        print(e)
print(float.fromhex("0x1.00000000000008p0").hex(), float.fromhex("0x1.000000000000080001p0").hex(), float.fromhex("0x1.00000000000018p0").hex())
print(float.fromhex("0x1p-1075").hex(), float.fromhex("0x1.8p-1075").hex(), float.fromhex("123").hex(), float.fromhex("0x.00000000000000000000001p90").hex())
print(int("101", base=2))
