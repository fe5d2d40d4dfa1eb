# not CPython: a file stands before a builtin module of its name, which it takes from its old name.
# needs: import os, tempfile, sys; sys.path.insert
import os, sys, tempfile
folder = tempfile.mkdtemp()
with open(folder + "/os.py", "w") as file:
    file.write("from uos import *\nextra = 1\n")
sys.path.insert(0, folder)
del sys.modules["os"]
import os
print(os.extra, os.stat(folder)[0] > 0, folder in os.__file__)
class Small:
    def mount(self, readonly, mkfs):
        pass
    def umount(self):
        pass
    def statvfs(self, path):
        return (3,)
import vfs
vfs.mount(Small(), "/small")
print(os.statvfs("/small"))
vfs.umount("/small")
