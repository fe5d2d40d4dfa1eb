# What is told of tasks and futures: their texts, their stacks, and errors that nobody asked for.
# needs: import asyncio.base_tasks
import asyncio
import gc
import io


def handler(loop, context):
    print(context["message"].partition(" at ")[0], type(context.get("exception")).__name__, sorted(key for key in context if key != "message"))


async def fail(text):
    raise ValueError(text)


class Called:
    def __call__(self, future):
        pass

    def __repr__(self):
        return "<called>"


async def waits():
    await asyncio.Event().wait()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    # Nobody has it.
    asyncio.create_task(fail("lost"))
    for _ in range(3):
        await asyncio.sleep(0)
    gc.collect()
    # Somebody has it, and asks later.
    task = asyncio.create_task(fail("kept"))
    for _ in range(5):
        await asyncio.sleep(0)
    try:
        await task
    except ValueError as error:
        print("asked:", error)
    task = asyncio.create_task(waits(), name="patient")
    await asyncio.sleep(0)
    print(task.get_name(), repr(task).startswith("<Task pending name='patient' coro=<waits() running at "), "wait_for=<Future pending" in repr(task))
    print([frame.f_code.co_name for frame in task.get_stack()])
    out = io.StringIO()
    task.print_stack(file=out)
    print(out.getvalue().splitlines()[0].startswith("Stack for <Task pending name='patient'"))
    print(task.get_coro().__name__, task.cancelling(), task.cancel("why"), task.cancel(), task.cancelling(), "cancelling" in repr(task))
    print(task.uncancel(), task.uncancel(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", task.cancelled(), repr(task).startswith("<Task cancelled name='patient'"))
    future = loop.create_future()
    print(future)
    future.add_done_callback(lambda future: None)
    print("cb=[main.<locals>.<lambda>() at " in repr(future))
    future.set_result([1, 2])
    print(future)
    try:
        future.set_result(3)
    except asyncio.InvalidStateError as error:
        print(error)
    try:
        loop.create_future().set_exception(StopIteration)
    except TypeError as error:
        print(error)
    future = loop.create_future()
    future.add_done_callback(Called())
    print(future)
    future.cancel()
    try:
        await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr="here")
    except TypeError as error:
        print(error)
    for ask in (loop.create_future().result, loop.create_future().exception):
        try:
            ask()
        except asyncio.InvalidStateError as error:
            print(error)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    handle = loop.call_later(100, print, "x")
    print(handle.cancelled(), handle.cancel(), handle.cancelled(), handle.when() > loop.time())
    print(repr(asyncio.Lock())[-11:], repr(asyncio.Event())[-8:], str(asyncio.Queue(2)), repr(asyncio.Semaphore(3))[-20:])
    try:
        raise asyncio.IncompleteReadError(b"ab", 4)
    except EOFError as error:
        print(error, error.partial, error.expected)
    print(asyncio.IncompleteReadError(b"ab", None))


asyncio.run(main())


async def endless():
    await asyncio.get_running_loop().create_future()


async def forgets():
    asyncio.get_running_loop().set_exception_handler(handler)
    task = asyncio.create_task(endless())
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
    print(len(asyncio.all_tasks()))


asyncio.run(forgets())
