"""A pool of processes."""

import os
import threading

from concurrent.futures import _base


class BrokenProcessPool(_base.BrokenExecutor):
    pass


class ProcessPoolExecutor(_base.Executor):
    """The processes are those of `multiprocessing.pool`; they begin with the first call."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers or os.cpu_count() or 1
        self._words = initializer, initargs, max_tasks_per_child
        self._pool, self._shutdown, self._pending, self._lock = None, False, set(), threading.Lock()

    def submit(self, fn, /, *args, **kwargs):
        with self._lock:
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if self._pool is None:
                from multiprocessing.pool import Pool

                self._pool = Pool(self._max_workers, *self._words)
            future = _base.Future()
            self._pending.add(future)
            self._pool._tasks.put(((fn, args, kwargs), _Answer(self, future), 0))
            return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        calls = list(zip(*iterables))
        pieces = super().map(_piece, *zip(*[(fn, calls[at : at + chunksize]) for at in range(0, len(calls), chunksize)]), timeout=timeout) if calls else ()
        return (item for piece in pieces for item in piece)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            self._shutdown = True
            if cancel_futures:
                for future in self._pending:
                    future.cancel()
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()
            if wait:
                pool.join()


def _piece(fn, calls):
    return [fn(*args) for args in calls]


class _Answer:
    """Hands what a process answered to the future."""

    def __init__(self, executor, future):
        self._executor, self._future = executor, future

    def _set(self, place, answer):
        self._executor._pending.discard(self._future)
        success, value = answer
        if not self._future.set_running_or_notify_cancel():
            return
        if success:
            self._future.set_result(value)
        else:
            self._future.set_exception(value)
