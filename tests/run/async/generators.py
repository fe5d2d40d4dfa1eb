# Asynchronous generators: yields go to whoever awaits a step, awaits go to the event loop.
class Pause:
    def __init__(self, text):
        self.text = text

    def __await__(self):
        return (yield self.text)


def run(coroutine):
    """An event loop: it prints what comes up and sends its number."""
    number = 0
    try:
        while True:
            print("loop", coroutine.send(None if number == 0 else number))
            number += 1
    except StopIteration as stop:
        return stop.value


async def count(n):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                print("sent", got)
            print("awaited", await Pause("pause"))
    except ValueError as error:
        print("caught", error)
        yield "last"
    finally:
        print("finally")


async def loops():
    async for i in count(2):
        print("item", i)
    else:
        print("else")
    print([i async for i in count(1)], {i: i async for i in count(1)}, {i async for i in count(1) if i == 0})
    print([x async for x in (i * 2 async for i in count(2))])
    print([[i async for i in count(1)] for _ in range(2)])


async def steps():
    g = count(3)
    print(await g.__anext__(), await g.asend("hello"))
    print(await g.athrow(ValueError("x")))
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("StopAsyncIteration")
    g = count(3)
    await g.__anext__()
    await g.aclose()
    await g.aclose()
    try:
        await g.asend(None)
    except StopAsyncIteration:
        print("closed")
    g = count(1)
    print(await anext(g), await anext(g, "default"), await anext(g, "default"))
    print(aiter(g) is g)


async def wrong():
    async def ignores():
        try:
            yield 1
        except GeneratorExit:
            yield 2

    g = ignores()
    await anext(g)
    try:
        await g.aclose()
    except RuntimeError as error:
        print("RuntimeError:", error)

    async def stops():
        yield 1
        raise StopAsyncIteration

    try:
        async for i in stops():
            print(i)
    except RuntimeError as error:
        print("RuntimeError:", error)

    async def fails():
        yield 1
        raise KeyError("k")

    try:
        async for i in fails():
            print(i)
    except KeyError as error:
        print("KeyError", error)
    g = ignores()
    try:
        await g.asend(1)
    except TypeError:
        print("TypeError")


run(loops())
run(steps())
run(wrong())
for text in ("async def f():\n    yield from g()", "[x async for x in y]"):
    try:
        exec(text)
    except SyntaxError:
        print("SyntaxError")
