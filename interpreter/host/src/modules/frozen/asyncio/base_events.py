"""The loop under the name of its base class in CPython."""

from asyncio import AbstractEventLoop as BaseEventLoop
from asyncio._network import Server

__all__ = ("BaseEventLoop", "Server")
