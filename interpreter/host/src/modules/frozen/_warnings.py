"""`warnings` by the name that CPython gives to its part in C; here there is one."""

import sys
import warnings

sys.modules[__name__] = warnings
