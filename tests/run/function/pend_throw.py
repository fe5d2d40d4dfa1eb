# not CPython: pend_throw() is MicroPython's: an exception for a generator, raised when it is next resumed.
# needs: (_ for _ in ()).pend_throw


class Stop(Exception):
    pass


def count(until):
    for number in range(until):
        try:
            yield number
        except Stop as stop:
            print("told to stop", stop.args)


def attempt(action, *args):
    try:
        return action(*args)
    except Exception as error:
        return repr(error)


# Whoever resumes it gets what comes of it.
g = count(9)
print(next(g), g.pend_throw(Stop(1)), next(g), next(g))
g.pend_throw(ValueError)
print(attempt(next, g), attempt(next, g))
g = count(9)
next(g)
g.pend_throw(Stop("sent"))
print(g.send("lost"))
g.pend_throw(KeyError(7))
print(attempt(list, g))

# A `for` is no different, when it begins and later.
for begun in (0, 2):
    g = count(4)
    for _ in range(begun):
        next(g)
    g.pend_throw(Stop("before the loop"))
    try:
        for number in g:
            print(number)
            if number == 2:
                g.pend_throw(Stop("in the loop"))
    except Stop as stop:
        print("raised", stop)

# One that has not begun ends there and then.
g = count(2)
g.pend_throw(Stop())
print(attempt(next, g), list(g))

# The last one counts; None takes it back.
g = count(3)
next(g)
print(g.pend_throw(Stop("first")), g.pend_throw(Stop("second")), g.pend_throw(None), g.pend_throw(None), next(g))

# throw() and close() come before it.
g.pend_throw(Stop("forgotten"))
print(attempt(g.throw, KeyError("thrown")), list(g))
g = count(3)
next(g)
g.pend_throw(Stop("forgotten"))
print(g.close(), list(g), g.pend_throw(Stop("too late")), list(g))


# Through `yield from`, to the generator that waits.
def outer():
    yield from count(3)
    yield "end"


g = outer()
print(next(g), g.pend_throw(Stop("deep")), list(g))


# A running one waits nowhere.
def own():
    yield attempt(g.pend_throw, Stop())


g = own()
print(next(g))


# One whose frame is as small as can be.
def nothing():
    return
    yield


g = nothing()
g.pend_throw(Stop("small"))
print(attempt(next, g))
print(type(attempt(count(1).pend_throw)).__name__)
g = count(2)
next(g)
g.pend_throw("no exception")
print(attempt(next, g))
