# Queues between tasks.
from . import core
from .core import CancelledError, Waiter


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


class QueueShutDown(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = []
        self._putters = []
        self._joiners = []
        self._unfinished = 0
        self._shut = False
        self._init(maxsize)

    def _init(self, maxsize):
        self._items = []

    def _get(self):
        return self._items.pop(0)

    def _put(self, item):
        self._items.append(item)

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self._maxsize <= self.qsize()

    # Waits until somebody wakes one of `waiting`. A wake that meets a cancelled task goes to the next one.
    async def _wait(self, waiting):
        waiter = Waiter()
        waiting.append(waiter)
        try:
            await waiter
        except CancelledError:
            if waiter in waiting:
                waiting.remove(waiter)
            else:
                self._wake(waiting)
            raise

    def _wake(self, waiting):
        if waiting:
            waiting.pop(0).wake()

    async def put(self, item):
        while self.full() and not self._shut:
            await self._wait(self._putters)
        self.put_nowait(item)

    def put_nowait(self, item):
        if self._shut:
            raise QueueShutDown
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished += 1
        self._wake(self._getters)

    async def get(self):
        while self.empty() and not self._shut:
            await self._wait(self._getters)
        return self.get_nowait()

    def get_nowait(self):
        if self.empty():
            raise QueueShutDown if self._shut else QueueEmpty
        item = self._get()
        self._wake(self._putters)
        return item

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        self._finished()

    def _finished(self):
        while self._unfinished == 0 and self._joiners:
            self._wake(self._joiners)

    async def join(self):
        if self._unfinished > 0:
            await self._wait(self._joiners)

    def shutdown(self, immediate=False):
        self._shut = True
        if immediate:
            while not self.empty():
                self._get()
                self._unfinished -= 1
            self._finished()
        for waiting in (self._getters, self._putters):
            while waiting:
                self._wake(waiting)


# The smallest item first; items that compare equal in the order they came.
class PriorityQueue(Queue):
    def _put(self, item):
        items = self._items
        low, high = 0, len(items)
        while low < high:
            middle = (low + high) // 2
            if item < items[middle]:
                low = middle + 1
            else:
                high = middle
        items.insert(low, item)

    def _get(self):
        return self._items.pop()


class LifoQueue(Queue):
    def _get(self):
        return self._items.pop()
