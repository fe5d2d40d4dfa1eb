# not CPython: file systems on block devices are MicroPython's.
# littlefs on a device in memory that counts what is done to it.
import os, vfs


class Memory:
    SIZE = 512

    def __init__(self, blocks):
        self.data = bytearray(b"\xff" * (blocks * self.SIZE))
        self.erased = self.synced = 0

    def readblocks(self, block, buffer, offset=0):
        start = block * self.SIZE + offset
        buffer[:] = memoryview(self.data)[start : start + len(buffer)]

    def writeblocks(self, block, buffer, offset=0):
        start = block * self.SIZE + offset
        for byte in memoryview(self.data)[start : start + len(buffer)]:
            assert byte == 0xFF, "programmed, but not erased"
        self.data[start : start + len(buffer)] = buffer

    def ioctl(self, request, argument):
        if request == 3:
            self.synced += 1
        if request == 4:
            return len(self.data) // self.SIZE
        if request == 5:
            return self.SIZE
        if request == 6:
            self.erased += 1
            self.data[argument * self.SIZE : (argument + 1) * self.SIZE] = b"\xff" * self.SIZE
            return 0


device = Memory(32)
vfs.VfsLfs2.mkfs(device, progsize=64)
fs = vfs.VfsLfs2(device, readsize=16, progsize=64, lookahead=8, mtime=False)
print(fs.statvfs("")[:3], device.erased > 0, device.synced > 0)
with fs.open("settings.json", "w") as f:
    f.write('{"a": 1}')
fs.mkdir("lib")
fs.mkdir("lib/größe")
with fs.open("lib/data", "wb") as f:
    for i in range(40):
        f.write(bytes([i]) * 50)
print(sorted(fs.ilistdir("/")), list(fs.ilistdir("lib")))
with fs.open("lib/data", "rb") as f:
    print(f.seek(1000), f.read(3), f.seek(-1, 2), f.read(), f.tell())
print(fs.stat("lib/data")[6:], fs.stat("lib")[0])
fs.rename("lib/data", "settings.json")
fs.rmdir("lib/größe")
print(fs.stat("settings.json")[6], list(fs.ilistdir("lib")))
fs.umount()

# Another object on the same device finds what the first one wrote.
vfs.mount(device, "/disk")
print(os.listdir("/disk"))
with open("/disk/settings.json", "rb") as f:
    print(len(f.read()))
vfs.umount("/disk")

fs = vfs.VfsLfs2(device)
for action, arguments in (
    (fs.open, ("none", "r")),
    (fs.mkdir, ("lib",)),
    (fs.chdir, ("settings.json",)),
    (fs.rmdir, ("none",)),
    (vfs.VfsLfs2, (Memory(8),)),
    (vfs.VfsLfs2.mkfs, (Memory(1),)),
):
    try:
        action(*arguments)
        print("no error")
    except OSError as error:
        print(error.errno)
try:
    vfs.VfsLfs2()
except TypeError as error:
    print(error)
