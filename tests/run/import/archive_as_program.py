# A folder or a zip file on the command line: its `__main__` is the program.
# needs: import subprocess, zipfile
import os
import subprocess
import sys
import tempfile
import zipfile

folder = tempfile.mkdtemp()
archive, tree = os.path.join(folder, "some.pyz"), os.path.join(folder, "tree")
MAIN = """import beside, sys
import __main__
print(__name__, beside.value, sys.argv[1:], sys.argv[0] == sys.path[0], __main__.beside is beside, __spec__.name, repr(__package__))
"""
parts = {"__main__.py": MAIN, "beside.py": "value = 'found'\nprint('loaded')\n"}
os.mkdir(tree)
with zipfile.ZipFile(archive, "w") as out:
    for name, text in parts.items():
        out.writestr(name, text)
        with open(os.path.join(tree, name), "w") as file:
            file.write(text)
# What is before an archive says who runs it.
with open(archive, "rb") as file:
    whole = file.read()
with open(archive, "wb") as file:
    file.write(b"#!/usr/bin/env some-python\n" + whole)
os.mkdir(os.path.join(folder, "empty"))
for place in (archive, tree, os.path.join(folder, "empty")):
    done = subprocess.run([sys.executable, place, "an argument"], capture_output=True, text=True)
    print(done.returncode, done.stdout, done.stderr.replace(folder, "").partition(": ")[2])
