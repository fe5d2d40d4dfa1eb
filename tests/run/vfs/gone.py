# not CPython: it has no VfsPosix
# needs: import os, tempfile; from vfs import VfsPosix
# A file system below a folder that is gone is refused with a number alone, as by all of MicroPython's.
import os, tempfile
from vfs import VfsPosix
gone = tempfile.mkdtemp()
os.chdir(gone)
os.rmdir(gone)
try:
    VfsPosix("below")
except OSError as error:
    print(repr(error))
