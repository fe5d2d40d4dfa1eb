"""Tasks: coroutines that a loop runs until each waits for a future; and waiting for several of them."""

import concurrent.futures
import itertools
import types
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION
from types import GenericAlias
from weakref import WeakSet

from asyncio import events, futures
from asyncio.base_futures import _FINISHED, _PENDING
from asyncio.base_tasks import _task_get_stack, _task_print_stack, _task_repr, _task_repr_info
from asyncio.coroutines import iscoroutine
from asyncio.exceptions import CancelledError, InvalidStateError
from asyncio.futures import Future
from contextvars import copy_context

__all__ = (
    "Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep", "gather",
    "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory", "eager_task_factory",
    "_register_task", "_unregister_task", "_enter_task", "_leave_task",
)

# Which tasks there are: those that a loop has in hand, and those that take their first step in the middle of another one's.
_scheduled_tasks, _eager_tasks = WeakSet(), set()
# The task that each loop is running.
_current_tasks = {}
_register_task, _unregister_task = _scheduled_tasks.add, _scheduled_tasks.discard


def all_tasks(loop=None):
    loop = events.get_running_loop() if loop is None else loop
    known = {*_scheduled_tasks, *_eager_tasks}
    return {task for task in known if not task.done() and futures._get_loop(task) is loop}


def current_task(loop=None):
    return _current_tasks.get(events.get_running_loop() if loop is None else loop)


def _enter_task(loop, task):
    if loop in _current_tasks:
        raise RuntimeError("Cannot enter into task %r while another task %r is being executed." % (task, _current_tasks[loop]))
    _current_tasks[loop] = task


def _leave_task(loop, task):
    current = _current_tasks.get(loop)
    if current is not task:
        raise RuntimeError("Leaving task %r does not match the current task %r." % (task, current))
    del _current_tasks[loop]


# The same by the names that CPython has for the one of its two kinds of them.
_py_register_task, _py_unregister_task, _py_enter_task, _py_leave_task = _register_task, _unregister_task, _enter_task, _leave_task


class Task(Future):
    """A coroutine that is run: each step of it goes to the next future that it awaits."""

    # Whether it is told that nobody has it any more, although it has not ended.
    _log_destroy_pending = True
    # MicroPython's place for a mark on a task.
    data = None
    # What it waits for. A cancellation goes there first; one that cannot go there is due at the next step.
    _fut_waiter = None
    _must_cancel = _cancels_itself = False
    _num_cancels_requested = 0
    _numbers = itertools.count(1)

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        super().__init__(loop=loop)
        if self._source_traceback:
            self._source_traceback.pop()
        if not iscoroutine(coro):
            self._log_destroy_pending = False
            raise TypeError("a coroutine was expected, got %r" % (coro,))
        self._coro, self._context = coro, copy_context() if context is None else context
        self.set_name("Task-%d" % next(self._numbers) if name is None else name)
        if eager_start and self._loop.is_running():
            self._begin()
        else:
            self._go_on()
            _register_task(self)

    def __del__(self):
        if self._state is _PENDING and self._log_destroy_pending:
            told = {"task": self, "message": "Task was destroyed but it is pending!"}
            if self._source_traceback:
                told["source_traceback"] = self._source_traceback
            _unregister_task(self)
            self._loop.call_exception_handler(told)
        super().__del__()

    _repr_info, __repr__ = _task_repr_info, _task_repr
    __class_getitem__ = classmethod(GenericAlias)

    def get_stack(self, *, limit=None):
        return _task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        _task_print_stack(self, limit, file)

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_context(self):
        return self._context

    def get_coro(self):
        return self._coro

    # As MicroPython has it.
    coro = property(get_coro)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    # Cancellation.

    def cancel(self, msg=None):
        self._log_traceback_ = False
        if self._state is not _PENDING:
            return False
        self._num_cancels_requested += 1
        # What is waited for tells of its cancellation like of its end.
        if self._fut_waiter is None or not self._fut_waiter.cancel(msg=msg):
            self._must_cancel, self._cancel_message = True, msg
            self._cancels_itself = _current_tasks.get(self._loop) is self
        return True

    def cancelling(self):
        return self._num_cancels_requested

    def uncancel(self):
        left = self._num_cancels_requested = max(0, self._num_cancels_requested - 1)
        if not left:
            self._must_cancel = False
        return left

    # Steps.

    def _go_on(self, *error):
        """Takes the next step in the loop's next turn."""
        self._loop.call_soon(self._step, *error, context=self._context)

    def _begin(self):
        """The first step at once, in the middle of whatever task makes this one."""
        _eager_tasks.add(self)
        try:
            self._context.run(self._advance, None)
        finally:
            _eager_tasks.discard(self)
            if self._state is _PENDING:
                _register_task(self)
            else:
                self._coro = None

    def _step(self, error=None):
        if self._state is not _PENDING:
            raise InvalidStateError("__step(): already done: %r, %r" % (self, error))
        if self._must_cancel:
            self._must_cancel = False
            if not isinstance(error, CancelledError):
                error = self._make_cancelled_error()
        self._fut_waiter = None
        if self._loop in _current_tasks:
            _enter_task(self._loop, self)
        self._advance(error)

    def _wakeup(self, future):
        """What was waited for is done."""
        try:
            future.result()
        except BaseException as error:
            self._step(error)
        else:
            self._step()

    def _advance(self, error):
        """Lets the coroutine run to where it waits next, or to its end."""
        loop = self._loop
        before, _current_tasks[loop] = _current_tasks.get(loop), self
        try:
            awaited = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as end:
            self._returned(end.value)
        except BaseException as failure:
            self._failed(failure)
            if isinstance(failure, (KeyboardInterrupt, SystemExit)):
                raise
        else:
            self._wait(awaited)
        finally:
            if before is None:
                _current_tasks.pop(loop, None)
            else:
                _current_tasks[loop] = before

    def _returned(self, value):
        if not self._must_cancel:
            self._settle(_FINISHED, value)
        elif self._cancels_itself:
            # CPython's task would end cancelled; in MicroPython this is an error.
            self._settle(_FINISHED, error=RuntimeError("can't cancel self"))
        else:
            super().cancel(self._cancel_message)
        self._must_cancel = False

    def _failed(self, error):
        if isinstance(error, CancelledError):
            self._cancelled_exc = error
            super().cancel()
        else:
            self._settle(_FINISHED, error=error)

    def _wait(self, awaited):
        """What the coroutine has yielded says when it goes on: nothing, or a future that is awaited."""
        if awaited is None:
            self._go_on()
        elif not getattr(awaited, "_asyncio_future_blocking", None) or awaited is self or futures._get_loop(awaited) is not self._loop:
            self._go_on(RuntimeError(self._complaint(awaited)))
        else:
            awaited._asyncio_future_blocking = False
            awaited.add_done_callback(self._wakeup, context=self._context)
            self._fut_waiter = awaited
            if self._must_cancel:
                self._must_cancel = not awaited.cancel(msg=self._cancel_message)

    def _complaint(self, awaited):
        if getattr(awaited, "_asyncio_future_blocking", None) is None:
            if isinstance(awaited, types.GeneratorType):
                return "yield was used instead of yield from for generator in task %r with %r" % (self, awaited)
            return "Task got bad yield: %r" % (awaited,)
        if futures._get_loop(awaited) is not self._loop:
            return "Task %r got Future %r attached to a different loop" % (self, awaited)
        if awaited._asyncio_future_blocking:
            return "Task cannot await on itself: %r" % (self,)
        return "yield was used instead of yield from in task %r with %r" % (self, awaited)


# The same by the names that CPython has for its two kinds.
_PyTask = _CTask = Task


def create_eager_task_factory(custom_task_constructor):
    def factory(loop, coro, *, eager_start=True, **keywords):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **keywords)

    return factory


eager_task_factory = create_eager_task_factory(Task)


# What becomes a task.


async def _await(awaitable):
    return await awaitable


_wrap_awaitable = _await


def create_task(coro, *, name=None, context=None, **keywords):
    """A task of the running loop; before one runs, of the thread's, as in MicroPython."""
    try:
        loop = events.get_event_loop()
    except RuntimeError:
        raise RuntimeError("no running event loop") from None
    if context is not None:
        keywords["context"] = context
    # A coroutine of MicroPython's kind, which yields, is awaited by one that does not.
    return loop.create_task(_await(coro) if hasattr(coro, "asend") else coro, name=name, **keywords)


def ensure_future(coro_or_future, *, loop=None):
    given = coro_or_future
    if futures.isfuture(given):
        if loop is not None and futures._get_loop(given) is not loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return given
    wraps = not iscoroutine(given)
    if wraps and not hasattr(given, "__await__") and not hasattr(given, "asend"):
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    loop = loop or events.get_event_loop()
    if not wraps:
        return loop.create_task(given)
    wrapper = _await(given)
    try:
        return loop.create_task(wrapper)
    except RuntimeError:
        wrapper.close()
        raise


def run_coroutine_threadsafe(coro, loop):
    """Gives a coroutine to the loop of another thread; what it returns comes by a future of threads."""
    if not iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    promise = concurrent.futures.Future()

    def begin():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), promise)
        except BaseException as error:
            # Who waits in the other thread shall know; what ends the program is for this one alone.
            if not isinstance(error, (SystemExit, KeyboardInterrupt)) and promise.set_running_or_notify_cancel():
                promise.set_exception(error)
            raise

    loop.call_soon_threadsafe(begin)
    return promise


# Waiting.


def _release(waiter):
    if not waiter.done():
        waiter.set_result(None)


async def _until(ends, seconds=None, some=()):
    """Waits until one of some futures is done and `ends` is true of it, or until so many seconds are over."""
    loop = events.get_running_loop()
    waiter = loop.create_future()
    timer = None if seconds is None else loop.call_later(seconds, _release, waiter)

    def note(future):
        if ends(future):
            _release(waiter)

    for future in some:
        future.add_done_callback(note)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in some:
            future.remove_done_callback(note)


def _has_failed(future):
    return not future.cancelled() and future.exception() is not None


# Which future ends a wait, besides the last one.
_ENDS = {FIRST_COMPLETED: lambda future: True, FIRST_EXCEPTION: _has_failed, ALL_COMPLETED: lambda future: False}


class _Turn:
    """One turn for the others."""

    def __await__(self):
        yield

    __iter__ = __await__


_turn = _Turn()


async def sleep(delay, result=None):
    if delay <= 0:
        await _turn
    elif delay != delay:
        raise ValueError("Invalid delay: NaN (not a number)")
    else:
        await _until(None, delay)
    return result


async def _end(future):
    """Cancels a future, and waits until it is done."""
    future.cancel()
    await _until(_ENDS[FIRST_COMPLETED], None, (future,))


async def wait_for(fut, timeout):
    """What an awaitable gives within `timeout` seconds. Past them it is cancelled, and waited for, and this is a TimeoutError."""
    if timeout is None:
        return await fut
    future = ensure_future(fut, loop=events.get_running_loop())
    if timeout > 0:
        try:
            await _until(_ENDS[FIRST_COMPLETED], timeout, (future,))
        except CancelledError:
            # As MicroPython has it, which waits for no more.
            future.cancel()
            raise
        if future.done():
            return future.result()
    if not future.done():
        await _end(future)
    try:
        result = future.result()
    except CancelledError as error:
        raise TimeoutError from error
    if timeout > 0:
        # It was told to end and gave something all the same, as MicroPython has it.
        raise TimeoutError
    return result


def _check_list(fs, kind):
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError("expect %s of futures, not %s" % (kind, type(fs).__name__))


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    _check_list(fs, "a list")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in _ENDS:
        raise ValueError("Invalid return_when value: %s" % (return_when,))
    fs = set(fs)
    if any(map(iscoroutine, fs)):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    left = len(fs)

    def ends(future):
        nonlocal left
        left -= 1
        return left <= 0 or _ENDS[return_when](future)

    await _until(ends, timeout, fs)
    done = {future for future in fs if future.done()}
    return done, fs - done


class _AsCompleted:
    """Futures in the order in which they are done: themselves for `async for`, coroutines that wait for the next one for `for`."""

    def __init__(self, fs, timeout):
        from asyncio.queues import Queue

        loop = events.get_event_loop()
        self._ended, self._pending = Queue(), {ensure_future(each, loop=loop) for each in set(fs)}
        self._left = len(self._pending)
        for future in self._pending:
            future.add_done_callback(self._note)
        self._timer = loop.call_later(timeout, self._expire) if self._pending and timeout is not None else None

    def _note(self, future):
        if future in self._pending:
            self._pending.remove(future)
            self._ended.put_nowait(future)
        if not self._pending and self._timer is not None:
            self._timer.cancel()

    def _expire(self):
        # What has ended before is still given out; then the queue is at its end.
        while self._pending:
            self._pending.pop().remove_done_callback(self._note)
        self._ended.shutdown()

    async def _next(self):
        from asyncio.queues import QueueShutDown

        try:
            return await self._ended.get()
        except QueueShutDown:
            raise TimeoutError from None

    async def _next_result(self):
        return (await self._next()).result()

    def _count(self, end):
        if not self._left:
            raise end
        self._left -= 1

    def __iter__(self):
        return self

    def __next__(self):
        self._count(StopIteration)
        return self._next_result()

    def __aiter__(self):
        return self

    async def __anext__(self):
        self._count(StopAsyncIteration)
        return await self._next()


def as_completed(fs, *, timeout=None):
    _check_list(fs, "an iterable")
    return _AsCompleted(fs, timeout)


class _GatheringFuture(Future):
    """Becomes the list of what several futures give, or gets the first error of them. Cancelling it cancels them."""

    _cancel_requested = False

    def __init__(self, children, keeps_errors, *, loop):
        super().__init__(loop=loop)
        self._children, self._keeps_errors = children, keeps_errors
        each = dict.fromkeys(children)
        self._left = len(each)
        for child in each:
            if child.done():
                # An eager task, or a future of before.
                self._note(child)
            else:
                child.add_done_callback(self._note)

    def cancel(self, msg=None):
        # All of them are asked, so this is no `any` of a generator.
        if self.done() or not any([child.cancel(msg=msg) for child in self._children]):
            return False
        self._cancel_requested = True
        return True

    def _note(self, child):
        self._left -= 1
        if self.done():
            if not child.cancelled():
                # Nobody else will ask.
                child.exception()
        elif not self._keeps_errors and child.cancelled():
            self.set_exception(child._make_cancelled_error())
        elif not self._keeps_errors and child.exception() is not None:
            self.set_exception(child.exception())
        elif not self._left:
            results = [_outcome(each) for each in self._children]
            if self._cancel_requested:
                self.set_exception(child._make_cancelled_error() if child.cancelled() else CancelledError())
            else:
                self.set_result(results)


def _outcome(future):
    """What a future gave, or its error. A cancelled one keeps its own error, for who awaits it."""
    if future.cancelled():
        kept = future._cancelled_exc
        return future._make_cancelled_error() if kept is None else CancelledError(*kept.args)
    error = future.exception()
    return future.result() if error is None else error


def gather(*coros_or_futures, return_exceptions=False):
    if not coros_or_futures:
        nothing = events.get_event_loop().create_future()
        nothing.set_result([])
        return nothing
    loop, made = None, {}
    for each in coros_or_futures:
        if each not in made:
            made[each] = future = ensure_future(each, loop=loop)
            loop = futures._get_loop(future)
            if future is not each:
                # Whoever gathers it sees to it.
                future._log_destroy_pending = False
    return _GatheringFuture([made[each] for each in coros_or_futures], return_exceptions, loop=loop)


def shield(arg):
    """What an awaitable gives; when this is cancelled, the awaitable goes on."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def give(inner):
        error = None if inner.cancelled() else inner.exception()
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
        elif error is None:
            outer.set_result(inner.result())
        else:
            outer.set_exception(error)

    # An inner error that comes after the cancellation is nobody's, and told as such.
    outer.add_done_callback(lambda _: inner.done() or inner.remove_done_callback(give))
    inner.add_done_callback(give)
    return outer
