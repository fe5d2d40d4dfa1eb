# A builtin module that is continued in Python is still a builtin one.
import os.path
import sys

print(sys.__name__, hasattr(sys, "__file__"), sys.maxunicode)
print(os.path.join("a", "b"))
