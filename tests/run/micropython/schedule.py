# not CPython: callbacks between instructions are the board's.
import micropython
import time

log = []


def settle():
    for i in range(50):
        pass


def inner(x):
    log.append(("inner", x))


def outer(x):
    micropython.schedule(inner, x + 1)
    for i in range(10):
        pass
    log.append(("outer", x))


# A callback that another one schedules runs after it.
micropython.schedule(outer, 1)
settle()
print(log)

# What a callback raises is not the main program's.
done = []


def greedy(x):
    try:
        for i in range(100):
            micropython.schedule(done.append, i)
    except RuntimeError as e:
        done.append(str(e))


micropython.schedule(greedy, None)
settle()
print(done)

# Ctrl-C by the program itself: once, in the main program alone.
try:
    micropython.schedule(micropython.kbd_intr, None), micropython.schedule(micropython.kbd_intr, None)
    time.sleep_ms(0)
    print("never")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
time.sleep_ms(0)


def interrupts(x):
    micropython.schedule(micropython.kbd_intr, None)
    time.sleep_ms(0)
    print("callback goes on")


try:
    micropython.schedule(interrupts, None)
    time.sleep_ms(0)
    time.sleep_ms(0)
    print("never")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
