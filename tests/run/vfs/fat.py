# not CPython: file systems on block devices are MicroPython's.
# FAT on a device in memory: files, names, directories, errors.
# needs: bytearray(1 << 20)
import gc, os, vfs


class Memory:
    def __init__(self, blocks):
        self.data = bytearray(blocks * 512)

    def readblocks(self, block, buffer):
        buffer[:] = memoryview(self.data)[block * 512 : block * 512 + len(buffer)]

    def writeblocks(self, block, buffer):
        self.data[block * 512 : block * 512 + len(buffer)] = buffer

    def ioctl(self, request, argument):
        if request == 4:
            return len(self.data) // 512
        if request == 5:
            return 512


def fails(action, *arguments):
    try:
        action(*arguments)
        print("no error")
    except OSError as error:
        print(action.__name__, arguments[1:], error.errno)


device = Memory(64)
vfs.VfsFat.mkfs(device)
fs = vfs.VfsFat(device)
print(fs.statvfs(""))

# Names of all kinds, found again whatever their case.
for name in ("a", "main.py", "Two Words.txt", "Zwölf größere Äpfel.dat", "x" * 100):
    with fs.open(name, "w") as f:
        f.write(name)
for name, kind, _, size in fs.ilistdir(""):
    print(name, kind, size)
print(fs.open("TWO WORDS.TXT", "r").read(), fs.open("two words.txt", "rb").read(), fs.stat("ZWÖLF GRößERE äpfel.DAT")[6])
print(b"MAIN    PY " in device.data)

# Files: modes, positions, contents over many sectors.
text = "".join("line %d\n" % i for i in range(200))
with fs.open("lines", "w") as f:
    print(f.write(text), f.tell())
with fs.open("lines", "r") as f:
    print(f.read() == text, f.seek(6), f.readline(), f.seek(-9, 2), f.read())
with fs.open("lines", "r+") as f:
    f.seek(5)
    f.write("X")
    f.seek(0)
    print(f.readline())
with fs.open("lines", "a") as f:
    f.write("the end")
with fs.open("lines", "r") as f:
    f.seek(-15, 2)
    print(repr(f.read()))
with fs.open("gap", "wb") as f:
    f.seek(600)
    f.write(b"!")
print(fs.open("gap", "rb").read() == bytes(600) + b"!")

# What is being replaced is there until the new content is.
f = fs.open("lines", "w")
f.write("new")
print(fs.stat("lines")[6] > 1000)
f.close()
print(fs.stat("lines")[6], fs.open("lines", "r").read())

# Directories.
fs.mkdir("lib")
fs.mkdir("lib/inner")
fs.chdir("lib")
fs.open("m.py", "w").close()
print(fs.getcwd(), [row[:2] for row in fs.ilistdir()])
fs.rename("m.py", "/moved.py")
fs.rename("inner", "/outer")
fs.chdir("/outer/..")
print(fs.getcwd(), [row[0] for row in fs.ilistdir()], list(fs.ilistdir("lib")))
fs.rename("moved.py", "main.py")
print(fs.stat("main.py")[6], fs.stat("outer")[0])

# Errors.
fails(fs.open, "missing", "r")
fails(fs.open, "main.py", "x")
fails(fs.open, "lib", "w")
fails(fs.open, "a*b", "w")
fails(fs.open, "lib/none/x", "w")
fails(fs.mkdir, "lib")
fails(fs.rmdir, "main.py")
fails(fs.remove, "lib")
fails(fs.rename, "outer", "outer/deeper")
fails(fs.rename, "main.py", "lib")
fails(fs.chdir, "main.py")
fs.open("lib/x", "w").close()
fails(fs.rmdir, "lib")
f = fs.open("a", "r")
f.close()
f.close()
fails(f.read, 1)

# A full device, and room again.
try:
    with fs.open("big", "wb") as f:
        f.write(bytes(40000))
except OSError as error:
    print(error.errno)
fs.remove("big")
before = fs.statvfs("")[3]
with fs.open("big", "wb") as f:
    f.write(bytes(2000))
print(before - fs.statvfs("")[3])

# Mounted: read only, and by the device itself.
vfs.mount(device, "/card", readonly=True)
print("main.py" in os.listdir("/card"), os.getcwd() != "/card")
fails(os.remove, "/card/main.py")
vfs.umount("/card")
try:
    vfs.mount(Memory(64), "/card")
except OSError as error:
    print(error.errno)
empty = vfs.VfsFat(Memory(64))
fails(empty.ilistdir, "")
vfs.mount(empty, "/card", mkfs=True)
print(os.listdir("/card"))
vfs.umount("/card")
