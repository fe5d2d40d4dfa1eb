# not CPython: const() is MicroPython's.
# const() is computed while compiling: numbers of any size, texts, tuples; in a class as well.
from micropython import const

BIG = const(1 << 70)
_RATIO = const(2.5 ** 2)
_PAIR = const((BIG, ("a", b"b", (), None)))
print(BIG + 1, _RATIO, _PAIR)


class Holder:
    _HIDDEN = const(3)
    SHOWN = const(_HIDDEN * 2)
    value = _HIDDEN + SHOWN


print(Holder.SHOWN, Holder.value, hasattr(Holder, "_HIDDEN"))
for text in ("a = const(x)", "A = const(1); A = const(2)", "A = const(1 @ 2)", "A = const(1 << -2)", "A = const(1 // 0)"):
    try:
        exec(text)
    except SyntaxError:
        print("SyntaxError")
print({slice(1): 2}[slice(None, 1)])
name = "".join(["x", "0"])
print(eval("x0", {name: 1}))
