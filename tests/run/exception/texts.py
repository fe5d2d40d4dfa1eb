# What hosts say in CPython's words.
# needs: import traceback


def tried(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, "-", error)
    else:
        print("nothing")


class Plain: ...


class Returns:
    def __init__(self):
        return 5


class Enters:
    def __enter__(self): ...


def with_(manager):
    with manager:
        pass


def unpack(value):
    a, b = value


def star(value):
    a, b, *c = value


x = Plain.__name__
for action in (
    lambda: 1 + "a", lambda: "a" + 1.5 if 0 else [] + 1.5 if 0 else {} + 1, lambda: None - 1, lambda: 1 @ 2, lambda: {} << [], lambda: 2 ** "a",
    lambda: divmod(1, "a"), lambda: 1 // None, lambda: 1 < "a", lambda: None >= 1, lambda: {} > {}, lambda: -"a", lambda: ~1.5, lambda: +[],
    lambda: abs("a"), lambda: 1 in 5, lambda: {[]: 1}, lambda: {{}}, lambda: hash([]), lambda: 5(), lambda: None(), lambda: iter(5),
    lambda: next(5), lambda: 5[0], lambda: len(5), lambda: [1]["a"], lambda: (1,)["a"], lambda: "a"["b"], lambda: b"a"["b"],
    lambda: bytearray(b"a")["b"], lambda: [][0], lambda: ()[0], lambda: ""[0], lambda: range(3)["a"], lambda: 1 / 0, lambda: 1j / 0,
    lambda: int("a"), lambda: int("1x", 16), lambda: float("a"), lambda: float(" 1 2 "), lambda: bytes([1]).find(1.5) if 0 else b"" in 5,
    lambda: chr("a"), lambda: [1] * 1.5 if 0 else "a".zfill("b"), lambda: hex(1.5), lambda: "%d %d" % 1, lambda: "%d" % (1, 2), lambda: "%(a)s" % 1,
    lambda: "%c" % 1.5, Returns, lambda: with_(5), lambda: with_(Enters()), lambda: unpack([1]), lambda: unpack([1, 2, 3]), lambda: unpack(5),
    lambda: star([1]), lambda: len(), lambda: len(1, 2), lambda: [].append(), lambda: [].append(1, 2), lambda: {}.get(), lambda: [].clear(1),
    lambda: [].append(x=1), lambda: len(x=1), lambda: isinstance(1), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: issubclass(int, 5),
    lambda: format(1, "1" * 40), lambda: format(1, ",_"), lambda: format(1, "__"), lambda: format("a", "_s"),
    lambda: exec("[1][1] = 2"), lambda: exec("del [1][-2]"), lambda: exec("5[0] = 1"), lambda: exec("del 'a'[0]"), lambda: exec("x = 1; x += 'a'"), lambda: exec("x = 1; x **= 'a'"),
):
    tried(action)
