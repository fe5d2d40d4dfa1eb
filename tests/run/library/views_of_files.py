# A mapped file as bytes for others, and memory that goes by a name.
# needs: import mmap, multiprocessing.shared_memory
import mmap
import multiprocessing
import os
import pickle
import re
import struct
import tempfile
from multiprocessing import shared_memory

with tempfile.TemporaryFile() as file:
    file.write(b"one 11\ntwo 222\nthree 3\n" + struct.pack("<if", 7, 0.5))
    file.flush()
    with mmap.mmap(file.fileno(), 0) as mapped:
        print(re.findall(rb"(\w+) (\d+)", mapped), re.search(b"t.o", mapped).span(), struct.unpack_from("<if", mapped, len(mapped) - 8))
        view = memoryview(mapped)
        print(view.readonly, view.nbytes, bytes(view[4:6]), view.obj is mapped, view[:3] == b"one")
        view[:3] = b"ONE"
        print(mapped[:6], bytes(mapped)[:3], bytearray(mapped)[:3], b"".join([view[:3], b"!"]), int(view[4:6]))
        struct.pack_into("<i", mapped, len(mapped) - 8, 9)
        print(struct.unpack_from("<i", mapped, len(mapped) - 8), view[4:].tobytes().startswith(b"11"))
        view.release()
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        view = memoryview(mapped)
        print(view.readonly, bytes(view[:3]))
        try:
            view[0] = 1
        except TypeError as error:
            print(error)
        view.release()


class Table(mmap.mmap):
    def __new__(cls, size):
        return mmap.mmap.__new__(cls, -1, size)


table = Table(16)
table[:4] = b"abcd"
print(type(table).__name__, len(table), table[:6])
table.close()

block = shared_memory.SharedMemory(create=True, size=64)
block.buf[:5] = b"hello"
again = shared_memory.SharedMemory(block.name)
print(bytes(again.buf[:5]), again.size >= 64, again.name == block.name)
again.buf[0] = ord("J")
again.close()
print(bytes(block.buf[:5]))


def write(name):
    here = shared_memory.SharedMemory(name)
    here.buf[5:7] = b"!?"
    here.close()


process = multiprocessing.get_context("fork").Process(target=write, args=(block.name,))
process.start()
process.join()
print(bytes(block.buf[:7]), process.exitcode)
block.close()
block.unlink()
try:
    shared_memory.SharedMemory(block.name)
except FileNotFoundError as error:
    print(error.errno)
for wrong in ({}, {"create": True}, {"create": True, "size": -1}):
    try:
        shared_memory.SharedMemory(**wrong)
    except ValueError as error:
        print(error)

shared = shared_memory.ShareableList([1, 2.5, "abc", b"xyz", None, True, "é"])
print(list(shared), len(shared), shared.count(1), shared.index("abc"), shared.format, shared[-1])
shared[2] = "ab"
shared[4] = 8
other = shared_memory.ShareableList(name=shared.shm.name)
print(list(other), list(pickle.loads(pickle.dumps(shared))))
try:
    shared[2] = "much too long for it"
except ValueError as error:
    print(error)
try:
    shared[9]
except IndexError as error:
    print(error)
other.shm.close()
shared.shm.close()
shared.shm.unlink()
