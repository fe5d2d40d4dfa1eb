"""The old name of `re._constants`."""

from re._constants import *
