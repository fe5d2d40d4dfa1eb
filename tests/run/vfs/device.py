# not CPython: file systems on block devices are MicroPython's.
# What devices answer and raise, and files that nobody closes.
import gc, vfs


class Memory:
    def __init__(self, blocks):
        self.data = bytearray(blocks * 512)
        self.answer = None
        self.file_system = None

    def readblocks(self, block, buffer, offset=0):
        if self.file_system:
            self.file_system.stat("")
        start = block * 512 + offset
        buffer[:] = memoryview(self.data)[start : start + len(buffer)]
        if self.answer == "raise":
            raise ValueError("no contact")
        return self.answer

    def writeblocks(self, block, buffer, offset=0):
        start = block * 512 + offset
        self.data[start : start + len(buffer)] = buffer

    def count(self):
        return len(self.data) // 512


class ReadOnly:
    def __init__(self, device):
        self.readblocks = device.readblocks
        self.count = device.count


device = Memory(50)
vfs.VfsFat.mkfs(device)
fs = vfs.VfsFat(device)
with fs.open("x", "w") as f:
    f.write("text")
for answer in (0, None, -5, 5, "text", "raise"):
    device.answer = answer
    try:
        print(len(list(vfs.VfsFat(device).ilistdir(""))))
    except (OSError, TypeError, ValueError) as error:
        print(type(error).__name__ if type(error) is TypeError else repr(error))
device.answer = None

# A device cannot use the file system that it holds.
device.file_system = fs
try:
    fs.mkdir("d")
    print(list(fs.ilistdir("d")))
except OSError as error:
    print(error.errno)
device.file_system = None

fs = vfs.VfsFat(ReadOnly(device))
print(fs.open("x", "r").read())
try:
    fs.open("y", "w")
except OSError as error:
    print(error.errno)

# More files than there is room for: those that nothing refers to are closed.
fs = vfs.VfsFat(device)
for i in range(30):
    fs.open("f", "a").write(".")
gc.collect()
files = []
for i in range(8):
    files.append(fs.open("f", "r"))
print(len(files))
try:
    fs.open("f", "r")
except OSError as error:
    print(error.errno)

for bad in (None, 5, Memory):
    try:
        vfs.VfsFat(bad)
    except (OSError, TypeError, AttributeError) as error:
        print(type(error).__name__)
