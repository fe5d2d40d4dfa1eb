# doctest: what is found, what fits, what is said of what does not.
import doctest, sys, unittest

def double(x):
    """Twice as much.

    >>> double(2)
    4
    >>> double("ab")
    'abab'
    >>> for i in range(2):
    ...     print(i)
    0
    1
    >>> {}[double("k")]
    Traceback (most recent call last):
        ...
    KeyError: 'kk'
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    >>> list(range(20)) # doctest: +ELLIPSIS
    [0, 1, ..., 19]
    >>> print("a   b") # doctest: +NORMALIZE_WHITESPACE
    a b
    >>> skipped # doctest: +SKIP
    """
    return x * 2

class Box:
    """
    >>> Box().get()
    3
    """
    def get(self):
        """
        >>> 1 + 1
        3
        """
        return 3

parser = doctest.DocTestParser()
print([(e.source, e.want, e.lineno, e.indent, e.options, e.exc_msg) for e in parser.get_examples("x\n  >>> 1\n  1\n\n  >>> 2 # doctest: +SKIP\n")], [part if isinstance(part, str) else part.source for part in parser.parse("a\n>>> 1\n1\nb")])
finder = doctest.DocTestFinder()
print([test.name for test in finder.find(sys.modules["__main__"], "me")])
runner, said = doctest.DocTestRunner(verbose=False), []
print([runner.run(test, out=said.append) for test in finder.find(sys.modules["__main__"], "me")])
print("".join(said).partition("Failed example:")[2])
checker = doctest.OutputChecker()
print(checker.check_output("1\n", "True\n", 0), checker.check_output("1\n", "True\n", doctest.DONT_ACCEPT_TRUE_FOR_1), checker.check_output("a...z\n", "abcz\n", doctest.ELLIPSIS), checker.check_output("a...z\n", "abc\n", doctest.ELLIPSIS))
for text in (">>>1\n", "    >>> 1\n  2\n", ">>> 1 # doctest: +NOPE\n"):
    try:
        parser.get_examples(text, "t")
    except ValueError as error:
        print(error)
suite = doctest.DocTestSuite()
print(suite.countTestCases(), len(unittest.TestResult().failures))
result = unittest.TestResult()
suite.run(result)
print(result.testsRun, len(result.failures), len(result.errors))
try:
    doctest.DebugRunner(verbose=False).run(finder.find(Box.get, "get", globs={})[0])
except doctest.DocTestFailure as failure:
    print(failure.example.want.strip(), failure.got.strip())
