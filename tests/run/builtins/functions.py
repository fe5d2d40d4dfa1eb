# The builtin functions.
print(abs(-3), abs(2.5), abs(True), all([1, "a"]), all([]), all([0]), any([0, 1]), any([]), any(x > 2 for x in range(4)))
print(bin(10), bin(-5), bin(0), hex(255), hex(-1), oct(8), hex(10**20), bin(True))
print(bool(), bool(0), bool(""), bool([0]), bool(None))
print(callable(print), callable(1), callable(int), callable(lambda: 0), callable("a"))
print(chr(97), chr(8364), ord("a"), ord("€"), ord(b"z"))
print(divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 10), pow(2, -1), pow(3, 4, 5), pow(7, 100, 13))
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate("ab", start=-1)), list(enumerate([])))
print(list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])))
print(list(map(lambda x: x * 2, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(str, range(3))))
print(list(zip()), list(zip("ab")), list(zip("abc", [1, 2])), list(zip("ab", "cd", "ef")), list(zip("ab", "cd", strict=True)))
for args in (("ab", "c"), ("a", "bc"), ("ab", "cd", "e")):
    try:
        list(zip(*args, strict=True))
    except ValueError as e:
        print(e)
print(max(1, 5, 3), max([2, 8]), max("hello"), max([], default=7), max([1, -9], key=abs), min(3, 1), min("b", "a"), min([], default=None), min((1, 2), key=lambda x: -x), max([(1, 2), (1, 3)]), max(1, 1.0), min("aB", key=str.lower))
print(len("abc"), len([]), len({1: 2}), len(range(9)), repr("a"), repr([1, "b"]), ascii("é"), hash(1) == hash(1.0), hash(True) == hash(1))
print(list(reversed([1, 2])), list(reversed("ab")), list(reversed(())), list(reversed(range(3))))
print(round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(5), round(-0.4), round(7, 3), round(2.5, None))
print(sorted([3, 1, 2]), sorted("ba"), sum([1, 2]), sum([], 5), sum([0.5, 1]), sum([[1], [2]], []), sum(range(5), start=100))
print(isinstance(1, int), isinstance(True, int), isinstance("a", (int, str)), isinstance([], dict), issubclass(bool, int), issubclass(int, (str, object)))
print(type(1).__name__, type("").__name__, type([]) is list, type(None).__name__, int("12"), float("1.5"), str(3), tuple("ab"), len({id(x) for x in ([], {})}) == 2)
it = iter([1, 2]); print(next(it), next(it), next(it, "done"))
n = [0]
def count():
    n[0] += 1
    return n[0]
print(list(iter(count, 4)))
class Seq:
    def __getitem__(self, i):
        if i < 3: return i * i
        raise IndexError
    def __len__(self): return 3
print(list(Seq()), list(reversed(Seq())), 4 in Seq(), 5 in Seq(), tuple(Seq()))
print(1, "a", None, sep="-", end="!\n"); print(); print("x", end=""); print("", "y", sep="|"); print(*[1, 2], sep=""); print("n", sep=None, end=None)
for bad in (lambda: len(1), lambda: abs("a"), lambda: ord("ab"), lambda: chr(-1), lambda: chr(0x110000), lambda: max([]), lambda: min(), lambda: max(1, "a"), lambda: iter(1), lambda: next(1), lambda: next(iter([])), lambda: sum(["a"]), lambda: hash([]), lambda: reversed(1), lambda: list(zip(1)), lambda: enumerate(), lambda: map(1), lambda: hex("a"), lambda: pow(2, 3, 0), lambda: divmod(1, 0), lambda: print(sep=1), lambda: print(foo=1), lambda: sorted([1, "a"]), lambda: round("a"), lambda: reversed({1, 2}), lambda: list(1, 2), lambda: bool(1, 2)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, end=" ")
print()
class Out:
    def __init__(self): self.t = ""
    def write(self, s): self.t += s
o = Out(); print("to", "file", file=o, end="."); print(repr(o.t))
print(format(3.14159, ".2f"), format(5), format("a", ">3"), format(255, "x"))
