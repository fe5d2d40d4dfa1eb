"""Finding tests: in a class, a module, by a dotted name, or in the files below a directory."""

import os
import sys

from .case import FunctionTestCase, TestCase
from .suite import BaseTestSuite, TestSuite


def _matches(name, pattern):
    """Whether a name fits a pattern with `*` for anything."""
    first, *rest = pattern.split("*")
    if not rest:
        return name == pattern
    if not name.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        at = name.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(name) - at >= len(rest[-1]) and name.endswith(rest[-1])


def _broken(name, error):
    """A test that tells why a module could not be loaded."""

    def fails():
        raise error

    return FunctionTestCase(fails, description="cannot load " + name)


class TestLoader:
    """Makes suites of what it finds."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = None
    testNamePatterns = None
    suiteClass = TestSuite
    _refused = None

    def __init__(self):
        self.errors = []

    def getTestCaseNames(self, testCaseClass):
        def is_test(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            whole = "%s.%s.%s" % (testCaseClass.__module__, testCaseClass.__qualname__, name)
            patterns = self.testNamePatterns
            return patterns is None or any(_matches(whole, pattern) for pattern in patterns)

        names = sorted(set(name for name in dir(testCaseClass) if is_test(name)))
        if self.sortTestMethodsUsing is not None:
            from functools import cmp_to_key

            names.sort(key=cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, BaseTestSuite):
            raise TypeError("a suite is no test case")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = []
        for name in sorted(dir(module)):
            value = getattr(module, name)
            if isinstance(value, type) and issubclass(value, TestCase) and value.__module__ != "unittest.case":
                tests.append(self.loadTestsFromTestCase(value))
        suite = self.suiteClass(tests)
        load_tests = getattr(module, "load_tests", None)
        if load_tests is None:
            return suite
        try:
            return load_tests(self, suite, pattern)
        except Exception as error:
            self.errors.append(str(error))
            return self.suiteClass([_broken(module.__name__, error)])

    def loadTestsFromName(self, name, module=None):
        """The tests that `package.module.Class.method`, or a part of it, names."""
        parts = name.split(".")
        if module is None:
            module, parts = self._imported(parts)
            if module is None:
                return self.suiteClass([_broken(name, parts)])
        parent, value = None, module
        for part in parts:
            if value is module and not hasattr(value, part) and self._refused is not None:
                # It is there, but cannot be imported.
                self.errors.append(str(self._refused))
                return self.suiteClass([_broken(name, self._refused)])
            parent, value = value, getattr(value, part)
        return self._loaded(parent, value, parts[-1] if parts else name)

    def _imported(self, parts):
        count = len(parts)
        self._refused = None
        while True:
            name = ".".join(parts[:count])
            try:
                __import__(name)
                return sys.modules[name], parts[count:]
            except ImportError as error:
                # That a class is no module is no news.
                if getattr(error, "name", None) != name:
                    self._refused = self._refused or error
                count -= 1
                if count == 0:
                    self.errors.append(str(error))
                    return None, error

    def _loaded(self, parent, value, name):
        if isinstance(value, type(sys)):
            return self.loadTestsFromModule(value)
        if isinstance(value, type) and issubclass(value, TestCase):
            return self.loadTestsFromTestCase(value)
        if isinstance(parent, type) and issubclass(parent, TestCase):
            return self.suiteClass([parent(name)])
        if isinstance(value, BaseTestSuite):
            return value
        if callable(value):
            made = value()
            return made if isinstance(made, BaseTestSuite) else self.suiteClass([made])
        raise TypeError("don't know how to make a test from: %r" % (value,))

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """The tests of all files of that pattern below a directory."""
        top = top_level_dir or start_dir
        if top not in sys.path:
            sys.path.insert(0, top)
        package = start_dir[len(top) :].strip("/").replace("/", ".") if start_dir != top else ""
        return self.suiteClass(self._found(start_dir, package, pattern))

    def _found(self, directory, package, pattern):
        tests = []
        for name in sorted(os.listdir(directory)):
            path = directory + "/" + name
            dotted = package + "." + name if package else name
            if os.stat(path)[0] & 0xF000 == 0x4000:
                if "__init__.py" in os.listdir(path):
                    tests.extend(self._found(path, dotted, pattern))
            elif name.endswith(".py") and _matches(name, pattern):
                tests.append(self._of_file(dotted[:-3], pattern))
        return tests

    def _of_file(self, name, pattern):
        try:
            __import__(name)
        except Exception as error:
            self.errors.append(str(error))
            return _broken(name, error)
        return self.loadTestsFromModule(sys.modules[name], pattern=pattern)


defaultTestLoader = TestLoader()


def _older(instead, prefix, sortUsing, suiteClass=TestSuite, testNamePatterns=None):
    """A loader for one of the functions that are older than loaders, which says what to call today."""
    import warnings

    warnings.warn("unittest.%s() is deprecated and will be removed in Python 3.13. Please use unittest.TestLoader.%s() instead." % instead, DeprecationWarning, 3)
    loader = TestLoader()
    loader.testMethodPrefix, loader.sortTestMethodsUsing, loader.suiteClass = prefix, sortUsing, suiteClass
    loader.testNamePatterns = testNamePatterns
    return loader


def getTestCaseNames(testCaseClass, prefix, sortUsing=None, testNamePatterns=None):
    loader = _older(("getTestCaseNames", "getTestCaseNames"), prefix, sortUsing, testNamePatterns=testNamePatterns)
    return loader.getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    loader = _older(("makeSuite", "loadTestsFromTestCase"), prefix, sortUsing, suiteClass)
    return loader.loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=None, suiteClass=TestSuite):
    loader = _older(("findTestCases", "loadTestsFromModule"), prefix, sortUsing, suiteClass)
    return loader.loadTestsFromModule(module)
