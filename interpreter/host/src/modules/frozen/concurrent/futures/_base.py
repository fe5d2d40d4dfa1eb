"""What a call will have answered, and waiting for several of them."""

import logging
import threading
import time
from types import GenericAlias

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
PENDING, RUNNING, CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED = "PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"
LOGGER = logging.getLogger("concurrent.futures")
TimeoutError = TimeoutError


class Error(Exception):
    pass


class CancelledError(Error):
    pass


class InvalidStateError(Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


class Future:
    """The answer of a call that may not have been made yet."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self):
        self._condition, self._state = threading.Condition(), PENDING
        self._result = self._exception = None
        self._waiters, self._done_callbacks = [], []

    def __repr__(self):
        said = {CANCELLED: "cancelled", CANCELLED_AND_NOTIFIED: "cancelled"}.get(self._state, self._state.lower())
        if self._state == FINISHED:
            kind = type(self._result).__name__ if self._exception is None else type(self._exception).__name__
            said += " %s %s" % ("returned" if self._exception is None else "raised", kind)
        return "<%s at %#x state=%s>" % (type(self).__name__, id(self), said)

    def _tell(self):
        callbacks, self._done_callbacks = self._done_callbacks, []
        for callback in callbacks:
            try:
                callback(self)
            except Exception:
                LOGGER.exception("exception calling callback for %r", self)

    def cancel(self):
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._tell()
        return True

    def cancelled(self):
        return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        return self._state == RUNNING

    def done(self):
        return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)

    def add_done_callback(self, fn):
        with self._condition:
            if not self.done():
                self._done_callbacks.append(fn)
                return
        try:
            fn(self)
        except Exception:
            LOGGER.exception("exception calling callback for %r", self)

    def _wait(self, timeout):
        with self._condition:
            if not self.done():
                self._condition.wait(timeout)
            if self.cancelled():
                raise CancelledError()
            if self._state != FINISHED:
                raise TimeoutError()

    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception

    # For executors.

    def set_running_or_notify_cancel(self):
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add(self)
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            LOGGER.critical("Future %s in unexpected state: %s", id(self), self._state)
            raise RuntimeError("Future in unexpected state")

    def _finish(self, result, exception):
        with self._condition:
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED):
                raise InvalidStateError("%s: %r" % (self._state, self))
            self._result, self._exception, self._state = result, exception, FINISHED
            for waiter in self._waiters:
                waiter.add(self)
            self._condition.notify_all()
        self._tell()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)

    from types import GenericAlias as _alias

    __class_getitem__ = classmethod(_alias)


class _Waiter:
    """Collects futures as they finish."""

    def __init__(self):
        self.event, self.finished, self.enough = threading.Event(), [], lambda future: True

    def add(self, future):
        self.finished.append(future)
        if self.enough(future):
            self.event.set()


class DoneAndNotDoneFutures(tuple):
    __slots__ = ()

    def __new__(cls, done, not_done):
        return tuple.__new__(cls, (done, not_done))

    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])

    def __repr__(self):
        return "DoneAndNotDoneFutures(done=%r, not_done=%r)" % tuple(self)


def _finished(future):
    return future._state in (CANCELLED_AND_NOTIFIED, FINISHED)


def _watched(futures, waiter):
    """Puts the waiter on all that are not finished, and gives those that are."""
    done = set()
    for future in futures:
        with future._condition:
            if _finished(future):
                done.add(future)
            elif waiter is not None:
                future._waiters.append(waiter)
    return done


def _unwatch(futures, waiter):
    for future in futures:
        with future._condition:
            if waiter in future._waiters:
                future._waiters.remove(waiter)


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = set(fs)
    waiter = _Waiter()
    done = _watched(fs, waiter)
    left = len(fs) - len(done)
    failed = any([not future.cancelled() and future._exception is not None for future in done])
    try:
        if not left or return_when == FIRST_COMPLETED and done or return_when == FIRST_EXCEPTION and failed:
            return DoneAndNotDoneFutures(done, fs - done)
        if return_when == FIRST_EXCEPTION:
            waiter.enough = lambda future: not future.cancelled() and future._exception is not None or len(waiter.finished) >= left
        elif return_when == ALL_COMPLETED:
            waiter.enough = lambda future: len(waiter.finished) >= left
        elif return_when != FIRST_COMPLETED:
            raise ValueError("Invalid return condition: %r" % return_when)
        # Some may have finished before they were told what is enough.
        if not (waiter.finished and waiter.enough(waiter.finished[-1])):
            waiter.event.clear()
            if not (waiter.finished and waiter.enough(waiter.finished[-1])):
                waiter.event.wait(timeout)
        done.update(waiter.finished)
        return DoneAndNotDoneFutures(done, fs - done)
    finally:
        _unwatch(fs, waiter)


def as_completed(fs, timeout=None):
    end = None if timeout is None else time.monotonic() + timeout
    fs = set(fs)
    total, waiter = len(fs), _Waiter()
    done = _watched(fs, waiter)
    pending = fs - done
    try:
        yield from done
        while pending:
            left = None if end is None else end - time.monotonic()
            if left is not None and left < 0:
                raise TimeoutError("%d (of %d) futures unfinished" % (len(pending), total))
            waiter.event.wait(left)
            waiter.event.clear()
            finished, waiter.finished = waiter.finished, []
            for future in finished:
                if future in pending:
                    pending.discard(future)
                    yield future
    finally:
        _unwatch(fs, waiter)


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        end = None if timeout is None else time.monotonic() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                futures.reverse()
                while futures:
                    future = futures.pop()
                    try:
                        yield future.result(None if end is None else end - time.monotonic())
                    finally:
                        future.cancel()
            finally:
                for future in futures:
                    future.cancel()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.shutdown(wait=True)
        return False
