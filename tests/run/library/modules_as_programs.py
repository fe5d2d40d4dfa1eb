# What else of the library does something when it is run: archives, calendars, tokens, profiles, traces, what is compiled.
# not CPython: its words are others here and there.
# needs: import subprocess, tempfile, pstats, trace, compileall, site
import os
import re
import subprocess
import sys
import tempfile

os.chdir(tempfile.mkdtemp())
os.mkdir("inside")
for name, text in (
    ("steps.py", "def f(x):\n    return x\nfor i in range(2):\n    f(i)\nx = 1\n"),
    ("inside/wrong.py", "x = = 1\n"),
    ("inside/right.py", "y = 2\n"),
    ("data", "some data\n"),
):
    with open(name, "w") as file:
        file.write(text)


def run(*words, given=""):
    """Prints what a module says, and how it ends if not well."""
    done = subprocess.run([sys.executable, "-m", *words], input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    out = re.sub(r"0x[0-9a-f]+", "0x", done.stdout).replace(os.getcwd() + "/", "")
    print("--", *words, "" if not done.returncode else "(%d)" % done.returncode)
    print(out, end="")
    return out


run("calendar", "2024", "2")
run("calendar", "-w", "3", "2023", "5")
print(subprocess.run([sys.executable, "-m", "calendar", "-t", "html", "2024"], stdout=subprocess.PIPE).stdout.count(b"<tr"))
run("tokenize", "-e", given="x = f(1)\n")
run("tokenize", given="if 1:\n    x\n  y\n")
run("tokenize", "missing.py")
for name in ("a.tar.gz", "a.tar.xz", "a.tar"):
    subprocess.run([sys.executable, "-m", "tarfile", "-c", name, "inside/right.py", "data"], check=True)
    run("tarfile", "-l", name)
run("tarfile", "-e", "a.tar", "unpacked")
print(sorted(os.listdir("unpacked")))
run("tarfile", "-t", "data")
run("zipfile", "-c", "a.zip", "inside", "data")
run("zipfile", "-t", "a.zip")
run("zipfile", "-e", "a.zip", "unzipped")
print(sorted(os.listdir("unzipped")), sorted(os.listdir("unzipped/inside")))
run("inspect", "steps:f")
run("inspect", "missing")
run("code", "-q", given="a = 6\na * 7\n")
run("trace", "-t", "steps.py")
run("trace", "-c", "-C", ".", "steps.py")
with open("steps.cover") as file:
    print(file.read(), end="")
run("trace", "-l", "steps.py")
run("trace", "steps.py")
for words in (("cProfile", "-s", "ncalls", "steps.py"), ("profile", "steps.py")):
    done = subprocess.run([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True)
    print([re.sub(r"\d\.\d+", "T", line).split() for line in done.stdout.splitlines() if "steps.py" in line])
run("compileall", "-f", "inside")
run("py_compile", "inside/wrong.py")
run("py_compile", "inside/right.py")
run("mimetypes", "a.tar.gz", "b.png", "c.nothing")
run("mimetypes", "-e", "image/png")
run("quopri", given="a=é\n")
run("quopri", "-d", given="a=3Db\n")
run("base64", "-t")
run("textwrap")
run("getopt", "-a", "1")
run("pickle")
run("filecmp", "unpacked", "unpacked")
run("fileinput", "data")
run("pdb", "-c", "break 5", "-c", "continue", "-c", "p i", "-c", "continue", "-c", "quit", "steps.py")
run("pdb", "missing.py")
run("pydoc", "steps.f")
run("pydoc", "missing")
run("os")
for name in ("missing", "pip", "sqlite3"):
    said = subprocess.run([sys.executable, "-m", name], stderr=subprocess.PIPE, text=True)
    print(said.returncode, "No module named " + name in said.stderr, len(said.stderr) > 80)


def ends(text, *options):
    done = subprocess.run([sys.executable, *options, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    print(repr(done.stdout), done.stderr.splitlines()[-1:], done.returncode)


# An import that fails for good says so below.
said = subprocess.run([sys.executable, "-c", "import tkinter"], stderr=subprocess.PIPE, text=True).stderr
print("No module named 'tkinter'" in said, "windows" in said)
ends("import sys\nsys.excepthook = lambda kind, value, frames: print(kind.__name__, value)\n1 / 0")
ends("import sys\nprint(callable(sys.excepthook), sys.excepthook is sys.__excepthook__)")
ends("import sys\ndef hook(*error): raise KeyError\nsys.excepthook = hook\n1 / 0")
ends("import warnings\nwarnings.warn('x')", "-W", "error")
ends("import warnings\nwarnings.warn('x')", "-W", "ignore")
ends("import sys\nprint(sys.warnoptions)", "-X", "dev", "-Wonce")
