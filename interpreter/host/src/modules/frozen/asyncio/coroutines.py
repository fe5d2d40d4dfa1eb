"""What is a coroutine, and what makes one."""

import inspect

from asyncio import iscoroutine

__all__ = ("iscoroutinefunction", "iscoroutine")


def iscoroutinefunction(func):
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is not None
