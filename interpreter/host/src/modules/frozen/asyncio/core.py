"""MicroPython's name for the heart of its `asyncio`, for programs and streams that look into it: here it leads to the loop that runs."""

from time import ticks_add, ticks_diff, ticks_ms as ticks

from asyncio import events
from asyncio.events import get_event_loop, get_running_loop, new_event_loop, set_event_loop
from asyncio.exceptions import CancelledError, IncompleteReadError, InvalidStateError, TimeoutError
from asyncio.futures import Future
from asyncio.tasks import Task, create_task, current_task, sleep


def __getattr__(name):
    if name == "cur_task":
        loop = events._get_running_loop()
        return None if loop is None else current_task(loop)
    if name == "_loop":
        return get_event_loop()
    raise AttributeError("module 'asyncio.core' has no attribute %r" % name)


async def sleep_ms(t, result=None):
    ticks_add(ticks(), t)
    return await sleep(t / 1000, result)


def run_until_complete(main=None):
    loop = get_event_loop()
    return loop.run_forever() if main is None else loop.run_until_complete(main)


class _Ready(Future):
    """Done when a stream is ready; it may also be yielded, as MicroPython's streams do."""

    _asyncio_future_blocking = True


class IOQueue:
    """Tasks that wait for streams, which need no descriptors."""

    def queue_read(self, stream):
        return self._queue(stream, "_add_reader", "_remove_reader")

    def queue_write(self, stream):
        return self._queue(stream, "_add_writer", "_remove_writer")

    def _queue(self, stream, add, remove):
        loop = get_running_loop()
        ready = _Ready(loop=loop)

        def come():
            if not ready.done():
                ready.set_result(None)

        key = loop._selector.get_map().get(stream)
        if key is not None and key.data["writer" in add] is not None:
            raise RuntimeError("another task waits for this stream already")
        getattr(loop, add)(stream, come)
        ready.add_done_callback(lambda _: getattr(loop, remove)(stream))
        return ready


_io_queue = IOQueue()
