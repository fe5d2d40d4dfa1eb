# needs: import sys, threading; sys._current_frames
# What other threads are at, and which exceptions they handle; a program ends while forty of them run.
import sys
import threading
import time

ready, go_on = threading.Event(), threading.Event()


def work():
    try:
        1 / 0
    except ZeroDivisionError:
        ready.set()
        go_on.wait()


thread = threading.Thread(target=work)
thread.start()
ready.wait()
frames = sys._current_frames()
print(set(frames) == {thread.ident, threading.get_ident()}, frames[threading.get_ident()] is sys._getframe())
frame, names = frames[thread.ident], []
while frame:
    names.append(frame.f_code.co_name)
    frame = frame.f_back
print("work" in names, "wait" in names, frames[thread.ident].f_lineno > 0)
handled = sys._current_exceptions()
print("ZeroDivisionError" in repr(handled[thread.ident]))
go_on.set()
thread.join()
print(len(sys._current_frames()))


def forever():
    while True:
        time.sleep(0.0001)


for _ in range(40):
    threading.Thread(target=forever, daemon=True).start()
print("end")
