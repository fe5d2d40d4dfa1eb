"""Queues between threads."""

import heapq
from collections import deque
from threading import Condition, Lock
from time import time
from types import GenericAlias

__all__ = ["Empty", "Full", "LifoQueue", "PriorityQueue", "Queue", "ShutDown", "SimpleQueue"]


class Empty(Exception):
    pass


class Full(Exception):
    pass


class ShutDown(Exception):
    pass


class Queue:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.unfinished_tasks = 0
        self.is_shutdown = False
        self._init(maxsize)
        self.mutex = Lock()
        self.not_empty, self.not_full, self.all_tasks_done = [Condition(self.mutex) for _ in range(3)]

    def _init(self, maxsize):
        self.queue = deque((), 1 << 30) if maxsize <= 0 else deque((), maxsize)

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    # Waits until `ready`; false when the time is over.
    def _wait(self, condition, ready, block, timeout):
        if not block:
            return ready()
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        end = None if timeout is None else time() + timeout
        while not ready():
            left = None if end is None else end - time()
            if left is not None and left <= 0:
                return False
            condition.wait(left)
        return True

    def put(self, item, block=True, timeout=None):
        with self.not_full:
            room = lambda: self.is_shutdown or self.maxsize <= 0 or self._qsize() < self.maxsize
            if not self._wait(self.not_full, room, block, timeout):
                raise Full
            if self.is_shutdown:
                raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        with self.not_empty:
            if not self._wait(self.not_empty, lambda: self.is_shutdown or self._qsize() > 0, block, timeout):
                raise Empty
            if not self._qsize():
                raise ShutDown
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        self.put(item, False)

    def get_nowait(self):
        return self.get(False)

    def task_done(self):
        with self.all_tasks_done:
            if self.unfinished_tasks <= 0:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                self.all_tasks_done.notify_all()

    def join(self):
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        with self.mutex:
            return self._qsize()

    def empty(self):
        return self.qsize() == 0

    def full(self):
        return 0 < self.maxsize <= self.qsize()

    def shutdown(self, immediate=False):
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                self.unfinished_tasks = 0
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()


class PriorityQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heapq.heappush(self.queue, item)

    def _get(self):
        return heapq.heappop(self.queue)


class LifoQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()


SimpleQueue = _PySimpleQueue = Queue
