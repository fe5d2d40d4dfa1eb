# needs: import sys; sys._getframe
# not CPython: 3.11 gives copies
# The locals of a frame, which can be given other values.
import sys


def work():
    x, y = 1, 2
    frame = sys._getframe()
    names = frame.f_locals
    names["x"] = 10
    print(x, type(names).__name__, names["y"], "x" in names, sorted(names))
    y = 7
    print(names["y"], names.get("none", 0), names.setdefault("y", 4), len(names))
    names |= {"y": 8}
    print(y)

    def inner():
        return x

    names["x"] = 99
    print(inner(), dict(names) == names.copy(), names == frame.f_locals)
    exec("x = 6; more = 1", globals(), names)
    print(x, names["more"], eval("x + y", globals(), names))
    for action in (lambda: names.pop("x"), lambda: names.__delitem__("y"), lambda: names["nothing"]):
        try:
            action()
        except (KeyError, ValueError) as error:
            print(type(error).__name__, error)


work()


def change():
    sys._getframe(1).f_locals["value"] = "changed"


def changed():
    value = "as it was"
    change()
    return value


print(changed())


def steps():
    count = 0
    while True:
        count += 1
        yield count


generator = steps()
next(generator)
generator.gi_frame.f_locals["count"] = 41
print(next(generator))
