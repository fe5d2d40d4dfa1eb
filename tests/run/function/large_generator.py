# needs: bytearray(1 << 22)
# A generator whose code is longer than sixteen bits count.
lines = "    x += 1234567\n    x = (x, x)[0]\n" * 8000
names = {}
exec("def g():\n    x = 0\n" + lines + "    try:\n        yield x\n        yield 2\n    finally:\n        print('done')\n", names)
print(list(names["g"]()))
