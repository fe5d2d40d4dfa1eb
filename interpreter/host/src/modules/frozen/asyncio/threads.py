"""Functions in threads, under their name in CPython."""

from asyncio import to_thread

__all__ = ("to_thread",)
