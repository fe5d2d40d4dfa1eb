# Locks, events, conditions, semaphores, barriers and queues.
# short of memory: gather keeps the MemoryError of a task to itself.
import asyncio


async def locks():
    lock = asyncio.Lock()
    order = []

    async def use(name):
        async with lock:
            order.append(name)
            await asyncio.sleep(0)

    users = [asyncio.create_task(use(name)) for name in "abc"]
    await asyncio.sleep(0)
    print(lock.locked())
    users[1].cancel()
    await asyncio.gather(*users, return_exceptions=True)
    print(order, lock.locked())
    try:
        lock.release()
    except RuntimeError:
        print("RuntimeError")


async def events():
    event = asyncio.Event()
    waiters = [asyncio.create_task(event.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    event.set()
    print(await asyncio.gather(*waiters), event.is_set())
    event.clear()
    print(event.is_set())


async def semaphores():
    semaphore = asyncio.Semaphore(2)
    inside = most = 0

    async def use():
        nonlocal inside, most
        async with semaphore:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*[use() for _ in range(6)])
    print(most, inside, semaphore.locked())
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError:
        print("ValueError")


async def conditions():
    condition = asyncio.Condition()
    ready = []

    async def wait():
        async with condition:
            await condition.wait_for(lambda: len(ready) >= 2)
            print("enough", ready)

    waiter = asyncio.create_task(wait())
    for item in "xy":
        await asyncio.sleep(0)
        async with condition:
            ready.append(item)
            condition.notify_all()
    await waiter
    try:
        condition.notify()
    except RuntimeError:
        print("RuntimeError")


async def barriers():
    barrier = asyncio.Barrier(3)

    async def meet(name):
        await barrier.wait()
        return name

    print(sorted(await asyncio.gather(*[meet(name) for name in "pqr"])))


async def queues():
    queue = asyncio.Queue(2)

    async def produce():
        for number in range(5):
            await queue.put(number)
            print("put", number)

    producer = asyncio.create_task(produce())
    taken = []
    while len(taken) < 5:
        taken.append(await queue.get())
        queue.task_done()
    await queue.join()
    print(taken, queue.empty())
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        print("QueueEmpty")
    await producer
    queue.put_nowait(1)
    queue.put_nowait(1)
    try:
        queue.put_nowait(1)
    except asyncio.QueueFull:
        print("QueueFull", queue.qsize(), queue.full())
    for kind in (asyncio.PriorityQueue, asyncio.LifoQueue):
        queue = kind()
        for item in (3, 1, 2):
            await queue.put(item)
        print([await queue.get() for _ in range(3)])


for test in (locks, events, semaphores, conditions, barriers, queues):
    print("---", test.__name__)
    asyncio.run(test())
