# An exception is given another dict of attributes; what it is about stays.
# short of memory: an exception is raised without its context.
# needs: import typing


class Noted(ValueError):
    def __init__(self, **notes):
        self.__dict__ = notes

    def __str__(self):
        return "%s of %s" % (self.what, self.whom)


try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise Noted(what="a", whom="b")
except Noted as error:
    print(error, error.what, type(error.__context__).__name__, error.args)
    error.further = 3
    print(error.further, error.__dict__["further"])
try:
    Noted().__dict__ = 1
except TypeError:
    print("no dict")
print(vars(Noted(x=1)))
# What belongs to the exception itself is not in its dict, whichever came first.
class Plain(ValueError):
    def __init__(self, **given):
        self.__dict__.update(given)


def raised(made, *cause):
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            if cause:
                raise made from cause[0]
            raise made
    except Plain as error:
        error.late = 1
        return error


for error in raised(Plain()), raised(Plain(a=2)), raised(Plain(a=2), KeyError("k")), raised(Plain(), None):
    print(vars(error), type(error.__context__).__name__, repr(error.__cause__)[:8], error.__suppress_context__)
    error.__context__ = None
    error.__dict__ = {"b": 3}
    print(vars(error), error.__context__, error.b, repr(error.__cause__)[:8])
