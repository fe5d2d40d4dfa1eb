"""The loop that waits for sockets: the only one that there is."""

from asyncio import AbstractEventLoop as BaseSelectorEventLoop

__all__ = ("BaseSelectorEventLoop",)
