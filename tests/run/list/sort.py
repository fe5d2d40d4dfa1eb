# Sorting: stable, with keys, backwards, and under attack.
a = [5, 2, 9, 1, 5, 6]
a.sort(); print(a)
a.sort(reverse=True); print(a)
print(sorted("hello"), sorted((3, 1, 2), reverse=True), sorted({3: 1, 1: 2}), sorted([]))
words = ["banana", "Apple", "cherry", "apple", "fig", "date", "Banana", "kiwi", "egg", "Fig", "a", "bb"]
print(sorted(words)); print(sorted(words, key=len)); print(sorted(words, key=len, reverse=True)); print(sorted(words, key=str.lower))
pairs = [(i * 7 % 5, i) for i in range(40)]
by = sorted(pairs, key=lambda p: p[0])
print(all(by[i] < by[i + 1] for i in range(39)))
by = sorted(pairs, key=lambda p: p[0], reverse=True)
print(all(by[i][0] > by[i + 1][0] or by[i][1] < by[i + 1][1] for i in range(39)))
print(sorted(pairs) == sorted(reversed(sorted(pairs))))
seed = 1
numbers = []
for i in range(500):
    seed = seed * 1103515245 + 12345 & 0x7fffffff
    numbers.append(seed % 100)
s = sorted(numbers)
print(all(s[i] <= s[i + 1] for i in range(499)), sum(s) == sum(numbers), sorted(s) == s, sorted(s[::-1]) == s)
print(sorted([1.5, 1, True, 0, -2.5, 3]))
print(sorted([[2], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]))
mixed = [3, "a", 1]
try:
    mixed.sort()
except TypeError:
    print("TypeError", len(mixed))
class Odd:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __repr__(self): return "Odd(%d)" % self.n
print(sorted([Odd(3), Odd(1), Odd(2)]), min(Odd(3), Odd(1)))
class Bad:
    def __lt__(self, other): raise KeyError("no")
bad = [Bad(), Bad(), 1] * 5
try:
    bad.sort()
except (KeyError, TypeError) as e:
    print(len(bad))
def clear(x):
    victim.clear()
    return x
victim = list(range(20))
try:
    victim.sort(key=clear)
    print("sorted", victim)
except ValueError:
    print("ValueError", victim)
def grow(x):
    victim.append(x)
    return -x
try:
    victim.sort(key=grow)
except ValueError:
    print("ValueError", victim)
def fail(x):
    if x == 3: raise OSError
    return x
keep = [5, 3, 1]
try:
    keep.sort(key=fail)
except OSError:
    print(keep)
try:
    keep.sort(1)
except TypeError:
    print("TypeError")
keep.sort(key=None, reverse=False); print(keep)
