"""Limits of time: what runs too long within `async with` is cancelled, and that is a TimeoutError."""

from asyncio import events, tasks
from asyncio.exceptions import CancelledError

__all__ = ("Timeout", "timeout", "timeout_at")


class Timeout:
    """A limit at a time of the loop's clock, or none yet. Its state is the word that its text shows:

        created -> active -> finished
                         \\-> expiring -> expired      from `expiring` on the task is cancelled
    """

    def __init__(self, when):
        self._when, self._state, self._alarm = when, "created", None

    def __repr__(self):
        when = "" if self._state != "active" else " when=%s" % (self._when and round(self._when, 3))
        return "<Timeout [%s]%s>" % (self._state, when)

    def when(self):
        """When it ends, None if never."""
        return self._when

    def expired(self):
        """Whether the time was over before the end was reached."""
        return self._state.startswith("expir")

    def reschedule(self, when):
        """Sets another time; None is without end."""
        if self._state != "active":
            raise RuntimeError(
                "Timeout has not been entered" if self._state == "created" else "Cannot change state of %s Timeout" % self._state)
        self._when = when
        self._set_alarm()

    def _set_alarm(self):
        """One alarm at most, and none once the end was reached."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._state == "active" and self._when is not None:
            loop = events.get_running_loop()
            # What is over already needs no clock, and comes in the next turn.
            late = loop.time() >= self._when
            self._alarm = loop.call_soon(self._expire) if late else loop.call_at(self._when, self._expire)

    def _expire(self):
        self._state, self._alarm = "expiring", None
        self._task.cancel()

    async def __aenter__(self):
        if self._state != "created":
            raise RuntimeError("Timeout has already been entered")
        self._task = tasks.current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        # So many wanted the task cancelled before.
        self._others = self._task.cancelling()
        self._state = "active"
        self._set_alarm()
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        ended = {"active": "finished", "expiring": "expired"}.get(self._state)
        self._state = ended or self._state
        self._set_alarm()
        if ended != "expired" or self._task.uncancel() > self._others:
            # In time, or somebody else has cancelled the task as well: that goes on.
            return
        if isinstance(exc_val, CancelledError):
            raise TimeoutError from exc_val
        if exc_val is not None:
            for error in (exc_val, *exc_val.exceptions) if isinstance(exc_val, BaseExceptionGroup) else (exc_val,):
                _blame_time(error)


def _blame_time(error):
    """An error that came while the cancellation was handled: what it came after was the time."""
    while (before := error.__context__) is not None:
        if isinstance(before, CancelledError):
            error.__context__ = late = TimeoutError()
            late.__context__ = late.__cause__ = before
            return
        error = before


def timeout(delay):
    """A limit so many seconds from now."""
    return Timeout(delay if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    """A limit at this time of the loop's clock."""
    return Timeout(when)
