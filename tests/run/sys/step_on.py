# needs: import sys; sys._getframe().f_trace_lines
# A debugger that comes in the midst of a program steps on through the functions that run already, out to who called them.
import bdb
import sys


class Steps(bdb.Bdb):
    """Prints where it stops, and goes on as it is told."""

    def __init__(self, orders):
        super().__init__()
        self.orders = list(orders)

    def stop(self, what, frame, more=""):
        print(what, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, more)
        order = self.orders.pop(0) if self.orders else "continue"
        if order == "step":
            self.set_step()
        elif order == "next":
            self.set_next(frame)
        elif order == "return":
            self.set_return(frame)
        elif order == "until":
            self.set_until(frame)
        else:
            self.set_continue()

    def user_line(self, frame):
        self.stop("line", frame)

    def user_return(self, frame, value):
        self.stop("return", frame, value)

    def user_exception(self, frame, info):
        self.stop("exception", frame, info[0].__name__)


def inner(orders):
    x = 1
    Steps(orders).set_trace()
    y = x + 1
    return y


def outer(orders):
    a = inner(orders)
    b = a + 1
    return b


print(outer(["next"] * 6))
print(outer(["step"] * 3 + ["return", "next"]))
print(outer(["until"]))


# It leaves a function by an exception, which the caller handles.
def failing(orders):
    Steps(orders).set_trace()
    raise ValueError("a")


def handling(orders):
    try:
        failing(orders)
    except ValueError as error:
        value = str(error)
    return value


print(handling(["next"] * 8))


# Generators: `next` goes on behind the yield, and stops in the loop when they have ended; `return` means the end.
def items():
    yield 1
    x = 2
    yield x


def loop(orders):
    Steps(orders).set_trace()
    for item in items():
        pass
    return "done"


print(loop(["step"] * 3 + ["next"] * 4))
print(loop(["step"] * 2 + ["return", "next", "next"]))


# One that runs already when the debugger comes.
def late(orders):
    Steps(orders).set_trace()
    yield 1
    yield 2


def uses(orders):
    for item in late(orders):
        last = item
    return last


print(uses(["next"] * 2))
print(list(late(["next"] * 3)))


class Maker:
    def __init__(self, orders):
        Steps(orders).set_trace()
        self.value = 1


def make(orders):
    made = Maker(orders)
    return made.value


print(make(["next"] * 5))


# A trace function that is set on a frame that runs, and taken away.
def plain():
    frame = sys._getframe()
    seen = []

    def tracer(frame, event, argument):
        seen.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer

    frame.f_trace = tracer
    sys.settrace(lambda frame, event, argument: None)
    a = 1
    b = 2
    del frame.f_trace
    c = 3
    sys.settrace(None)
    return seen


print(plain())
