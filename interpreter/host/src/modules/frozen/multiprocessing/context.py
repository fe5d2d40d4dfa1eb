"""The ways in which processes are made: there is one, `fork`, by all names that programs ask for."""

import os

__all__ = ()


class ProcessError(Exception):
    pass


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    pass


class AuthenticationError(ProcessError):
    pass


class BaseContext:
    ProcessError, BufferTooShort, TimeoutError, AuthenticationError = ProcessError, BufferTooShort, TimeoutError, AuthenticationError

    def __init__(self, method="fork"):
        self._method = method

    @property
    def Process(self):
        from multiprocessing.process import Process

        return Process

    def cpu_count(self):
        count = os.cpu_count()
        if count is None:
            raise NotImplementedError("cannot determine number of cpus")
        return count

    def current_process(self):
        from multiprocessing import process

        return process.current_process()

    def parent_process(self):
        from multiprocessing import process

        return process.parent_process()

    def active_children(self):
        from multiprocessing import process

        return process.active_children()

    def Manager(self):
        from multiprocessing.managers import SyncManager

        made = SyncManager()
        made.start()
        return made

    def Pipe(self, duplex=True):
        from multiprocessing.connection import Pipe

        return Pipe(duplex)

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        from multiprocessing.pool import Pool

        return Pool(processes, initializer, initargs, maxtasksperchild)

    def Value(self, typecode_or_type, *args, lock=True):
        from multiprocessing.sharedctypes import Value

        return Value(typecode_or_type, *args, lock=lock)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        from multiprocessing.sharedctypes import Array

        return Array(typecode_or_type, size_or_initializer, lock=lock)

    def RawValue(self, typecode_or_type, *args):
        from multiprocessing.sharedctypes import RawValue

        return RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        from multiprocessing.sharedctypes import RawArray

        return RawArray(typecode_or_type, size_or_initializer)

    def freeze_support(self):
        pass

    def allow_connection_pickling(self):
        pass

    def set_executable(self, executable):
        pass

    def set_forkserver_preload(self, module_names):
        pass

    def get_logger(self):
        from multiprocessing.util import get_logger

        return get_logger()

    def log_to_stderr(self, level=None):
        from multiprocessing.util import log_to_stderr

        return log_to_stderr(level)

    def get_context(self, method=None):
        if method is None:
            return self
        if method not in ("fork", "spawn", "forkserver"):
            raise ValueError("cannot find context for %r" % method)
        return BaseContext(method)

    def get_start_method(self, allow_none=False):
        return self._method

    def set_start_method(self, method, force=False):
        if method not in ("fork", "spawn", "forkserver", None):
            raise ValueError("cannot find context for %r" % method)
        if method is not None:
            self._method = method

    def get_all_start_methods(self):
        return ["fork", "spawn", "forkserver"]


def _of(module, name):
    def made(self, *args, **kwargs):
        return getattr(__import__("multiprocessing." + module, None, None, [name]), name)(*args, **kwargs)

    made.__name__ = name
    return made


for _name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"):
    setattr(BaseContext, _name, _of("synchronize", _name))
for _name in ("Queue", "JoinableQueue", "SimpleQueue"):
    setattr(BaseContext, _name, _of("queues", _name))
del _name
_default = BaseContext()


def __getattr__(name):
    if name in ("Process", "ForkProcess", "SpawnProcess", "ForkServerProcess"):
        from multiprocessing.process import Process

        return Process
    raise AttributeError("module 'multiprocessing.context' has no attribute %r" % name)
