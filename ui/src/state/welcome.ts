// The script of the first start: it runs on any board that has a light, and prints where it is.
export const WELCOME = `# Welcome! Press F5 to run this on the board, Shift-F5 to run it here, Ctrl-F2 to stop it.
import sys
import time

print("Hello from", sys.platform)

try:
    from pyb import LED
except ImportError:
    LED = None  # no lights here: only the numbers


def blink(times):
    for number in range(1, times + 1):
        if LED:
            LED(1 + number % 4).toggle()
        print("blink", number)
        time.sleep(0.3)


blink(8)
`;
