# needs: import sys; sys.set_coroutine_origin_tracking_depth
# What nobody goes on with is closed: generators do what their `finally` says, a coroutine that never began is told of.
import gc, sys, warnings, weakref


def guarded(name):
    try:
        yield 1
        yield 2
    finally:
        print("closed", name)


class Manager:
    def __enter__(self):
        return 1

    def __exit__(self, kind, error, traceback):
        print("left", kind.__name__)


def managed():
    with Manager():
        yield 1
        yield 2


def plain():
    yield 1


def make():
    for item in guarded("loop"):
        break
    for item in managed():
        break
    waiting = guarded("inner")
    next(waiting)
    next(plain())
    guarded("not begun")


make()
gc.collect()


# What is raised meanwhile is nobody's fault, and said to the hook.
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


class Deleted:
    def __del__(self):
        raise ValueError("in __del__")


told = []
sys.unraisablehook = lambda args: told.append((args.exc_type.__name__, str(args.exc_value)))


def make():
    next(stubborn())
    Deleted()


make()
gc.collect()
sys.unraisablehook = sys.__unraisablehook__
print(sorted(told))


async def work():
    pass


async def steps():
    try:
        yield 1
        yield 2
    finally:
        print("steps closed")


def thrown_away():
    work()


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    thrown_away()
    print([(str(one.message), one.category.__name__, one.lineno) for one in caught])
    used = work()
    used.close()
    del used
    gc.collect()
    print(len(caught))

# Asynchronous generators have hooks.
begun, ended = [], []


def first(generator):
    begun.append(generator.__name__)


def last(generator):
    ended.append(generator.__name__)
    try:
        generator.aclose().send(None)
    except StopIteration:
        pass


def step():
    generator = steps()
    try:
        generator.__anext__().send(None)
    except StopIteration as stop:
        print(stop.value)


sys.set_asyncgen_hooks(first, last)
step()
gc.collect()
sys.set_asyncgen_hooks(None, None)
print(begun, ended)


# Who made a coroutine.
def maker():
    return work()


sys.set_coroutine_origin_tracking_depth(2)
print(sys.get_coroutine_origin_tracking_depth())
made = maker()
sys.set_coroutine_origin_tracking_depth(0)
print([place[1:] for place in made.cr_origin])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    del made
    gc.collect()
    print(str(caught[0].message).splitlines()[0], "Coroutine created at" in str(caught[0].message))
other = work()
print(other.cr_origin)
other.close()
try:
    sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as error:
    print(error)

# At the end of the program those that are left.
kept = guarded("at the end")
next(kept)
print("end")
