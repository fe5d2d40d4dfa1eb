# What programs reach for below the public names.
import argparse
import importlib.util
import sys
import unittest
from email import _header_value_parser as parser
from email.errors import HeaderParseError
from importlib._bootstrap_external import _NamespacePath, SourceFileLoader
from unittest.suite import _DebugResult

for text in ("a@b.com", "A B <a@b.com>", '"A, B" <"x y"@b.com>', "a@b.com, c@d", "Jürgen <j.k@b.de> rest", "=?utf-8?q?J=C3=BC?= <a@b>",
             "a b@c", "nobody", "", "<a@b>", "@b", "a@[1.2.3.4]", "A.B. C <a@b>"):
    try:
        mailbox, rest = parser.get_mailbox(text)
        print(mailbox, mailbox.display_name, mailbox.local_part, mailbox.domain, mailbox.addr_spec, repr(rest))
    except (HeaderParseError, ValueError, IndexError):
        print(repr(text), "is none")
print(importlib.util._find_spec_from_path("json").name, importlib.util._find_spec_from_path("nothing_of_the_kind"))
print(importlib.util.find_spec("email.mime").name, SourceFileLoader.__name__)


class Doubled(argparse._StoreAction):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None):
        super().__init__(option_strings, dest, 1, const, default, type, choices, required, help, metavar)


arguments = argparse.ArgumentParser()
arguments.add_argument("--number", action=Doubled, type=int)
print(arguments.parse_args(["--number", "3"]))


class Failing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("set up")

    def test_it(self):
        self.assertEqual(1, 2)


try:
    unittest.TestSuite([Failing("test_it")]).debug()
except AssertionError as error:
    print(error)

from unittest import async_case, runner, util


class Unshown:
    def __repr__(self):
        raise ValueError


print(util.safe_repr("x" * 100, short=True), "Unshown object at" in util.safe_repr(Unshown()), util.strclass(Failing))
print(util.unorderable_list_difference([1, 2, 3], [3, 4]), util.sorted_list_difference([1, 2, 2], [2, 3]))
print(util._count_diff_hashable("aab", "abc"), util._count_diff_all_purpose([[1], [1]], [[1]]), util.three_way_cmp(1, 2))
print(async_case.IsolatedAsyncioTestCase is unittest.IsolatedAsyncioTestCase, runner.TextTestRunner is unittest.TextTestRunner)
import typing


@typing._SpecialForm
def Own(self, parameters):
    """A form of its own."""
    return typing.List[parameters]


print(Own, Own[int], Own.__doc__, isinstance(typing.Union, typing._SpecialForm) or typing.Union)
