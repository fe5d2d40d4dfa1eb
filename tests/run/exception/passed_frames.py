# Tracebacks: frames with their locals after they have ended, chains that programs change, groups as text.
import traceback
import sys
import types

source = """
def down(n):
    here = n
    if n:
        down(n - 1)
    else:
        raise ValueError("deep")

def two():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError("k") from e

def first():
    try:
        two()
    except KeyError:
        int("x")

def steps():
    kept = 5
    yield 1
    raise ValueError("step")

class Body:
    pass

def endless():
    endless()
"""
space = {"__name__": "passed"}
exec(compile(source, "<passed>", "exec"), space)
try:
    space["down"](2)
except ValueError as error:
    trace = error.__traceback__
node = trace.tb_next
while node:
    frame = node.tb_frame
    print(node.tb_lineno, frame.f_lineno, frame.f_code.co_name, frame.f_locals["here"], frame.f_back.f_code.co_name, frame is node.tb_frame)
    print(frame.f_globals is space, frame.f_code is space["down"].__code__)
    node = node.tb_next
print(traceback.format_tb(trace.tb_next)[-1], end="")
inner = trace.tb_next.tb_next
made = types.TracebackType(None, inner.tb_frame, inner.tb_lasti, 7)
print(made.tb_lineno, made.tb_frame is inner.tb_frame, made.tb_next)
trace.tb_next = inner
print([line for _, line in traceback.walk_tb(trace.tb_next)])
for wrong in (trace, 3):
    try:
        inner.tb_next.tb_next = wrong
    except (ValueError, TypeError) as error:
        print(error)
try:
    raise ValueError("again").with_traceback(inner)
except ValueError as error:
    print([line for _, line in traceback.walk_tb(error.__traceback__.tb_next)])
inner.tb_frame.clear()
print(inner.tb_frame.f_locals)
try:
    list(space["steps"]())
except ValueError as error:
    print(error.__traceback__.tb_next.tb_frame.f_locals, sys.exc_info()[2] is error.__traceback__)
    try:
        error.__traceback__.tb_frame.clear()
    except RuntimeError as refused:
        print(refused)
try:
    compile("a b", "<source>", "exec")
except SyntaxError as error:
    print(error.__traceback__.tb_next, error.__traceback__.tb_frame.f_code.co_name)


def tail(error, **options):
    # Without the part that this file is in.
    told = traceback.TracebackException(type(error), error, error.__traceback__.tb_next, **options)
    return "".join(told.format())


try:
    try:
        space["first"]()
    except ValueError as error:
        error.__traceback__ = error.__traceback__.tb_next
        error.__context__.__traceback__ = error.__context__.__traceback__.tb_next
        print(tail(error))
        raise ExceptionGroup("many", [error, TypeError("t"), ExceptionGroup("in", [KeyError(n) for n in range(4)])])
except ExceptionGroup as group:
    group.add_note("noted\ntwice")
    group.__context__ = None
    print(tail(group, max_group_width=3))
    print(tail(group, max_group_depth=1))
try:
    space["endless"]()
except RecursionError as error:
    text = tail(error)
    print(text.count("in endless"), "[Previous line repeated " in text)
try:
    space["down"](0)
except ValueError as error:
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    print(told.stack[-1].locals, told.stack[-1], len(told.stack))
    print(traceback.format_exception_only(error), traceback.format_exception_only(ValueError, error))


class Mute(Exception):
    def __str__(self):
        raise ValueError


print(traceback.format_exception_only(Mute()), traceback.format_exc())
