"""`python -m platform`: a line about this computer and this Python."""

import platform
import sys

words = sys.argv[1:]
print(platform.platform("nonaliased" not in words and "--nonaliased" not in words, "terse" in words or "--terse" in words))
