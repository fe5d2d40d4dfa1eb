"""What runs a coroutine to its end, by the name of the module that has it in CPython."""

from asyncio import Runner, run

__all__ = ("Runner", "run")
