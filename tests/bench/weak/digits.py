# Large integers as texts, and products of thousands of digits.
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

def run():
    big = 3 ** 60000
    text = str(big)
    total = len(text) + sum([int(digit) for digit in text])
    total += int(text) % 1000003
    product = big * (big + 1)
    total += product % 1000003 + (product // big) % 1000003
    for i in range(1500):
        total += len(str(7 ** (300 + i)))
    total += (1 << 20000) % 1000003 + len(hex(big))
    return total

print(run())
