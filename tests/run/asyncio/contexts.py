# A task has variables of its own, which begin as its maker's.
# needs: import contextvars

import asyncio
import contextvars

var = contextvars.ContextVar("var", default="none")
told = []


async def child(name):
    told.append((name, var.get()))
    var.set(name)
    await asyncio.sleep(0)
    told.append((name, var.get()))
    return var.get()


async def failing():
    var.set("failing")
    try:
        await asyncio.sleep(10)
    finally:
        told.append(var.get())


async def main():
    var.set("main")
    first = asyncio.create_task(child("a"))
    var.set("later")
    second = asyncio.create_task(child("b"))
    print(await first, await second, var.get())
    print(await asyncio.gather(child("c"), child("d")), var.get())
    task = asyncio.create_task(failing())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", var.get())
    context = contextvars.copy_context()
    context.run(var.set, "given")
    print(await asyncio.create_task(child("e"), context=context), context[var], var.get())
    print(await child("f"), var.get())


asyncio.run(main())
print(told, var.get())
