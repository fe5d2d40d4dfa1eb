# asyncio of boards: tasks that take turns. `core` is always there; the rest is loaded when it is first asked for.
from .core import *

_ELSEWHERE = {
    "tasks": "gather wait_for wait_for_ms wait as_completed shield timeout timeout_at Timeout TaskGroup to_thread Runner"
    " FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED",
    "locks": "Event ThreadSafeFlag Lock Condition Semaphore BoundedSemaphore Barrier BrokenBarrierError",
    "queues": "Queue PriorityQueue LifoQueue QueueEmpty QueueFull QueueShutDown",
    "stream": "Stream StreamReader StreamWriter Server open_connection start_server",
}


def __getattr__(name):
    for module in _ELSEWHERE:
        if name in _ELSEWHERE[module].split():
            found = getattr(__import__("asyncio." + module, None, None, (name,)), name)
            globals()[name] = found
            return found
    raise AttributeError("module 'asyncio' has no attribute '" + name + "'")
