# Threads take turns; their exceptions end them alone; locks order what they do.
import _thread
import sys
import time


def wait(lock):
    with lock:
        pass


def started(function, *args, **keywords):
    # A lock that the thread holds until it ends.
    lock = _thread.allocate_lock()
    lock.acquire()

    def body():
        try:
            function(*args, **keywords)
        finally:
            lock.release()

    _thread.start_new_thread(body, ())
    return lock


# Arguments, and what each thread returns by way of a shared dict.
results = {}


def work(name, count, step=1):
    total = 0
    for i in range(count):
        total += i * step
    results[name] = total


for lock in [started(work, "a", 1000), started(work, "b", 2000, step=2)]:
    wait(lock)
print(sorted(results.items()))

_thread.start_new_thread(work, ("c", 10), {"step": 3})
while "c" not in results:
    time.sleep(0)
print(results["c"])

# Numbers of threads.
numbers = []
wait(started(lambda: numbers.append(_thread.get_ident())))
print(numbers[0] != _thread.get_ident(), type(numbers[0]) is int)

# A lock: not twice, and given back by another thread.
lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(True, 0.01))
wait(started(lock.release))
print(lock.locked())
try:
    lock.release()
except RuntimeError:
    print("RuntimeError")
with lock:
    print(lock.locked())
print(lock.locked())

# Without a lock only single steps are whole; with it a sequence is.
count = 0


def add():
    global count
    for i in range(500):
        with lock:
            now = count
            time.sleep(0)
            count = now + 1


for held in [started(add) for i in range(4)]:
    wait(held)
print(count)

# Builtin containers change as a whole.
items, table = [], {}


def fill(start):
    for i in range(start, start + 500):
        items.append(i)
        table[i] = str(i)


for held in [started(fill, 500 * i) for i in range(4)]:
    wait(held)
print(len(items), sorted(items) == list(range(2000)), all(table[i] == str(i) for i in range(2000)))

# Exceptions stay in their thread.


def recursive():
    recursive()


def catches(function, log):
    try:
        function()
    except Exception as e:
        log.append(type(e).__name__)


log = []
for function in (recursive, lambda: 1 / 0, lambda: [][1]):
    wait(started(catches, function, log))
print([name if name != "RecursionError" else "RuntimeError" for name in log])


def leaves():
    log.append("leaving")
    _thread.exit()
    log.append("never")


wait(started(leaves))
print(log[-1])

# Generators and collections in threads.
def numbers_to(n):
    for i in range(n):
        yield [i]


def sums(out):
    out.append(sum(x[0] for x in numbers_to(3000)))


out = []
for held in [started(sums, out) for i in range(3)]:
    wait(held)
print(out)

for bad in ((print, [1]), (print, (), 3)):
    try:
        _thread.start_new_thread(*bad)
    except TypeError:
        print("TypeError")
