"""`collections.abc` by the name that CPython's own has."""

import sys
from collections import abc

sys.modules[__name__] = abc
