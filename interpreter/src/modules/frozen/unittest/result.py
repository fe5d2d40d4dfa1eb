"""What came of tests: the record, the record that tells as it goes, and the runner that sums up."""

import io
import sys


class TestResult:
    """Counts and keeps what came of tests."""

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.buffer = False
        self.shouldStop = False
        self.testsRun = 0
        self.failures = []
        self.errors = []
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.collectedDurations = []

    def startTestRun(self):
        pass

    def stopTestRun(self):
        pass

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def addSuccess(self, test):
        pass

    def addError(self, test, err):
        self.errors.append((test, self._told(err)))
        self._failed()

    def addFailure(self, test, err):
        self.failures.append((test, self._told(err)))
        self._failed()

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._told(err)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        self._failed()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            kept.append((subtest, self._told(err)))
            self._failed()

    def addDuration(self, test, elapsed):
        self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True

    def _failed(self):
        if self.failfast:
            self.stop()

    def _told(self, err):
        text = io.StringIO()
        sys.print_exception(err[1], text)
        return text.getvalue()

    def __repr__(self):
        counts = (type(self).__name__, self.testsRun, len(self.errors), len(self.failures))
        return "<%s run=%d errors=%d failures=%d>" % counts


class TextTestResult(TestResult):
    """A result that tells what comes of each test: a letter, or with `verbosity` above 1 a line."""

    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions=True, verbosity=1):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.descriptions = descriptions
        self.showAll = verbosity > 1
        self.dots = verbosity == 1

    def getDescription(self, test):
        text = test.shortDescription() if self.descriptions else None
        return "%s\n%s" % (test, text) if text else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + " ... ")

    def _tell(self, letter, word):
        if self.showAll:
            self.stream.write(word + "\n")
        elif self.dots:
            self.stream.write(letter)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(".", "ok")

    def addError(self, test, err):
        super().addError(test, err)
        self._tell("E", "ERROR")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell("F", "FAIL")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell("s", "skipped %r" % (reason,))

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell("x", "expected failure")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell("u", "unexpected success")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            self._tell("F" if failed else "E", "FAIL" if failed else "ERROR")

    def printErrors(self):
        if self.dots:
            self.stream.write("\n")
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        for test in self.unexpectedSuccesses:
            self.stream.write("%s\nUNEXPECTED SUCCESS: %s\n" % (self.separator1, self.getDescription(test)))

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            self.stream.write("%s\n%s: %s\n" % (self.separator1, flavour, self.getDescription(test)))
            self.stream.write("%s\n%s\n" % (self.separator2, text))


class TextTestRunner:
    """Runs a test or a suite and sums up on a stream."""

    resultclass = TextTestResult

    def __init__(
        self,
        stream=None,
        descriptions=True,
        verbosity=1,
        failfast=False,
        buffer=False,
        resultclass=None,
        warnings=None,
        *,
        tb_locals=False,
        durations=None,
    ):
        self.stream = stream if stream is not None else sys.stdout
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        result.buffer = self.buffer
        # Ctrl-C stops it, if a program has asked for that.
        if "unittest.signals" in sys.modules:
            sys.modules["unittest.signals"].registerResult(result)
        result.startTestRun()
        try:
            test(result)
        finally:
            result.stopTestRun()
        if hasattr(result, "printErrors"):
            result.printErrors()
        self.stream.write("%s\nRan %d tests\n\n%s\n" % ("-" * 70, result.testsRun, self._verdict(result)))
        return result

    def _verdict(self, result):
        counts = []
        if not result.wasSuccessful():
            counts.append("failures=%d" % len(result.failures))
            counts.append("errors=%d" % len(result.errors))
        rare = (
            ("skipped", result.skipped),
            ("expected failures", result.expectedFailures),
            ("unexpected successes", result.unexpectedSuccesses),
        )
        counts.extend("%s=%d" % (what, len(tests)) for what, tests in rare if tests)
        word = "OK" if result.wasSuccessful() else "FAILED"
        return "%s (%s)" % (word, ", ".join(counts)) if counts else word
