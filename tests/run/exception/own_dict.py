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
