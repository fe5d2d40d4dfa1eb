# Modules in a zip file: found by sys.path, read, and run as a program.
# needs: import zipimport, tempfile, runpy
import os
import pkgutil
import runpy
import sys
import tempfile
import zipfile

folder = tempfile.mkdtemp()
archive = os.path.join(folder, "some.zip")
with zipfile.ZipFile(archive, "w") as out:
    out.writestr("zipped/__init__.py", "from . import inner\nvalue = inner.value + 1\n")
    out.writestr("zipped/inner.py", "value = 41\ndef fails():\n    raise ValueError('inside')\n")
    out.writestr("zipped/data.txt", "data")
    out.writestr("alone.py", "what = __name__, __package__\n")
    out.writestr("bare/", "")
    out.writestr("bare/part.py", "value = 'of a folder without __init__'\n")
    out.writestr("__main__.py", "import zipped, sys\nresult = __name__, zipped.value, sys.argv[0] == sys.path[0]\n")

try:
    import zipped
except ImportError as e:
    print(e)
sys.path.insert(0, archive)
import zipped
import alone
import bare.part

place = lambda path: path.replace(folder, "")
print(zipped.value, place(zipped.__file__), [place(path) for path in zipped.__path__], type(zipped.__loader__).__name__)
print(alone.what, place(alone.__spec__.origin), zipped.inner.__spec__.name, bare.part.value)
print(pkgutil.get_data("zipped", "data.txt"), zipped.__loader__.get_source("alone"), zipped.__loader__.is_package("zipped"))
print([(each.name, each.ispkg) for each in pkgutil.iter_modules([archive], "x.")])
try:
    zipped.inner.fails()
except ValueError as e:
    print(place(e.__traceback__.tb_next.tb_frame.f_code.co_filename), e.__traceback__.tb_next.tb_lineno)
try:
    import zipped.missing
except ImportError as e:
    print(e)

import zipimport

found = zipimport.zipimporter(archive)
print(found.find_spec("nothing"), found.find_spec("alone").origin.replace(folder, ""), found.get_data("zipped/data.txt"))
for wrong in (folder, archive + ".none"):
    try:
        zipimport.zipimporter(wrong)
    except zipimport.ZipImportError as e:
        print(str(e)[:14])

sys.path.remove(archive)
print(runpy.run_path(archive)["result"])
os.mkdir(os.path.join(folder, "tree"))
with open(os.path.join(folder, "tree", "__main__.py"), "w") as out:
    out.write("result = __name__\n")
print(runpy.run_path(os.path.join(folder, "tree"), run_name="chosen")["result"])
try:
    runpy.run_path(folder)
except ImportError as e:
    print(place(str(e)))
