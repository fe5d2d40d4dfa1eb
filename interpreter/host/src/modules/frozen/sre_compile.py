"""The old name of what compiles patterns."""

from re import compile
from re._constants import *
from re._parser import parse
