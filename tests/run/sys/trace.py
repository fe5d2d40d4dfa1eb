# sys.settrace: what a debugger and a coverage tool see.
# short of memory: a place that finds no room is not noted.
import sys

events = []


def tracer(frame, event, arg):
    if event == "exception":
        arg = arg[0].__name__
    events.append((event, frame.f_code.co_name, frame.f_lineno, arg))
    return tracer


def traced(function, *args, lines=True):
    first = function.__code__.co_firstlineno
    sys.settrace(tracer)
    try:
        result = function(*args)
    except Exception as e:
        result = repr(e).split("(")[0]
    finally:
        sys.settrace(None)
    print(function.__name__, result)
    for event, name, line, arg in events:
        if name != "traced" and (lines or event != "line"):
            print("   ", event, name, line - first, arg)
    events.clear()


def add(a, b):
    c = a + b
    return c


def loops():
    total = 0
    for i in range(2):
        total += i
    while total < 3:
        total += 1
    return total


def numbers():
    yield 1
    x = 2
    yield x


def generators():
    result = []
    for n in numbers():
        result.append(n)
    return result


def catches():
    try:
        fails()
    except ValueError:
        pass
    return "caught"


def fails():
    raise ValueError("x")


class Thing:
    def __init__(self, x):
        self.x = x

    def method(self):
        return add(self.x, 1)


def calls():
    thing = Thing(5)
    bound = thing.method
    bound()
    return sorted([2, 1], key=key)


def key(x):
    return x


for function in (loops, generators, fails, calls):
    traced(function)
# What a line is that does nothing, such as `try:`, is CPython's own business.
traced(catches, lines=False)
traced(add, 1, 2)


# A function that answers None is told no more of that frame; nested tracing sees who called.
def above(frame, event, arg):
    names = []
    while frame and frame.f_code.co_name != "run":
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    print(event, names)


def run():
    sys.settrace(above)
    try:
        return outer()
    finally:
        sys.settrace(None)


def outer():
    return middle() + 1


def middle():
    return 1


print(run(), sys.gettrace())
print(sys._getframe().f_code.co_name, sys._getframe().f_globals is globals())


def where():
    return sys._getframe(1).f_lineno, sys._getframe(0).f_code.co_name


print(where())


# One that raises ends the tracing.
def breaks(frame, event, arg):
    raise KeyError("broken")


sys.settrace(breaks)
try:
    middle()
except KeyError as e:
    print("raised", e, sys.gettrace())
finally:
    sys.settrace(None)
print(middle())
# needs: assert compile("", "", "exec").co_name
