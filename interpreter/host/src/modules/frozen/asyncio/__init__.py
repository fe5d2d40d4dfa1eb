"""`asyncio` of a computer: tasks, and the loops that run them, one for each thread that wants one.

What a program asks for first loads its part. MicroPython's names (`sleep_ms`, `ThreadSafeFlag`, `core`) are here as well.
"""

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .runners import *
from .tasks import *
from .unix_events import *

_ELSEWHERE = {
    "core": "sleep_ms ticks ticks_add ticks_diff run_until_complete",
    "locks": "Event Lock Condition Semaphore BoundedSemaphore Barrier ThreadSafeFlag",
    "protocols": "BaseProtocol Protocol DatagramProtocol SubprocessProtocol BufferedProtocol",
    "queues": "Queue PriorityQueue LifoQueue QueueEmpty QueueFull QueueShutDown",
    "selector_events": "BaseSelectorEventLoop",
    "streams": "StreamReader StreamWriter StreamReaderProtocol open_connection start_server open_unix_connection start_unix_server Stream",
    "subprocess": "create_subprocess_exec create_subprocess_shell",
    "taskgroups": "TaskGroup",
    "threads": "to_thread",
    "timeouts": "Timeout timeout timeout_at",
    "transports": "BaseTransport ReadTransport WriteTransport Transport DatagramTransport SubprocessTransport",
}
_MODULES = (
    "base_futures base_subprocess base_tasks constants core format_helpers locks log mixins proactor_events protocols queues selector_events"
    " staggered stream streams subprocess taskgroups threads timeouts transports trsock"
).split()
_NOT_CPYTHONS = "sleep_ms ticks ticks_add ticks_diff run_until_complete Stream ThreadSafeFlag BaseSelectorEventLoop".split()

from . import base_events, coroutines, events, exceptions, futures, runners, tasks, unix_events

__all__ = tuple(
    base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ + futures.__all__ + runners.__all__ + tasks.__all__ + unix_events.__all__
) + tuple(name for names in _ELSEWHERE.values() for name in names.split() if name not in _NOT_CPYTHONS)


def wait_for_ms(fut, timeout):
    return wait_for(fut, timeout / 1000)


def __getattr__(name):
    import importlib

    if name in _MODULES:
        return importlib.import_module("asyncio." + name)
    for module in _ELSEWHERE:
        if name in _ELSEWHERE[module].split():
            found = globals()[name] = getattr(importlib.import_module("asyncio." + module), name)
            return found
    # A name of MicroPython's board.
    if name == "Loop":
        return base_events.BaseEventLoop
    raise AttributeError("module 'asyncio' has no attribute '%s'" % name)
