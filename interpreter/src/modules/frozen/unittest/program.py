"""`unittest.main`: a module, or a command line, as a program that runs tests and exits with how it went."""

import sys

from .loader import defaultTestLoader
from .result import TextTestRunner

_USAGE = """usage: %s [-v] [-q] [-f] [-b] [-c] [-k PATTERN] [NAME ...]
       %s discover [-s DIRECTORY] [-p PATTERN] [-t TOP]
"""


class TestProgram:
    """Reads the command line, loads, runs, exits."""

    def __init__(
        self,
        module="__main__",
        defaultTest=None,
        argv=None,
        testRunner=None,
        testLoader=defaultTestLoader,
        exit=True,
        verbosity=1,
        failfast=False,
        catchbreak=None,
        buffer=False,
        warnings=None,
        *,
        tb_locals=False,
    ):
        self.module = module
        if isinstance(module, str):
            __import__(module)
            self.module = sys.modules[module]
        self.testLoader = testLoader
        self.testRunner = testRunner
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.catchbreak = catchbreak
        names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest or ())
        self._load(list(sys.argv if argv is None else argv), names)
        self.runTests()
        if exit:
            sys.exit(not self.result.wasSuccessful())

    def _load(self, argv, names):
        program, *words = argv or [""]
        given, patterns, options = [], [], {"-s": ".", "-p": "test*.py", "-t": None}
        discovers = words[:1] == ["discover"]
        if discovers:
            words.pop(0)
        while words:
            word = words.pop(0)
            if word in ("-v", "--verbose"):
                self.verbosity = 2
            elif word in ("-q", "--quiet"):
                self.verbosity = 0
            elif word in ("-f", "--failfast"):
                self.failfast = True
            elif word in ("-b", "--buffer"):
                self.buffer = True
            elif word in ("-c", "--catch"):
                self.catchbreak = True
            elif word == "-k" and words:
                pattern = words.pop(0)
                patterns.append(pattern if "*" in pattern else "*%s*" % pattern)
            elif discovers and word in options and words:
                options[word] = words.pop(0)
            elif word.startswith("-"):
                self.usageExit(program)
            else:
                given.append(word)
        if patterns:
            self.testLoader.testNamePatterns = patterns
        if discovers:
            self.test = self.testLoader.discover(options["-s"], options["-p"], options["-t"])
        elif given or names:
            self.test = self.testLoader.loadTestsFromNames(given or names, self.module)
        else:
            self.test = self.testLoader.loadTestsFromModule(self.module)

    def usageExit(self, program):
        sys.stdout.write(_USAGE % (program, program))
        sys.exit(2)

    def runTests(self):
        if self.catchbreak:
            from .signals import installHandler

            installHandler()
        runner = self.testRunner or TextTestRunner
        if isinstance(runner, type):
            runner = runner(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer)
        self.result = runner.run(self.test)


main = TestProgram
