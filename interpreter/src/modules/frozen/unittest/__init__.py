"""Tests of programs: cases, suites, the loader that finds them and the runner that tells how it went.

The names and their meaning are CPython's. What the runner prints ends as MicroPython's does ("Ran 3 tests", without a time),
and goes to standard output: a board has one console.
"""

from .case import (
    FunctionTestCase,
    IsolatedAsyncioTestCase,
    SkipTest,
    TestCase,
    addModuleCleanup,
    doModuleCleanups,
    enterModuleContext,
    expectedFailure,
    skip,
    skipIf,
    skipUnless,
)
from .loader import TestLoader, defaultTestLoader, findTestCases, getTestCaseNames, makeSuite
from .program import TestProgram, main
from .result import TestResult, TextTestResult, TextTestRunner
from .suite import BaseTestSuite, TestSuite

__all__ = [
    "FunctionTestCase", "IsolatedAsyncioTestCase", "SkipTest", "TestCase", "TestLoader", "TestResult", "TestSuite", "TextTestResult",
    "TextTestRunner", "addModuleCleanup", "defaultTestLoader", "doModuleCleanups", "enterModuleContext", "expectedFailure", "findTestCases",
    "getTestCaseNames", "installHandler", "main", "makeSuite", "registerResult", "removeHandler", "removeResult", "skip", "skipIf", "skipUnless",
]


def __getattr__(name):
    if name not in ("installHandler", "registerResult", "removeHandler", "removeResult"):
        raise AttributeError("module 'unittest' has no attribute '%s'" % name)
    # Not every port has signals.
    from . import signals

    return getattr(signals, name)
