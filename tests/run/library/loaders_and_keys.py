# needs: import importlib.abc; import hashlib; hashlib.scrypt
# Loaders that derive from the interfaces of imports, keys made of passwords, and what `dir` shows of modules.
import builtins
import collections
import hashlib
import importlib.abc
import importlib.util
import os
import sys

print(hashlib.scrypt(b'pw',salt=b'na',n=16384,r=8,p=1).hex())
for h in ('md5','sha1','sha224','sha256','sha384','sha512','sha3_256','blake2b'): print(h, hashlib.pbkdf2_hmac(h,b'p',b's',100,20).hex())
for k in (dict(n=3,r=1,p=1),dict(n=1<<20,r=8,p=1),dict(n=2,r=0,p=1)):
    try: hashlib.scrypt(b'p',salt=b's',**k)
    except ValueError as e: print(type(e).__name__)
print('ExceptionGroup' in dir(builtins), [n for n in ('argv','path','modules','platform','implementation','version') if n in dir(sys)], os.EX_USAGE, os.EX_CONFIG)


class L(importlib.abc.SourceLoader):
    def get_filename(self, name): return "/virtual/%s.py" % name
    def get_data(self, path): return b"x = 5\nimport sys\nhere = __name__, __file__\n"


class F(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith("virtual_"): return importlib.util.spec_from_loader(name, L())
sys.meta_path.append(F())
import virtual_one
print(virtual_one.x, virtual_one.here, L().get_source("virtual_one")[:5], L().is_package("a"))
class I(importlib.abc.InspectLoader):
    def get_source(self, name): return "y = %r" % name
m = I().load_module("inspected"); print(m.y, "inspected" in sys.modules)
try: importlib.abc.InspectLoader()
except TypeError as e: print("abstract")
print(isinstance(importlib.machinery.SourceFileLoader("a","b"), importlib.abc.SourceLoader))
u=collections.UserString("{a}"); print(u.format_map({'a':1}), complex(collections.UserString("1j")), "%s" % u, u.maketrans("a","b"))
