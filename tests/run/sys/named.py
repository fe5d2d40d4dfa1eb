import os
import sys

implementation = sys.implementation
print(isinstance(implementation.name, str), "version=" in str(implementation))
print(implementation.version[:2] >= (1, 0))

uname = os.uname()
print(isinstance(uname, tuple), len(uname), uname.machine == uname[4], uname[:2] == (uname.sysname, uname.nodename))
print("machine=" in str(uname), ("%s " * 5) % uname == " ".join(uname) + " ")
try:
    uname.machine = "x"
except (AttributeError, TypeError):
    print("read only")
print(uname == tuple(uname), hash(uname) == hash(tuple(uname)))
