"""Functions in threads, with the variables of who calls."""

from functools import partial

from asyncio.events import get_running_loop
from contextvars import copy_context

__all__ = ("to_thread",)


async def to_thread(func, /, *args, **kwargs):
    inside = partial(copy_context().run, func)
    return await get_running_loop().run_in_executor(None, partial(inside, *args, **kwargs))
