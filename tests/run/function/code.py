# What a program sees of code.
def f(a, b, /, c, *args, d=1, **rest):
    total = a + b
    return total.to_bytes(1, "big")


code = f.__code__
print(code.co_name, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
print(code.co_varnames[:6], code.co_consts[0], code.co_filename.rsplit("/")[-1])
print(code.co_firstlineno, code.co_nlocals, type(code.co_code), type(code.co_stacksize))
print(code.co_flags & 4 != 0, code.co_flags & 8 != 0, code.co_flags & 32 != 0, "to_bytes" in code.co_names)


def g():
    yield 1


async def h():
    pass


print(g.__code__.co_flags & 0x20, h.__code__.co_flags & 0x80)

lines = list(code.co_lines())
print(all(start < end for start, end, _ in lines), [b[0] - a[1] for a, b in zip(lines, lines[1:])] == [0] * (len(lines) - 1))
print(lines[-1][1] == len(code.co_code), lines[-1][2])

print(code == f.__code__, code == g.__code__, hash(code) == hash(f.__code__), repr(code)[:14])
print(f.__globals__ is globals())
function = type(f)
made = function(code, {})
print(made(1, 2, 3, d=0), made.__name__)
for arguments in ((None, {}), (code, None), (code,)):
    try:
        function(*arguments)
    except TypeError:
        print("TypeError")


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


step = counter()
other = function(step.__code__, globals(), "other", None, step.__closure__)
print(step(), other(), step(), other.__name__)
try:
    function(step.__code__, {})
except (TypeError, ValueError):
    print("no closure")

# Compiled once, run often.
code = compile("n = n + 1", "made", "exec")
space = {"n": 0}
for _ in range(3):
    exec(code, space)
print(space["n"], eval(compile("n * 2", "made", "eval"), space))
exec(compile("n = n + 1\nm = n", "made", "exec"), space, space)
print(space["m"])
# needs: assert compile("", "", "exec").co_name
