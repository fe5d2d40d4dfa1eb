# threading: barriers, what a thread has for itself, errors that end one, threads that the end of a program waits for.
import threading
import atexit
import sys
import time

atexit.register(print, "atexit")
barrier = threading.Barrier(3, action=lambda: print("together"))
numbers = []
threads = [threading.Thread(target=lambda: numbers.append(barrier.wait())) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(numbers), barrier.broken, barrier.n_waiting, barrier.parties)


def meet(barrier):
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        print("broken")


barrier = threading.Barrier(2)
thread = threading.Thread(target=meet, args=(barrier,))
thread.start()
while not barrier.n_waiting:
    time.sleep(0)
barrier.abort()
thread.join()
print(barrier.broken)
barrier.reset()
try:
    barrier.wait(0)
except threading.BrokenBarrierError:
    print(barrier.broken)

# What each thread has for itself; a derived class begins anew in each.
class Own(threading.local):
    shared = 5

    def __init__(self, first):
        self.first = first
        print("begins")


own = Own(3)
own.shared, own.more = 6, 1


def look():
    print(own.first, own.shared, hasattr(own, "more"), own.__dict__)
    own.first = 4


thread = threading.Thread(target=look)
thread.start()
thread.join()
print(sorted(own.__dict__.items()))
try:
    del own.nothing
except AttributeError as error:
    print("AttributeError")

# An exception that ends a thread is told of.
def told(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)


threading.excepthook, before = told, threading.excepthook
thread = threading.Thread(target=lambda: {}["key"], name="wrong")
thread.start()
thread.join()
threading.excepthook = before
threading.Thread(target=sys.exit).start()


def named():
    pass


print(threading.Thread(target=named).name.partition(" ")[2], threading.Thread(name="a", daemon=True))
thread = threading.Thread(target=named)
thread.start()
thread.join()
print(thread.isDaemon(), thread.getName() == thread.name)
for wrong in (lambda: setattr(thread, "daemon", True), lambda: threading.current_thread().join()):
    try:
        wrong()
    except RuntimeError as error:
        print(error)


class Late(threading.Thread):
    def __init__(self):
        pass


try:
    Late().start()
except RuntimeError as error:
    print(error)


def last():
    threading.main_thread().join(0.01)
    print("thread")


threading.Thread(target=last).start()
print("main")
