"""`datetime` by the name that CPython gives to its version in C; here there is one."""

import datetime
import sys

sys.modules[__name__] = datetime
