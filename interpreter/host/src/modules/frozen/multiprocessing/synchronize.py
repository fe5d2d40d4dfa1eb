"""Locks between processes. What is free is bytes in a pipe: who takes one has it."""

import os
import select
import threading
import time

__all__ = ["Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"]


class _Tokens:
    """A count in a pipe, which all copies of this process share."""

    def __init__(self, count):
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        self.give(count)

    def __del__(self):
        for end in (self._reader, self._writer):
            try:
                os.close(end)
            except OSError:
                pass

    def give(self, count=1):
        if count:
            os.write(self._writer, b"." * count)

    def take(self, block=True, timeout=None):
        deadline = None if timeout is None else time.monotonic() + max(timeout, 0)
        while True:
            try:
                if os.read(self._reader, 1):
                    return True
            except BlockingIOError:
                pass
            left = None if deadline is None else deadline - time.monotonic()
            if not block or left is not None and left <= 0:
                return False
            select.select([self._reader], [], [], left)

    def count(self):
        """How many there are, as far as that can be said without taking them."""
        taken = 0
        while self.take(False):
            taken += 1
        self.give(taken)
        return taken


class _Synchronized:
    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *error):
        self.release()


class Semaphore(_Synchronized):
    _most = None

    def __init__(self, value=1, *, ctx=None):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._tokens = _Tokens(value)

    def acquire(self, block=True, timeout=None):
        return self._tokens.take(block, timeout)

    def release(self):
        if self._most is not None and self._tokens.count() >= self._most:
            raise ValueError("semaphore or lock released too many times")
        self._tokens.give()

    def get_value(self):
        return self._tokens.count()

    def __repr__(self):
        return "<%s(value=%s)>" % (type(self).__name__, self._tokens.count())


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, ctx=None):
        super().__init__(value)
        self._most = value


class Lock(BoundedSemaphore):
    def __init__(self, *, ctx=None):
        super().__init__(1)

    def locked(self):
        return self._tokens.count() == 0

    def __repr__(self):
        return "<Lock(owner=%s)>" % ("SomeOtherProcess" if self.locked() else "None")


class RLock(_Synchronized):
    def __init__(self, *, ctx=None):
        self._tokens, self._owner, self._depth = _Tokens(1), None, 0

    def acquire(self, block=True, timeout=None):
        me = os.getpid(), threading.get_ident()
        if self._owner == me and self._depth:
            self._depth += 1
            return True
        if not self._tokens.take(block, timeout):
            return False
        self._owner, self._depth = me, 1
        return True

    def release(self):
        if self._owner != (os.getpid(), threading.get_ident()) or not self._depth:
            raise AssertionError("attempt to release recursive lock not owned by thread")
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self._tokens.give()

    def _is_mine(self):
        return self._owner == (os.getpid(), threading.get_ident()) and self._depth > 0


class Condition(_Synchronized):
    def __init__(self, lock=None, *, ctx=None):
        self._lock = lock or RLock()
        # Who sleeps, who was woken, who said so.
        self._sleeping, self._woken, self._wake = _Tokens(0), _Tokens(0), _Tokens(0)
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *error):
        return self._lock.__exit__(*error)

    def wait(self, timeout=None):
        if isinstance(self._lock, RLock) and not self._lock._is_mine():
            raise AssertionError("must acquire() condition before using wait()")
        self._sleeping.give()
        depth = self._lock._depth if isinstance(self._lock, RLock) else 1
        for _ in range(depth):
            self._lock.release()
        try:
            return self._wake.take(True, timeout)
        finally:
            self._woken.give()
            for _ in range(depth):
                self._lock.acquire()

    def notify(self, n=1):
        if isinstance(self._lock, RLock) and not self._lock._is_mine():
            raise AssertionError("lock is not owned")
        # Whoever gave up waiting sleeps no more.
        while self._woken.take(False):
            self._sleeping.take(False)
        while self._wake.take(False):
            pass
        woken = 0
        while woken < n and self._sleeping.take(False):
            self._wake.give()
            woken += 1
        for _ in range(woken):
            self._woken.take()
        while self._wake.take(False):
            pass

    def notify_all(self):
        self.notify(1 << 30)

    def wait_for(self, predicate, timeout=None):
        deadline = None if timeout is None else time.monotonic() + timeout
        result = predicate()
        while not result:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    """A byte in a pipe that nobody takes away while it is set."""

    def __init__(self, *, ctx=None):
        self._lock, self._tokens = Lock(), _Tokens(0)

    def is_set(self):
        return bool(select.select([self._tokens._reader], [], [], 0)[0])

    def set(self):
        with self._lock:
            if not self.is_set():
                self._tokens.give()

    def clear(self):
        with self._lock:
            while self._tokens.take(False):
                pass

    def wait(self, timeout=None):
        return bool(select.select([self._tokens._reader], [], [], timeout)[0])

    def __repr__(self):
        return "<Event at %#x %s>" % (id(self), "set" if self.is_set() else "unset")


class Barrier:
    """Processes wait for each other: the last one that comes lets the others go."""

    def __init__(self, parties, action=None, timeout=None, *, ctx=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self.parties, self._action, self._timeout = parties, action, timeout
        self._lock, self._here, self._pass, self._left, self._broken = Lock(), _Tokens(0), _Tokens(0), _Tokens(0), Event()

    def wait(self, timeout=None):
        timeout = self._timeout if timeout is None else timeout
        with self._lock:
            if self._broken.is_set():
                raise threading.BrokenBarrierError
            index = self._here.count()
            self._here.give()
            if index == self.parties - 1:
                if self._action:
                    try:
                        self._action()
                    except BaseException:
                        self.abort()
                        raise
                while self._here.take(False):
                    pass
                self._pass.give(self.parties - 1)
                return index
        if not self._pass.take(True, timeout):
            self.abort()
            raise threading.BrokenBarrierError
        if self._broken.is_set():
            raise threading.BrokenBarrierError
        return index

    def abort(self):
        self._broken.set()
        self._pass.give(self.parties)

    def reset(self):
        self._broken.clear()
        for tokens in (self._here, self._pass):
            while tokens.take(False):
                pass

    @property
    def n_waiting(self):
        return self._here.count()

    @property
    def broken(self):
        return self._broken.is_set()
