# not CPython: a memoryview of a text sees its UTF-8, and execfile() is MicroPython's.
import io
import vfs

view = memoryview("aé")
print(bytes(view), view.readonly, len(view), view[1:].hex())


class File(io.IOBase):
    def __init__(self, text):
        self.text, self.at = text, 0

    def ioctl(self, request, argument):
        return 0 if request == 4 else -1

    def readinto(self, buffer):
        # The buffer becomes as short as what is left.
        buffer[:] = memoryview(self.text)[self.at : self.at + len(buffer)]
        self.at += len(buffer)
        return len(buffer)


class Files:
    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def open(self, path, mode):
        return File("print('é', 1 + 2)\n") if path == "/known.py" else None


vfs.mount(Files(), "/files")
execfile("/files/known.py")
try:
    execfile("/files/unknown.py")
except OSError:
    print("OSError")
vfs.umount("/files")
