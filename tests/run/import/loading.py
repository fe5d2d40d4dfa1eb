# needs: import copy, pickle
# A submodule is found on its package while it is still loading.
import os, sys, tempfile
d = tempfile.mkdtemp()
os.mkdir(d + "/outer"); os.mkdir(d + "/outer/inner")
def write(name, text):
    with open(d + "/" + name, "w") as f: f.write(text)
write("outer/__init__.py", "")
write("outer/inner/__init__.py", "import outer.inner.part as p\nfrom outer import inner\nprint(p.name, inner.__name__)\n")
write("outer/inner/part.py", "import outer.inner.other as o\nfrom outer import inner\nname = 'part of ' + inner.__name__ + o.x\n")
write("outer/inner/other.py", "x = '!'\n")
sys.path.insert(0, d)
import outer.inner
try: from outer import nothing
except ImportError as e: print(type(e).__name__, e.name)
# A folder without an `__init__` is a package if nothing else has its name: no builtin module, no file beside it or further on.
for folder in ("heapq", "textwrap", "beside", "further", "bare", "bare/deep"):
    os.mkdir(d + "/" + folder)
write("beside.py", "name = 'a file'")
write("heapq/mine.py", "name = 'mine'")
write("bare/one.py", "name = 'one'")
write("bare/deep/two.py", "name = 'two'")
e = tempfile.mkdtemp()
sys.path.append(e)
with open(e + "/further.py", "w") as f: f.write("name = 'further on'")
import heapq, textwrap, beside, further, bare.one, bare.deep.two
print(callable(heapq.heappush), textwrap.dedent("  x"), beside.name, further.name, bare.one.name, bare.deep.two.name)
try: import heapq.mine
except ImportError as e: print(type(e).__name__, e.name)
