# not CPython: the last lines are MicroPython's, without a time.
# short of memory: a test that meets a MemoryError counts it as an error.
import sys
import unittest


class Sums(unittest.TestCase):
    def test_right(self):
        self.assertEqual(sum([1, 2]), 3)

    @unittest.skip("too dear")
    def test_dear(self):
        pass

    def test_wrong(self):
        self.assertEqual(sum([1, 2]), 4, "it is three")


class Silent(unittest.TextTestResult):
    def _told(self, err):
        return "%s: %s" % (err[0].__name__, err[1])


def run(argv):
    runner = unittest.TextTestRunner(verbosity=2 if "-v" in argv else 1, resultclass=Silent)
    try:
        unittest.main(argv=argv, testRunner=runner)
    except SystemExit as e:
        print("exit", e.code)


run(["program", "-v"])
run(["program", "Sums.test_right"])
run(["program", "-k", "right"])
run(["program", "-x"])


# What other runners read of a part of a test.
class Listening(unittest.TestResult):
    def addSubTest(self, test, subtest, err):
        print(subtest._message, dict(subtest.params), subtest.test_case is test, err)


class Parts(unittest.TestCase):
    def test(self):
        with self.subTest("one", a=1):
            pass


Parts("test").run(Listening())
