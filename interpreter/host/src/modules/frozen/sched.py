"""What is to be called at which time."""

import heapq
import time
from collections import namedtuple

__all__ = ["scheduler"]

_fields = namedtuple("Event", "time priority sequence action argument kwargs")


class Event:
    __slots__ = ("time", "priority", "sequence", "action", "argument", "kwargs")

    def __init__(self, time, priority, sequence, action, argument, kwargs):
        self.time, self.priority, self.sequence = time, priority, sequence
        self.action, self.argument, self.kwargs = action, argument, kwargs

    def _key(self):
        return self.time, self.priority, self.sequence

    def __lt__(self, other):
        return self._key() < other._key()

    def __iter__(self):
        return iter((self.time, self.priority, self.sequence, self.action, self.argument, self.kwargs))

    def __repr__(self):
        return repr(_fields(*self))


class scheduler:
    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._events = []
        self._count = 0
        self.timefunc, self.delayfunc = timefunc, delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=None):
        event = Event(time, priority, self._count, action, argument, kwargs or {})
        self._count += 1
        heapq.heappush(self._events, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=None):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        for at, other in enumerate(self._events):
            if other is event:
                del self._events[at]
                heapq.heapify(self._events)
                return
        raise ValueError("list.remove(x): x not in list")

    def empty(self):
        return not self._events

    def run(self, blocking=True):
        while self._events:
            event, now = self._events[0], self.timefunc()
            if event.time > now:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
                continue
            heapq.heappop(self._events)
            event.action(*event.argument, **event.kwargs)
            self.delayfunc(0)

    @property
    def queue(self):
        return sorted(self._events)
