# Floats and tuples put in order.
floats = [i * 7919 % 100003 / 7 for i in range(60000)]
pairs = [(i * 31 % 101, i) for i in range(30000)]
print(sorted(floats)[5], max(floats), sorted(pairs)[7])
