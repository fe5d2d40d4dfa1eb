# Waiting for several tasks, and for limited times.
from . import core
from .core import CancelledError, Future, Handle, TimeoutError, Waiter, _call, ensure_future

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


def gather(*awaitables, return_exceptions=False):
    return _gather([ensure_future(awaitable) for awaitable in awaitables], return_exceptions)


async def _gather(tasks, return_exceptions):
    waiter = Waiter()
    left = 0
    error = None

    def done(task):
        nonlocal left, error
        left -= 1
        task._gathered = False
        if task._error is not None and not return_exceptions and error is None:
            error = task._error
            waiter.wake()
        elif left == 0:
            waiter.wake()

    awaited = []
    for task in tasks:
        if task in awaited:
            continue
        awaited.append(task)
        if task._done:
            task._seen = True
            if task._error is not None and not return_exceptions and error is None:
                error = task._error
        elif any(key is None for key, _ in task._waiting or ()):
            raise RuntimeError("can't gather")
        else:
            left += 1
            task._gathered = True
            task._add(_call, done)
    if left and error is None:
        try:
            await waiter
        except CancelledError:
            return_exceptions = True
            for task in awaited:
                task.cancel()
            while left:
                await waiter
            raise
    for task in awaited:
        task._gathered = False
    if error is not None:
        raise error
    return [task._result if task._error is None else task._error for task in tasks]


async def _wait_for(awaitable, ms):
    if ms is None:
        return await awaitable
    task = ensure_future(awaitable)
    waiter = Waiter()
    timer = Handle(waiter.wake, ())
    core._task_queue.push(timer, core.ticks_add(core.ticks(), max(0, ms)))
    if task._done:
        waiter.wake()
    else:
        # One turn later, so that whoever is behind in the queue can still cancel this.
        task._add(waiter, Handle(waiter.wake, ()))
    try:
        await waiter
    except CancelledError:
        task.cancel()
        raise
    finally:
        timer.cancel()
    if task._done:
        return task.result()
    task.cancel()
    while not task._done:
        await waiter
    if task._error is not None and not isinstance(task._error, CancelledError):
        raise task._error
    raise TimeoutError


def wait_for(awaitable, timeout):
    return _wait_for(awaitable, None if timeout is None else int(timeout * 1000))


def wait_for_ms(awaitable, timeout):
    return _wait_for(awaitable, timeout)


def shield(awaitable):
    inner = ensure_future(awaitable)
    outer = Future()

    def done(inner):
        if not outer._done:
            outer._finish(inner._result, inner._error)

    if inner._done:
        done(inner)
    else:
        inner._add(_call, done)
    return outer


async def wait(awaitables, *, timeout=None, return_when=ALL_COMPLETED):
    tasks = [ensure_future(awaitable) for awaitable in awaitables]
    if not tasks:
        raise ValueError("Set of Tasks/Futures is empty.")
    waiter = Waiter()
    left = 0

    def done(task):
        nonlocal left
        left -= 1
        failed = task._error is not None and not isinstance(task._error, CancelledError)
        if left == 0 or return_when == FIRST_COMPLETED or (return_when == FIRST_EXCEPTION and failed):
            waiter.wake()

    for task in tasks:
        if not task._done:
            left += 1
            task._add(_call, done)
    finished = [task for task in tasks if task._done]
    failed = any(task._error is not None for task in finished)
    if left and not (finished and return_when == FIRST_COMPLETED) and not (failed and return_when == FIRST_EXCEPTION):
        timer = None if timeout is None else core._loop.call_later(timeout, waiter.wake)
        try:
            await waiter
        finally:
            if timer is not None:
                timer.cancel()
            for task in tasks:
                task._forget(done)
    return {task for task in tasks if task._done}, {task for task in tasks if not task._done}


def as_completed(awaitables, *, timeout=None):
    from .queues import Queue

    finished = Queue()
    tasks = [ensure_future(awaitable) for awaitable in awaitables]
    expired = []

    def expire():
        expired.append(True)
        for _ in tasks:
            finished.put_nowait(None)

    timer = None if timeout is None else core._loop.call_later(timeout, expire)
    for task in tasks:
        if task._done:
            finished.put_nowait(task)
        else:
            task._add(_call, finished.put_nowait)

    async def next_one():
        task = await finished.get()
        if task is None:
            raise TimeoutError
        return task.result()

    for index in range(len(tasks)):
        if index == len(tasks) - 1 and timer is not None and all(task._done for task in tasks):
            timer.cancel()
        yield next_one()


# `async with timeout(seconds):` cancels what runs in it, and makes a TimeoutError of that.
class Timeout:
    def __init__(self, ms):
        self._at = None if ms is None else core.ticks_add(core.ticks(), max(0, ms))
        self._timer = None
        self._task = None
        self._expired = False

    def when(self):
        return None if self._at is None else self._at / 1000

    def reschedule(self, when):
        self._at = None if when is None else int(when * 1000)
        self._start()

    def expired(self):
        return self._expired

    def _start(self):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._at is not None and self._task is not None:
            self._timer = Handle(self._expire, ())
            core._task_queue.push(self._timer, self._at)

    def _expire(self):
        self._expired = True
        self._task.cancel()

    async def __aenter__(self):
        self._task = core.current_task()
        self._before = self._task.cancelling()
        self._start()
        return self

    async def __aexit__(self, kind, error, traceback):
        if self._timer is not None:
            self._timer.cancel()
        if self._expired and self._task.uncancel() <= self._before and isinstance(error, CancelledError):
            raise TimeoutError


def timeout(delay):
    return Timeout(None if delay is None else int(delay * 1000))


def timeout_at(when):
    limit = Timeout(None)
    limit.reschedule(when)
    return limit


class TaskGroup:
    def __init__(self):
        self._tasks = []
        self._errors = []
        self._waiter = Waiter()
        self._aborting = False
        self._leaving = False
        self._cancelled_parent = False
        self._parent = None

    async def __aenter__(self):
        self._parent = core.current_task()
        return self

    def create_task(self, coro, *, name=None, context=None):
        if self._parent is None or (self._leaving and not self._tasks) or self._aborting:
            raise RuntimeError("this TaskGroup takes no more tasks")
        task = core.create_task(coro, name=name)
        self._tasks.append(task)
        task._add(_call, self._done)
        return task

    def _done(self, task):
        self._tasks.remove(task)
        error = task._error
        if error is not None and not isinstance(error, CancelledError):
            self._errors.append(error)
            if not self._aborting:
                self._abort()
                if not self._leaving:
                    self._cancelled_parent = True
                    self._parent.cancel()
        if not self._tasks:
            self._waiter.wake()

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            task.cancel()

    async def __aexit__(self, kind, error, traceback):
        self._leaving = True
        cancelled = error if isinstance(error, CancelledError) else None
        if self._cancelled_parent:
            # The cancellation was only to get out of the body.
            self._parent.uncancel()
            cancelled = None
        if error is not None and not self._aborting:
            self._abort()
        while self._tasks:
            try:
                await self._waiter
            except CancelledError as outer:
                if not self._aborting:
                    cancelled = outer
                    self._abort()
        if cancelled is not None and not self._errors:
            raise cancelled
        if error is not None and not isinstance(error, CancelledError):
            self._errors.append(error)
        if self._errors:
            try:
                raise _Group("unhandled errors in a TaskGroup", self._errors)
            finally:
                self._errors = None
        # A body that ended only because a task of ours cancelled it has ended well.
        return self._cancelled_parent


try:
    _Group = ExceptionGroup
except NameError:

    class _Group(Exception):
        def __init__(self, message, errors):
            super().__init__(message, errors)
            self.message = message
            self.exceptions = tuple(errors)


async def to_thread(function, *args, **keywords):
    import _thread

    future = Future()
    loop = core._loop

    def work():
        result = error = None
        try:
            result = function(*args, **keywords)
        except BaseException as raised:
            error = raised
        loop.call_soon_threadsafe(future._finish, result, error)

    _thread.start_new_thread(work, ())
    return await future


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._loop = None

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, *_):
        self.close()

    def get_loop(self):
        if self._loop is None:
            self._loop = core.new_event_loop()
        return self._loop

    def run(self, coro, *, context=None):
        if not hasattr(coro, "send"):
            raise ValueError("a coroutine was expected, got " + repr(coro))
        return self.get_loop().run_until_complete(coro)

    def close(self):
        if self._loop is not None:
            self._loop.close()
            self._loop = None
