"""Queues between processes. What is put is written by a thread, so that nobody waits for a reader."""

import collections
import os
import pickle
import threading
import time
from queue import Empty, Full

from multiprocessing import connection, util
from multiprocessing.synchronize import BoundedSemaphore, Condition, Lock, Semaphore

__all__ = ["Queue", "SimpleQueue", "JoinableQueue"]


class Queue:
    def __init__(self, maxsize=0, *, ctx=None):
        self._maxsize = maxsize if maxsize > 0 else 0
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._read_lock, self._write_lock = Lock(), Lock()
        self._room = BoundedSemaphore(maxsize) if self._maxsize else None
        self._count = Semaphore(0)
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self):
        self._pending, self._closed, self._joined, self._thread = collections.deque(), False, False, None
        self._changed = threading.Condition()

    def _feed(self):
        while True:
            with self._changed:
                while not self._pending:
                    if self._closed:
                        return
                    self._changed.wait()
                data = self._pending[0]
            try:
                with self._write_lock:
                    self._writer.send_bytes(data)
            except OSError:
                pass
            with self._changed:
                self._pending.popleft()
                self._changed.notify_all()

    def put(self, obj, block=True, timeout=None):
        if self._closed:
            raise ValueError("Queue %r is closed" % self)
        if self._room is not None and not self._room.acquire(block, timeout):
            raise Full
        # Pickled now: later it may look otherwise.
        data = pickle.dumps(obj)
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._feed, name="QueueFeederThread", daemon=True)
                self._thread.start()
                if not self._joined:
                    self._finalizer = util.Finalize(self, self._flush, exitpriority=-5)
            self._pending.append(data)
            self._changed.notify_all()
        self._count.release()

    def _flush(self):
        with self._changed:
            while self._pending:
                self._changed.wait()

    def get(self, block=True, timeout=None):
        if self._closed:
            raise ValueError("Queue %r is closed" % self)
        deadline = None if timeout is None else time.monotonic() + timeout
        if not self._read_lock.acquire(block, timeout):
            raise Empty
        try:
            # What was put just now may be on its way.
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            if not (block and left is None) and not self._reader.poll(left if block else (0.05 if self._count.get_value() else 0)):
                raise Empty
            data = self._reader.recv_bytes()
            self._count.acquire(False)
            if self._room is not None:
                self._room.release()
        finally:
            self._read_lock.release()
        return pickle.loads(data)

    def qsize(self):
        return self._count.get_value()

    def empty(self):
        return not self._reader.poll()

    def full(self):
        return self._room is not None and self._room.get_value() == 0

    def get_nowait(self):
        return self.get(False)

    def put_nowait(self, obj):
        return self.put(obj, False)

    def close(self):
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join_thread(self):
        if not self._closed:
            raise AssertionError("Queue %r not closed" % self)
        if self._thread is not None:
            self._thread.join()

    def cancel_join_thread(self):
        self._joined = True
        finalizer = getattr(self, "_finalizer", None)
        if finalizer is not None:
            finalizer.cancel()


class JoinableQueue(Queue):
    """A queue that knows how many tasks are not done."""

    def __init__(self, maxsize=0, *, ctx=None):
        super().__init__(maxsize)
        self._unfinished, self._cond = Semaphore(0), Condition()

    def put(self, obj, block=True, timeout=None):
        with self._cond:
            super().put(obj, block, timeout)
            self._unfinished.release()

    def task_done(self):
        with self._cond:
            if not self._unfinished.acquire(False):
                raise ValueError("task_done() called too many times")
            if self._unfinished.get_value() == 0:
                self._cond.notify_all()

    def join(self):
        with self._cond:
            while self._unfinished.get_value():
                self._cond.wait()


class SimpleQueue:
    """A pipe with locks: who puts waits until it is written."""

    def __init__(self, *, ctx=None):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._read_lock, self._write_lock = Lock(), Lock()

    def close(self):
        self._reader.close()
        self._writer.close()

    def empty(self):
        return not self._reader.poll()

    def get(self):
        with self._read_lock:
            data = self._reader.recv_bytes()
        return pickle.loads(data)

    def put(self, obj):
        data = pickle.dumps(obj)
        with self._write_lock:
            self._writer.send_bytes(data)
