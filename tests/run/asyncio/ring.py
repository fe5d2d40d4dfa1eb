# not CPython: a ring of bytes is MicroPython's
# Streams that need no descriptor are waited for: a ring of bytes, and what a program writes itself.
import asyncio
import io
import micropython
import time


class Lamp(io.IOBase):
    def __init__(self):
        self.at = time.ticks_add(time.ticks_ms(), 20)

    def ioctl(self, request, argument):
        return argument & 1 if request == 3 and time.ticks_diff(time.ticks_ms(), self.at) >= 0 else 0

    def read(self, count):
        return b"on"

    def readline(self):
        return b"on\n"


async def write(stream, data):
    stream.write(data)
    await stream.drain()
    print("written")


async def main():
    stream = asyncio.StreamWriter(micropython.RingIO(16))
    task = asyncio.create_task(write(stream, b"ABC123" * 20))
    print(len(await stream.readexactly(120)))
    await task
    print(await asyncio.StreamReader(Lamp()).readline())


asyncio.run(main())
