# Large integers: factorials, powers, division, and the digits of pi.
def factorial(n):
    product = 1
    for i in range(2, n + 1):
        product *= i
    return product

def pi(digits):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    total = 0
    while digits:
        if 4 * q + r - t < n * t:
            total = (total * 31 + n) % 1000003
            digits -= 1
            q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return total

def run():
    f = factorial(3000)
    total = f % 1000003 + (f // factorial(2990)) % 1000003
    total += pow(3, 10 ** 30, 10 ** 40 + 7) % 1000003
    return total, pi(1200)

print(run())
