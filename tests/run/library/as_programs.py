# What modules of the library do when they are run as programs.
# needs: import doctest, timeit, subprocess, tempfile
import os
import re
import subprocess
import sys
import tempfile


def run(*words):
    """What a module prints and how it ends; options behind its name are its own."""
    done = subprocess.run([sys.executable, "-m"] + list(words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.decode(), done.returncode


folder = tempfile.mkdtemp()
good, bad, text = [os.path.join(folder, name) for name in ("good.py", "bad.py", "notes.txt")]
with open(good, "w") as file:
    file.write('"""\n>>> 1 + 1\n2\n"""\n')
with open(bad, "w") as file:
    file.write('def half(x):\n    """\n    >>> half(3)\n    2\n    >>> half(5)\n    3\n    """\n    return x / 2\n')
with open(text, "w") as file:
    file.write("As in:\n\n    >>> print('a   b')\n    a b\n")
print(run("doctest", good))
for words in ((bad,), ("-f", bad), (good, bad)):
    out, end = run("doctest", *words)
    print(out.count("Failed example"), end)
print(run("doctest", "-o", "NORMALIZE_WHITESPACE", text))
out, end = run("doctest", text)
print("Expected:" in out, end)
print("2 tests" in run("doctest", "-v", good)[0], "1 passed" in run("doctest", "-v", good)[0])

for words in (("-n", "10", "1 + 1"), ("-n", "1", "-r", "2", "-u", "msec", "-s", "x = 1", "y = x", "y + 1")):
    out, end = run("timeit", *words)
    print(re.sub(r"[\d.]+(e-\d+)? (n|u|m)?sec", "TIME", out).strip(), end)
out, end = run("timeit", "-n", "10", "-vv", "pass")
print(bool(re.search("raw times: .* sec|raw times: .*sec, ", out)))
print(run("ast", good)[0])

# An example that is a comment alone is none, also with something below.
with open(text, "w") as file:
    file.write(">>> # slow(3)\n# 7\n>>> 1  # one\n2\n")
print(run("doctest", text)[0].count("Failed example"))
