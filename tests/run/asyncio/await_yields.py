# An async function that yields is in MicroPython a coroutine that hands its values to the event loop itself.
# needs: from asyncio import core
# not CPython: there it is an asynchronous generator, which cannot be awaited
import asyncio
import io
from asyncio import core


class Ready(io.IOBase):
    def ioctl(self, request, argument):
        return argument & 1 if request == 3 else 0


async def read(name):
    yield core._io_queue.queue_read(Ready())
    print("ready", name)
    await asyncio.sleep(0)
    yield core._io_queue.queue_read(Ready())
    print("again", name)


async def fails():
    yield core._io_queue.queue_read(Ready())
    raise KeyError("k")


async def main():
    print(await read(1))
    await asyncio.create_task(read(2))
    await asyncio.gather(read(3), read(4))
    try:
        await fails()
    except KeyError as error:
        print("KeyError", error)
    # Where one is iterated, it is what it is elsewhere.
    async for item in items():
        print(item)


async def items():
    yield 1
    yield 2


asyncio.run(main())
