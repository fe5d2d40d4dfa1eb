# Slices of lists: load, store and delete with every step.
n = list(range(10))
for s in (slice(None), slice(2, 5), slice(5, 2), slice(-3, None), slice(None, None, 2), slice(None, None, -1), slice(8, 2, -2),
          slice(-100, 100), slice(100, -100, -3), slice(1, None, 4), slice(3, 3), slice(None, None, 100), slice(None, None, -100)):
    print(s.start, s.stop, s.step, n[s], s.indices(10))
    m = n[:]
    del m[s]
    print(m)
    m = n[:]
    m[s] = [0] * len(n[s])
    print(m)
m = n[:]
m[2:4] = "abcdef"; print(m)
m[1:1] = [1.5]; print(m)
m[5:2] = ["here"]; print(m)
m[3:] = []; print(m)
m[:] = m; print(m)
m[1:2] = m; print(m)
m[len(m):] = (9,); print(m)
m[::2] = range(len(m[::2])); print(m)
for value in ([1], range(3), "abcdefgh"):
    try:
        n[::3] = value
    except ValueError as e:
        print("ValueError")
try:
    n[::0]
except ValueError:
    print("zero step")
for key in ("a", 1.5, None):
    try:
        n[key]
    except TypeError:
        print("TypeError")
for key in (10, -11):
    for action in ("n[key]", "n[key] = 1", "del n[key]"):
        try:
            exec(action)
        except IndexError:
            print("IndexError")
class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
print(n[Index(3)], n[Index(-1)], n[Index(1):Index(4)])
print(n[True], n[10**20:], n[-10**20:2], n[::10**20], n[::-10**20])
