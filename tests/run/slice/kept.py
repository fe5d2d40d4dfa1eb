# A slice that nobody sees may be one that was used before; slices within slices, and those that programs see, are their own.

class At:
    def __init__(self, position):
        self.position = position

    def __index__(self):
        return len("abcdefgh"[1 : 1 + self.position])


letters = [*"abcdefgh"]
print(letters[At(2) : At(5)], "abcdefgh"[At(1) : At(7) : At(2)], (1, 2, 3, 4)[: At(2)])
letters[At(1) : At(3)] = (letter.upper() for letter in letters[2:4])
print(letters)
del letters[At(0) : At(4)]
print(letters)


class Keeper:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        self.last = (key, value)

    def __delitem__(self, key):
        self.gone = key


keeper = Keeper()
first, second = keeper[1:2], keeper[3:4:5]
keeper[6:] = 7
del keeper[:8]
print(first, second, "abc"[1:], first, keeper.last, keeper.gone)

# Errors leave it as it was.
for bad in ("x", 1.5, None):
    try:
        print([1, 2, 3][bad:2])
    except TypeError:
        print("TypeError")
try:
    [1, 2, 3][:: At(0)]
except ValueError:
    print("ValueError")
print([1, 2, 3][1:], b"abc"[:2], bytearray(b"abc")[::-1], range(10)[2:5], memoryview(b"abcd")[1:3].tobytes())
