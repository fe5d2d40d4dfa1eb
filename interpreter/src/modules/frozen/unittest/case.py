"""A test case: a class whose methods are tests, what they may claim, and how one of them runs."""

try:
    import warnings
except ImportError:
    # There are none: only what asserts them needs the module.
    warnings = None


class SkipTest(Exception):
    """Raised by a test that does not apply here."""


def _marked_skipped(test, reason):
    test.__unittest_skip__ = True
    test.__unittest_skip_why__ = reason
    return test


def skip(reason):
    """Decorates a test or a class of tests that shall not run."""
    if callable(reason):
        return _marked_skipped(reason, "")
    return lambda test: _marked_skipped(test, reason)


def skipIf(condition, reason):
    return skip(reason) if condition else lambda test: test


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def expectedFailure(test):
    """Decorates a test that is known to fail."""
    test.__unittest_expecting_failure__ = True
    return test


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Calls the function after the module's last test, whatever happens."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(manager):
    return _entered(manager, addModuleCleanup)


def doModuleCleanups():
    _do_all(_module_cleanups, None)


def _entered(manager, add_cleanup):
    value = manager.__enter__()
    add_cleanup(manager.__exit__, None, None, None)
    return value


def _do_all(cleanups, failed):
    """Calls the last first. What they raise goes to `failed`, or is raised when all were called."""
    first = None
    while cleanups:
        function, args, kwargs = cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            if failed:
                failed(error)
            elif first is None:
                first = error
    if first is not None:
        raise first


def _regex(pattern):
    if isinstance(pattern, (str, bytes)):
        import re

        return re.compile(pattern)
    return pattern


def _named(types):
    if isinstance(types, tuple):
        return ", ".join(_named(one) for one in types)
    return getattr(types, "__name__", None) or repr(types)


class _Raises:
    """What `assertRaises` gives without a function: the body of its `with` must raise."""

    def __init__(self, case, expected, pattern, message):
        self.case = case
        self.expected = expected
        self.pattern = pattern
        self.message = message
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.case._fail(_named(self.expected) + " not raised", self.message)
        if not issubclass(kind, self.expected):
            return False
        self.exception = error
        if self.pattern is not None and not _regex(self.pattern).search(str(error)):
            self.case._fail("%r does not match %r" % (_shown(self.pattern), str(error)), self.message)
        return True


def _shown(pattern):
    return getattr(pattern, "pattern", pattern)


class _Warns:
    """What `assertWarns` gives: the body of its `with` must warn."""

    def __init__(self, case, expected, pattern, message):
        self.case = case
        self.expected = expected
        self.pattern = pattern
        self.message = message
        self.catcher = warnings.catch_warnings(record=True)
        self.warnings = warnings

    def __enter__(self):
        self.caught = self.catcher.__enter__()
        self.warnings.simplefilter("always")
        return self

    def __exit__(self, kind, error, traceback):
        self.catcher.__exit__(kind, error, traceback)
        if kind is not None:
            return False
        for caught in self.caught:
            if not issubclass(caught.category, self.expected):
                continue
            if self.pattern is None or _regex(self.pattern).search(str(caught.message)):
                self.warning = caught.message
                self.filename = caught.filename
                self.lineno = caught.lineno
                return False
        self.case._fail(_named(self.expected) + " not triggered", self.message)


# The message of a subtest that has none; other runners ask for it by this name.
_subtest_msg_sentinel = object()


class _SubTest:
    """The `with` of `subTest`: what fails in its body is noted, and the test goes on. Other runners read its names."""

    def __init__(self, case, message, parameters):
        self.test_case = case
        self.failureException = case.failureException
        self._message = message
        self.params = parameters

    def __enter__(self):
        outer = self.test_case._subtest
        if outer:
            self.params = dict(outer.params, **self.params)
        self.outer = outer
        self.test_case._subtest = self

    def __exit__(self, kind, error, traceback):
        case = self.test_case
        case._subtest = self.outer
        if not hasattr(case._result, "addSubTest"):
            # Outside of a test's run, or for one that counts tests alone: what fails ends the test.
            return False
        if kind is None:
            case._result.addSubTest(case, self, None)
        elif issubclass(kind, SkipTest):
            case._result.addSkip(self, str(error))
        elif case._expects_failure or issubclass(kind, KeyboardInterrupt):
            return False
        else:
            case._succeeded = False
            case._result.addSubTest(case, self, (kind, error, traceback))
            if case._result.failfast:
                return False
        return True

    def _description(self):
        parts = []
        if self._message is not _subtest_msg_sentinel:
            parts.append("[%s]" % (self._message,))
        if self.params:
            parts.append("(%s)" % ", ".join("%s=%r" % pair for pair in self.params.items()))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return "%s %s" % (self.test_case.id(), self._description())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def countTestCases(self):
        return 1

    def __str__(self):
        return "%s %s" % (self.test_case, self._description())


class TestCase:
    """One test: an instance stands for one method of its class."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []
        self._subtest = None
        self._result = None
        self._equalities = {}
        if methodName != "runTest" and not hasattr(self, methodName):
            raise ValueError("no such test method in %s: %s" % (type(self), methodName))

    # What a test is made of.

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def addCleanup(self, function, /, *args, **kwargs):
        """Calls the function after the test, whatever happens."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, manager):
        return _entered(manager, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._own_cleanups().append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, manager):
        return _entered(manager, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        _do_all(cls._own_cleanups(), None)

    @classmethod
    def _own_cleanups(cls):
        if "_class_cleanups" not in cls.__dict__:
            cls._class_cleanups = []
        return cls._class_cleanups

    def doCleanups(self):
        _do_all(self._cleanups, self._note_failure if self._result else None)

    # How it names itself.

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        from .result import TestResult

        return TestResult()

    def id(self):
        return "%s.%s.%s" % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def shortDescription(self):
        text = getattr(getattr(self, self._testMethodName, None), "__doc__", None)
        return text.strip().split("\n")[0].strip() if text else None

    def __str__(self):
        return "%s (%s)" % (self._testMethodName, type(self).__name__)

    def __repr__(self):
        return "<%s testMethod=%s>" % (type(self).__name__, self._testMethodName)

    def __eq__(self, other):
        return type(self) is type(other) and self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    # How it runs.

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        """Runs the test without a result: what it raises is raised."""
        try:
            self.setUp()
            getattr(self, self._testMethodName)()
            self.tearDown()
        finally:
            self.doCleanups()

    def run(self, result=None):
        alone = result is None
        if alone:
            result = self.defaultTestResult()
            result.startTestRun()
        result.startTest(self)
        try:
            self._run_in(result)
        finally:
            result.stopTest(self)
            if alone:
                result.stopTestRun()
        return result

    def _run_in(self, result):
        method = getattr(self, self._testMethodName)
        for skipped in (type(self), method):
            if getattr(skipped, "__unittest_skip__", False):
                result.addSkip(self, getattr(skipped, "__unittest_skip_why__", ""))
                return
        expecting = "__unittest_expecting_failure__"
        self._expects_failure = getattr(method, expecting, False) or getattr(type(self), expecting, False)
        self._failure_seen = False
        self._succeeded = True
        self._result = result
        try:
            if self._attempt(self._set_up):
                self._attempt(lambda: self._call_test(method))
                self._attempt(self._tear_down)
            self.doCleanups()
            if self._succeeded:
                if not self._expects_failure:
                    result.addSuccess(self)
                elif self._failure_seen:
                    result.addExpectedFailure(self, self._failure)
                else:
                    result.addUnexpectedSuccess(self)
        finally:
            self._result = self._failure = None

    def _set_up(self):
        self.setUp()

    def _tear_down(self):
        self.tearDown()

    def _call_test(self, method):
        if method() is not None:
            raise TypeError("a test method must return None: " + self._testMethodName)

    def _attempt(self, step):
        try:
            step()
            return True
        except SkipTest as reason:
            self._succeeded = False
            self._result.addSkip(self, str(reason))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self._note_failure(error)
        return False

    def _note_failure(self, error):
        info = (type(error), error, getattr(error, "__traceback__", None))
        if self._expects_failure:
            self._failure_seen = True
            self._failure = info
            return
        self._succeeded = False
        if isinstance(error, self.failureException):
            self._result.addFailure(self, info)
        else:
            self._result.addError(self, info)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=_subtest_msg_sentinel, **parameters):
        return _SubTest(self, msg, parameters)

    # What it may claim.

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standard):
        if msg is None:
            return standard
        return "%s : %s" % (standard, msg) if self.longMessage else msg

    def _fail(self, standard, msg):
        raise self.failureException(self._formatMessage(msg, standard))

    def _claim(self, truth, msg, text, *values):
        if not truth:
            self._fail(text % tuple(self._short(value) for value in values), msg)

    def _short(self, value):
        text = repr(value)
        most = self.maxDiff
        return text if most is None or len(text) <= most else text[:most] + " [truncated]..."

    def assertTrue(self, expr, msg=None):
        self._claim(expr, msg, "%s is not true", expr)

    def assertFalse(self, expr, msg=None):
        self._claim(not expr, msg, "%s is not false", expr)

    def addTypeEqualityFunc(self, typeobj, function):
        self._equalities[typeobj] = function

    def assertEqual(self, first, second, msg=None):
        if type(first) is type(second):
            special = self._equalities.get(type(first))
            if special:
                if isinstance(special, str):
                    special = getattr(self, special)
                special(first, second, msg=msg)
                return
            if isinstance(first, (list, tuple)) and first != second:
                self.assertSequenceEqual(first, second, msg)
        self._claim(first == second, msg, "%s != %s", first, second)

    def assertNotEqual(self, first, second, msg=None):
        self._claim(first != second, msg, "%s == %s", first, second)

    def assertIs(self, first, second, msg=None):
        self._claim(first is second, msg, "%s is not %s", first, second)

    def assertIsNot(self, first, second, msg=None):
        self._claim(first is not second, msg, "unexpectedly identical: %s", first)

    def assertIsNone(self, value, msg=None):
        self._claim(value is None, msg, "%s is not None", value)

    def assertIsNotNone(self, value, msg=None):
        self._claim(value is not None, msg, "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        self._claim(member in container, msg, "%s not found in %s", member, container)

    def assertNotIn(self, member, container, msg=None):
        self._claim(member not in container, msg, "%s unexpectedly found in %s", member, container)

    def assertIsInstance(self, value, types, msg=None):
        self._claim(isinstance(value, types), msg, "%s is not an instance of %s", value, types)

    def assertNotIsInstance(self, value, types, msg=None):
        self._claim(not isinstance(value, types), msg, "%s is an instance of %s", value, types)

    def assertGreater(self, first, second, msg=None):
        self._claim(first > second, msg, "%s not greater than %s", first, second)

    def assertGreaterEqual(self, first, second, msg=None):
        self._claim(first >= second, msg, "%s not greater than or equal to %s", first, second)

    def assertLess(self, first, second, msg=None):
        self._claim(first < second, msg, "%s not less than %s", first, second)

    def assertLessEqual(self, first, second, msg=None):
        self._claim(first <= second, msg, "%s not less than or equal to %s", first, second)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        near, how = self._is_near(first, second, places, delta)
        self._claim(near, msg, "%s != %s within " + how, first, second)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        near, how = self._is_near(first, second, places, delta)
        self._claim(first != second and not near, msg, "%s == %s within " + how, first, second)

    def _is_near(self, first, second, places, delta):
        if places is not None and delta is not None:
            raise TypeError("specify delta or places not both")
        if first == second:
            return True, "%r places" % (7 if places is None else places)
        if delta is not None:
            return abs(first - second) <= delta, "%r delta" % delta
        places = 7 if places is None else places
        return round(abs(first - second), places) == 0, "%r places" % places

    def assertRaises(self, expected, *args, **kwargs):
        return self._raising(expected, None, args, kwargs)

    def assertRaisesRegex(self, expected, pattern, *args, **kwargs):
        return self._raising(expected, pattern, args, kwargs)

    def _raising(self, expected, pattern, args, kwargs):
        for one in expected if isinstance(expected, tuple) else (expected,):
            if not (isinstance(one, type) and issubclass(one, BaseException)):
                raise TypeError("an exception type or tuple of exception types is needed")
        if not args:
            return _Raises(self, expected, pattern, kwargs.get("msg"))
        with _Raises(self, expected, pattern, None):
            args[0](*args[1:], **kwargs)

    def assertWarns(self, expected, *args, **kwargs):
        return self._warning(expected, None, args, kwargs)

    def assertWarnsRegex(self, expected, pattern, *args, **kwargs):
        return self._warning(expected, pattern, args, kwargs)

    def _warning(self, expected, pattern, args, kwargs):
        if not args:
            return _Warns(self, expected, pattern, kwargs.get("msg"))
        with _Warns(self, expected, pattern, None):
            args[0](*args[1:], **kwargs)

    def assertRegex(self, text, pattern, msg=None):
        found = _regex(pattern).search(text)
        self._claim(found, msg, "Regex didn't match: %s not found in %s", _shown(pattern), text)

    def assertNotRegex(self, text, pattern, msg=None):
        found = _regex(pattern).search(text)
        self._claim(not found, msg, "Regex matched: %s found in %s", _shown(pattern), text)

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        if seq_type is not None:
            for value in (first, second):
                self._claim(isinstance(value, seq_type), msg, "not a %s: %%s" % seq_type.__name__, value)
        if first == second:
            return
        same = min(len(first), len(second))
        at = next((index for index in range(same) if first[index] != second[index]), same)
        text = "%s != %s" % (self._short(first), self._short(second))
        if at < same:
            text += "\nFirst differing element %d:\n%r\n%r" % (at, first[at], second[at])
        elif len(first) == len(second):
            self._claim(list(first) == list(second), msg, "%s != %s", first, second)
            return
        else:
            longer, which = (first, "First") if len(first) > same else (second, "Second")
            text += "\n%s sequence contains %d additional elements.\n" % (which, len(longer) - same)
            text += "First extra element %d:\n%r" % (at, longer[at])
        self._fail(text, msg)

    def assertListEqual(self, first, second, msg=None):
        self.assertSequenceEqual(first, second, msg, list)

    def assertTupleEqual(self, first, second, msg=None):
        self.assertSequenceEqual(first, second, msg, tuple)

    def assertSetEqual(self, first, second, msg=None):
        parts = []
        for items, which in ((first - second, "first"), (second - first, "second")):
            if items:
                parts.append("Items in the %s set but not the other:" % which)
                parts.extend(repr(item) for item in items)
        if parts:
            self._fail("\n".join(parts), msg)

    def assertDictEqual(self, first, second, msg=None):
        for value in (first, second):
            self._claim(isinstance(value, dict), msg, "%s is not a dictionary", value)
        self._claim(first == second, msg, "%s != %s", first, second)

    def assertMultiLineEqual(self, first, second, msg=None):
        for value in (first, second):
            self._claim(isinstance(value, str), msg, "%s is not a string", value)
        self._claim(first == second, msg, "%s != %s", first, second)

    def assertCountEqual(self, first, second, msg=None):
        missing, left = [], list(second)
        for item in first:
            if item in left:
                left.remove(item)
            else:
                missing.append(item)
        if missing or left:
            text = "Element counts were not equal:"
            text += "".join("\nOnly in the first: %r" % (item,) for item in missing)
            text += "".join("\nOnly in the second: %r" % (item,) for item in left)
            self._fail(text, msg)


class FunctionTestCase(TestCase):
    """A function as a test."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._function = testFunc
        self._before = setUp
        self._after = tearDown
        self._text = description

    def setUp(self):
        if self._before:
            self._before()

    def tearDown(self):
        if self._after:
            self._after()

    def runTest(self):
        self._function()

    def id(self):
        return self._function.__name__

    def shortDescription(self):
        return self._text

    def __str__(self):
        return self._function.__name__


class IsolatedAsyncioTestCase(TestCase):
    """A case whose tests may be coroutines: each one runs in an event loop of its own."""

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((self._awaited, (function, args, kwargs), {}))

    async def enterAsyncContext(self, manager):
        value = await manager.__aenter__()
        self.addAsyncCleanup(manager.__aexit__, None, None, None)
        return value

    def _awaited(self, function, args, kwargs):
        self._loop.run_until_complete(function(*args, **kwargs))

    def run(self, result=None):
        import asyncio

        self._loop = asyncio.new_event_loop()
        return super().run(result)

    def debug(self):
        import asyncio

        self._loop = asyncio.new_event_loop()
        super().debug()

    def _set_up(self):
        self.setUp()
        self._awaited(self.asyncSetUp, (), {})

    def _tear_down(self):
        self._awaited(self.asyncTearDown, (), {})
        self.tearDown()

    def _call_test(self, method):
        awaitable = method()
        if awaitable is not None:
            self._loop.run_until_complete(awaitable)
