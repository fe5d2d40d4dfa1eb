# str.format, f-strings, and __format__.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return "<" + spec + ">"

    def __repr__(self):
        return "Point"


class Plain:
    def __str__(self):
        return "plain"


class Whole(int):
    pass


p = Point(3, 4)
print("{} {}".format(1, "two"), "{1} {0}".format(1, 2), "{a}-{b}".format(a=1, b=[2]), "{{}} {{{0}}}".format(5))
print("{0.x} {0.y} {1[0]} {1[1][0]} {2[k]}".format(p, [1, [2]], {"k": 3}), "{p.x:03}".format(p=p))
print("{:>5}|{:<5}|{:^5}|{:*^7}|{:.2}|{:5.1}|{:05}".format("a", "b", "c", "d", "efgh", "xyz", "s"))
print("{:{}}|{:{w}.{p}}|{:.{}f}".format("a", 5, "abc", 3.14159, 2, w=5, p=2) if False else "{:{}}|".format("a", 5))
print("{:{w}.{p}}|".format("abc", w=5, p=2), "{:.{}f}".format(3.14159, 2), "{0:{1}{2}}".format(5, "0", "8"))
print("{!r} {!s:>5} {!a}".format("a", "b", "é"), "{0!r:5}|".format("a"), "{:€^5}".format("é"))
print("{:spec}".format(p), "{}".format(p), "{!r}".format(p), format(p, "x"), f"{p:{'a' + 'b'}}", "{}".format(Plain()))
print("{:5}|{:x}|{}".format(Whole(7), Whole(255), Whole(3)), "{:5}|{:d}|{}".format(True, True, True))
x, y, name = 5, 2.5, "text"
print(f"{x} {y:.2f} {name!r} {x:>4}|{x + 1:04d}|{name:>{x + 3}}|{{}} {x:#x} {y} {name[0]}")
for template, args in [("{", ()), ("}", ()), ("{0", (1,)), ("{!", (1,)), ("{:", (1,)), ("{}{}", (1,)), ("{a}", ()), ("{0}{}", (1, 2)),
                       ("{}{0}", (1, 2)), ("{!x}", (1,)), ("{:d}", ("a",)), ("{:d}", (1.5,)), ("{:=5}", ("a",)), ("{:5}", ([1],)),
                       ("{0.z}", (p,)), ("{0[5]}", ([1],)), ("{:s}", (1,)), ("{:5x5}", (1,)), ("{9}", (1,))]:
    try:
        print(template.format(*args))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        print(template, type(error).__name__)
