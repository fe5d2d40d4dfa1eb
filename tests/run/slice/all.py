# slice objects.
class Get:
    def __getitem__(self, key): return key
g = Get()
print(g[1:2], g[:], g[::3], g[1:2, 3], g[...], g["a":None:-1])
print(slice(5), slice(1, 2), slice(1, 2, 3), slice(None), slice("a", [1]))
s = slice(1, 10, 2)
print(s.start, s.stop, s.step, s == slice(1, 10, 2), s != slice(1), s == 1)
for args in ((5,), (1, 3), (None, None, -1), (-3, None), (10, 0, -2), (-100, 100, 3), (3, 1), (100, 200), (None, -100, -1), (-1, None, -1)):
    print(args, slice(*args).indices(7), slice(*args).indices(0))
try:
    slice(None, None, 0).indices(5)
except ValueError:
    print("ValueError")
try:
    slice("a").indices(5)
except TypeError:
    print("TypeError")
data = list(range(7))
print(data[s], "abcdefg"[s], (1, 2, 3, 4)[s], b"abcdefg"[s], bytearray(b"abcdefg")[s], range(20)[s])
