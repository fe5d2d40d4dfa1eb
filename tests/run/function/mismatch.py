# What is said of arguments that do not fit.
# short of memory: a function is named without its class.
# needs: import traceback


def tried(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except TypeError as error:
        print(error)
    else:
        print("called")


def none(): ...
def one(a): ...
def two(a, b): ...
def three(a, b, c): ...
def defaults(a, b=1, c=2): ...
def keywords(*, k, m, n=1): ...
def mixed(a, *, k): ...
def both(a, b=1, *, k=3): ...
def positional(a, b, /, c): ...
def all_of_it(a, /, b, *c, d, **e): ...


class A:
    def method(self, x): ...

    @classmethod
    def of_class(cls, x): ...

    @staticmethod
    def static(x): ...

    def __init__(self, x=1): ...

    class Inner:
        def __init__(self, a, b): ...


def outer():
    def inner(x): ...

    return inner


tried(none, 1)
tried(none, 1, 2)
tried(none, a=1)
tried(one)
tried(one, 1, 2)
tried(one, 1, a=2)
tried(one, b=2)
tried(one, 1, b=2)
tried(two)
tried(two, 1)
tried(two, b=1)
tried(two, 1, 2, 3)
tried(three)
tried(three, b=1)
tried(defaults)
tried(defaults, 1, 2, 3, 4)
tried(defaults, b=2)
tried(keywords)
tried(keywords, k=1)
tried(keywords, 1, k=1)
tried(keywords, 1, k=1, m=2)
tried(mixed)
tried(mixed, 1)
tried(mixed, 1, 2, k=3)
tried(both, 1, 2, 3)
tried(both, 1, 2, 3, k=1)
tried(positional, 1)
tried(positional, a=1, b=2, c=3)
tried(all_of_it)
tried(all_of_it, 1)
tried(all_of_it, 1, 2)
tried(all_of_it, a=1)
tried(all_of_it, 1, b=2, d=3, a=4)
tried(A().method)
tried(A().method, 1, 2)
tried(A.of_class)
tried(A.static)
tried(A.static, 1, 2)
tried(A, 1, 2)
tried(A, y=2)
tried(A.Inner)
tried(A.Inner, 1)
tried(outer())
tried(lambda x: 0)

renamed = lambda a: 0
renamed.__qualname__ = "another.name"
tried(renamed)
