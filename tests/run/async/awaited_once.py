# needs: import linecache
# A coroutine is awaited once: who does so again, or while another one waits for it, is told.
def waits():
    yield "step"


class Step:
    def __await__(self):
        return waits()


async def work():
    await Step()
    return "done"


async def asks(coroutine):
    return await coroutine


def told(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__, str(e)


plain = work()
print(plain.send(None), told(lambda: asks(plain).send(None)))
print(told(lambda: plain.send(None)), told(lambda: plain.send(None)))
print(told(lambda: asks(plain).send(None)), plain.close())
print(told(lambda: plain.throw(KeyError)))
for wrong in (aiter, anext):
    print(told(lambda: wrong(3)))


async def items():
    yield 1


print(repr(items()).split(" at ")[0])

# A lambda that yields gives what its expression is in the end.
lazy = (lambda: (yield 1))()
print(next(lazy))
try:
    lazy.send("sent")
except StopIteration as e:
    print(e.value)


# What a generator raises comes of what is handled around it.
def raising():
    yield 1
    try:
        raise TypeError
    except TypeError as e:
        yield type(e.__context__).__name__


steps = raising()
next(steps)
try:
    raise KeyError("around")
except KeyError:
    print(next(steps))
