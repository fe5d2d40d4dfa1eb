"""The case of coroutines by the module in which CPython has it."""

from .case import IsolatedAsyncioTestCase
