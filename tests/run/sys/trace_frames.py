# needs: import sys; sys._getframe().f_trace_lines
# How a frame is traced: its own function, without lines, by instructions; the frame is one object as long as it runs.
import sys


def work(n):
    a = n
    b = a + 1
    return b


def events(prepare):
    seen = []

    def local(frame, event, argument):
        seen.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
        return local

    def tracer(frame, event, argument):
        if frame.f_code.co_name != "work":
            return None
        return prepare(frame, local)

    sys.settrace(tracer)
    work(1)
    sys.settrace(None)
    return seen


print(events(lambda frame, local: local))


def by_attribute(frame, local):
    frame.f_trace = local


print(events(by_attribute))


def no_lines(frame, local):
    frame.f_trace_lines = False
    return local


print(events(no_lines))


def opcodes(frame, local):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    return local


seen = events(opcodes)
print(set(seen) >= {("opcode", 1), ("opcode", 2), ("opcode", 3), ("return", 3)}, len(seen) > 6, sorted({event for event, line in seen}))

# Tracing of a frame ends when its function is taken away.
seen = []


def once(frame, event, argument):
    seen.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
    frame.f_trace = None


def tracer(frame, event, argument):
    if frame.f_code.co_name == "work":
        print(frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes)
        return once


sys.settrace(tracer)
work(1)
sys.settrace(None)
print(seen)

# Another function takes over when it is returned; the frame is the same object.
frames = []


def first(frame, event, argument):
    frames.append((frame, event, frame.f_trace is first))
    return second


def second(frame, event, argument):
    frames.append((frame, event, frame.f_trace is second))


sys.settrace(lambda frame, event, argument: first if frame.f_code.co_name == "work" else None)
work(1)
sys.settrace(None)
print([entry[1:] for entry in frames], len({id(entry[0]) for entry in frames}))

frame = sys._getframe()
for name, value in (("f_lineno", 1), ("f_trace_lines", 1), ("f_trace_opcodes", "x")):
    try:
        setattr(frame, name, value)
        print(name, "set")
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
frame.f_trace = first
del frame.f_trace
print(frame.f_trace)
