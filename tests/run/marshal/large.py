# needs: bytearray(1 << 22)
# Code that sixteen bits cannot count is saved as well.
import marshal


def saved(text):
    names = {}
    data = marshal.dumps(compile(text, "large", "exec"))
    exec(marshal.loads(data), names)
    return len(data) > 1 << 16, names


large, names = saved("\n".join("def f%d(a, b):\n    return a * %d + b" % (n, n) for n in range(3000)))
print(large, len([name for name in names if name.startswith("f")]), names["f2999"](2, 3))
lines = "".join("    x += 1234567\n    if x < 0: x = 'never' + str(x)\n" for _ in range(6000))
large, names = saved("def f():\n    x = 0\n" + lines + "    return x\n")
print(large, names["f"]())
large, names = saved("table = [" + ", ".join("'text number %d'" % n for n in range(6000)) + "]\n")
print(large, len(names["table"]), names["table"][-1])
