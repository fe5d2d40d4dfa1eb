"""Suites: tests in order, with what a class and a module want done before their first test and after their last."""

import sys

from .case import SkipTest, doModuleCleanups


class BaseTestSuite:
    """Tests, and other suites, one after the other."""

    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return type(self) is type(other) and list(self) == list(other)

    def __repr__(self):
        return "<%s tests=%s>" % (type(self).__name__, self._tests)

    def addTest(self, test):
        if not callable(test) or isinstance(test, type):
            raise TypeError("%r is no test" % (test,))
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self)

    def run(self, result, debug=False):
        for test in self:
            if result.shouldStop:
                break
            test.debug() if debug else test(result)
        return result

    def debug(self):
        for test in self:
            test.debug()

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)


def _named(cls):
    return "%s.%s" % (cls.__module__, cls.__qualname__)


class _Fixture:
    """Stands for what goes wrong around tests in a result."""

    failureException = AssertionError

    def __init__(self, text):
        self.text = text

    def id(self):
        return self.text

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0

    def __str__(self):
        return self.text


class TestSuite(BaseTestSuite):
    """A suite that minds `setUpClass`, `setUpModule` and their kin."""

    def run(self, result, debug=False):
        outermost = not hasattr(result, "_place")
        if outermost:
            result._place = _Place(result)
        try:
            for test in self:
                if result.shouldStop:
                    break
                if isinstance(test, BaseTestSuite):
                    test.run(result, debug)
                elif result._place.move(type(test)):
                    test.debug() if debug else test(result)
            if outermost:
                result._place.move(None)
        finally:
            if outermost:
                del result._place
        return result

    def debug(self):
        """Runs the tests without a result: what one of them or a fixture raises is raised."""
        self.run(_DebugResult(), True)


class _DebugResult:
    """What fixtures find in the place of a result where what they raise is to be raised."""

    shouldStop = False


class _Place:
    """Which class and module the tests now come from, and whether their fixtures could be set up."""

    def __init__(self, result):
        self.result = result
        self.cls = None
        self.module = None
        self.module_works = self.class_works = True

    def move(self, cls):
        """Goes on to a test of class `cls` (`None` at the end). Whether that test can run."""
        if cls is not self.cls:
            module = getattr(cls, "__module__", None) if cls else None
            self._leave_class()
            if module != self.module:
                self._leave_module()
                self.module = module
                self.module_works = self._set_up_module()
            self.cls = cls
            self.class_works = self.module_works and self._set_up_class()
        return self.module_works and self.class_works

    def _set_up_class(self):
        cls = self.cls
        if cls is None or getattr(cls, "__unittest_skip__", False) or not hasattr(cls, "setUpClass"):
            return True
        works = self._attempt("setUpClass", _named(cls), cls.setUpClass)
        if not works:
            self._attempt("setUpClass", _named(cls), cls.doClassCleanups)
        return works

    def _leave_class(self):
        cls, self.cls = self.cls, None
        if cls is None or getattr(cls, "__unittest_skip__", False) or not hasattr(cls, "tearDownClass"):
            return
        if self.class_works:
            self._attempt("tearDownClass", _named(cls), cls.tearDownClass)
            self._attempt("tearDownClass", _named(cls), cls.doClassCleanups)

    def _module_function(self, name):
        return getattr(sys.modules.get(self.module), name, None)

    def _set_up_module(self):
        function = self._module_function("setUpModule")
        if function is None:
            return True
        works = self._attempt("setUpModule", self.module, function)
        if not works:
            self._attempt("setUpModule", self.module, doModuleCleanups)
        return works

    def _leave_module(self):
        if self.module is None or not self.module_works:
            return
        function = self._module_function("tearDownModule")
        if function:
            self._attempt("tearDownModule", self.module, function)
        self._attempt("tearDownModule", self.module, doModuleCleanups)

    def _attempt(self, what, owner, function):
        fixture = _Fixture("%s (%s)" % (what, owner))
        try:
            function()
            return True
        except Exception if isinstance(self.result, _DebugResult) else ():
            raise
        except SkipTest as reason:
            self.result.addSkip(fixture, str(reason))
        except Exception as error:
            self.result.addError(fixture, (type(error), error, getattr(error, "__traceback__", None)))
        return False
