from sys import maxsize

r = range(maxsize, 0, -1)
print(len(r) == maxsize, r[0] == maxsize, r[1] == maxsize - 1, r[-1])
r = range(0, maxsize - 1)
print(len(r) == maxsize - 1, r.stop == maxsize - 1, r[-1] == maxsize - 2)
r = range(-maxsize + 1, -1)
print(r[0] == -maxsize + 1, next(iter(r)) == -maxsize + 1)

