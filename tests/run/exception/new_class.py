# needs: import traceback
# An exception becomes one of another class.


class Problem(Exception):
    pass


class Local(Problem):
    def become(self, kind):
        self.__class__ = kind
        raise self


class Remote(Problem):
    def __str__(self):
        return "remote " + super().__str__()


class Missing(KeyError):
    pass


try:
    try:
        raise Local("a line")
    except Local as error:
        error.status = 400
        error.become(Remote)
except Remote as error:
    print(type(error).__name__, error, error.status, isinstance(error, Local), error.__class__ is Remote)

for kind in (Missing, int, KeyError, 5):
    try:
        Local("x").become(kind)
    except TypeError as error:
        print("TypeError")
try:
    KeyError(1).__class__ = Missing
except TypeError:
    print("TypeError")
