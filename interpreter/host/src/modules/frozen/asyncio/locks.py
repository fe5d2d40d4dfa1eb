"""Events, locks and their kin. Who waits stands in a row; who ends the wait wakes the first of them, or all."""

import io
from collections import deque

from asyncio import events
from asyncio.exceptions import BrokenBarrierError, CancelledError
from asyncio.futures import _set_result_unless_cancelled
from asyncio.mixins import _LoopBoundMixin, _wake

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")


class _Waits(_LoopBoundMixin):
    """Says in its text how it is, and how many wait."""

    def __init__(self):
        self._waiters = deque()

    def _told(self):
        return "locked" if self.locked() else "unlocked"

    def _waiting(self):
        return ", waiters:%d" % len(self._waiters) if self._waiters else ""

    def __repr__(self):
        return "<%s [%s%s]>" % (super().__repr__().strip("<>"), self._told(), self._waiting())


class _Held(_Waits):
    """What is held within `async with`."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *_):
        self.release()


class _Places(_Held):
    """So many may be inside. A place that gets free is given to who has waited longest, so that nobody can overtake.

    `_value` places are free; `_given` belong to tasks that are woken and have not run since.
    """

    def __init__(self, value):
        super().__init__()
        self._value, self._given = value, 0

    async def acquire(self):
        if self._value and not self._given:
            self._value -= 1
            return True
        await self._stand(self._waiters, self._give_back)
        self._given -= 1
        # Places that got free meanwhile waited for this one to go first.
        self._give()
        return True

    def _give_back(self):
        self._given -= 1
        self._free()

    def _free(self):
        self._value += 1
        self._give()

    def _give(self):
        if self._value and self._waiters:
            woken = _wake(self._waiters, self._value)
            self._value -= woken
            self._given += woken


class Lock(_Places):
    """One task at a time holds it."""

    def __init__(self):
        super().__init__(1)

    def locked(self):
        # Not while it is handed over.
        return not self._value and not self._given

    def release(self):
        if not self.locked():
            raise RuntimeError("Lock is not acquired.")
        self._free()


class Semaphore(_Places):
    """So many tasks at a time hold it."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__(value)

    def _told(self):
        return "locked" if self.locked() else "unlocked, value:%d" % self._value

    def locked(self):
        return not self._value or self._given > 0

    def release(self):
        self._free()


class BoundedSemaphore(Semaphore):
    """One that is not released more often than it is held."""

    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self):
        if self._value >= self._most:
            raise ValueError("BoundedSemaphore released too many times")
        self._free()


class Event(_Waits):
    """Tasks wait until it is set."""

    def __init__(self):
        super().__init__()
        self._value = False

    def _told(self):
        return "set" if self._value else "unset"

    def is_set(self):
        return self._value

    def set(self):
        self._value = True
        _wake(self._waiters, len(self._waiters))

    def clear(self):
        self._value = False

    async def wait(self):
        if not self._value:
            await self._stand(self._waiters)
        return True


class Condition(_Held):
    """Tasks that hold its lock wait until one that holds it says that something has changed."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = Lock() if lock is None else lock
        for name in ("locked", "acquire", "release"):
            setattr(self, name, getattr(self._lock, name))

    def _check(self, what):
        if not self.locked():
            raise RuntimeError("cannot %s on un-acquired lock" % what)

    async def wait(self):
        self._check("wait")
        self._get_loop()
        self.release()
        failure = None
        try:
            await self._stand(self._waiters)
        except BaseException as error:
            failure = error
        # The lock is taken again whatever happens; a cancellation meanwhile comes afterwards.
        held = False
        while not held:
            try:
                await self.acquire()
                held = True
            except CancelledError as error:
                failure = error
        if failure is None:
            return True
        # It may have been notified: somebody else shall have that.
        _wake(self._waiters)
        try:
            raise failure
        finally:
            failure = None

    async def wait_for(self, predicate):
        while not (result := predicate()):
            await self.wait()
        return result

    def notify(self, n=1):
        self._check("notify")
        _wake(self._waiters, n)

    def notify_all(self):
        self.notify(len(self._waiters))


class Barrier(_Waits):
    """So many tasks wait for each other. It fills, drains, and fills again.

    `_waiters` are those of the round that fills; `_outside` those who came while the last one was still leaving. It is "filling",
    "draining", "resetting" (who was inside leaves with an error) or "broken" (so does whoever comes).
    """

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        super().__init__()
        self._parties, self._count, self._state, self._outside = parties, 0, "filling", deque()

    def _told(self):
        return self._state

    def _waiting(self):
        return "" if self.broken else ", waiters:%d/%d" % (self.n_waiting, self._parties)

    parties = property(lambda self: self._parties)
    broken = property(lambda self: self._state == "broken")
    n_waiting = property(lambda self: self._count if self._state == "filling" else 0)

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *_):
        pass

    async def wait(self):
        while self._is_leaving():
            await self._stand(self._outside)
        if self.broken:
            raise BrokenBarrierError("Barrier aborted")
        place = self._count
        self._count += 1
        try:
            if self._count == self._parties:
                self._become("draining")
            else:
                await self._stand(self._waiters)
            if self._state != "draining":
                raise BrokenBarrierError("Abort or reset of barrier")
            return place
        finally:
            self._count -= 1
            if self._count == 0 and self._is_leaving():
                self._become("filling")

    def _is_leaving(self):
        return self._state in ("draining", "resetting")

    def _become(self, state):
        self._state = state
        for row in (self._waiters, self._outside):
            _wake(row, len(row))

    async def reset(self):
        self._become("resetting" if self._count else "filling")

    async def abort(self):
        self._become("broken")


class ThreadSafeFlag(io.IOBase):
    """MicroPython's flag: set from interrupts, scheduled functions and threads; one task at a time waits for it."""

    def __init__(self):
        self.state, self._waiter = 0, None

    def ioctl(self, request, argument):
        return self.state & argument if request == 3 else -1

    def set(self):
        self.state = 1
        waiter, self._waiter = self._waiter, None
        if waiter is not None:
            waiter.get_loop().call_soon_threadsafe(_set_result_unless_cancelled, waiter, None)

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            self._waiter = events.get_running_loop().create_future()
            await self._waiter
        self.state = 0
