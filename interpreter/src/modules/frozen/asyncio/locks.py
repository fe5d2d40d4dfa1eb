# Events, flags, locks and their kin. Who waits stands in a list of its own; who ends the wait pushes it into the queue.
import io

from . import core
from .core import CancelledError, _wait_in


class Event:
    def __init__(self):
        self._set = False
        self._waiting = []

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        waiting = self._waiting
        while waiting:
            core._task_queue.push(waiting.pop(0))

    def clear(self):
        self._set = False

    def remove(self, task):
        if task in self._waiting:
            self._waiting.remove(task)

    async def wait(self):
        if not self._set:
            self._waiting.append(core.cur_task)
            await _wait_in(self)
        return True


# May be set from interrupts, scheduled functions and threads: the loop's poll finds it out.
class ThreadSafeFlag(io.IOBase):
    def __init__(self):
        self.state = 0

    def ioctl(self, request, argument):
        return self.state & argument if request == 3 else -1

    def set(self):
        self.state = 1

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            await core._io_queue.queue_read(self)
        self.state = 0


# What a lock and a semaphore share: `_free` may be taken so often; a release hands over to who waits longest, so that
# nobody can overtake.
class _Counter:
    def __init__(self, free):
        self._free = free
        self._waiting = []
        self._given = []

    def locked(self):
        return self._free == 0

    def remove(self, task):
        if task in self._waiting:
            self._waiting.remove(task)

    async def acquire(self):
        if self._free > 0:
            self._free -= 1
            return True
        task = core.cur_task
        self._waiting.append(task)
        try:
            await _wait_in(self)
        except CancelledError:
            if task in self._given:
                self._given.remove(task)
                self._release()
            raise
        self._given.remove(task)
        return True

    def _release(self):
        if self._waiting:
            task = self._waiting.pop(0)
            self._given.append(task)
            core._task_queue.push(task)
        else:
            self._free += 1

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()


class Lock(_Counter):
    def __init__(self):
        super().__init__(1)

    def locked(self):
        # Not while it is handed over.
        return self._free == 0 and not self._given

    def release(self):
        if self._free:
            raise RuntimeError("Lock not acquired")
        self._release()


class Semaphore(_Counter):
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__(value)

    def release(self):
        self._release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._bound = value

    def release(self):
        if self._free >= self._bound:
            raise ValueError("BoundedSemaphore released too many times")
        self._release()


class Condition:
    def __init__(self, lock=None):
        self._lock = lock or Lock()
        self._waiting = []
        self.locked = self._lock.locked
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    async def __aenter__(self):
        await self._lock.acquire()

    async def __aexit__(self, kind, error, traceback):
        self._lock.release()

    def remove(self, task):
        if task in self._waiting:
            self._waiting.remove(task)

    async def wait(self):
        if not self._lock.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self._lock.release()
        cancelled = None
        try:
            self._waiting.append(core.cur_task)
            await _wait_in(self)
            return True
        finally:
            # The lock is taken again whatever happens; a cancellation meanwhile comes afterwards.
            while True:
                try:
                    await self._lock.acquire()
                    break
                except CancelledError as error:
                    cancelled = error
            if cancelled is not None:
                raise cancelled

    async def wait_for(self, predicate):
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._lock.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        while n > 0 and self._waiting:
            core._task_queue.push(self._waiting.pop(0))
            n -= 1

    def notify_all(self):
        self.notify(len(self._waiting))


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self.parties = parties
        self.broken = False
        self.n_waiting = 0
        self._round = Event()

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, kind, error, traceback):
        pass

    async def wait(self):
        if self.broken:
            raise BrokenBarrierError
        index = self.n_waiting
        self.n_waiting += 1
        this_round = self._round
        if self.n_waiting == self.parties:
            self._next_round()
            return index
        try:
            await this_round.wait()
        except CancelledError:
            if this_round is self._round:
                self.n_waiting -= 1
            raise
        if this_round.__dict__.get("failed"):
            raise BrokenBarrierError
        return index

    def _next_round(self, failed=False):
        this_round = self._round
        self._round = Event()
        self.n_waiting = 0
        this_round.failed = failed
        this_round.set()

    async def reset(self):
        self.broken = False
        self._next_round(True)

    async def abort(self):
        self.broken = True
        self._next_round(True)
