# __del__: once for each object, when nothing refers to it any more; at the latest when the program ends.
# not CPython: it counts references, and so knows at once
# needs: import os; os.getpid
import gc

deleted = []


class Watched:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        deleted.append(self.number)


class Derived(Watched):
    pass


def make():
    for number in range(10):
        Watched(number)
    for number in range(10, 20):
        # A ring.
        a, b = Derived(number), [None]
        a.ring, b[0] = b, a


make()
gc.collect()
# One or the other may still lie on the stack.
print(len(deleted) >= 17, len(set(deleted)) == len(deleted), set(deleted) <= set(range(20)))
gc.collect()
print(len(set(deleted)) == len(deleted))

saved = []


class Phoenix:
    def __del__(self):
        saved.append(self)


def make():
    for _ in range(9):
        Phoenix()


make()
gc.collect()
count = len(saved)
print(count >= 6, all([type(each) is Phoenix for each in saved]))
saved.clear()
gc.collect()
print(len(saved) <= 9 - count)


class Last:
    def __del__(self):
        print("the program has ended")


last = Last()
print("end")
