"""What runs a coroutine to its end, and cleans up behind it."""

import contextvars
import signal
import threading

from asyncio import coroutines, events, tasks
from asyncio.exceptions import CancelledError

__all__ = ("Runner", "run")


class _Interruption:
    """While a task runs: Ctrl-C cancels it, so that its `finally` has its turns. Whoever is impatient presses it again.

    A program that has another handler of its own for SIGINT keeps it.
    """

    def __init__(self, loop, task):
        self._loop, self._task, self._came, self._is_set = loop, task, 0, False

    def __enter__(self):
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            try:
                signal.signal(signal.SIGINT, self._heard)
                self._is_set = True
            except ValueError:
                # Not the main interpreter: nobody hears of signals here.
                pass

    def _heard(self, number, frame):
        self._came += 1
        if self._came > 1 or self._task.done():
            raise KeyboardInterrupt
        self._task.cancel()
        # The loop may be waiting for files.
        self._loop.call_soon_threadsafe(int)

    def __exit__(self, kind, error, traceback):
        # The program may have set a handler meanwhile.
        if self._is_set and signal.getsignal(signal.SIGINT) == self._heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._came and isinstance(error, CancelledError):
            # Cancelled by nobody else? Tasks of a factory may not know.
            uncancel = getattr(self._task, "uncancel", None)
            if uncancel is not None and not uncancel():
                raise KeyboardInterrupt


class Runner:
    """A loop for several coroutines one after the other, in one context. The loop is made when it is first needed."""

    _is_closed = _is_threads_loop = False
    _loop = _context = None

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug, self._loop_factory = debug, loop_factory

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, *error):
        self.close()

    def get_loop(self):
        """The loop that runs the coroutines."""
        if self._is_closed:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            loop = (self._loop_factory or events.new_event_loop)()
            if self._loop_factory is None:
                events.set_event_loop(loop)
                self._is_threads_loop = True
            if self._debug is not None:
                loop.set_debug(self._debug)
            self._loop, self._context = loop, contextvars.copy_context()
        return self._loop

    def run(self, coro, *, context=None):
        """Runs a coroutine to its end, in this context or the runner's own."""
        if hasattr(coro, "asend"):
            # A coroutine of MicroPython's kind, which yields.
            coro = tasks._await(coro)
        if not coroutines.iscoroutine(coro):
            raise ValueError("a coroutine was expected, got %r" % (coro,))
        _check_nothing_runs("Runner.run()")
        loop = self.get_loop()
        task = loop.create_task(coro, context=self._context if context is None else context)
        with _Interruption(loop, task):
            return loop.run_until_complete(task)

    def close(self):
        """Ends what still runs, then the loop. A runner that never ran anything stays as it is."""
        loop = self._loop
        if loop is None:
            return
        try:
            _cancel_all_tasks(loop)
            for end in loop.shutdown_asyncgens, loop.shutdown_default_executor:
                loop.run_until_complete(end())
        finally:
            if self._is_threads_loop:
                events.set_event_loop(None)
            loop.close()
            self._loop, self._is_closed = None, True


def _check_nothing_runs(name):
    if events._get_running_loop() is not None:
        raise RuntimeError(name + " cannot be called from a running event loop")


def _cancel_all_tasks(loop):
    """Cancels what still runs, waits until it has ended, and tells of its errors, as nobody else can."""
    left = tasks.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            loop.call_exception_handler({"message": "unhandled exception during asyncio.run() shutdown", "exception": error, "task": task})


def run(main, *, debug=None, loop_factory=None):
    """Runs a coroutine to its end, in a loop that is made for it."""
    _check_nothing_runs("asyncio.run()")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
