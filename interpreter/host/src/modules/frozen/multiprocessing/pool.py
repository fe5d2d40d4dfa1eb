"""Pools of processes (and of threads) that carry out calls. Each process has a thread here, which hands it a task and waits for the answer."""

import collections
import itertools
import os
import queue
import threading
import time
import traceback

from multiprocessing import connection, process, util
from multiprocessing.context import TimeoutError

__all__ = ["Pool", "ThreadPool"]


class RemoteTraceback(Exception):
    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way, with the text of its traceback."""

    def __init__(self, exc, tb):
        self.exc, self.tb = exc, '\n"""\n%s"""' % "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc.__traceback__ = None

    def __reduce__(self):
        return _rebuilt, (self.exc, self.tb)


def _rebuilt(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """What a call answered cannot be pickled."""

    def __init__(self, exc, value):
        self.exc, self.value = repr(exc), repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return "Error sending result: '%s'. Reason: '%s'" % (self.value, self.exc)


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


def _work(link, initializer, initargs):
    """What a process of the pool does."""
    if initializer is not None:
        initializer(*initargs)
    while True:
        try:
            task = link.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        func, args, kwargs = task
        try:
            answer = True, func(*args, **kwargs)
        except Exception as error:
            answer = False, ExceptionWithTraceback(error, error.__traceback__)
        try:
            link.send(answer)
        except OSError:
            return
        except Exception as error:
            link.send((False, MaybeEncodingError(error, answer[1])))


class _ProcessWorker:
    """A process and the pipe to it."""

    links = set()

    def __init__(self, pool):
        self.link, other = connection.Pipe()
        self.links.add(self.link)
        self.process = process.Process(target=self._main, args=(other, pool._initializer, pool._initargs), name=None, daemon=True)
        self.process.name = self.process.name.replace("Process", "PoolWorker" if type(self.process).__name__ != "Process" else "ForkPoolWorker")
        self.process.start()
        other.close()

    def _main(self, link, initializer, initargs):
        # Whose end is here would never end for the others.
        for other in list(self.links):
            other.close()
        _work(link, initializer, initargs)

    def call(self, task):
        self.link.send(task)
        return self.link.recv()

    def end(self):
        try:
            self.link.send(None)
        except OSError:
            pass
        self.links.discard(self.link)
        self.link.close()
        self.process.join()


class _ThreadWorker:
    def __init__(self, pool):
        if pool._initializer is not None:
            pool._initializer(*pool._initargs)

    def call(self, task):
        func, args, kwargs = task
        try:
            return True, func(*args, **kwargs)
        except Exception as error:
            return False, error

    def end(self):
        pass


RUN, CLOSE, TERMINATE = "RUN", "CLOSE", "TERMINATE"


class Pool:
    _worker = _ProcessWorker

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        processes = os.cpu_count() or 1 if processes is None else processes
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._state, self._processes, self._most = RUN, processes, maxtasksperchild
        self._initializer, self._initargs = initializer, tuple(initargs)
        self._tasks = queue.SimpleQueue()
        # All processes before the first thread: they are copies.
        self._workers = [self._worker(self) for _ in range(processes)]
        self._threads = [threading.Thread(target=self._drive, args=(index,), name="PoolDriver", daemon=True) for index in range(processes)]
        for thread in self._threads:
            thread.start()
        self._finalizer = util.Finalize(self, self.terminate, exitpriority=15)

    def _drive(self, index):
        done, worker = 0, self._workers[index]
        while True:
            item = self._tasks.get()
            if item is None or self._state == TERMINATE:
                break
            task, result, place = item
            try:
                if self._most is not None and done >= self._most:
                    worker.end()
                    worker, done = self._worker(self), 0
                    self._workers[index] = worker
                answer = worker.call(task)
            except (EOFError, OSError) as error:
                if self._state == TERMINATE:
                    break
                worker = self._workers[index] = self._worker(self)
                done, answer = 0, (False, RuntimeError("a process of the pool ended: %s" % error))
            except Exception as error:
                # The task cannot be pickled.
                answer = False, error
            done += 1
            result._set(place, answer)
        if self._state != TERMINATE:
            worker.end()

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._tasks.put(((func, tuple(args), dict(kwds)), result, 0))
        return result

    def map(self, func, iterable, chunksize=None):
        return self._map(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        return self._map(func, iterable, starmapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map(self, func, iterable, mapper, chunksize, callback=None, error_callback=None):
        self._check_running()
        items = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(items), self._processes * 4)
            chunksize += bool(extra)
        if not items:
            chunksize = 0
        pieces = [items[at : at + chunksize] for at in range(0, len(items), max(chunksize, 1))]
        result = MapResult(self, chunksize, len(items), len(pieces), callback, error_callback)
        for place, piece in enumerate(pieces):
            self._tasks.put(((mapper, ((func, piece),), {}), result, place))
        return result

    def imap(self, func, iterable, chunksize=1):
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError("Chunksize must be 1+, not %s" % chunksize)
        result = kind(self)
        items, count = iter(iterable), 0
        while True:
            piece = list(itertools.islice(items, chunksize))
            if not piece:
                break
            self._tasks.put(((mapstar, ((func, piece),), {}), result, count))
            count += 1
        result._set_length(count)
        return _Items(result)

    def close(self):
        if self._state == RUN:
            self._state = CLOSE
            for _ in self._threads:
                self._tasks.put(None)

    def terminate(self):
        if self._state == TERMINATE:
            return
        self._state = TERMINATE
        for worker in self._workers:
            child = getattr(worker, "process", None)
            if child is not None:
                child.terminate()
                child.join()
        for _ in self._threads:
            self._tasks.put(None)

    def join(self):
        if self._state == RUN:
            raise ValueError("Pool is still running")
        for thread in self._threads:
            thread.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *error):
        self.terminate()

    def __repr__(self):
        return "<%s.%s state=%s pool_size=%d>" % (type(self).__module__, type(self).__qualname__, self._state, len(self._workers))

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")


class ThreadPool(Pool):
    _worker = _ThreadWorker

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)


class ApplyResult:
    def __init__(self, pool, callback, error_callback):
        self._event, self._callback, self._error_callback = threading.Event(), callback, error_callback
        self._success = self._value = None

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError("%r not ready" % self)
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, place, answer):
        self._success, self._value = answer
        self._finish()

    def _finish(self):
        called = self._callback if self._success else self._error_callback
        if called:
            called(self._value)
        self._event.set()


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    def __init__(self, pool, chunksize, length, pieces, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success, self._value, self._chunksize, self._left, self._lock = True, [None] * length, chunksize, pieces, threading.Lock()
        if not pieces:
            self._event.set()

    def _set(self, place, answer):
        with self._lock:
            self._left -= 1
            success, value = answer
            if not success and self._success:
                self._success, self._value = False, value
            elif self._success:
                self._value[place * self._chunksize : (place + 1) * self._chunksize] = value
            last = self._left == 0
        if last:
            self._finish()


class IMapIterator:
    """Answers in the order of the tasks."""

    def __init__(self, pool):
        self._changed, self._answers, self._next, self._length, self._order = threading.Condition(), {}, 0, None, collections.deque()

    def __iter__(self):
        return self

    def _ready(self):
        return self._next in self._answers

    def _pop(self):
        return self._answers.pop(self._next)

    def next(self, timeout=None):
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            while not self._ready():
                if self._length is not None and self._next >= self._length:
                    raise StopIteration
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError
                self._changed.wait(left)
            success, value = self._pop()
            self._next += 1
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, place, answer):
        with self._changed:
            self._answers[place] = answer
            self._order.append(place)
            self._changed.notify_all()

    def _set_length(self, length):
        with self._changed:
            self._length = length
            self._changed.notify_all()


class IMapUnorderedIterator(IMapIterator):
    """Answers as they come."""

    def _ready(self):
        return bool(self._order)

    def _pop(self):
        return self._answers.pop(self._order.popleft())


class _Items:
    """The items of pieces, one after the other."""

    def __init__(self, pieces):
        self._pieces, self._items = pieces, []

    def __iter__(self):
        return self

    def next(self, timeout=None):
        while not self._items:
            self._items = self._pieces.next(timeout)[::-1]
        return self._items.pop()

    __next__ = next
