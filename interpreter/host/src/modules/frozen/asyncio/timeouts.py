"""Limits of time, by the name of the module that has them in CPython."""

from asyncio import Timeout, timeout, timeout_at

__all__ = ("Timeout", "timeout", "timeout_at")
