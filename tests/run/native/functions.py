# needs: exec("@micropython.native\ndef f(): pass")
# Machine code does what bytecode does: each function is compiled twice, and must print the same.
try:
    import micropython
except ImportError:

    class micropython:
        native = bytecode = staticmethod(lambda function: function)


SOURCE = """
@micropython.HOW
def arithmetic(a, b):
    out = []
    out.append((a + b, a - b, a * b, a & b, a | b, a ^ b, a << 3, a >> 2, a << 0, a >> 0))
    out.append((a + 1, 1 - a, a * -3, a & 7, 8 | a, a ^ -1, -a, ~a, +a, not a))
    if b:
        out.append((a // b, a % b, a << (b & 3), a >> (b & 3), a ** (b & 3)))
    a += b
    a -= 2 * b
    a *= 3
    a |= 1
    return out, a

@micropython.HOW
def comparison(a, b):
    out = [a < b, a <= b, a > b, a >= b, a == b, a != b, a is b, a is not None, None is a, a < b < 3]
    n = 0
    if a < b: n += 1
    if not a < b: n += 2
    if a == b and b != 3 or a > 100: n += 4
    while a < b and n < 100:
        a, n = a + 1, n + 8
    return out, n, 1 if a else 2, a or b, a and b

@micropython.HOW
def mixed(a, b):
    return a + b, a * 2, a == b, a < b, [a][0], (a, b)[-1]

@micropython.HOW
def loops(n):
    total, seen = 0, []
    for i in range(n):
        if i == 3:
            continue
        if i > 6:
            break
        total += i
    else:
        total = -total
    for i in range(10, 0, -3):
        for j in range(i, i + 2):
            seen.append(i * j)
    for x in "abc":
        seen.append(x)
    for k, v in sorted({1: 2, 3: 4}.items()):
        seen.append(k + v)
    while n:
        n -= 1
    else:
        seen.append("else")
    return total, seen

@micropython.HOW
def caught(f):
    steps = []
    try:
        try:
            steps.append(f())
        except ZeroDivisionError as e:
            steps.append(type(e).__name__)
            raise ValueError(5) from e
        else:
            steps.append("else")
        finally:
            steps.append("finally")
    except ValueError as e:
        steps.append(e.args)
    for i in range(3):
        try:
            if i == 1:
                continue
            steps.append(i)
        finally:
            steps.append(-i)
    return steps

@micropython.HOW
def early(n):
    for i in range(n):
        try:
            if i == 2:
                return i
        finally:
            if i == 5:
                break
    return "end"

@micropython.HOW
def arguments(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, sorted(more.items())

@micropython.HOW
def closure(n):
    total = 0
    def add(x):
        nonlocal total
        total += x * n
        return total
    return add

@micropython.HOW
def generator(n):
    got = None
    for i in range(n):
        try:
            got = yield i * i, got
        except KeyError as e:
            got = e.args
    got = yield from range(2)
    return got

class Manager:
    def __enter__(self):
        return 7
    def __exit__(self, ty, value, traceback):
        print("exit", ty)
        return ty is ValueError

@micropython.HOW
def managed(error):
    with Manager() as seven, Manager():
        if error:
            raise error
        return seven
    return "dropped"

@micropython.HOW
def names():
    try:
        return unset
    except NameError:
        pass
    try:
        del later
    except NameError:
        print("later is not there")
    later = 1
    del later
    try:
        later
    except NameError:
        return "no later"

@micropython.HOW
def build(a, *b):
    x, *y = [a, *b]
    return {"a": a, **{"b": b}}, sorted({a, 1}), [i + a for i in b], f"{a!r}:{b}", x, y, b[:1], lambda: a

class Thing:
    count = 3
    @micropython.HOW
    def method(self, n):
        self.count += n
        self.values = [0] * 3
        self.values[n] = self.count
        self.values[n] += 1
        return self.values, super().__hash__() == hash(self)

@micropython.HOW
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

@micropython.HOW
def many():
    a0 = 0; a1 = 1; a2 = 2; a3 = 3; a4 = 4; a5 = 5; a6 = 6; a7 = 7; a8 = 8; a9 = 9
    b0 = 0; b1 = 1; b2 = 2; b3 = 3; b4 = 4; b5 = 5; b6 = 6; b7 = 7; b8 = 8; b9 = 9
    a0, a1, a2 = a2, a1, a0
    a3, a4 = a4, a3
    return a0 + a1 * a2 - (a3 + (a4 - (a5 * (a6 + a7)))) + b9 * (b8 - b0), a9, b1, b2, b3, b4, b5, b6, b7, a8
"""



SMALL = [0, 1, -1, 5, -7, 2**29, 2**30 - 1, -(2**30)]
NUMBERS = SMALL + [2**61, 2**62 - 1, -(2**62), 2**70, True]


def raised(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return type(e).__name__


def folded(result):
    rows, last = result
    total = last
    for row in rows:
        for n in row:
            total = (total * 31 + int(n)) % 1000003
    return total


def added(f):
    add = f(3)
    return add(1), add(2)


def stepped(f):
    g = f(3)
    return next(g), g.send("sent"), g.throw(KeyError(9)), list(g)


# For each function what is called with it.
CASES = {
    "arithmetic": lambda f: [folded(f(a, b)) for a in NUMBERS for b in NUMBERS if b < 2**29 or a < 2**20],
    "comparison": lambda f: [f(a, b) for a in NUMBERS for b in (0, 1, -7, 40, 2**70) if a < 2**29 and b - a < 99],
    "mixed": lambda f: [f(1.5, 2.5), f("a", "b"), f([1], [2]), f(1, 1.0), f(2**62, 1)],
    "loops": lambda f: [f(n) for n in (0, 3, 5, 20)],
    "caught": lambda f: [f(lambda: 1 // 0), f(lambda: 1)],
    "early": lambda f: [f(n) for n in (0, 2, 3, 20)],
    "arguments": lambda f: [f(1, c=3), f(1, 2, 3, 4, c=5, d=6, e=7), raised(f, 1)],
    "closure": added,
    "generator": stepped,
    "Manager": lambda f: f().__enter__(),
    "managed": lambda f: [f(None), f(ValueError), raised(f, KeyError)],
    "names": lambda f: f(),
    "build": lambda f: [f(4, 5, 6)[:-1], f(7)[-1]()],
    "Thing": lambda f: [f().method(2), f().method(1)],
    "fibonacci": lambda f: f(13),
    "many": lambda f: f(),
}


def compared(piece):
    name = piece.split("(")[0].split(":")[0].split()[-1]
    results = []
    for how in ("native", "bytecode"):
        SPACE["micropython"] = micropython
        exec(piece.replace("HOW", how), SPACE)
        results.append(str(CASES[name](SPACE[name])))
    return name, results[0] == results[1], len(results[0])


SPACE = {"__name__": "x"}
for piece in SOURCE.split("\n\n"):
    print(*compared(piece))
