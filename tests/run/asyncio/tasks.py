# Tasks: results, errors, cancellation, waiting for several.
import asyncio


async def value(x, turns=1):
    for _ in range(turns):
        await asyncio.sleep(0)
    return x


async def fail(turns=1):
    await value(0, turns)
    raise ValueError("failed")


async def patient(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise


async def gathering():
    print(await asyncio.gather(value(1, 3), value(2, 1), value(3, 2)))
    try:
        await asyncio.gather(value(1), fail())
    except ValueError as error:
        print(type(error).__name__, error)
    results = await asyncio.gather(value(1), fail(), return_exceptions=True)
    print(results[0], type(results[1]).__name__)


async def waiting():
    slow = asyncio.create_task(patient("slow"))
    quick = asyncio.create_task(value(5, 2))
    done, pending = await asyncio.wait([slow, quick], return_when=asyncio.FIRST_COMPLETED)
    print(done == {quick}, pending == {slow}, quick.result())
    done, pending = await asyncio.wait([slow], timeout=0.001)
    print(len(done), len(pending))
    slow.cancel()
    done, pending = await asyncio.wait([slow])
    print(len(done), len(pending), slow.cancelled())
    for next_one in asyncio.as_completed([value("b", 6), value("a", 2), value("c", 9)]):
        print(await next_one)


async def limits():
    try:
        await asyncio.wait_for(patient("waited for"), 0.001)
    except asyncio.TimeoutError:
        print("timeout")
    print(await asyncio.wait_for(value(8), 1))
    try:
        async with asyncio.timeout(0.001):
            await patient("limited")
    except asyncio.TimeoutError:
        print("timeout")
    async with asyncio.timeout(5) as limit:
        print(await value(9))
    print(limit.expired())
    inner = asyncio.create_task(value("shielded", 3))
    outer = asyncio.shield(inner)
    waiter = asyncio.create_task(asyncio.wait_for(outer, 5))
    await asyncio.sleep(0)
    waiter.cancel()
    try:
        await waiter
    except asyncio.CancelledError:
        print("only the waiter is cancelled:", await inner)


async def groups():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(value(1, 3))
        second = group.create_task(value(2))
    print(first.result(), second.result())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(patient("sibling"))
            group.create_task(fail())
            await patient("body")
    except Exception as errors:
        print([type(error).__name__ for error in errors.exceptions])


async def futures():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: print("done with", future.result()))
    loop.call_soon(future.set_result, 3)
    print(future.done(), await future, future.done())
    await asyncio.sleep(0)
    task = asyncio.create_task(patient("task"))
    task.add_done_callback(lambda task: print("callback", task.cancelled()))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
    await asyncio.sleep(0)
    loop.call_later(0.03, print, "later")
    loop.call_later(0.001, print, "sooner")
    never = loop.call_later(0.001, print, "never")
    never.cancel()
    await asyncio.sleep(0.06)
    print(await asyncio.sleep(0, "slept"))


for test in (gathering, waiting, limits, groups, futures):
    print("---", test.__name__)
    asyncio.run(test())
