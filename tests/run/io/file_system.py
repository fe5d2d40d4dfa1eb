# not CPython: file systems written in Python, and vfs, are MicroPython's.
# A file system written in Python, mounted, listed and imported from.
# short of memory: a file that is closed under an error does not replace it by its own.
import io, os, sys, vfs


class File(io.IOBase):
    def __init__(self, data):
        self.data = data

    def readinto(self, buffer):
        count = min(len(buffer), len(self.data), 5)
        buffer[:count] = self.data[:count]
        self.data = self.data[count:]
        return count

    def ioctl(self, request, argument):
        if request == 4:
            print("closed")
            return 0
        return -1


class Files:
    def __init__(self, files):
        self.files = files
        self.cwd = "/"

    def mount(self, readonly, mkfs):
        print("mount", readonly, mkfs)

    def umount(self):
        print("umount")

    def chdir(self, path):
        self.cwd = path

    def getcwd(self):
        return self.cwd

    def mkdir(self, path):
        print("mkdir", path)

    def ilistdir(self, path):
        return ((name[1:], 0x8000, 0) for name in self.files)

    def stat(self, path):
        if path not in self.files:
            raise OSError(2)
        return (0x8000, 0, 0, 0, 0, 0, len(self.files[path]), 0, 0, 0)

    def open(self, path, mode):
        return File(self.files[path])


for _, point in vfs.mount():
    vfs.umount(point)
print(os.getcwd(), os.listdir(), os.stat("/")[0], os.statvfs("/")[9])
vfs.mount(Files({"/one.py": b"print('one runs')\nname = __name__\n", "/bad.py": b"1 +\n"}), "/lib", readonly=True)
print(os.listdir("/"), sorted(os.listdir("/lib")), os.stat("/lib/one.py")[6])
sys.path.append("/lib")
import one

print(one.name, one.__file__)
try:
    import bad
except SyntaxError:
    print("SyntaxError")
for function, argument in ((os.mkdir, "/lib"), (os.chdir, "/none"), (os.stat, "/none"), (vfs.umount, "/none")):
    try:
        function(argument)
    except OSError as error:
        print(error.errno)
os.chdir("/lib/deep")
print(os.getcwd())
vfs.mount(Files({"/two": b""}), "/")
print(os.listdir("/"))
os.chdir("/")
print(os.getcwd(), os.listdir())
vfs.umount("/lib")
vfs.umount("/")
print(vfs.mount())
