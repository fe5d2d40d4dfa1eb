# needs: import subprocess, tempfile
# `-m`: a part of a package runs as the program, and imports its neighbours.
import os, subprocess, sys, tempfile

folder = tempfile.mkdtemp()
os.mkdir(folder + "/parts")
os.mkdir(folder + "/plain")
TEXTS = {
    "parts/__init__.py": "print('package', __name__)",
    "parts/__main__.py": "from . import one\nfrom .one import x\nprint(__name__, __package__, one.x, x)",
    "parts/one.py": "x = 1",
    "parts/two.py": "from .one import x\nfrom parts import one\nprint(__name__, __package__, one.x)",
    "plain/__main__.py": "print(__name__, __package__)",
    "alone.py": "print(__name__, repr(__package__))\ntry:\n    from . import parts\nexcept ImportError:\n    print('no package')",
}
for name, text in TEXTS.items():
    with open(folder + "/" + name, "w") as file:
        file.write(text)
for name in ("parts", "parts.two", "plain", "alone"):
    ended = subprocess.run([sys.executable, "-m", name], cwd=folder, capture_output=True, text=True)
    print(ended.returncode, ended.stdout.splitlines(), len(ended.stderr))
