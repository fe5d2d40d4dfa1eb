# tuple.
t = (1, 2, 3, 2)
print(t, (), (1,), tuple(), tuple("ab"), tuple([1]), tuple(range(3)), tuple(x for x in "xy"), tuple(t) is t)
print(t.count(2), t.index(2), t.index(2, 2), 3 in t, len(t), t[0], t[-1], t[1:3], t[::-1], t[::2], t[10:], t[-2:])
print(t + (9,), t * 2, 2 * (1,), () * 3, (1,) * 0, t + ())
print((1, 2) == (1, 2), (1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), () == (), (1,) == [1], (1, (2, "x")) == (1, (2, "x")))
print(hash((1, "a")) == hash((1, "a")), {(1, 2): "v"}[(1, 2)], {(): 0})
for bad in (lambda: t[4], lambda: t.index(9), lambda: t["a"], lambda: t + [1], lambda: hash(([],)), lambda: t < 1, lambda: tuple(1)):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__)
try:
    t[0] = 1
except TypeError:
    print("immutable")
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
x, y = 1, 2
x, y = y, x
print(x, y)
u = (1,)
u += (2,); u *= 2; print(u)
print(((1, 2), [3, (4,)]), bool(()), bool((0,)), max((1, 5, 2)), sum((1, 2), 10), sorted((3, 1)))
