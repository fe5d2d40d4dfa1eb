# Loops: one for each thread, what becomes of a closed one, and what `run` leaves behind.
# needs: import asyncio.runners
import asyncio
import threading


async def who():
    return asyncio.get_running_loop()


def in_thread(function, *args):
    thread = threading.Thread(target=function, args=args)
    thread.start()
    return thread


# Two threads at once.
async def meets(mine, other, name, told):
    mine.set()
    await asyncio.to_thread(other.wait)
    told.append((name, asyncio.get_running_loop()))
    await asyncio.sleep(0.001)


a, b, told = threading.Event(), threading.Event(), []
thread = in_thread(lambda: asyncio.run(meets(b, a, "thread", told)))
asyncio.run(meets(a, b, "main", told))
thread.join()
print(sorted(name for name, _ in told), told[0][1] is not told[1][1])

# A loop that runs in a thread, and is given coroutines.
loop = asyncio.new_event_loop()
thread = in_thread(loop.run_forever)


async def add(x, y):
    await asyncio.sleep(0)
    return x + y


async def fail():
    raise ValueError("no")


print(asyncio.run_coroutine_threadsafe(add(1, 2), loop).result(5))
try:
    asyncio.run_coroutine_threadsafe(fail(), loop).result(5)
except ValueError as error:
    print("ValueError", error)
future = asyncio.run_coroutine_threadsafe(asyncio.sleep(100), loop)
print(future.cancel(), future.cancelled())
print(asyncio.run_coroutine_threadsafe(who(), loop).result(5) is loop)
print(loop.is_running(), loop.is_closed())
loop.call_soon_threadsafe(loop.stop)
thread.join()
print(loop.is_running(), loop.is_closed())
loop.close()
loop.close()
for what in (lambda: loop.call_soon(print), lambda: loop.run_forever(), lambda: loop.call_later(1, print), lambda: loop.stop()):
    try:
        print(what())
    except RuntimeError as error:
        print(error)

# Which loop a thread has.
def ask():
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        print("There is no current event loop" in str(error))
    mine = asyncio.new_event_loop()
    asyncio.set_event_loop(mine)
    print(asyncio.get_event_loop() is mine)
    mine.close()


in_thread(ask).join()
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)


# What is left is cancelled, and waited for; generators are closed.
async def patient(name):
    try:
        await asyncio.sleep(100)
    finally:
        await asyncio.sleep(0)
        print(name, "ends")


async def items():
    try:
        while True:
            yield 1
    finally:
        await asyncio.sleep(0)
        print("generator ends")


async def main():
    global left, generator
    left = asyncio.create_task(patient("left"))
    generator = items()
    await anext(generator)
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()), asyncio.current_task() in asyncio.all_tasks())
    return 5


print(asyncio.run(main()), left.cancelled())


async def nested():
    coro = main()
    try:
        asyncio.run(coro)
    except RuntimeError as error:
        print(error)
    coro.close()


asyncio.run(nested())
try:
    asyncio.run(5)
except ValueError as error:
    print(error)

# A runner keeps its loop and its variables.
import contextvars

var = contextvars.ContextVar("var", default=0)


async def count():
    var.set(var.get() + 1)
    return var.get(), id(asyncio.get_running_loop())


with asyncio.Runner() as runner:
    first, second = runner.run(count()), runner.run(count())
    print(first[0], second[0], first[1] == second[1], runner.get_loop().is_closed())
    print(runner.run(count(), context=contextvars.copy_context())[0], var.get())
try:
    runner.run(None)
except ValueError as error:
    print(error)
try:
    runner.get_loop()
except RuntimeError as error:
    print(error)


class Own(asyncio.SelectorEventLoop):
    pass


with asyncio.Runner(loop_factory=Own, debug=True) as runner:
    loop = runner.run(who())
    print(type(loop) is Own, loop.get_debug())
print(loop.is_closed())
