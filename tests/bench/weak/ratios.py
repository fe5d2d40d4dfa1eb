# Fractions: sums, products and orders of numbers in lowest terms.
from fractions import Fraction

total, product = Fraction(0), Fraction(1)
for i in range(1, 20000):
    total += Fraction(i % 7, i % 12 + 1)
    product = product * Fraction(i % 5 + 1, i % 3 + 1) - 1 if product < 1000 and i % 40 else Fraction(i, 7)
print(total, float(product))
