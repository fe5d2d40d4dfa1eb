"""Examples in documentation that are tests: what follows `>>>` is run, and what it prints is compared with what stands below."""

import sys
import traceback
import unittest
from collections import namedtuple
from io import StringIO
from types import ModuleType

__all__ = [
    "COMPARISON_FLAGS", "DONT_ACCEPT_BLANKLINE", "DONT_ACCEPT_TRUE_FOR_1", "DebugRunner", "DocFileSuite", "DocTest", "DocTestFailure",
    "DocTestFinder", "DocTestParser", "DocTestRunner", "DocTestSuite", "ELLIPSIS", "Example", "FAIL_FAST", "IGNORE_EXCEPTION_DETAIL",
    "NORMALIZE_WHITESPACE", "OutputChecker", "REPORTING_FLAGS", "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE", "REPORT_UDIFF", "SKIP",
    "UnexpectedException", "register_optionflag", "run_docstring_examples", "script_from_examples", "set_unittest_reportflags", "testfile", "testmod",
]

TestResults = namedtuple("TestResults", "failed attempted")
OPTIONFLAGS_BY_NAME = {}
# Those written in Python, and builtin ones.
_MODULES = (ModuleType, type(sys))


def register_optionflag(name):
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
COMPARISON_FLAGS = (
    DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL
)
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST
BLANKLINE_MARKER, ELLIPSIS_MARKER = "<BLANKLINE>", "..."
_unittest_flags = 0


def set_unittest_reportflags(flags):
    global _unittest_flags
    if flags & REPORTING_FLAGS != flags:
        raise ValueError("Only reporting flags allowed", flags)
    before, _unittest_flags = _unittest_flags, flags
    return before


class Example:
    """One `>>>` with what it shall print."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        ended = lambda text: text if not text or text.endswith("\n") else text + "\n"
        self.source, self.want = source if source.endswith("\n") else source + "\n", ended(want)
        self.exc_msg = exc_msg if exc_msg is None or exc_msg.endswith("\n") else exc_msg + "\n"
        self.lineno, self.indent, self.options = lineno, indent, {} if options is None else options

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.options, self.exc_msg

    def __eq__(self, other):
        return self._key() == other._key() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((self.source, self.want, self.lineno, self.indent, self.exc_msg))


class DocTest:
    """The examples of one docstring, and the names that they begin with."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.docstring = examples, globs.copy(), docstring
        self.name, self.filename, self.lineno = name, filename, lineno

    def __repr__(self):
        count = len(self.examples)
        said = "no examples" if not count else "1 example" if count == 1 else "%d examples" % count
        return "<%s %s from %s:%s (%s)>" % (type(self).__name__, self.name, self.filename, self.lineno, said)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        key = lambda test: (test.examples, test.docstring, test.globs, test.name, test.filename, test.lineno)
        return key(self) == key(other)

    def __hash__(self):
        return hash((self.docstring, self.name, self.filename, self.lineno))

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented
        key = lambda test: (test.name, test.filename or "", test.lineno or 0, id(test))
        return key(self) < key(other)


class DocTestParser:
    def parse(self, string, name="<string>"):
        """Text and examples in turn."""
        string = string.expandtabs()
        margin = min([len(line) - len(line.lstrip(" ")) for line in string.split("\n") if line.strip()], default=0)
        lines = [line[margin:] for line in string.split("\n")]
        out, text, at = [], [], 0
        while at < len(lines):
            stripped = lines[at].lstrip(" ")
            if not (stripped == ">>>" or stripped.startswith(">>>")):
                text.append(lines[at])
                at += 1
                continue
            out.append("\n".join(text) + "\n" if text else "")
            text = []
            example, at = self._example(lines, at, name)
            # One that is a comment alone is none, whatever stands below.
            source = example.source.strip()
            if source and not (source.startswith("#") and "\n" not in source):
                out.append(example)
        out.append("\n".join(text))
        return out

    def _example(self, lines, at, name):
        first, indent = at, len(lines[at]) - len(lines[at].lstrip(" "))
        margin = " " * indent
        source = [self._code(lines[at], indent, name, at)]
        at += 1
        while at < len(lines) and lines[at][: indent + 3] == margin + "..." and lines[at][indent + 3 : indent + 4] in ("", " "):
            source.append(self._code(lines[at], indent, name, at))
            at += 1
        want = []
        while at < len(lines) and lines[at].strip() and lines[at].lstrip(" ")[:3] != ">>>":
            if lines[at][:indent].strip():
                raise ValueError("line %r of the docstring for %s has inconsistent leading whitespace: %r" % (at + 1, name, lines[at]))
            want.append(lines[at][indent:])
            at += 1
        text = "\n".join(source)
        return Example(text, "\n".join(want), self._message(want), first, indent, self._options(text, name, first)), at

    def _code(self, line, indent, name, at):
        if line[indent + 3 : indent + 4] not in ("", " "):
            raise ValueError(
                "line %r of the docstring for %s lacks blank after %s: %r" % (at + 1, name, line[indent : indent + 3], line)
            )
        return line[indent + 4 :]

    def _message(self, want):
        """The last lines of a traceback that is expected."""
        if not want or want[0].rstrip() not in ("Traceback (most recent call last):", "Traceback (innermost last):"):
            return None
        for i, line in enumerate(want[1:], 1):
            if line[:1].isalpha() or line[:1] == "_":
                return "\n".join(want[i:])
        return None

    def _options(self, source, name, lineno):
        options = {}
        for line in source.split("\n"):
            _, found, rest = line.partition("#")
            rest = rest.strip()
            while found and not rest.startswith("doctest:"):
                _, found, rest = rest.partition("#")
                rest = rest.strip()
            # What is quoted is no comment.
            if not found or "'" in rest or '"' in rest:
                continue
            for option in rest[len("doctest:") :].replace(",", " ").split():
                if option[0] not in "+-" or option[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError("line %r of the doctest for %s has an invalid option: %r" % (lineno + 1, name, option))
                options[OPTIONFLAGS_BY_NAME[option[1:]]] = option[0] == "+"
        return options

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name="<string>"):
        return [part for part in self.parse(string, name) if isinstance(part, Example)]


class DocTestFinder:
    """Finds the examples of a module, a class or a function, and of what is defined in it."""

    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._recurse, self._exclude_empty = parser, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError("DocTestFinder.find: name must be given when obj.__name__ doesn't exist: %r" % type(obj))
        is_module = isinstance(obj, _MODULES)
        if module is None:
            module = obj if is_module else sys.modules.get(getattr(obj, "__module__", None))
        globs = dict(module.__dict__ if module else {}) if globs is None else dict(globs)
        globs.update(extraglobs or {})
        globs.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module or None, globs, set())
        return sorted(tests)

    def _find(self, tests, obj, name, module, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        text = getattr(obj, "__doc__", None)
        text = text if isinstance(text, str) else "" if text is None else str(text)
        examples = self._parser.get_examples(text, name) if text else []
        if examples or not self._exclude_empty:
            filename = getattr(module, "__file__", None) or getattr(module, "__name__", None)
            tests.append(DocTest(examples, globs, name, filename, 0 if text else None, text))
        if not self._recurse:
            return
        if isinstance(obj, _MODULES):
            for inner, value in list(obj.__dict__.items()):
                if self._is_routine(value) or isinstance(value, type):
                    if getattr(value, "__module__", None) == obj.__name__ or module is None:
                        self._find(tests, value, "%s.%s" % (name, inner), module, globs, seen)
            for inner, value in getattr(obj, "__test__", {}).items():
                inner = "%s.__test__.%s" % (name, inner)
                if isinstance(value, str):
                    tests.append(DocTest(self._parser.get_examples(value, inner), globs, inner, getattr(module, "__file__", None), 0, value))
                else:
                    self._find(tests, value, inner, module, globs, seen)
        elif isinstance(obj, type):
            for inner, value in list(obj.__dict__.items()):
                value = getattr(value, "__func__", value)
                if self._is_routine(value) or isinstance(value, (type, property)):
                    if getattr(value, "__module__", None) in (getattr(module, "__name__", None), None) or isinstance(value, property):
                        self._find(tests, value, "%s.%s" % (name, inner), module, globs, seen)

    def _is_routine(self, value):
        return hasattr(value, "__code__") or hasattr(value, "__wrapped__") and callable(value)


class OutputChecker:
    def check_output(self, want, got, optionflags):
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = "\n".join(["" if line.strip() == BLANKLINE_MARKER else line for line in want.split("\n")])
            got = "\n".join([line if line.strip() else "" for line in got.split("\n")])
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _fits(want, got)

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = "\n".join([BLANKLINE_MARKER if not line.strip() and i < got.count("\n") else line for i, line in enumerate(got.split("\n"))])
        if optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF) and want.count("\n") > 2 and got.count("\n") > 2:
            import difflib

            before, after = want.splitlines(True), got.splitlines(True)
            if optionflags & REPORT_UDIFF:
                lines, kind = list(difflib.unified_diff(before, after, n=2))[2:], "unified diff with -expected +actual"
            elif optionflags & REPORT_CDIFF:
                lines, kind = list(difflib.context_diff(before, after, n=2))[2:], "context diff with expected followed by actual"
            else:
                lines, kind = difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(before, after), "ndiff with -expected +actual"
            return "Differences (%s):\n" % kind + _indented("".join(lines))
        expected = "Expected:\n" + _indented(want) if want else "Expected nothing\n"
        return expected + ("Got:\n" + _indented(got) if got else "Got nothing\n")


def _fits(want, got):
    """Whether the text fits, `...` standing for anything."""
    pieces = want.split(ELLIPSIS_MARKER)
    if len(pieces) == 1:
        return want == got
    first, last = pieces[0], pieces[-1]
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    at, end = len(first), len(got) - len(last)
    for piece in pieces[1:-1]:
        at = got.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _indented(text, margin="    "):
    return "".join([margin + line if line.strip() else line for line in text.splitlines(True)]) + ("" if text.endswith("\n") else "\n")


class DocTestFailure(Exception):
    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DocTestRunner:
    """Runs examples and says which printed something else."""

    DIVIDER = "*" * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}
        self.test = None

    def report_start(self, out, test, example):
        if self._verbose:
            expecting = "Expecting:\n" + _indented(example.want) if example.want else "Expecting nothing\n"
            out("Trying:\n" + _indented(example.source) + expecting)

    def report_success(self, out, test, example, got):
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        out(self._header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        out(self._header(test, example) + "Exception raised:\n" + _indented("".join(traceback.format_exception(*exc_info))))

    def _header(self, test, example):
        where = "Line %s, in %s" % (example.lineno + 1, test.name)
        if test.filename:
            line = "?" if test.lineno is None else test.lineno + example.lineno + 1
            where = 'File "%s", line %s, in %s' % (test.filename, line, test.name)
        return "%s\n%s\nFailed example:\n%s" % (self.DIVIDER, where, _indented(example.source))

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        self.test = test
        stdout = sys.stdout
        out = stdout.write if out is None else out
        failures = tries = 0
        before_hook = getattr(sys, "displayhook", None)
        self._fake = StringIO()
        sys.stdout = self._fake
        try:
            for number, example in enumerate(test.examples):
                self.optionflags = self.original_optionflags
                for flag, on in example.options.items():
                    self.optionflags = self.optionflags | flag if on else self.optionflags & ~flag
                if self.optionflags & SKIP:
                    continue
                tries += 1
                quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures
                if not quiet:
                    self.report_start(out, test, example)
                if self._run_example(test, example, number, out, quiet):
                    failures += 1
                    if self.optionflags & FAIL_FAST:
                        break
        finally:
            sys.stdout = stdout
            if before_hook is not None:
                sys.displayhook = before_hook
            self.optionflags = self.original_optionflags
            if clear_globs:
                test.globs.clear()
        total = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = total[0] + failures, total[1] + tries
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def _run_example(self, test, example, number, out, quiet):
        """Whether it failed."""
        error = None
        try:
            exec(compile(example.source, "<doctest %s[%d]>" % (test.name, number), "single"), test.globs)
        except KeyboardInterrupt:
            raise
        except BaseException:
            error = sys.exc_info()
        got = self._fake.getvalue()
        if got and not got.endswith("\n"):
            got += "\n"
        self._fake.seek(0)
        self._fake.truncate()
        if error is None:
            fine = self._checker.check_output(example.want, got, self.optionflags)
        elif example.exc_msg is None:
            if not quiet:
                self.report_unexpected_exception(out, test, example, error)
            return True
        else:
            message = traceback.format_exception_only(*error[:2])[-1]
            fine = self._checker.check_output(example.exc_msg, message, self.optionflags)
            if not fine and self.optionflags & IGNORE_EXCEPTION_DETAIL:
                kind = lambda text: text.partition(":")[0].split("\n")[0].strip().rpartition(".")[2]
                fine = kind(example.exc_msg) == kind(message)
            got += "".join(traceback.format_exception(*error))
        if not quiet:
            if fine:
                self.report_success(out, test, example, got)
            else:
                self.report_failure(out, test, example, got)
        return not fine

    def summarize(self, verbose=None):
        verbose = self._verbose if verbose is None else verbose
        failed = [(name, counts) for name, counts in sorted(self._name2ft.items()) if counts[0]]
        if verbose:
            passed = [(name, counts[1]) for name, counts in sorted(self._name2ft.items()) if counts[1] and not counts[0]]
            if passed:
                print("%d items passed all tests:" % len(passed))
                for name, count in passed:
                    print(" %3d tests in %s" % (count, name))
        if failed:
            print(self.DIVIDER)
            print("%d items had failures:" % len(failed))
            for name, (failures, tries) in failed:
                print(" %3d of %3d in %s" % (failures, tries, name))
        if verbose:
            print("%d tests in %d items." % (self.tries, len(self._name2ft)))
            print("%d passed and %d failed." % (self.tries - self.failures, self.failures))
        if self.failures:
            print("***Test Failed*** %d failures." % self.failures)
        elif verbose:
            print("Test passed.")
        return TestResults(self.failures, self.tries)


class DebugRunner(DocTestRunner):
    """A runner that raises at the first failure."""

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


master = None


def _run_all(tests, raise_on_error, verbose, optionflags, report):
    global master
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    for test in tests:
        runner.run(test)
    if report:
        runner.summarize()
    master = runner
    return TestResults(runner.failures, runner.tries)


def testmod(
    m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False, exclude_empty=False
):
    m = sys.modules.get("__main__") if m is None else m
    if not isinstance(m, _MODULES):
        raise TypeError("testmod: module required; %r" % (m,))
    tests = DocTestFinder(exclude_empty=exclude_empty).find(m, name or m.__name__, globs=globs, extraglobs=extraglobs)
    return _run_all(tests, raise_on_error, verbose, optionflags, report)


def _file_text(filename, module_relative, package, encoding):
    import os

    if module_relative:
        module = sys.modules["__main__"] if package is None else sys.modules[package] if isinstance(package, str) else package
        base = os.path.dirname(getattr(module, "__file__", "") or "")
        filename = os.path.join(base, *filename.split("/"))
    with open(filename, encoding=encoding or "utf-8") as file:
        return file.read(), filename


def testfile(
    filename,
    module_relative=True,
    name=None,
    package=None,
    globs=None,
    verbose=None,
    report=True,
    optionflags=0,
    extraglobs=None,
    raise_on_error=False,
    parser=DocTestParser(),
    encoding=None,
):
    import os

    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    text, filename = _file_text(filename, module_relative, package, encoding)
    globs = dict(globs or {}, **(extraglobs or {}))
    globs.setdefault("__name__", "__main__")
    test = parser.get_doctest(text, globs, name or os.path.basename(filename), filename, 0)
    return _run_all([test], raise_on_error, verbose, optionflags, report)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


class DocTestCase(unittest.TestCase):
    """A docstring's examples as a test case."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._dt_optionflags, self._dt_checker, self._dt_test = optionflags, checker, test
        self._dt_setUp, self._dt_tearDown, self._dt_globs = setUp, tearDown, test.globs.copy()

    def setUp(self):
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.clear()
        self._dt_test.globs.update(self._dt_globs)

    def runTest(self):
        flags = self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= _unittest_flags
        out = StringIO()
        failures, _ = DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False).run(self._dt_test, out=out.write, clear_globs=False)
        if failures:
            test = self._dt_test
            raise self.failureException(
                'Failed doctest test for %s\n  File "%s", line %s, in %s\n\n%s'
                % (test.name, test.filename, test.lineno, test.name.rpartition(".")[2], out.getvalue())
            )

    def id(self):
        return self._dt_test.name

    def __repr__(self):
        parts = self._dt_test.name.split(".")
        return "%s (%s)" % (parts[-1], ".".join(parts[:-1]))

    __str__ = __repr__

    def shortDescription(self):
        return "Doctest: " + self._dt_test.name


class SkipDocTestCase(DocTestCase):
    pass


def _caller():
    """The module of whoever calls the function that asks."""
    return sys.modules.get(sys._getframe(2).f_globals.get("__name__"), sys.modules.get("__main__"))


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    if isinstance(module, str):
        __import__(module)
        module = sys.modules[module]
    elif module is None:
        module = _caller()
    tests = (test_finder or DocTestFinder()).find(module, globs=globs, extraglobs=extraglobs)
    return unittest.TestSuite([DocTestCase(test, **options) for test in tests if test.examples])


class DocFileCase(DocTestCase):
    def id(self):
        return "_".join(self._dt_test.name.split("."))

    def __repr__(self):
        return self._dt_test.filename

    __str__ = __repr__


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=DocTestParser(), encoding=None, **options):
    import os

    text, path = _file_text(path, module_relative, package, encoding)
    globs = dict(globs or {}, __file__=path)
    return DocFileCase(parser.get_doctest(text, globs, os.path.basename(path), path, 0), **options)


def DocFileSuite(*paths, **options):
    if options.get("module_relative", True) and not options.get("package"):
        options["package"] = _caller()
    return unittest.TestSuite([DocFileTest(path, **options) for path in paths])


def script_from_examples(s):
    out = []
    for part in DocTestParser().parse(s):
        if isinstance(part, Example):
            out.append(part.source[:-1])
            if part.want:
                out.append("# Expected:")
                out.extend(["## " + line for line in part.want.split("\n")[:-1]])
        else:
            out.extend([("# " + line).rstrip() if line.strip() else "#" for line in part.split("\n")[:-1]])
    while out and out[-1] == "#":
        out.pop()
    while out and out[0] == "#":
        out.pop(0)
    return "\n".join(out) + "\n"


def _main():
    import argparse
    import os

    parser = argparse.ArgumentParser(prog="doctest", description="run the examples in the texts of modules, and in files of text")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each example")
    parser.add_argument("-o", "--option", action="append", choices=list(OPTIONFLAGS_BY_NAME), default=[], help="how results are compared")
    parser.add_argument("-f", "--fail-fast", action="store_true", help="end with the first failure")
    parser.add_argument("file", nargs="+", help="what has examples")
    options = parser.parse_args()
    flags = FAIL_FAST if options.fail_fast else 0
    for name in options.option:
        flags |= OPTIONFLAGS_BY_NAME[name]
    for path in options.file:
        if path.endswith(".py"):
            folder, name = os.path.split(path)
            sys.path.insert(0, folder)
            try:
                module = __import__(name[:-3])
            finally:
                sys.path.pop(0)
            failed = testmod(module, verbose=options.verbose, optionflags=flags).failed
        else:
            failed = testfile(path, module_relative=False, verbose=options.verbose, optionflags=flags).failed
        if failed:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
