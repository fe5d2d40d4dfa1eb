# not CPython: it refuses both
# What CPython refuses means what it means in MicroPython: a plain function that waits is a generator, `__await__` too, and an
# asynchronous function that yields by itself may return a value, which an `await` of it has.
class Pause:
    def __init__(self, step):
        self.step = step

    def __await__(self):
        await self.step
        return "paused"

    __iter__ = __await__


class Step:
    def __iter__(self):
        yield "step"

    __await__ = __iter__


async def reading():
    got = yield "wait"
    return ["read", got]


def plain(awaitable):
    return [await awaitable, await (lambda: await awaitable)()]


async def program():
    print(await plain(Step()))
    print(await Pause(Step()))
    print(await reading())
    try:
        async for item in reading():
            print(item)
    except Exception as e:
        print(repr(e))


def run(coroutine):
    try:
        while True:
            print("waits for", coroutine.send(None))
    except StopIteration:
        print("ended")


run(program())
