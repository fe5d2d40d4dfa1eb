"""Groups of tasks, by the name of the module that has them in CPython."""

from asyncio import TaskGroup

__all__ = ("TaskGroup",)
