# The event loop: what is due is taken from one queue in order of time, and run until it waits.
#
# What lies in the queue has `_step`: a task goes on, a handle calls its function, the stopper ends the loop. Whatever waits
# (for a task, a lock, a stream) has left itself where it waits and is pushed into the queue again by whoever ends the wait. The
# queue's `held` says that it has: what stops without has yielded by itself, and goes on after the others.
import select
import sys
from _asyncio import TaskQueue
from time import ticks_add, ticks_diff, ticks_ms as ticks

__all__ = (
    "CancelledError TimeoutError InvalidStateError IncompleteReadError Future Task Handle Loop sleep sleep_ms create_task"
    " ensure_future current_task iscoroutine isfuture run run_until_complete get_event_loop"
    " get_running_loop new_event_loop set_event_loop ticks ticks_add ticks_diff"
).split()

try:
    TimeoutError = TimeoutError
except NameError:

    class TimeoutError(Exception):
        pass


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class IncompleteReadError(EOFError):
    def __init__(self, partial, expected):
        super().__init__(partial, expected)
        self.partial = partial
        self.expected = expected


_task_queue = TaskQueue()
cur_task = None

sleep_ms = _task_queue.sleep


def sleep(delay, result=None):
    return _task_queue.sleep(int(delay * 1000), result)


# Waits until something pushes the running task. A cancellation calls `place.remove(task)`.
def _wait_in(place):
    task = cur_task
    task._place = place
    _task_queue.held = True
    try:
        yield
    finally:
        task._place = None


# One task waits here until `wake` is called; a call that comes first is remembered.
class Waiter:
    def __init__(self):
        self._task = None
        self._woken = False

    def wake(self, *_):
        self._woken = True
        if self._task is not None:
            _task_queue.push(self._task)
            self._task = None

    def remove(self, task):
        self._task = None

    def __iter__(self):
        if not self._woken:
            self._task = cur_task
            yield from _wait_in(self)
        self._woken = False

    __await__ = __iter__


class Future:
    def __init__(self, *, loop=None):
        self._done = False
        self._seen = False
        self._result = None
        self._error = None
        self._waiting = None  # functions to call with this future, and tasks that wait for it

    def done(self):
        return self._done

    def cancelled(self):
        return self._done and isinstance(self._error, CancelledError)

    def result(self):
        if not self._done:
            raise InvalidStateError("Result is not set.")
        self._seen = True
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        if not self._done:
            raise InvalidStateError("Exception is not set.")
        self._seen = True
        if isinstance(self._error, CancelledError):
            raise self._error
        return self._error

    def set_result(self, result):
        if self._done:
            raise InvalidStateError("invalid state")
        self._finish(result, None)

    def set_exception(self, error):
        if self._done:
            raise InvalidStateError("invalid state")
        self._finish(None, error() if isinstance(error, type) else error)

    def cancel(self, msg=None):
        if self._done:
            return False
        self._finish(None, CancelledError() if msg is None else CancelledError(msg))
        return True

    def get_loop(self):
        return _loop

    def add_done_callback(self, function, *, context=None):
        self._add(function, _Callback(function, self))

    def remove_done_callback(self, function):
        return self._forget(function)

    def _forget(self, key):
        kept = [entry for entry in self._waiting or () if key not in entry]
        removed = len(self._waiting or ()) - len(kept)
        self._waiting = kept
        return removed

    # `entry` is pushed into the queue when this is done.
    def _add(self, key, entry):
        if self._done:
            _task_queue.push(entry)
        elif self._waiting is None:
            self._waiting = [(key, entry)]
        else:
            self._waiting.append((key, entry))

    def remove(self, task):
        for index, entry in enumerate(self._waiting or ()):
            if entry[1] is task:
                del self._waiting[index]
                return

    def _finish(self, result, error):
        self._done = True
        self._result = result
        self._error = error
        waiting = self._waiting
        self._waiting = None
        for key, entry in waiting or ():
            self._seen = True
            if key is _call:
                entry(self)
            else:
                _task_queue.push(entry)

    def __iter__(self):
        if not self._done:
            self._add(None, cur_task)
            yield from _wait_in(self)
        return self.result()

    __await__ = __iter__


# As the key of what waits for a future: the entry is a function, called at once.
def _call():
    pass


class Task(Future):
    data = None

    def __init__(self, coro, globals=None, *, loop=None, name=None):
        super().__init__()
        self.coro = coro
        self._place = None
        self._throw = None
        self._name = name
        self._cancels = 0
        self._gathered = False

    def get_coro(self):
        return self.coro

    def get_name(self):
        return self._name or "Task-" + str(id(self))

    def set_name(self, name):
        self._name = str(name)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, error):
        raise RuntimeError("Task does not support set_exception operation")

    def __iter__(self):
        if self._gathered and not self._done:
            raise RuntimeError("can't wait")
        return super().__iter__()

    __await__ = __iter__

    def cancel(self, msg=None):
        if self._done:
            return False
        if self is cur_task:
            raise RuntimeError("can't cancel self")
        self._cancels += 1
        self._interrupt(CancelledError() if msg is None else CancelledError(msg))
        return True

    def cancelling(self):
        return self._cancels

    def uncancel(self):
        if self._cancels:
            self._cancels -= 1
        return self._cancels

    # Raises `error` in the task where it waits; what it waits for is cancelled, and the error comes from there.
    def _interrupt(self, error):
        place = self._place
        if isinstance(place, Task):
            if not place._done and place is not cur_task:
                place._interrupt(error)
                return
        elif isinstance(place, Future) and place.cancel():
            return
        if place is not None:
            place.remove(self)
        self._throw = error
        if not _task_queue.advance(self):
            _task_queue.push(self)

    def _step(self):
        global cur_task
        if self._done:
            self._report()
            return
        cur_task = _task_queue.current = self
        error = self._throw
        try:
            if error is not None:
                self._throw = None
            if error is None:
                value = self.coro.send(None)
            else:
                value = self.coro.throw(error)
            if not _task_queue.held:
                self._go_on(value)
            return
        except StopIteration as stop:
            result = stop.value
            error = None
        except (CancelledError, Exception) as raised:
            result = None
            error = raised
        finally:
            cur_task = _task_queue.current = None
        self._finish(result, error)
        if error is not None and not self._seen and not isinstance(error, CancelledError):
            # Somebody may still ask for it; if nobody has when this comes out of the queue, the handler is told.
            _task_queue.push(self)

    # Waits for nothing. Code of MicroPython's kind may have left it in a queue of its own, which is then its `data`.
    def _go_on(self, value):
        if value is not None:
            self._throw = RuntimeError("Task got bad yield: %r" % (value,))
        elif self.data is not None:
            self.data = None
            return
        _task_queue.push(self)

    def _report(self):
        if not self._seen:
            self._seen = True
            _loop.call_exception_handler(
                {"message": "Task exception wasn't retrieved", "exception": self._error, "future": self}
            )


class Handle:
    def __init__(self, function, args):
        self._function = function
        self._args = args

    def cancel(self):
        self._function = None
        _task_queue.remove(self)

    def cancelled(self):
        return self._function is None

    def _step(self):
        function = self._function
        if function is not None:
            try:
                function(*self._args)
            except Exception as error:
                _loop.call_exception_handler({"message": "Exception in callback", "exception": error, "handle": self})


class _Callback(Handle):
    def __init__(self, function, future):
        super().__init__(function, (future,))


# Ends the loop when it comes out of the queue.
class _Stopper:
    def _step(self):
        raise _Stopped


class _Stopped(BaseException):
    pass


_stopper = _Stopper()


# Tasks that wait for streams.
class IOQueue:
    def __init__(self):
        self.poller = select.poll()
        self.map = {}  # id(stream) -> [reader, writer, stream]

    def _enqueue(self, stream, index):
        entry = self.map.get(id(stream))
        if entry is None:
            entry = self.map[id(stream)] = [None, None, stream]
        if entry[index] is not None:
            raise RuntimeError("another task waits for this stream already")
        entry[index] = cur_task
        self._watch(entry)
        # Also where the answer is yielded, as MicroPython's streams do.
        _task_queue.held = True
        return _wait_in(self)

    def _watch(self, entry):
        events = (entry[0] is not None and select.POLLIN) | (entry[1] is not None and select.POLLOUT)
        if events:
            self.poller.register(entry[2], events)
        else:
            self.poller.unregister(entry[2])
            del self.map[id(entry[2])]

    def queue_read(self, stream):
        return self._enqueue(stream, 0)

    def queue_write(self, stream):
        return self._enqueue(stream, 1)

    def remove(self, task):
        for entry in list(self.map.values()):
            if task in entry[:2]:
                entry[entry.index(task)] = None
                self._watch(entry)

    def wait_io_event(self, ms):
        for stream, events in self.poller.ipoll(ms, 2):
            entry = self.map[id(stream)]
            if events & ~select.POLLOUT and entry[0] is not None:
                _task_queue.push(entry[0])
                entry[0] = None
            if events & ~select.POLLIN and entry[1] is not None:
                _task_queue.push(entry[1])
                entry[1] = None
            self._watch(entry)


_io_queue = IOQueue()


def iscoroutine(x):
    return hasattr(x, "send")


async def _nothing():
    pass


def isfuture(x):
    return isinstance(x, Future)


def create_task(coro, *, name=None, context=None):
    if hasattr(coro, "asend"):
        coro = _await(coro)  # a coroutine of MicroPython's kind, which yields
    elif not hasattr(coro, "send"):
        raise TypeError("coroutine expected")
    task = Task(coro, name=name)
    _task_queue.push(task)
    return task


async def _await(awaitable):
    return await awaitable


def ensure_future(awaitable, *, loop=None):
    if isinstance(awaitable, Future):
        return awaitable
    if hasattr(awaitable, "send") or hasattr(awaitable, "asend"):
        return create_task(awaitable)
    if hasattr(awaitable, "__await__") or hasattr(awaitable, "__iter__"):
        return create_task(_await(awaitable))
    raise TypeError("an awaitable is required")


def current_task(loop=None):
    if cur_task is None:
        raise RuntimeError("no running event loop")
    return cur_task


def run_until_complete(main=None):
    global cur_task
    queue = _task_queue
    outer = cur_task
    if main is not None and not main._done:
        main._seen = True
    _loop._running = True
    try:
        while main is None or not main._done:
            delay = queue.delay()
            if delay < 0 and main is None and not _io_queue.map:
                return
            if delay != 0 or _io_queue.map:
                _io_queue.wait_io_event(delay)
                if queue.delay() != 0:
                    continue
            queue.pop()._step()
    except _Stopped:
        _loop._stopping = False
        if main is not None and not main._done:
            raise RuntimeError("Event loop stopped before Future completed.")
    finally:
        _loop._running = False
        cur_task = _task_queue.current = outer
    if main is not None:
        return main.result()


def run(coro, *, debug=None):
    if cur_task is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    return run_until_complete(create_task(coro))


class Loop:
    def __init__(self):
        self._handler = None
        self._running = False
        self._stopping = False
        self._closed = False

    def create_task(self, coro, *, name=None, context=None):
        return create_task(coro, name=name)

    def create_future(self):
        return Future()

    def run_forever(self):
        run_until_complete()

    def run_until_complete(self, awaitable):
        return run_until_complete(ensure_future(awaitable))

    def stop(self):
        if not self._stopping:
            self._stopping = True
            _task_queue.push(_stopper)

    def close(self):
        self._closed = True

    def is_running(self):
        return self._running

    def is_closed(self):
        return self._closed

    def time(self):
        return ticks() / 1000

    def call_soon(self, function, *args, context=None):
        handle = Handle(function, args)
        _task_queue.push(handle)
        return handle

    def call_soon_threadsafe(self, function, *args, context=None):
        import micropython

        handle = Handle(function, args)
        micropython.schedule(_task_queue.push, handle)
        return handle

    def call_later(self, delay, function, *args, context=None):
        handle = Handle(function, args)
        _task_queue.push(handle, ticks_add(ticks(), max(0, int(delay * 1000))))
        return handle

    def call_at(self, when, function, *args, context=None):
        return self.call_later(when - self.time(), function, *args)

    def shutdown_asyncgens(self):
        return _nothing()

    def shutdown_default_executor(self):
        return _nothing()

    def set_debug(self, on):
        pass

    def get_debug(self):
        return False

    def set_exception_handler(self, handler):
        self._handler = handler

    def get_exception_handler(self):
        return self._handler

    def default_exception_handler(self, context):
        print(context["message"], file=sys.stderr)
        if "future" in context:
            print("future:", context["future"], "coro=", context["future"].coro, file=sys.stderr)
        if "exception" in context:
            sys.print_exception(context["exception"], sys.stderr)

    def call_exception_handler(self, context):
        if self._handler is None:
            self.default_exception_handler(context)
        else:
            self._handler(self, context)


_loop = Loop()


def get_event_loop(runq_len=0, waitq_len=0):
    return _loop


def get_running_loop():
    if cur_task is None and not _loop._running:
        raise RuntimeError("no running event loop")
    return _loop


def new_event_loop():
    global _loop, _io_queue
    _task_queue.clear()
    _io_queue = IOQueue()
    _loop = Loop()
    return _loop


def set_event_loop(loop):
    pass
