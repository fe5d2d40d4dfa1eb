# threading: what locks and those that wait on them say of themselves, which timeouts there are, and the end of the main thread.
import re
import signal
import threading
import _thread


def shown(thing):
    return re.sub(r" (?:at )?0x[0-9a-f]+", "", repr(thing))


lock = threading.Lock()
print(shown(lock))
with lock:
    print(shown(lock))
event, semaphore = threading.Event(), threading.BoundedSemaphore(3)
semaphore.acquire()
event.set()
for thing in (event, semaphore, threading.Semaphore(2), threading.Barrier(2), threading.Condition(lock)):
    print(shown(thing))

for wrong in (-2, float("nan"), 1e100):
    try:
        threading.Lock().acquire(timeout=wrong)
    except (ValueError, OverflowError) as e:
        print(type(e).__name__)
try:
    semaphore.acquire(blocking=False, timeout=1)
except ValueError as e:
    print(e)

# A condition leaves a lock that was taken twice, and takes it twice again.
again = threading.RLock()
condition = threading.Condition(again)
with again, condition:
    print(condition.wait(0), again._recursion_count())
    state = condition._release_save()
    print(again._is_owned())
    condition._acquire_restore(state)
    print(again._is_owned())
try:
    condition._release_save()
except RuntimeError as e:
    print(e)

# An interruption is none where the program said so.
signal.signal(signal.SIGINT, signal.SIG_IGN)
_thread.interrupt_main()
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started this may ignore it
try:
    _thread.interrupt_main()
except KeyboardInterrupt:
    print("interrupted")
try:
    _thread.interrupt_main(-1)
except ValueError as e:
    print(e)


# Who waits for the main thread sees it end.
def late():
    threading.main_thread().join()
    print("end of the thread", threading.main_thread().is_alive())


threading.Thread(target=late).start()
print("end of the program", threading.main_thread().is_alive())
