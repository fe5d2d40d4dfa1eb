# not CPython: viper's numbers are the machine's.
# needs: exec("@micropython.viper\ndef f(): pass")
import gc
import micropython
import sys

BITS = 64 if sys.maxsize > 2**32 else 32
TOP = 1 << (BITS - 1)


@micropython.viper
def wrap(x: int, y: int) -> int:
    return x * y + (x << 3) - (y >> 1) ^ (x & y | 5)


@micropython.viper
def unsigned(x: uint, y: uint) -> uint:
    return (x - y) >> 1


@micropython.viper
def divide(x: int, y: int):
    return (x // y, x % y)


def wrapped(n):
    n &= 2 * TOP - 1
    return n - 2 * TOP if n >= TOP else n


for x in (0, 1, -1, 7, TOP - 1, -TOP, 12345678):
    for y in (1, -1, 3, TOP - 1, -TOP):
        expected = wrapped((x * y + wrapped(x << 3) - (y >> 1)) ^ (x & y | 5))
        if wrap(x, y) != expected:
            print("wrap", x, y, wrap(x, y), expected)
        if (x, y) != (-TOP, -1) and divide(x, y) != divmod(x, y):
            print("divide", x, y, divide(x, y))
print(unsigned(1, 2) == TOP - 1, unsigned(-1, 0) == TOP - 1, unsigned(2 * TOP - 1, 1) == TOP - 1)
try:
    divide(1, 0)
except ZeroDivisionError:
    print("ZeroDivisionError")


@micropython.viper
def order(a: int, b: int, c: uint, d: uint):
    return (a < b, a <= b, a > b, a >= b, a == b, a != b, c < d, c <= d, c > d, c >= d, c == d, c != d)


print(order(-1, 1, -1, 1))
print(order(1, 1, 1, 1))


@micropython.viper
def converted(flag: bool, number: int, anything) -> object:
    truth = bool(anything)
    if flag and truth:
        return object(int(anything) + number)
    return object(number)


print(converted([1], 2, 40), converted([], 3, 4), converted(1, True, 0))
for wrong in ("x", 1.5, None, []):
    try:
        converted(1, wrong, 1)
    except TypeError:
        print("TypeError", wrong)


@micropython.viper
def reverse(b: ptr8, n: int):
    i = 0
    j = n - 1
    while i < j:
        b[i], b[j] = b[j], b[i]
        i += 1
        j -= 1


@micropython.viper
def widths(b) -> int:
    p8 = ptr8(b)
    p16 = ptr16(b)
    p32 = ptr32(b)
    p8[0] = 0x11
    p8[1] = 0x22 + 0x100
    p16[1] = 0x4433
    p32[1] = -1
    return p32[0] + p16[2] + p8[7]


b = bytearray(b"taipan")
reverse(b, len(b))
print(b)
b = bytearray(8)
print(hex(widths(b)), b)


@micropython.viper
def steps(start: int, stop: int, step: int) -> int:
    total = 0
    for i in range(start, stop, step):
        if i == 4:
            continue
        total = total * 10 + i
        if i == 7:
            break
    else:
        total = -total
    return total


print(steps(1, 6, 1), steps(9, 0, -2), steps(0, 20, 7), steps(5, 5, 1))


@micropython.viper
def chosen(x: int) -> int:
    y = 1 if x > 2 else 5
    z = y + x
    return z


@micropython.viper
def left(x: int) -> int:
    try:
        try:
            if x == 1:
                return x + 1
            if x == 2:
                raise ValueError(x)
        finally:
            print("finally", x)
    except ValueError as e:
        print(repr(e))
    while x > 0:
        try:
            x -= 1
            if x == 3:
                return x * 100
        finally:
            pass
    return x


print(chosen(1), chosen(3))
print(left(0), left(1), left(2), left(5))


def ones():
    return bytearray(b"\x01" * 40)


# What only machine code holds stays alive.
@micropython.viper
def alive(n: int) -> int:
    p = ptr8(ones())
    for i in range(n):
        bytearray(40)
        if i & 63 == 0:
            gc.collect()
    total = 0
    for i in range(40):
        total += p[i]
    return total


print(alive(200))


@micropython.viper
def number_kept(x: int) -> int:
    # A number that looks like anything may lie in a frame while memory is collected.
    y = x * 8
    gc.collect()
    return y - x * 7


print([number_kept(id(b) + n) == id(b) + n for n in range(4)])


@micropython.viper
def captured(x: int):
    def inner():
        nonlocal x
        x += 1
        return x

    return inner


inner = captured(5)
print(inner(), inner())


@micropython.viper
def called(f, *rest, **named):
    x = 3
    return f(x, rest, key=x + 1, **named)


print(called(lambda *a, **k: (a, sorted(k.items())), 1, other=2))


@micropython.viper
def counted(n: int) -> int:
    i = 0
    while True:
        i += 1
        if i >= n:
            break
    return i


print(counted(100000))


# Small numbers of builtin modules are known to be numbers: registers are written so.
import errno
import uctypes


@micropython.viper
def by_name(buffer: ptr8) -> int:
    buffer[errno.EIO] = errno.ENODEV
    buffer[1] = buffer[errno.EIO] + uctypes.LITTLE_ENDIAN
    return buffer[errno.EIO] + errno.EPERM


bytes_of = bytearray(6)
print(by_name(bytes_of), bytes_of)


@micropython.viper
def of_object(module):
    return module.EIO


print(of_object(errno))
