# Eager tasks, what came to queues and groups later, and the contexts of callbacks.
# needs: import asyncio.runners
# not CPython: 3.12 has eager tasks, 3.13 the queues that are shut down and the iterator of futures
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="outside")


async def told(name, turns=0):
    print(name, "begins", asyncio.current_task().get_name())
    for _ in range(turns):
        await asyncio.sleep(0)
    return name


async def eager():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(told("a"), name="A")
    print("made", task.done(), task.result(), task in asyncio.all_tasks())
    task = asyncio.create_task(told("b", 1), name="B")
    print("made", task.done(), task in asyncio.all_tasks(), asyncio.current_task().get_name() == "B")
    print(await task)
    async with asyncio.TaskGroup() as group:
        print(group.create_task(told("c"), name="C").done())
    loop.set_task_factory(None)
    print(loop.get_task_factory(), asyncio.Task(told("d"), loop=loop, eager_start=True, name="D").done())


asyncio.run(eager())


async def contexts():
    loop = asyncio.get_running_loop()
    seen = []
    var.set("here")
    other = contextvars.copy_context()
    other.run(var.set, "other")
    future = loop.create_future()
    future.add_done_callback(lambda future: seen.append(("done", var.get())))
    future.add_done_callback(lambda future: seen.append(("done", var.get())), context=other)
    loop.call_soon(lambda: seen.append(("soon", var.get())))
    loop.call_soon(lambda: seen.append(("soon", var.get())), context=other)
    loop.call_later(0, lambda: seen.append(("later", var.get())), context=other)
    var.set("changed")
    future.set_result(None)
    await asyncio.sleep(0.001)
    print(sorted(seen))

    async def sets():
        var.set("by the task")
        return var.get()

    task = asyncio.create_task(sets())
    print(await task, var.get(), task.get_context()[var])
    task = asyncio.create_task(sets(), context=other)
    print(await task, other[var], task.get_context() is other)
    print(await asyncio.to_thread(var.get))


asyncio.run(contexts())


async def queues():
    queue = asyncio.Queue(1)
    await queue.put(1)
    putter = asyncio.create_task(queue.put(2))
    await asyncio.sleep(0)
    queue.shutdown()
    print(queue, await queue.get())
    for wait in (queue.get(), queue.put(3), putter):
        try:
            await wait
        except asyncio.QueueShutDown as error:
            print(type(error).__name__)
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.shutdown(immediate=True)
    await queue.join()
    print(queue.qsize())


asyncio.run(queues())


async def groups():
    async def value(x, turns):
        for _ in range(turns):
            await asyncio.sleep(0)
        return x

    async def fail():
        raise ValueError("no")

    tasks = [asyncio.create_task(value(x, 4 - x)) for x in range(3)]
    async for task in asyncio.as_completed(tasks):
        print(task in tasks, await task)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            kept = group.create_task(value("long", 1000))
    except* ValueError as errors:
        print(*errors.exceptions, kept.cancelled())
    print(group)
    for wrong in (lambda: group.create_task(value(1, 0)), lambda: asyncio.TaskGroup().create_task(value(1, 0))):
        try:
            wrong()
        except RuntimeError as error:
            print(str(error).partition(">")[2])
    try:
        async with asyncio.timeout(None) as limit:
            print(limit, limit.when())
            limit.reschedule(asyncio.get_running_loop().time() - 1)
            await asyncio.sleep(100)
    except TimeoutError as error:
        print(limit, type(error.__cause__).__name__, asyncio.current_task().cancelling())
    try:
        limit.reschedule(1)
    except RuntimeError as error:
        print(error)
    barrier = asyncio.Barrier(2)
    print(sorted(await asyncio.gather(barrier.wait(), barrier.wait())), barrier.n_waiting, barrier.broken)
    waiting = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    await barrier.abort()
    try:
        await waiting
    except asyncio.BrokenBarrierError as error:
        print(error, barrier.broken)
    task = asyncio.create_task(value(1, 5))
    await asyncio.sleep(0)
    task.cancel()
    print(task.cancelling(), task.uncancel())
    try:
        await object()
    except TypeError as error:
        print(error)


asyncio.run(groups())
