# needs: import linecache
# What a generator handles is its own: who resumes it knows nothing of that, and it sees what is handled around it.
import sys
from contextlib import contextmanager


def name(exception):
    return type(exception).__name__


def handling():
    try:
        raise OSError("inside")
    except OSError:
        yield name(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1])
        yield sys.exc_info()[0].__name__
    yield sys.exc_info()[0]


steps = handling()
print(next(steps), sys.exc_info())
try:
    raise KeyError("outside")
except KeyError as e:
    print(e.__context__, next(steps), sys.exc_info()[0].__name__)
try:
    raise
except RuntimeError as e:
    print(e)
print(next(steps), list(steps))


def looking():
    yield sys.exc_info()[0]
    try:
        raise
    except Exception as e:
        yield name(e)


try:
    raise ValueError("around")
except ValueError:
    looks = looking()
    print(next(looks), next(looks))
    print(sys.exc_info()[0])
print(list(looking()))


def thrown():
    try:
        yield 1
    except ValueError as e:
        print("context", repr(e.__context__)[:9])
        yield sys.exc_info()[0].__name__
        try:
            raise OSError("second")
        except OSError as second:
            yield name(second.__context__)
        yield sys.exc_info()[0].__name__


waits = thrown()
next(waits)
try:
    raise TypeError("t")
except TypeError:
    print(waits.throw(ValueError("v")), sys.exc_info()[0].__name__)
print(next(waits), next(waits), sys.exc_info())
waits.close()
print(sys.exc_info())


def inner():
    try:
        1 / 0
    except ZeroDivisionError:
        yield 1
        yield sys.exc_info()[0].__name__


def outer():
    try:
        raise OSError
    except OSError:
        yield from inner()
        yield sys.exc_info()[0].__name__


walk = outer()
print(next(walk), sys.exc_info()[0], list(walk))
for number in inner():
    print(number, sys.exc_info()[0])


@contextmanager
def managed():
    try:
        yield "in"
    except LookupError as e:
        print("managed", name(e), sys.exc_info()[0].__name__)
        raise RuntimeError("wrapped") from e


try:
    with managed() as where:
        raise KeyError(where)
except RuntimeError as e:
    print(name(e.__cause__), name(e.__context__), sys.exc_info()[0].__name__)
print(sys.exc_info())


async def waiting():
    try:
        raise OSError
    except OSError:
        await Once()
        return sys.exc_info()[0].__name__


class Once:
    def __await__(self):
        yield "once"


task = waiting()
print(task.send(None), sys.exc_info()[0])
try:
    task.send(None)
except StopIteration as e:
    print(e.value, sys.exc_info()[0].__name__)
for source in ("raise", "raise ValueError from 5", "raise 5"):
    try:
        exec(source)
    except Exception as e:
        print(name(e), e)


class Divides:
    def __rdivmod__(self, other):
        return "divmod", other


class Number(int, Divides):
    pass


print(divmod(7, Divides()), divmod("a", Divides()))
print(divmod(Number(7), 2), type(divmod(Number(7), Number(2))[1]))


class Asked(int):
    def __rdivmod__(self, other):
        return "asked first", int(other)


print(divmod(7, Asked(2)), divmod(Asked(7), 2))
