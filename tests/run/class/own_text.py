# Classes whose own text goes on with their builtin base's.


class Problem(ValueError):
    def __str__(self):
        return "p " + ValueError.__str__(self)

    def __repr__(self):
        return "P " + super().__repr__()


class Key(KeyError):
    def __str__(self):
        return "k " + super().__str__()


for error in (Problem("x"), Problem(), Problem(1, 2), Key("y"), Key()):
    try:
        raise error
    except LookupError as caught:
        print(str(caught))
    except Exception as caught:
        print(str(caught), "%s" % caught, len(repr(caught)) > 10)


class L(list):
    def __str__(self):
        return "L" + super().__str__()

    def __repr__(self):
        return "R" + super().__repr__()


class D(dict):
    def __str__(self):
        return "D" + dict.__str__(self)

    def __repr__(self):
        return "R" + dict.__repr__(self)


class S(str):
    def __str__(self):
        return "S" + super().__str__()

    def __repr__(self):
        return "R" + super().__repr__()


class I(int):
    def __str__(self):
        return "I" + super().__str__()

    def __repr__(self):
        return "R" + int.__repr__(self)


class T(tuple):
    def __repr__(self):
        return "T" + super().__repr__()


for thing in (L([1]), D(a=1), S("s"), I(3), T((1, 2))):
    print(str(thing), repr(thing), [thing])
