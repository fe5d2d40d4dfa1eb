"""`bisect` by the name that CPython gives to its version in C; here there is one."""

import bisect
import sys

sys.modules[__name__] = bisect
