# needs: import tempfile
# not CPython: what 3.11 says is shorter
# A name that is missing because its module is being imported still, or because the program hides a module of the library.
import os, sys, tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)


def write(name, text):
    os.makedirs(os.path.dirname(folder + "/" + name), exist_ok=True)
    with open(folder + "/" + name, "w") as file:
        file.write(text)


def attempt(name):
    try:
        __import__(name, None, None, ["x"])
    except (ImportError, AttributeError) as error:
        print(str(error).replace(folder, "…"))


write("first.py", "import second\nvalue = 1\n")
write("second.py", "import first\nfirst.value\n")
attempt("first")
write("third.py", "from fourth import value\nother = 1\n")
write("fourth.py", "from third import other\nvalue = 1\n")
attempt("third")
write("pack/__init__.py", "from pack import part\nvalue = 1\n")
write("pack/part.py", "import pack\npack.value\n")
attempt("pack")
write("pack/__init__.py", "from pack import part\nvalue = 1\n")
write("pack/part.py", "from pack import value\n")
attempt("pack")
# Beside the program it may be that one was meant which is installed, or which the library has.
sys.modules["__main__"].__file__ = folder + "/program.py"
write("fifth.py", "import sixth\nvalue = 1\n")
write("sixth.py", "import fifth\nfifth.value\n")
attempt("fifth")
write("sixth.py", "from fifth import value\n")
attempt("fifth")
write("colorsys.py", "import colorsys\ncolorsys.hsv_to_rgb\n")
attempt("colorsys")
write("colorsys.py", "from colorsys import hsv_to_rgb\n")
attempt("colorsys")
