"""`-m unittest`: the tests that the command line names, or those it discovers."""

import sys

from .program import main

if len(sys.argv) == 1:
    sys.argv.append("discover")
main(module=None)
