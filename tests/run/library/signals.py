# Functions of a program for signals.
# needs: import _signal

import os
import signal
import time

got = []


def note(number, frame):
    got.append((signal.Signals(number).name, frame is not None))


before = signal.signal(signal.SIGUSR1, note)
print(before, signal.getsignal(signal.SIGUSR1) is note)
os.kill(os.getpid(), signal.SIGUSR1)
while not got:
    pass
print(got)
signal.raise_signal(signal.SIGUSR1)
print(got)

# What it raises is raised in the program.


class Alarm(Exception):
    pass


def alarm(number, frame):
    raise Alarm(number)


signal.signal(signal.SIGALRM, alarm)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    while True:
        pass
except Alarm as error:
    print("alarm", error.args[0] == signal.SIGALRM)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    time.sleep(30)
except Alarm:
    print("while it slept")
print(signal.alarm(100), 98 <= signal.alarm(0) <= 100, signal.getitimer(signal.ITIMER_REAL))
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
count = 0


def again(number, frame):
    global count
    count += 1
    if count == 3:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, again)
while count < 3:
    signal.pause()
print(count)

# Ctrl-C, which whoever is started in the background may be deaf to.
signal.signal(signal.SIGINT, signal.default_int_handler)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("KeyboardInterrupt")
signal.signal(signal.SIGINT, note)
signal.raise_signal(signal.SIGINT)
print(got[-1])
print(signal.signal(signal.SIGINT, signal.SIG_IGN) is note)
signal.raise_signal(signal.SIGINT)
print(signal.signal(signal.SIGINT, signal.default_int_handler) == signal.SIG_IGN)
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(30)
except KeyboardInterrupt:
    print("KeyboardInterrupt")

for wrong in (lambda: signal.signal(0, note), lambda: signal.signal(99, note), lambda: signal.signal(signal.SIGKILL, note), lambda: signal.signal(signal.SIGTERM, "x")):
    try:
        wrong()
    except (ValueError, OSError, TypeError) as error:
        print(type(error).__name__)
print(signal.strsignal(signal.SIGTERM), signal.SIGTERM in signal.valid_signals(), int(signal.SIGCHLD))
print(signal.siginterrupt(signal.SIGUSR1, False))
try:
    signal.siginterrupt(1000, True)
except ValueError as error:
    print(type(error).__name__)

# A byte tells a loop that waits for descriptors.
reader, writer = os.pipe()
try:
    signal.set_wakeup_fd(writer)
except ValueError as error:
    print(str(error).replace(str(writer), "N"))
os.set_blocking(writer, False)
print(signal.set_wakeup_fd(writer), signal.set_wakeup_fd(writer, warn_on_full_buffer=False) == writer)
signal.signal(signal.SIGUSR2, lambda number, frame: print("called for", number))
signal.raise_signal(signal.SIGUSR2)
print(os.read(reader, 10), signal.set_wakeup_fd(-1) == writer)
signal.raise_signal(signal.SIGUSR2)
os.set_blocking(reader, False)
try:
    os.read(reader, 10)
except BlockingIOError:
    print("nothing more")
try:
    signal.set_wakeup_fd(9999)
except OSError as error:
    print(error.errno)
