# threading: what waits, and what it waits for.
import threading

# Threads.
log = []
threads = [threading.Thread(target=lambda n, k=0: log.append((n, k)), args=(i,), kwargs={"k": 2 * i}) for i in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(log), [thread.is_alive() for thread in threads])
print(threading.current_thread() is threading.main_thread(), threading.active_count(), threading.current_thread().name)
for wrong in (threads[0].start, threading.Thread().join):
    try:
        wrong()
    except RuntimeError as e:
        print(e)


class Counter(threading.Thread):
    def run(self):
        self.seen = threading.current_thread() is self


counter = Counter(name="counter", daemon=True)
counter.start()
counter.join()
print(counter.seen, counter.name, counter.daemon)

# Locks that a thread may take again.
lock = threading.RLock()
with lock:
    with lock:
        tried = []
        other = threading.Thread(target=lambda: tried.append(lock.acquire(False)))
        other.start()
        other.join()
        print(tried)
try:
    lock.release()
except RuntimeError as e:
    print("RuntimeError")

# Conditions: a queue.
items, changed, taken = [], threading.Condition(), []


def consume():
    while True:
        with changed:
            changed.wait_for(lambda: items)
            item = items.pop(0)
        if item is None:
            return
        taken.append(item)


consumers = [threading.Thread(target=consume) for i in range(3)]
for thread in consumers:
    thread.start()
for item in list(range(20)) + [None] * 3:
    with changed:
        items.append(item)
        changed.notify()
for thread in consumers:
    thread.join()
print(sorted(taken) == list(range(20)))
with changed:
    print(changed.wait(0.01), changed.wait_for(lambda: False, 0.01))

# Events and semaphores.
event = threading.Event()
print(event.wait(0.01), event.is_set())
setter = threading.Thread(target=event.set)
setter.start()
print(event.wait())
setter.join()
event.clear()
print(event.is_set())
semaphore = threading.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False))
semaphore.release()
semaphore.release()
try:
    semaphore.release()
except ValueError as e:
    print(e)

# What each thread has for itself.
own = threading.local()
own.x = 1
seen = []


def look():
    seen.append(hasattr(own, "x"))
    own.x = 2
    seen.append(own.x)


looker = threading.Thread(target=look)
looker.start()
looker.join()
print(seen, own.x)
