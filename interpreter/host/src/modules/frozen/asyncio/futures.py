"""Futures of a loop, and how they go along with those of threads."""

import concurrent.futures
from _thread import get_ident
from types import GenericAlias

from asyncio import events
from asyncio.base_futures import _CANCELLED, _FINISHED, _PENDING, _future_repr, _future_repr_info, isfuture
from asyncio.events import _running, _stack
from asyncio.exceptions import CancelledError, InvalidStateError
from contextvars import copy_context

__all__ = ("Future", "wrap_future", "isfuture")


class Future:
    """What will be known later. Functions that wait for it are called by its loop, one turn after it is done."""

    _state = _PENDING
    _result = _exception = _loop = _source_traceback = None
    # What the cancellation was for, and the error that a task of it ended by.
    _cancel_message = _cancelled_exc = None
    # A task that is given a future by `yield` sees here that it came by `await`. It is also the mark of futures' classes.
    _asyncio_future_blocking = False
    # An error that nobody has asked for is told when the future is gone.
    _log_traceback_ = False

    def __init__(self, *, loop=None):
        self._loop = loop = loop if loop is not None else _running.get(get_ident()) or events.get_event_loop()
        self._callbacks = []
        if loop.get_debug():
            self._source_traceback = _stack()

    def __del__(self):
        if self._log_traceback_ and self._loop is not None:
            self._loop._tell_lost(self)

    _repr_info, __repr__ = _future_repr_info, _future_repr
    __class_getitem__ = classmethod(GenericAlias)

    def get_loop(self):
        if self._loop is None:
            raise RuntimeError("Future object is not initialized.")
        return self._loop

    # How it ends.

    def _settle(self, state, result=None, error=None):
        """Ends the future: whoever waits is called in the next turn."""
        self._state, self._result, self._exception = state, result, error
        if error is not None:
            self._exception_tb, self._log_traceback_ = error.__traceback__, True
        waiting, self._callbacks = self._callbacks, []
        for function, context in waiting:
            self._loop.call_soon(function, self, context=context)
        if error is not None:
            self._loop._unseen(self)

    def set_result(self, result):
        if self._state is not _PENDING:
            raise InvalidStateError("invalid state")
        self._settle(_FINISHED, result)

    def set_exception(self, exception):
        if self._state is not _PENDING:
            raise InvalidStateError("invalid state")
        error = exception() if isinstance(exception, type) else exception
        if type(error) is StopIteration:
            # It would end the coroutine that waits as if that had returned.
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._settle(_FINISHED, error=error)

    def cancel(self, msg=None):
        self._log_traceback_ = False
        if self._state is _PENDING:
            self._cancel_message = msg
            self._settle(_CANCELLED)
            return True
        return False

    # What became of it.

    def done(self):
        return self._state is not _PENDING

    def cancelled(self):
        return self._state is _CANCELLED

    def result(self):
        if self._state is not _FINISHED or self._exception is not None:
            raise self._why_not("Result")
        return self._result

    def exception(self):
        if self._state is not _FINISHED:
            raise self._why_not("Exception")
        self._log_traceback_ = False
        return self._exception

    def _why_not(self, asked):
        """The error of who asks a future that has not what is asked for."""
        if self._state is _CANCELLED:
            return self._make_cancelled_error()
        if self._state is _PENDING:
            return InvalidStateError(asked + " is not set.")
        self._log_traceback_ = False
        return self._exception.with_traceback(self._exception_tb)

    def _make_cancelled_error(self):
        # The task's own is given once: it holds the frames of where it was raised.
        error, self._cancelled_exc = self._cancelled_exc, None
        if error is None:
            error = CancelledError(*() if self._cancel_message is None else (self._cancel_message,))
        return error

    @property
    def _log_traceback(self):
        return self._log_traceback_

    @_log_traceback.setter
    def _log_traceback(self, value):
        if value:
            raise ValueError("_log_traceback can only be set to False")
        self._log_traceback_ = False

    # Who waits for it.

    def add_done_callback(self, fn, *, context=None):
        if self._state is _PENDING:
            self._callbacks.append((fn, context if context is not None else copy_context()))
        else:
            self._loop.call_soon(fn, self, context=context)

    def remove_done_callback(self, fn):
        before = len(self._callbacks)
        self._callbacks[:] = [pair for pair in self._callbacks if pair[0] != fn]
        return before - len(self._callbacks)

    def __await__(self):
        if self._state is _PENDING:
            self._asyncio_future_blocking = True
            yield self
            if self._state is _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


# The same by the name that CPython has for the one of its two kinds.
_PyFuture = Future


def _get_loop(future):
    """The loop of a future of any kind."""
    try:
        return future.get_loop()
    except AttributeError:
        return future._loop


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


# Futures of threads.

_ERRORS_OF_LOOPS = {concurrent.futures.CancelledError: CancelledError, concurrent.futures.InvalidStateError: InvalidStateError}


def _hand_over(source, target):
    """Gives a future what another one, which is done, has got. Each may be a loop's or a thread's."""
    has_nothing = source.cancelled()
    if has_nothing:
        target.cancel()
    # A thread's future is told that its work begins; when it was cancelled, that tells those who wait for it.
    takes = not target.cancelled() if isfuture(target) else target.set_running_or_notify_cancel()
    if not takes or has_nothing:
        return
    error = source.exception()
    if error is None:
        target.set_result(source.result())
        return
    ours = _ERRORS_OF_LOOPS.get(type(error)) if isfuture(target) else None
    target.set_exception(error if ours is None else ours(*error.args))


_copy_future_state = _hand_over


def _chain_future(source, destination):
    """Binds two futures, of loops or of threads: what comes to the first goes to the second, a cancellation the other way."""
    homes = []
    for future, role in ((source, "source"), (destination, "destination")):
        if not isfuture(future) and not isinstance(future, concurrent.futures.Future):
            raise TypeError("A future is required for %s argument" % role)
        homes.append(_get_loop(future) if isfuture(future) else None)

    def at_home(loop, function, *args):
        """Calls a function where a future lives. What lives in no loop is called from anywhere; a closed loop needs no news."""
        if loop is None or homes[0] is homes[1]:
            function(*args)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(function, *args)

    def forth(source):
        if not (destination.cancelled() and homes[1] is not None):
            at_home(homes[1], _hand_over, source, destination)

    def back(destination):
        if destination.cancelled():
            at_home(homes[0], source.cancel)

    destination.add_done_callback(back)
    source.add_done_callback(forth)


def wrap_future(future, *, loop=None):
    """A future of the loop that gets what a future of another thread gets."""
    if isfuture(future):
        return future
    if not isinstance(future, concurrent.futures.Future):
        raise AssertionError("concurrent.futures.Future is expected, got %r" % (future,))
    ours = (loop or events.get_event_loop()).create_future()
    _chain_future(future, ours)
    return ours
