"""Threads and what they wait for, on top of `_thread`.

Everything that waits does so on a lock: a condition gives each waiter a lock of its own, which `notify` releases."""

import _thread
import sys
import time
from _thread import get_ident

Lock = _thread.allocate_lock
TIMEOUT_MAX = _thread.TIMEOUT_MAX

_threads = {}
_count = 0


class RLock:
    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._depth = 0

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._depth += 1
            return True
        taken = self._lock.acquire(blocking, timeout)
        if taken:
            self._owner, self._depth = me, 1
        return taken

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *reason):
        self.release()

    # For conditions: gives the lock up whatever its depth, and takes it back.
    def _leave(self):
        depth, self._depth, self._owner = self._depth, 0, None
        self._lock.release()
        return depth

    def _return(self, depth):
        self._lock.acquire()
        self._owner, self._depth = get_ident(), depth

    def _is_owned(self):
        return self._owner == get_ident()


class Condition:
    def __init__(self, lock=None):
        self._lock = lock if lock is not None else RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *reason):
        return self._lock.__exit__(*reason)

    def _check(self, what):
        lock = self._lock
        if not (lock._is_owned() if isinstance(lock, RLock) else lock.locked()):
            raise RuntimeError("cannot " + what + " on un-acquired lock")

    def wait(self, timeout=None):
        self._check("wait")
        mine = Lock()
        mine.acquire()
        self._waiters.append(mine)
        deep = isinstance(self._lock, RLock)
        depth = self._lock._leave() if deep else self._lock.release()
        woken = False
        try:
            woken = mine.acquire(True, -1 if timeout is None else max(timeout, 0))
            return woken
        finally:
            if deep:
                self._lock._return(depth)
            else:
                self._lock.acquire()
            if not woken and mine in self._waiters:
                self._waiters.remove(mine)

    def wait_for(self, predicate, timeout=None):
        end = None if timeout is None else time.time() + timeout
        result = predicate()
        while not result:
            left = None if end is None else end - time.time()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        self._check("notify")
        woken, self._waiters = self._waiters[:n], self._waiters[n:]
        for lock in woken:
            lock.release()

    def notify_all(self):
        self.notify(len(self._waiters))


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._changed = Condition(Lock())
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        with self._changed:
            if not blocking:
                timeout = 0
            if not self._changed.wait_for(lambda: self._value > 0, timeout):
                return False
            self._value -= 1
            return True

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._changed:
            self._value += n
            self._changed.notify(n)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *reason):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self, n=1):
        if self._value + n > self._most:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class Event:
    def __init__(self):
        self._changed = Condition(Lock())
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        with self._changed:
            self._flag = True
            self._changed.notify_all()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        with self._changed:
            if not self._flag:
                self._changed.wait_for(self.is_set, timeout)
            return self._flag


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _count
        if name is None:
            _count += 1
            name = "Thread-%d" % _count
        self.name = name
        self.daemon = bool(daemon)
        self.ident = None
        self._target, self._args, self._kwargs = target, tuple(args), kwargs or {}
        self._ended = Event()

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def start(self):
        if self.ident is not None:
            raise RuntimeError("threads can only be started once")
        # Nobody may see a started thread that has no number yet.
        self.ident = 0
        begun = Lock()
        begun.acquire()
        _thread.start_new_thread(self._main, (begun,))
        begun.acquire()

    def _main(self, begun):
        self.ident = get_ident()
        _threads[self.ident] = self
        begun.release()
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as e:
            sys.stderr.write("Exception in thread %s:\n" % self.name)
            sys.print_exception(e, sys.stderr)
        finally:
            del _threads[self.ident]
            self._ended.set()

    def is_alive(self):
        return self.ident is not None and not self._ended.is_set()

    def join(self, timeout=None):
        if self.ident is None:
            raise RuntimeError("cannot join thread before it is started")
        if self.ident == get_ident():
            raise RuntimeError("cannot join current thread")
        self._ended.wait(timeout)


class local:
    def __init__(self):
        object.__setattr__(self, "_own", {})

    def _mine(self):
        # A class derived from this one may not have called `__init__`.
        own = self.__dict__.setdefault("_own", {})
        return own.setdefault(get_ident(), {})

    def __getattr__(self, name):
        try:
            return self._mine()[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self._mine()[name] = value


_main_thread = Thread(name="MainThread")
_main_thread.ident = get_ident()
_threads[_main_thread.ident] = _main_thread


def current_thread():
    return _threads.get(get_ident(), _main_thread)


def main_thread():
    return _main_thread


def enumerate():
    return list(_threads.values())


def active_count():
    return len(_threads)
