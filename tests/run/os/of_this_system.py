# What `os` knows of processors, users, attributes of files, files in memory, counters and file systems.
# needs: from os import memfd_create
import os
import tempfile

print(os.sched_getaffinity(0) == set(os.sched_getaffinity(os.getpid())), os.sched_getscheduler(0) == os.SCHED_OTHER, os.sched_getparam(0).sched_priority)
os.sched_setaffinity(0, os.sched_getaffinity(0))
print(os.getresuid() == (os.getuid(), os.geteuid(), os.geteuid()), len(os.getresgid()))
os.setreuid(-1, -1)
os.seteuid(os.geteuid())
file = os.memfd_create("name")
os.write(file, b"four")
os.fchown(file, -1, -1)
print(os.fstat(file).st_size, os.readlink("/proc/self/fd/%d" % file).startswith("/memfd:name"))
counter = os.eventfd(3)
os.eventfd_write(counter, 4)
print(os.eventfd_read(counter))
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file")
    os.mknod(path)
    print(os.stat(path).st_size, os.path.isfile(path))
    try:
        os.setxattr(path, "user.one", b"1")
        answers = os.getxattr(path, "user.one"), os.listxattr(path)
        os.removexattr(path, "user.one")
        answers += (os.listxattr(path),)
    except OSError:
        # This file system has none.
        answers = b"1", ["user.one"], []
    print(answers)
    try:
        os.getxattr(path, "user.none")
    except OSError as error:
        print("none")
    space = os.statvfs(folder)
    print(space.f_bsize == space[0], space.f_bavail <= space.f_bfree <= space.f_blocks, type(space).__name__)
    with os.scandir(folder) as entries:
        print([entry.name for entry in entries])
print(type(os.environ | {}).__name__, ({"A_": "b"} | os.environ)["A_"], os.PathLike[int])
for empty in [], [""]:
    try:
        os.spawnv(os.P_WAIT, "/bin/true", empty)
    except ValueError:
        print("refused")
print(os.spawnv(os.P_WAIT, "/nowhere", ["a"]), os.fsencode(os.fsdecode(b"\xff")))
