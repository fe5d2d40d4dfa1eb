"""What continues the builtin module `struct`."""

import struct

__all__ = ["Struct", "calcsize", "error", "iter_unpack", "pack", "pack_into", "unpack", "unpack_from"]


class error(Exception):
    """What pack and unpack raise for a wrong format, and for data that does not fit it."""

    __module__ = "struct"


class Struct:
    """A format that is used again."""

    def __init__(self, format):
        self.format = format.decode() if isinstance(format, (bytes, bytearray)) else format
        self.size = struct.calcsize(self.format)

    def pack(self, *v):
        return struct.pack(self.format, *v)

    def pack_into(self, buffer, offset, *v):
        struct.pack_into(self.format, buffer, offset, *v)

    def unpack(self, buffer):
        return unpack_whole(self.format, self.size, buffer)

    def unpack_from(self, buffer, offset=0):
        return struct.unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer):
        return iter_unpack(self.format, buffer)

    def __repr__(self):
        return "Struct(%r)" % self.format


def unpack_whole(format, size, buffer):
    if len(memoryview(buffer)) != size:
        raise error("unpack requires a buffer of %d bytes" % size)
    return struct.unpack(format, buffer)


def iter_unpack(format, buffer):
    size = struct.calcsize(format)
    if size == 0:
        raise error("cannot iteratively unpack with a struct of length 0")
    if len(buffer) % size:
        raise error("iterative unpacking requires a buffer of a multiple of %d bytes" % size)
    return (struct.unpack_from(format, buffer, at) for at in range(0, len(buffer), size))
