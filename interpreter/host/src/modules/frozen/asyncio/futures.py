"""Futures, and those of threads among them."""

from asyncio import Future, get_event_loop, isfuture

__all__ = ("Future", "wrap_future", "isfuture")


def wrap_future(future, *, loop=None):
    """A future of the loop that gets what a future of another thread gets."""
    if isfuture(future):
        return future
    loop = get_event_loop() if loop is None else loop
    made = loop.create_future()

    def take():
        if made.cancelled():
            return
        if future.cancelled():
            made.cancel()
        elif future.exception() is not None:
            made.set_exception(future.exception())
        else:
            made.set_result(future.result())

    future.add_done_callback(lambda _: loop.call_soon_threadsafe(take))
    made.add_done_callback(lambda _: future.cancel() if made.cancelled() else None)
    return made
