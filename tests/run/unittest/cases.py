# A test case, what it claims, and the ways that a test can end.
# short of memory: a test that meets a MemoryError counts it as an error.
import unittest

log = []


def setUpModule():
    log.append("setUpModule")


def tearDownModule():
    log.append("tearDownModule")


class Claims(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.append("setUpClass")

    @classmethod
    def tearDownClass(cls):
        log.append("tearDownClass")

    def setUp(self):
        self.addCleanup(log.append, "cleanup")

    def test_all_hold(self):
        self.assertEqual(1, 1.0)
        self.assertNotEqual("a", "b")
        self.assertTrue([0])
        self.assertFalse([])
        self.assertIs(None, None)
        self.assertIsNot([], [])
        self.assertIsNone(None)
        self.assertIsNotNone(0)
        self.assertIn(1, (1, 2))
        self.assertNotIn(3, (1, 2))
        self.assertIsInstance(1, (str, int))
        self.assertNotIsInstance(1, str)
        self.assertLess(1, 2)
        self.assertLessEqual(2, 2)
        self.assertGreater(2, 1)
        self.assertGreaterEqual(2, 2)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertAlmostEqual(1, 1.4, delta=0.5)
        self.assertNotAlmostEqual(1, 1.1)
        self.assertRegex("hello", "l+")
        self.assertNotRegex("hello", "x")
        self.assertCountEqual([1, 2, 2], [2, 1, 2])
        self.assertListEqual([1], [1])
        self.assertTupleEqual((1,), (1,))
        self.assertSetEqual({1}, {1})
        self.assertDictEqual({1: 2}, {1: 2})
        self.assertSequenceEqual([1], (1,))
        self.assertMultiLineEqual("a\nb", "a\nb")

    def test_raises(self):
        with self.assertRaises(KeyError) as caught:
            {}["x"]
        self.assertEqual(caught.exception.args, ("x",))
        self.assertRaises(ZeroDivisionError, lambda: 1 // 0)
        self.assertRaisesRegex(ValueError, "invalid", int, "x")
        with self.assertRaisesRegex(ValueError, "^two"):
            raise ValueError("two words")

    def test_each_fails(self):
        failing = (
            lambda: self.assertEqual(1, 2),
            lambda: self.assertTrue(0),
            lambda: self.assertIn(1, []),
            lambda: self.assertIsInstance(1, str),
            lambda: self.assertAlmostEqual(1, 1.1),
            lambda: self.assertListEqual([1], [1, 2]),
            lambda: self.assertListEqual([1], (1,)),
            lambda: self.assertCountEqual([1], [1, 1]),
            lambda: self.assertRegex("hello", "x"),
            lambda: self.assertRaises(KeyError, list),
            lambda: self.assertRaisesRegex(ValueError, "zzz", int, "x"),
            lambda: self.fail("so"),
        )
        for claim in failing:
            try:
                claim()
            except AssertionError as e:
                log.append(type(e).__name__)
            else:
                log.append("held")


class Ways(unittest.TestCase):
    def test_failure(self):
        self.assertEqual([1, 2], [1, 3])

    def test_error(self):
        raise KeyError("x")

    @unittest.skip("as it is")
    def test_skipped(self):
        log.append("never")

    @unittest.skipIf(True, "condition")
    def test_skipped_if(self):
        log.append("never")

    def test_skips_itself(self):
        self.skipTest("now")

    @unittest.expectedFailure
    def test_known(self):
        self.assertTrue(False)

    @unittest.expectedFailure
    def test_known_no_more(self):
        pass

    def test_parts(self):
        for i in range(4):
            with self.subTest("part", i=i):
                self.assertLess(i, 2)
        log.append("after the parts")


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no")

    def test_never(self):
        log.append("never")


@unittest.skipUnless(False, "whole class")
class Skipped(unittest.TestCase):
    def test_never(self):
        log.append("never")


def summary(result):
    print(result.testsRun, result.wasSuccessful())
    kinds = ("failures", "errors", "skipped", "expectedFailures", "unexpectedSuccesses")
    for kind in kinds:
        tests = [test[0] if isinstance(test, tuple) else test for test in getattr(result, kind)]
        print(kind, sorted(test.id().split(".")[-1] for test in tests))


if __name__ == "__main__":
    loader = unittest.TestLoader()
    for case in (Claims, Ways, Broken, Skipped):
        print(case.__name__, loader.getTestCaseNames(case))
        result = unittest.TestResult()
        loader.loadTestsFromTestCase(case).run(result)
        summary(result)
        print(log)
        log.clear()

    # A runner that stops at the first failure; one test by its name.
    result = unittest.TestResult()
    result.failfast = True
    loader.loadTestsFromTestCase(Ways).run(result)
    print(result.testsRun, result.shouldStop)
    suite = unittest.TestSuite([Ways("test_known"), Ways("test_parts")])
    print(suite.countTestCases(), Ways("test_known").id().split(".")[-1])
    result = unittest.TestResult()
    suite.run(result)
    summary(result)
