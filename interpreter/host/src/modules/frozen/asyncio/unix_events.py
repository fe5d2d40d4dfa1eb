"""The loop of a computer with signals and pipes: the only one that there is."""

from asyncio import DefaultEventLoopPolicy, SelectorEventLoop

__all__ = ("SelectorEventLoop", "DefaultEventLoopPolicy")
