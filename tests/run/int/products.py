# Products and quotients of ints of all lengths, odd and even, sparse and full; hashes of ints and the floats equal to them.
seed = 12345


def number(bits):
    global seed
    n = 0
    while bits > 0:
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        taken = min(bits, 28)
        n = n << taken | (seed >> 2) & ((1 << taken) - 1)
        bits -= taken
    return n


total = 0
for i in range(60):
    a, b = number(1 + i * 53 % 1900), number(1 + i * 37 % 1500)
    if i % 3 == 0:
        a = (1 << (1 + i * 53 % 1900)) - 1
    if i % 5 == 0:
        b = (1 << (1 + i * 37 % 1500)) - 1
    product = a * b
    if product % 1000003 != a % 1000003 * (b % 1000003) % 1000003:
        print("wrong product", i)
    if b and divmod(product + a % b, b) != (a, a % b):
        print("wrong quotient", i)
    total = (total * 31 + product) % 1000000007
print(total)

# One much longer than the other, by all but a digit or two.
for short in (1400, 9000, 12800):
    for long in (short + 1, 2 * short - 65, 2 * short - 1, 3 * short - 40):
        product = ((1 << short) - 1) * ((1 << long) - 1)
        if product != (1 << (short + long)) - (1 << short) - (1 << long) + 1:
            print("wrong product", short, long)

print(hash(5), hash(-7), hash(2.0**40) == hash(1 << 40), hash(-(2.0**40)) == hash(-1 << 40))
far = {i << 32: i for i in range(50)}
print(len(far), far[7 << 32], far[float(9 << 32)], 1 in far)
