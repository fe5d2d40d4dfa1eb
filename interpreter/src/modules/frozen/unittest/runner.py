"""The runner and its result by the module in which CPython has them."""

from .result import TextTestResult, TextTestRunner
