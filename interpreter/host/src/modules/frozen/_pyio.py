"""`io` by the name that CPython gives to its version in Python; here there is one."""

import io
import sys

sys.modules[__name__] = io
