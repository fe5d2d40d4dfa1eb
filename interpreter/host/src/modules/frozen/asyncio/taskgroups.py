"""Groups of tasks: when one fails, the others are cancelled, and whoever leaves the group has waited for all."""

from collections import deque

from asyncio import tasks
from asyncio.exceptions import CancelledError
from asyncio.mixins import _LoopBoundMixin, _wake

__all__ = ("TaskGroup",)

# What ends the program is raised as it is, not within a group of errors.
_FATAL = (SystemExit, KeyboardInterrupt)


class TaskGroup(_LoopBoundMixin):
    """`async with TaskGroup() as group:` ends when all tasks of the group have."""

    # The task that the `async with` is in, and the first error that ends the program.
    _parent = _fatal = None
    # How far it is; `_interrupts` says that the parent is cancelled by the group itself, to get it out of the body.
    _entered = _leaving = _aborting = _interrupts = False

    def __init__(self):
        self._tasks, self._errors, self._leaver = set(), [], deque()

    def __repr__(self):
        told = ["%s=%d" % (name, len(each)) for name, each in (("tasks", self._tasks), ("errors", self._errors)) if each]
        if self._entered:
            told.append("cancelling" if self._aborting else "entered")
        return "<%s>" % " ".join(["TaskGroup", *told])

    def _refuse(self, because, coro=None):
        if coro is not None:
            coro.close()
        raise RuntimeError("TaskGroup %r %s" % (self, because))

    async def __aenter__(self):
        if self._entered:
            self._refuse("has already been entered")
        self._parent = tasks.current_task(self._get_loop())
        if self._parent is None:
            self._refuse("cannot determine the parent task")
        self._entered = True
        return self

    def create_task(self, coro, *, name=None, context=None, **keywords):
        if not self._entered:
            self._refuse("has not been entered", coro)
        if self._leaving and not self._tasks:
            self._refuse("is finished", coro)
        if self._aborting:
            self._refuse("is shutting down", coro)
        if context is not None:
            keywords["context"] = context
        task = self._loop.create_task(coro, name=name, **keywords)
        self._tasks.add(task)
        if task.done():
            # An eager one.
            self._ended(task)
        else:
            task.add_done_callback(self._ended)
        return task

    def _ended(self, task):
        self._tasks.discard(task)
        if not self._tasks:
            _wake(self._leaver)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._add(error)
        if self._parent.done():
            message = "Task %r has errored out but its parent task %r is already completed" % (task, self._parent)
            self._loop.call_exception_handler({"message": message, "exception": error, "task": task})
        elif not self._aborting and not self._interrupts:
            self._abort()
            self._interrupts = True
            self._parent.cancel()

    def _add(self, error):
        self._errors.append(error)
        if self._fatal is None and isinstance(error, _FATAL):
            self._fatal = error

    def _abort(self):
        self._aborting = True
        for task in tuple(self._tasks):
            task.cancel()

    async def __aexit__(self, kind, error, traceback):
        self._leaving = True
        if self._fatal is None and isinstance(error, _FATAL):
            self._fatal = error
        cancellation = None
        if isinstance(error, CancelledError):
            error, cancellation = None, error
        try:
            if kind is not None and not self._aborting:
                self._abort()
            cancellation = await self._all_ended() or cancellation
            if self._fatal is not None:
                raise self._fatal
            if self._interrupts and self._parent.uncancel() == 0:
                # Nobody else has cancelled it.
                cancellation = None
            if cancellation is not None and not self._errors:
                raise cancellation
            if error is not None:
                self._add(error)
            if self._errors:
                self._raise()
        finally:
            # No circles by way of tracebacks.
            self._parent = self._fatal = error = cancellation = None
            self._errors = []

    async def _all_ended(self):
        """Waits for all tasks. Gives the cancellation that came meanwhile from outside, if one did."""
        cancellation = None
        while self._tasks:
            try:
                await self._stand(self._leaver)
            except CancelledError as outer:
                if not self._aborting:
                    cancellation = outer
                    self._abort()
        return cancellation

    def _raise(self):
        if self._parent.cancelling():
            # The errors go first; a cancellation from outside comes where the parent waits next.
            self._parent.uncancel()
            self._parent.cancel()
        raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors)
