"""A pool of threads, made as they are needed."""

import os
import queue
import threading
from types import GenericAlias

from concurrent.futures import _base

_count = 0


class BrokenThreadPool(_base.BrokenExecutor):
    pass


class ThreadPoolExecutor(_base.Executor):
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        global _count
        if max_workers is None:
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers, self._work_queue, self._threads = max_workers, queue.SimpleQueue(), set()
        self._idle, self._lock, self._broken, self._shutdown = 0, threading.Lock(), False, False
        if not thread_name_prefix:
            thread_name_prefix = "ThreadPoolExecutor-%d" % _count
            _count += 1
        self._thread_name_prefix, self._initializer, self._initargs = thread_name_prefix, initializer, initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future = _base.Future()
            self._work_queue.put((future, fn, args, kwargs))
            if self._idle > 0:
                self._idle -= 1
            elif len(self._threads) < self._max_workers:
                name = "%s_%d" % (self._thread_name_prefix, len(self._threads))
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.add(thread)
                thread.start()
            return future

    def _work(self):
        if self._initializer is not None:
            try:
                self._initializer(*self._initargs)
            except BaseException:
                _base.LOGGER.critical("Exception in initializer:", exc_info=True)
                self._break()
                return
        while True:
            job = self._work_queue.get()
            if job is None:
                # The next thread shall end as well.
                self._work_queue.put(None)
                return
            future, fn, args, kwargs = job
            if future.set_running_or_notify_cancel():
                try:
                    result = fn(*args, **kwargs)
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
            del job, future, fn, args, kwargs
            with self._lock:
                if self._work_queue.empty():
                    self._idle += 1

    def _break(self):
        with self._lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            while not self._work_queue.empty():
                job = self._work_queue.get()
                if job is not None:
                    job[0].set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            self._shutdown = True
            if cancel_futures:
                while not self._work_queue.empty():
                    job = self._work_queue.get()
                    if job is not None:
                        job[0].cancel()
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


class _WorkItem:
    """A job, as pools of other libraries keep it."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)
