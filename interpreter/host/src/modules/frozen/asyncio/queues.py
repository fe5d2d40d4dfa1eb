"""Queues between tasks."""

import heapq
from collections import deque
from types import GenericAlias

from asyncio.mixins import _LoopBoundMixin, _wake

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown")


class QueueEmpty(Exception):
    """Nothing is in the queue."""


class QueueFull(Exception):
    """No room is left in the queue."""


class QueueShutDown(Exception):
    """The queue takes nothing any more, or is at its end."""


class Queue(_LoopBoundMixin):
    """What came first goes first. Tasks wait in three rows: for an item, for room, and until all items are worked off."""

    _unfinished_tasks, _is_shutdown = 0, False
    maxsize = property(lambda self: self._maxsize)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters, self._putters, self._joiners = deque(), deque(), deque()
        self._init(maxsize)

    # What further kinds of queues do in their own way.

    def _init(self, maxsize):
        self._queue = deque()

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.popleft()

    # How it is.

    def qsize(self):
        return len(self._queue)

    def empty(self):
        return not self._queue

    def full(self):
        return 0 < self._maxsize <= self.qsize()

    def _format(self):
        items = list(getattr(self, "_queue", ()))
        getting, putting = (sum(not waiter.done() for waiter in row) for row in (self._getters, self._putters))
        told = (
            (True, "maxsize=%r" % (self._maxsize,)),
            (items, "_queue=%r" % (items,)),
            (getting, "_getters[%d]" % getting),
            (putting, "_putters[%d]" % putting),
            (self._unfinished_tasks, "tasks=%d" % self._unfinished_tasks),
            (self._is_shutdown, "shutdown"),
        )
        return " ".join(text for is_so, text in told if is_so)

    def __repr__(self):
        return "<%s at %#x %s>" % (type(self).__name__, id(self), self._format())

    def __str__(self):
        return "<%s %s>" % (type(self).__name__, self._format())

    # In and out.

    async def _until(self, row, cannot):
        """Waits in a row while something cannot be done. A wake that meets a cancelled task goes to the next one."""
        while cannot() and not self._is_shutdown:
            await self._stand(row, lambda: cannot() or _wake(row))

    async def put(self, item):
        if self.full():
            await self._until(self._putters, self.full)
        return self.put_nowait(item)

    def put_nowait(self, item):
        refusal = QueueShutDown if self._is_shutdown else QueueFull if self.full() else None
        if refusal is not None:
            raise refusal
        self._put(item)
        self._unfinished_tasks += 1
        _wake(self._getters)

    async def get(self):
        if self.empty():
            await self._until(self._getters, self.empty)
        return self.get_nowait()

    def get_nowait(self):
        if self.empty():
            raise QueueShutDown if self._is_shutdown else QueueEmpty
        item = self._get()
        _wake(self._putters)
        return item

    # The end of the work.

    def task_done(self):
        if self._unfinished_tasks < 1:
            raise ValueError("task_done() called too many times")
        self._work_off(1)

    def _work_off(self, count):
        left = self._unfinished_tasks = max(0, self._unfinished_tasks - count)
        if not left:
            _wake(self._joiners, len(self._joiners))

    async def join(self):
        if self._unfinished_tasks:
            await self._stand(self._joiners)

    def shutdown(self, immediate=False):
        self._is_shutdown = True
        dropped = 0
        while immediate and not self.empty():
            self._get()
            dropped += 1
        self._work_off(dropped)
        for row in (self._getters, self._putters):
            _wake(row, len(row))


class PriorityQueue(Queue):
    """The smallest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        heapq.heappush(self._queue, item)

    def _get(self):
        return heapq.heappop(self._queue)


class LifoQueue(Queue):
    """What came last first."""

    def _get(self):
        return self._queue.pop()
