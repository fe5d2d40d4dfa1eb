# needs: import copy, pickle
# What CPython checks and what it makes anew, on computers.


class NoIterator:
    def __iter__(self):
        return 5


for use in (iter, list, enumerate, lambda x: zip(x, x), lambda x: map(str, x)):
    try:
        use(NoIterator())
    except TypeError as e:
        print(e)

a = [1, 2, 3]
a.__init__()
print(a)
a.__init__("ab")
print(a)
s = {1}
s.__init__([2, 3])
print(s)
d = {1: 2}
d.__init__({3: 4}, x=5)
print(d)


class Odd(int):
    pass


print(type(Odd.from_bytes(b"\x03", "big")) is Odd, bool.from_bytes(b"\0", "big") is False)


class Power:
    def __pow__(self, other, modulus=None):
        return (other, modulus)


print(pow(Power(), 2), pow(Power(), 2, 7))

for division in (lambda: float(10**400), lambda: 10**400 / 3, lambda: 10**400 * 1.5, lambda: 2.5 + 10**400):
    try:
        division()
    except OverflowError as e:
        print(e)
print(10**400 // 10**399, 1e300 < 10**400, float("inf") > 10**400, round(1.5, 10**30))


def outer():
    global Inside, function

    class Inside:
        def method(self):
            pass

    def function():
        pass


outer()
print(Inside.__qualname__, Inside.method.__qualname__, function.__qualname__)


class Items:
    def __init__(self, count):
        self.count = count

    def __getitem__(self, index):
        if index >= self.count:
            raise IndexError
        return index


items = Items(3)
it = iter(items)
print(list(it))
items.count = 5
print(list(it), "stays at its end")


def generator():
    yield


async def coroutine():
    pass


print(repr(generator()).split(" at ")[0], generator().__qualname__)
c = coroutine()
print(repr(c).split(" at ")[0])
c.close()
sets = {frozenset(n for n in range(10) if mask >> n & 1) for mask in range(1024)}
print(len({hash(x) for x in sets}) > 1000)
print("__add__" in int.__dict__, "__getitem__" in vars(list), "__call__" in vars(int))
print(b"\\x41\\u00e9\\n\\101\\N{BULLET}".decode("unicode_escape"), rb"\x41\u00e9\\u0041".decode("raw_unicode_escape"))
for bad in (b"\\x4", b"\\N{NO SUCH}", b"\\"):
    try:
        bad.decode("unicode_escape")
    except UnicodeDecodeError as e:
        print(e)
