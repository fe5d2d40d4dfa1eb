# needs: import sys; sys._getframe().f_trace_lines
# The frame object of a function is one as long as it runs, and keeps what was in it afterwards; a generator's is one for all of its life.
import sys


def inner():
    return sys._getframe(1)


def work(n):
    first = inner()
    print(first is inner(), first is sys._getframe(), first.f_back is sys._getframe(1), first.f_code.co_name)
    n += 1
    print(first.f_locals["n"])
    return first


frame = work(3)
print(frame.f_locals["n"], frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_back is sys._getframe())
again = work(4)
print(again is frame, frame.f_locals["n"], again.f_locals["n"])
frame.clear()
print(frame.f_locals)


def items():
    own = sys._getframe()
    yield own
    print(own is sys._getframe())
    yield own
    raise ValueError(own)


generator = items()
before = generator.gi_frame
print(before is generator.gi_frame, before.f_back)
print(next(generator) is before, generator.gi_frame is before, before.f_lineno - before.f_code.co_firstlineno)
print(next(generator) is before, before.f_back)
try:
    next(generator)
except ValueError as error:
    print(error.args[0] is before, error.__traceback__.tb_next.tb_frame is before, before.f_locals["own"] is before)
print(generator.gi_frame)


async def waits():
    return sys._getframe()


coroutine = waits()
own = coroutine.cr_frame
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value is own, coroutine.cr_frame)


# An exception's traceback has the frames that functions saw themselves.
def fails(seen):
    seen.append(sys._getframe())
    value = "kept"
    raise KeyError(value)


def catches():
    seen = [sys._getframe()]
    try:
        fails(seen)
    except KeyError as error:
        traceback = error.__traceback__
        print(traceback.tb_frame is seen[0], traceback.tb_next.tb_frame is seen[1], seen[1].f_locals["value"], seen[1].f_back is seen[0])
    return seen[0]


print(catches().f_code.co_name)

# A trace function sees the same object whenever a generator goes on.
frames = []


def tracer(frame, event, argument):
    if frame.f_code.co_name == "items":
        frames.append((event, frame))
        return tracer


generator = items()
sys.settrace(tracer)
next(generator), next(generator)
sys.settrace(None)
print([event for event, frame in frames], len({id(frame) for event, frame in frames}), frames[0][1] is generator.gi_frame)


def recursive(depth):
    frame = sys._getframe()
    if depth:
        recursive(depth - 1)
    print(depth, frame.f_locals["depth"], frame is sys._getframe())


recursive(3)
