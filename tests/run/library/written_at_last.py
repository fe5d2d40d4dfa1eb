# What is written to a file is seen by whoever looks, in this program or in another, also before it is flushed.
# not CPython: it shows only what was flushed.
# needs: import subprocess, tempfile
import os
import subprocess
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a")
    f = open(path, "w")
    print(f.write("one"), os.path.getsize(path), os.stat(path).st_size)
    f.write(" two")
    print(open(path).read())
    f.write(" three")
    print([entry.stat().st_size for entry in os.scandir(folder)])
    f.write(" four")
    print(subprocess.run(["cat", path], capture_output=True).stdout)
    f.write(" five")
    number = os.open(path, os.O_RDONLY)
    print(os.read(number, 100))
    f.write(" six")
    print(os.lseek(number, 0, 0), os.read(number, 100))
    os.close(number)
    reader = open(path)
    f.write(" seven")
    print(reader.read(100), f.tell())
    reader.close()
    f.seek(0)
    f.write("ONE")
    f.close()
    print(open(path).read(), f.closed)
    # Forgotten, not closed.
    open(path, "a").write("!")
    print(open(path).read()[-3:])
    with open(path, "w+") as f:
        for number in range(5000):
            f.write("%d\n" % number)
        f.seek(0)
        print(sum(map(int, f)), f.tell())
        f.write("end")
        f.seek(23885)
        print(repr(f.read()))
    with open(path, "r+b") as f:
        print(f.read(2), f.write(b"XX"), f.read(2), f.tell())
    with open(path, "rb") as f:
        print(f.read(8))
    with open(path, "ab") as f:
        print(f.write(b"x" * 10000), f.write(b"y"), f.tell())
    print(os.path.getsize(path))
    program = "import os\nf = open(%r, 'w')\nf.write('left')\n" % path
    import sys
    for ending in ("", "raise SystemExit(3)", "f.flush(); os._exit(0)", "1 / 0"):
        code = subprocess.run([sys.executable, "-c", program + ending], stderr=subprocess.DEVNULL).returncode
        print(code, open(path).read())
        os.remove(path)
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    with open(path, "wb", buffering=0) as f:
        f.write(b"at once")
        print(open(path, "rb").read())

# A file that is open for reading alone refuses at once.
with tempfile.NamedTemporaryFile() as there, open(there.name) as read:
    try:
        print(read.write("x"))
    except OSError:
        print("refused")
