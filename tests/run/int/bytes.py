# Ints as bytes.
for value in (0, 1, 127, 128, 255, 256, 65535, 1 << 31, (1 << 64) - 1, 10**25):
    for length in (1, 2, 4, 8, 11):
        for order in ("little", "big"):
            for signed in (False, True):
                for number in (value, -value):
                    try:
                        data = number.to_bytes(length, order, signed=signed)
                        if int.from_bytes(data, order, signed=signed) != number:
                            print("back", number, data)
                    except OverflowError:
                        data = "OverflowError"
                    if length == 2 or value == 128:
                        print(number, length, order, signed, data)
print(int.from_bytes(b"", "big"), int.from_bytes(b"\xff\x01", "big"), int.from_bytes(b"\xff" * 10, "little", signed=True))
print(int.from_bytes(bytearray(b"\x01\x02"), "little"), (5).to_bytes(2, "big"), (0).to_bytes(0, "big"))
print((0).bit_length(), (255).bit_length(), (-256).bit_length(), (10**30).bit_length())
for bad in (lambda: (1).to_bytes(-1, "big"), lambda: (1).to_bytes(1, "middle"), lambda: int.from_bytes(5, "big")):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
