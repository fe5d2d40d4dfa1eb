"""What `asyncio` has on computers alone; the package asks here for names that it does not know."""

from asyncio import Loop
from asyncio._network import Further
from asyncio.coroutines import iscoroutinefunction
from asyncio.events import (
    AbstractEventLoopPolicy,
    AbstractServer,
    DefaultEventLoopPolicy,
    TimerHandle,
    _get_running_loop,
    get_event_loop_policy,
    set_event_loop_policy,
)
from asyncio.exceptions import LimitOverrunError, SendfileNotAvailableError
from asyncio.futures import wrap_future
from asyncio.protocols import BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol, SubprocessProtocol
from asyncio.streams import StreamReaderProtocol, open_unix_connection, start_unix_server
from asyncio.subprocess import create_subprocess_exec, create_subprocess_shell
from asyncio.transports import BaseTransport, DatagramTransport, ReadTransport, SubprocessTransport, Transport, WriteTransport

BaseEventLoop = EventLoop = SelectorEventLoop = Loop


def run_coroutine_threadsafe(coro, loop):
    """Gives a coroutine to the loop of another thread; what it returns comes by a future of threads."""
    from asyncio import create_task
    from concurrent.futures import Future

    future = Future()

    def done(task):
        if task.cancelled():
            future.cancel()
        elif task.exception() is not None:
            future.set_exception(task.exception())
        else:
            future.set_result(task.result())

    def begin():
        future.set_running_or_notify_cancel()
        create_task(coro).add_done_callback(done)

    loop.call_soon_threadsafe(begin)
    return future


def all_tasks(loop=None):
    """The tasks that are not done."""
    from asyncio import core

    return {task for task in core._tasks if not task.done()}


def _register_task(task):
    from asyncio import core

    core._tasks.add(task)


def _unregister_task(task):
    from asyncio import core

    core._tasks.discard(task)
