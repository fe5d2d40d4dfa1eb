# What an exception knows of another one, and where it passed.
# short of memory: an exception is raised without its context and fields.
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("x") from e
except ValueError as e:
    print(type(e.__cause__), e.__context__ is e.__cause__, e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("x")
except ValueError as e:
    print(e.__cause__, type(e.__context__).__name__, e.__suppress_context__)
try:
    try:
        1 / 0
    finally:
        {}["a"]
except KeyError as e:
    print(e.__cause__, type(e.__context__).__name__, e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("x") from None
except ValueError as e:
    print(e.__cause__, type(e.__context__).__name__, e.__suppress_context__)

e = ValueError("a")
e.add_note("one")
e.add_note("two")
e.extra = 3
print(e.__notes__, e.extra, e.__dict__)
try:
    e.__cause__ = 3
except TypeError as error:
    print(error)

import sys


def inner():
    1 / 0


def outer():
    inner()


try:
    outer()
except ZeroDivisionError as e:
    kind, value, traceback = sys.exc_info()
    print(kind is ZeroDivisionError, value is e, traceback is e.__traceback__, sys.exception() is e)
    while traceback:
        print(traceback.tb_lineno, traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    kept = e.__traceback__
print(ValueError().with_traceback(kept).__traceback__ is kept, ValueError().with_traceback(None).__traceback__)
print(sys.exc_info())


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print(kind.__name__, value.args, traceback is not None)
        return True


with Manager():
    raise ValueError(1)


def generator():
    raise StopIteration(1)
    yield


try:
    next(generator())
except RuntimeError as e:
    print(type(e.__cause__).__name__, e)


class Own(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b


print(Own(1, 2).args, Own(1, 2).b)
