# A second terminal: what is printed goes to both, what is read comes from either.
# not CPython: os.dupterm is MicroPython's
import io
import os
import sys


class Terminal(io.IOBase):
    def __init__(self, typed=b""):
        self.typed = typed
        self.shown = b""

    def readinto(self, buffer):
        if not self.typed:
            return None
        buffer[0] = self.typed[0]
        self.typed = self.typed[1:]
        return 1

    def write(self, data):
        self.shown += data
        return len(data)

    def ioctl(self, request, argument):
        return argument & (5 if self.typed else 4) if request == 3 else 0


terminal = Terminal(b"typed there\nmore\n")
print(os.dupterm(terminal))
print("shown on both", 1)
print(repr(sys.stdin.readline()))
print(os.dupterm(terminal) is terminal)
print(os.dupterm(None) is terminal)
print("shown on one")
print(terminal.shown.replace(b"\r\n", b"\n"), terminal.typed)


# One that fails is given up; the program goes on.
os.dupterm(object())
print("on")
print(os.dupterm(None))


# What it prints itself does not come back to it.
class Chatty(Terminal):
    def write(self, data):
        self.shown += data
        print("(writes", len(data), end=")")
        return len(data)


chatty = Chatty()
os.dupterm(chatty)
print("x", end="")
os.dupterm(None)
print("", chatty.shown)


# While an exception is on its way.
os.dupterm(terminal)
try:
    try:
        raise ValueError("inner")
    finally:
        print("finally")
except ValueError as error:
    print(error)
os.dupterm(None)

for wrong in ((terminal, 1), ()):
    try:
        os.dupterm(*wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
