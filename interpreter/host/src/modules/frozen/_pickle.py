"""`pickle` by the name that CPython gives to its version in C; here there is one."""

import pickle
import sys

sys.modules[__name__] = pickle
