"""The old name of `re._parser`."""

from re._parser import *
from re._parser import SubPattern, State, parse, parse_template
