# needs: import types, inspect
# Coroutines, generators and what can be awaited are told apart.
import collections.abc
import inspect
import types
import typing


async def coroutine():
    pass


def generator():
    yield


async def asynchronous():
    yield


class Wrapped:
    def __await__(self):
        return coroutine().__await__()


made = [coroutine(), generator(), asynchronous(), Wrapped(), coroutine, []]
for value in made:
    print(
        type(value).__name__,
        [getattr(inspect, name)(value) for name in ("iscoroutine", "isgenerator", "isasyncgen", "isawaitable", "iscoroutinefunction")],
        [name for name in ("Awaitable", "Coroutine", "Generator", "Iterator", "Iterable", "AsyncIterator") if isinstance(value, getattr(collections.abc, name))],
        isinstance(value, typing.Awaitable),
        isinstance(value, (types.CoroutineType, types.AsyncGeneratorType)),
        isinstance(value, types.GeneratorType),
    )
print(types.CoroutineType, types.GeneratorType, types.CoroutineType is types.GeneratorType)
print(hasattr(types.CoroutineType, "__await__"), hasattr(types.GeneratorType, "__await__"))


async def outer():
    return [await Wrapped(), await coroutine()]


running = outer()
try:
    running.send(None)
except StopIteration as stop:
    print(stop.value)
made[0].close()
