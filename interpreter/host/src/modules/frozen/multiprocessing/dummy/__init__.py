"""What `multiprocessing` has, with threads in place of processes."""

import array
import threading
from queue import Queue
from threading import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore

__all__ = [
    "Process", "current_process", "active_children", "freeze_support", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier",
    "Queue", "Manager", "Pipe", "Pool", "JoinableQueue",
]

JoinableQueue, dict, list = Queue, dict, list
current_process = threading.current_thread


class Process(threading.Thread):
    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        super().__init__(group, target, name, args, kwargs)

    @property
    def exitcode(self):
        return 0 if self.ident is not None and not self.is_alive() else None


DummyProcess = Process


def active_children():
    return [thread for thread in threading.enumerate() if isinstance(thread, Process)]


def freeze_support():
    pass


class Namespace:
    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)


class Value:
    def __init__(self, typecode, value, lock=True):
        self._typecode, self.value = typecode, value


def Array(typecode, sequence, lock=True):
    return array.array(typecode, sequence)


def Manager():
    import sys

    return sys.modules[__name__]


def shutdown():
    pass


def Pool(processes=None, initializer=None, initargs=()):
    from multiprocessing.pool import ThreadPool

    return ThreadPool(processes, initializer, initargs)


def Pipe(duplex=True):
    from multiprocessing.connection import Pipe

    return Pipe(duplex)
