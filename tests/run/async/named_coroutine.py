# needs: import sys; sys._getframe
# Errors call a coroutine what it is.
async def stops():
    raise StopIteration


async def ignores():
    try:
        await Once()
    except GeneratorExit:
        await Once()


class Once:
    def __await__(self):
        yield


def attempt(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: stops().send(None))
coroutine = ignores()
coroutine.send(None)
attempt(coroutine.close)
coroutine = ignores()
attempt(lambda: coroutine.send(1))
coroutine.close()


async def itself():
    running.send(None)


running = itself()
attempt(lambda: running.send(None))


async def items():
    raise StopIteration
    yield


attempt(lambda: items().__anext__().send(None))
