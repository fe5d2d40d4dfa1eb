# needs: import copy, pickle
# Files that pass: whose they are, and how they are opened. Paths of Windows.
import os
import stat
import tempfile
from nturl2path import pathname2url, url2pathname

folder = tempfile.mkdtemp()
print(oct(stat.S_IMODE(os.stat(folder).st_mode)))
os.rmdir(folder)
with tempfile.NamedTemporaryFile("w+", encoding="latin-1") as f:
    name = f.name
    f.write("é")
    f.flush()
    print(os.stat(name).st_size, oct(stat.S_IMODE(os.stat(name).st_mode)), name.startswith(tempfile.gettempdir()))
print(os.path.exists(name), tempfile.gettempprefixb())
with tempfile.TemporaryFile() as f:
    f.write(b"abc")
    f.seek(1)
    print(f.read())

for url in ("///C:/a/b%20c", "///C|/", "////host/share/x", "/a/b"):
    print(url2pathname(url))
for path in ("C:\\a\\b c", "\\\\host\\share\\x", "\\\\?\\C:\\a", "a\\b", "C:\\"):
    print(pathname2url(path))
