"""Programs in several processes. A process is a copy of this one (`fork`), so what a program has made is there as well; what goes
between them is pickled."""

import sys

from multiprocessing import context, process

__all__ = [
    "Array", "AuthenticationError", "Barrier", "BoundedSemaphore", "BufferTooShort", "Condition", "Event", "JoinableQueue", "Lock", "Manager", "Pipe",
    "Pool", "Process", "ProcessError", "Queue", "RLock", "RawArray", "RawValue", "Semaphore", "SimpleQueue", "TimeoutError", "Value", "active_children",
    "allow_connection_pickling", "cpu_count", "current_process", "freeze_support", "get_all_start_methods", "get_context", "get_logger",
    "get_start_method", "log_to_stderr", "parent_process", "reducer", "set_executable", "set_forkserver_preload", "set_start_method",
]

for _name in __all__:
    if hasattr(context._default, _name):
        globals()[_name] = getattr(context._default, _name)
del _name
Process = process.Process
SUBDEBUG, SUBWARNING = 5, 25
