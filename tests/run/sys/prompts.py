# not CPython: sys.ps1 is there without a prompt too, and sys.atexit is MicroPython's.
# needs: import os; os.getpid
import sys

print(repr(sys.ps1), repr(sys.ps2))
sys.ps1 = "? "
print(sys.ps1)


def last():
    print("the end")


def never():
    print("never")


print(sys.atexit(never), sys.atexit(last) is never)
sys.exit(0)
