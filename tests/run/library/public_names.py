# What modules offer to `from module import *`, and to `dir`.
import os
from calendar import *
from collections import *
from os import *
from os.path import *
from re import *

print(FRIDAY == 4, Counter("aa")["a"], walk.__name__, join("a", "b"), compile("a").pattern, DOTALL == 16)
print("walk" in dir(os), "environ" in os.__all__, "path" in os.__all__, "fork" in os.__all__)
for name in "base64 bdb codecs contextlib copy difflib fnmatch functools glob html.parser json locale os.path random shutil socket string tarfile token tokenize traceback types".split():
    module = __import__(name, fromlist=["*"])
    missing = [one for one in getattr(module, "__all__", []) if not hasattr(module, one)]
    print(name, missing)
