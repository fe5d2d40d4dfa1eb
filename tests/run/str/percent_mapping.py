# What stands to the right of %: a tuple, even of a derived class; something with keys; one value.
# needs: "%(a)s" % type("M", (), {"__getitem__": lambda self, key: key})()


class Pair(tuple):
    pass


class Map:
    def __getitem__(self, key):
        return "<" + str(key) + ">"


class D(dict):
    def __missing__(self, key):
        return "no " + key


class One:
    def __str__(self):
        return "one"


print("%s %s" % Pair((1, 2)), "%d" % Pair((3,)), b"%d-%d" % Pair((4, 5)))
print("%(a)s %(b c)r" % Map(), "%(x)s" % D(), "%(x)s %(y)s" % D(x=1), "%((a)b)s" % {"(a)b": 1}, "%()s" % {"": 2})
print("" % Map() == "", "x" % [] == "x", "%s" % [1, 2], "%s" % {}, "%s" % Map.__name__, "%s" % One())
print("%s" % D(a=1), "%r" % (Pair((1,)),))
for template, values in (
    ("%s", Pair()), ("%s", Pair((1, 2))), ("", 1), ("", "x"), ("%s %s", 1), ("%(a)s", 1), ("%(a)s", "x"), ("%(a)s", (1,)),
    ("x", Pair((1,))), ("%(a", {}), ("", One()),
):
    try:
        print(template % values)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, template)
