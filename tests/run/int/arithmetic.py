# Ints of any size: every operator on values around the borders of machine words, with Python's rounding and signs.
values = [0, 1, -1, 2, -3, 7, 10, 255, -256]
for bits in (29, 30, 31, 32, 61, 62, 63, 64, 65, 100):
    for offset in (-1, 0, 1):
        values += [(1 << bits) + offset, -(1 << bits) + offset]
values += [10**30, -(10**30), 3**200]


def check(name, function, reduce=lambda x: x):
    total = 0
    for a in values:
        for b in values:
            try:
                result = function(a, b)
            except ZeroDivisionError:
                result = 17
            if isinstance(result, tuple):
                result = result[0] * 3 + result[1]
            total = (total * 31 + result) % 1000000000000000003
    print(name, total)


check("+", lambda a, b: a + b)
check("-", lambda a, b: a - b)
check("*", lambda a, b: a * b)
check("//", lambda a, b: a // b)
check("%", lambda a, b: a % b)
check("divmod", divmod)
check("&", lambda a, b: a & b)
check("|", lambda a, b: a | b)
check("^", lambda a, b: a ^ b)
check("<<", lambda a, b: a << (b % 70))
check(">>", lambda a, b: a >> (b % 70))
check("**", lambda a, b: a ** (b % 9))
check("pow", lambda a, b: pow(a, abs(b), 1000003))
check("<", lambda a, b: int(a < b) + 2 * int(a <= b) + 4 * int(a == b) + 8 * int(a != b) + 16 * int(a > b) + 32 * int(a >= b))
check("~", lambda a, b: ~a + -b + abs(a))
for a in values:
    if (a // 7) * 7 + a % 7 != a or int(str(a)) != a or int(hex(a), 16) != a or int(bin(a), 0) != a or int(oct(a), 8) != a:
        print("identity fails for", a)
print(-(10**30) // 7, -(10**30) % 7, 10**30 // -7, 10**30 % -7)
print(1 << 100, -1 << 100, (-1 << 100) >> 99, -1 >> 1000, 1 >> 1000, (1 << 65) >> (1 << 70))
print(True + True, True & 3, True | False, ~True, -True, True * 10**20, isinstance(True, int))
print(2**-1, 0**0, (-2) ** 3, 10**20 / 10**19, 10**30 / 10**29, 1 / 8, -7 / 2)
print(hash(1.0) == hash(1), hash(2**70) == hash(2.0**70), hash(True) == hash(1))
print(pow(3, -1, 7), pow(2, 1000, 10**9 + 7), pow(-2, 3, 5), pow(2, 3, -5), pow(10, 10**20, 97))
