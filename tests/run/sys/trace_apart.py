# needs: import sys, threading; sys.settrace
# Who is traced: a thread traces itself alone. What a jump reaches in the midst of a line is no line.
import sys, threading

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def work(condition):
    if condition:
        return 1
    for item in ():
        condition = item
    if condition:
        condition = 2


def elsewhere():
    sys.settrace(tracer)
    work(1)
    sys.settrace(None)


thread = threading.Thread(target=elsewhere)
thread.start()
thread.join()
work(2)
print(events)
events.clear()
sys.settrace(tracer)
thread = threading.Thread(target=work, args=(3,))
thread.start()
thread.join()
sys.settrace(None)
print(events)
sys.settrace(tracer)
work(0)
sys.settrace(None)
print([line for _, event, line in events if event == "line"])
