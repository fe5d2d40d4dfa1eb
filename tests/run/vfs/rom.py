# not CPython: romfs is MicroPython's.
# Files that are read where they lie: made, mounted, imported from, and damaged.
# needs: from vfs import VfsRom
import os, sys, vfs


def number(value):
    out = bytes([value & 0x7F])
    while value > 0x7F:
        value >>= 7
        out = bytes([0x80 | value & 0x7F]) + out
    return out


def record(kind, payload):
    return number(kind) + number(len(payload)) + payload


def named(name):
    name = name.encode()
    return number(len(name)) + name


def file(name, content):
    return record(5, named(name) + content)


def directory(name, *entries):
    return record(4, named(name) + b"".join(entries))


def image(*entries):
    return record(0x14A6B1, b"".join(entries))


shared = record(2, b"bytes that two files share")
rom = image(
    record(1, b"padding"),
    shared,
    file("hello.txt", record(77, b"of a later version") + record(2, "hello, wörld\nline 2\n".encode())),
    directory("lib", file("rom_module.py", record(2, b"answer = 42\n")), directory("empty")),
    file("all", record(3, number(26) + number(11))),
    file("part", record(3, number(5) + number(26 - 15 + 11))),
)

fs = vfs.VfsRom(rom)
print(list(fs.ilistdir("")), list(fs.ilistdir(b"/lib")))
print(fs.stat("all"), fs.stat("lib")[0], fs.statvfs("")[:3])
with fs.open("hello.txt", "r") as f:
    print(f.read(8), f.tell(), f.seek(1, 2), f.seek(-7, 2), f.readline(), f.seek(0), f.readlines())
print(fs.open("all", "rb").read(), fs.open("part", "rb").read())

# The bytes of an open file lie where the image lies, also when it was closed.
with fs.open("all", "rb") as f:
    seen = memoryview(f)
print(bytes(seen[6:10]), len(seen))
try:
    seen[0] = 1
except TypeError as error:
    print("read only")

vfs.mount(fs, "/rom")
sys.path.append("/rom/lib")
import rom_module

print(rom_module.answer, os.listdir("/rom"), os.listdir(b"/rom/lib"))
for action, arguments in (
    (open, ("/rom/none",)),
    (open, ("/rom/lib",)),
    (open, ("/rom/all", "w")),
    (os.remove, ("/rom/all",)),
    (os.mkdir, ("/rom/new",)),
    (os.rename, ("/rom/all", "/rom/none")),
    (os.chdir, ("/rom/lib",)),
    (os.stat, ("/rom/hello.txt/x",)),
    (vfs.VfsRom, (b"no romfs",)),
    (vfs.VfsRom(rom).mount, (True, True)),
):
    try:
        action(*arguments)
        print("no error")
    except OSError as error:
        print(error.errno)
vfs.umount("/rom")

# Every byte changed, one after the other: errors, never nonsense.
kinds = set()
for at in range(0, len(rom), 3):
    broken = bytearray(rom)
    broken[at] ^= 0xFF
    try:
        fs = vfs.VfsRom(broken)
        for name, kind, _, size in fs.ilistdir(""):
            kinds.add(kind)
            if kind == 0x8000:
                assert len(fs.open(name, "rb").read()) == size
    except (OSError, UnicodeError, TypeError):
        pass
print(sorted(kinds))
