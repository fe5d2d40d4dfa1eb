"""Files that gzip packed, of one member or several."""

import builtins
import errno
import io
import os
import struct
import sys
import time
import zlib
from _compression import BUFFER_SIZE, BaseStream, DecompressReader

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]
READ, WRITE = "rb", "wb"
FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16
_COMPRESS_LEVEL_FAST, _COMPRESS_LEVEL_TRADEOFF, _COMPRESS_LEVEL_BEST = 1, 6, 9


class BadGzipFile(OSError):
    pass


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    if "t" in mode:
        if "b" in mode:
            raise ValueError("Invalid mode: %r" % (mode,))
    elif encoding is not None or errors is not None or newline is not None:
        raise ValueError("Argument '%s' not supported in binary mode" % ("encoding" if encoding is not None else "errors" if errors is not None else "newline"))
    plain = mode.replace("t", "")
    if isinstance(filename, (str, bytes, os.PathLike)):
        file = GzipFile(filename, plain, compresslevel)
    elif hasattr(filename, "read") or hasattr(filename, "write"):
        file = GzipFile(None, plain, compresslevel, filename)
    else:
        raise TypeError("filename must be a str or bytes object, or a file")
    return io.TextIOWrapper(file, encoding, errors, newline) if "t" in mode else file


def _header(name, level, mtime):
    stamp = int(time.time() if mtime is None else mtime)
    speed = 2 if level == _COMPRESS_LEVEL_BEST else 4 if level == _COMPRESS_LEVEL_FAST else 0
    return b"\x1f\x8b\x08" + bytes([FNAME if name else 0]) + struct.pack("<LBB", stamp, speed, 255) + (name + b"\0" if name else b"")


class _GzipReader(DecompressReader):
    """A raw stream of what the members of a file mean, one behind the other."""

    def __init__(self, fp):
        self._last_mtime = None
        super().__init__(fp, zlib._ZlibDecompressor, wbits=-zlib.MAX_WBITS)

    def _restart(self):
        # What was read and belongs to no member yet; and the member that is being unpacked.
        self._at, self._ended, self._held, self._decompressor, self._is_first = 0, False, b"", None, True

    def _exactly(self, size):
        while len(self._held) < size:
            more = self._fp.read(BUFFER_SIZE)
            if not more:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            self._held += more
        part, self._held = self._held[:size], self._held[size:]
        return part

    def _line(self):
        while self._exactly(1) != b"\0":
            pass

    def _begin(self):
        """Reads what a member begins with; whether there is one."""
        while True:
            self._held = self._held or self._fp.read(BUFFER_SIZE)
            # Zeros may fill up what is behind a member.
            self._held = self._held if self._is_first else self._held.lstrip(b"\0")
            if self._held or not (more := self._fp.read(BUFFER_SIZE)):
                break
            self._held = more
        if not self._held:
            return False
        if len(self._held) < 2:
            self._held += self._fp.read(BUFFER_SIZE)
        if self._held[:2] != b"\x1f\x8b":
            raise BadGzipFile("Not a gzipped file (%r)" % self._held[:2])
        self._exactly(2)
        method, flags, self._last_mtime = struct.unpack("<BBIxx", self._exactly(8))
        if method != 8:
            raise BadGzipFile("Unknown compression method")
        if flags & FEXTRA:
            self._exactly(struct.unpack("<H", self._exactly(2))[0])
        for flag in (FNAME, FCOMMENT):
            if flags & flag:
                self._line()
        if flags & FHCRC:
            self._exactly(2)
        self._decompressor = self._factory(**self._args)
        self._crc, self._length, self._is_first = 0, 0, False
        return True

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        while size and not self._ended:
            if self._decompressor is not None and self._decompressor.eof:
                self._finish()
            if self._decompressor is None and not self._begin():
                self._ended, self._size = True, self._at
                break
            data = self._unpacked(size)
            if data:
                self._at += len(data)
                return data
        return b""

    def _unpacked(self, size):
        unpacker, rest = self._decompressor, b""
        if unpacker.needs_input:
            rest, self._held = self._held or self._fp.read(BUFFER_SIZE), b""
            if not rest:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        data = unpacker.decompress(rest, size)
        self._crc, self._length = zlib.crc32(data, self._crc), self._length + len(data)
        return data

    def _finish(self):
        """Checks what stands behind a member. It is read when more is asked for: what was whole is given before."""
        self._held, self._decompressor = self._decompressor.unused_data, None
        crc, length = struct.unpack("<II", self._exactly(8))
        if crc != self._crc:
            raise BadGzipFile("CRC check failed %s != %s" % (hex(crc), hex(self._crc)))
        if length != self._length & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")


def compress(data, compresslevel=9, *, mtime=None):
    data = memoryview(data).tobytes()
    body = zlib.compress(data, compresslevel if compresslevel <= 9 else 9, -15)
    return _header(b"", compresslevel, mtime) + body + struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _only_member(data):
    """What the only member of a file means, if it has a plain head and nothing is wrong with it."""
    machine = zlib._packing.inflater(-zlib.MAX_WBITS)
    try:
        made, taken, ended, failure = zlib._packing.step(machine, data[10:], -1, zlib.Z_SYNC_FLUSH)
    finally:
        zlib._packing.forget(machine)
    is_whole = ended and not failure and data[10 + taken :] == struct.pack("<LL", zlib.crc32(made), len(made) & 0xFFFFFFFF)
    return made if is_whole else None


def decompress(data):
    if isinstance(data, bytes) and data[:4] == b"\x1f\x8b\x08\0":
        made = _only_member(data)
        if made is not None:
            return made
    return _GzipReader(io.BytesIO(data)).readall()


class GzipFile(BaseStream):
    """A packed file, of which one reads or to which one writes; what is written is packed at once."""

    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=_COMPRESS_LEVEL_BEST, fileobj=None, mtime=None):
        if mode and ("t" in mode or "U" in mode):
            raise ValueError("Invalid mode: %r" % (mode,))
        if mode and "b" not in mode:
            mode += "b"
        if fileobj is None:
            fileobj = self.myfileobj = builtins.open(filename, mode or "rb")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            if not isinstance(filename, (str, bytes)):
                filename = ""
        else:
            filename = os.fspath(filename)
        if mode is None:
            mode = getattr(fileobj, "mode", "rb")
            mode = mode if isinstance(mode, str) else "rb"
        self.name, self.fileobj, self._offset = filename, fileobj, 0
        if mode.startswith("r"):
            self.mode, self._buffer = READ, io.BufferedReader(_GzipReader(fileobj))
        elif mode.startswith(("w", "a", "x")):
            self.mode, self._mtime, self._crc = WRITE, mtime, 0
            self._packing = zlib._packer(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0, None, None)
            fileobj.write(_header(self._base_name(), compresslevel, mtime))
        else:
            raise ValueError("Invalid mode: %r" % (mode,))

    def _base_name(self):
        """The name in the header, which is text of Latin letters."""
        name = os.path.basename(self.name)
        if isinstance(name, str):
            try:
                name = name.encode("latin-1")
            except UnicodeEncodeError:
                return b""
        return name.removesuffix(b".gz")

    def __repr__(self):
        return "<gzip %r %s>" % (self.fileobj, hex(id(self)))

    @property
    def mtime(self):
        return self._buffer.raw._last_mtime if self.mode == READ else self._mtime

    @property
    def closed(self):
        return self.fileobj is None

    def _check_reads(self, what):
        self._check_not_closed()
        if self.mode != READ:
            raise OSError(errno.EBADF, "%s() on write-only GzipFile object" % what)

    def read(self, size=-1):
        self._check_reads("read")
        return self._buffer.read(-1 if size is None else size)

    def read1(self, size=-1):
        self._check_reads("read1")
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readinto(self, b):
        self._check_reads("readinto")
        return self._buffer.readinto(b)

    def peek(self, n):
        self._check_reads("peek")
        return self._buffer.peek(n)

    def readline(self, size=-1):
        self._check_not_closed()
        return self._buffer.readline(-1 if size is None else size)

    def write(self, data):
        self._check_not_closed()
        if self.mode != WRITE:
            raise OSError(errno.EBADF, "write() on read-only GzipFile object")
        if self.fileobj is None:
            raise ValueError("write() on closed GzipFile object")
        if isinstance(data, (str, int)):
            raise TypeError("memoryview: a bytes-like object is required, not '%s'" % type(data).__name__)
        data = data if isinstance(data, bytes) else memoryview(data).tobytes()
        if data:
            self.fileobj.write(self._packing.compress(data))
            self._crc, self._offset = zlib.crc32(data, self._crc), self._offset + len(data)
        return len(data)

    def seek(self, offset, whence=io.SEEK_SET):
        if self.mode == READ:
            self._check_not_closed()
            return self._buffer.seek(offset, whence)
        if whence not in (io.SEEK_SET, io.SEEK_CUR):
            raise ValueError("Seek from end not supported")
        target = offset + (self._offset if whence == io.SEEK_CUR else 0)
        if target < self._offset:
            raise OSError("Negative seek in write mode")
        while self._offset < target:
            self.write(bytes(min(BUFFER_SIZE, target - self._offset)))
        return self._offset

    def tell(self):
        self._check_not_closed()
        return self._buffer.tell() if self.mode == READ else self._offset

    def rewind(self):
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._buffer.seek(0)

    def readable(self):
        return self.mode == READ

    def writable(self):
        return self.mode == WRITE

    def seekable(self):
        return True

    def fileno(self):
        return self.fileobj.fileno()

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        self._check_not_closed()
        if self.mode == WRITE:
            self.fileobj.write(self._packing.flush(zlib_mode))
            self.fileobj.flush()

    def close(self):
        fileobj, self.fileobj = self.fileobj, None
        if fileobj is None:
            return
        try:
            if self.mode == WRITE:
                fileobj.write(self._packing.flush() + struct.pack("<II", self._crc, self._offset & 0xFFFFFFFF))
            else:
                self._buffer.close()
        finally:
            mine, self.myfileobj = self.myfileobj, None
            if mine:
                mine.close()


def main():
    import argparse

    parser = argparse.ArgumentParser(description="A simple command line interface for the gzip module: act like gzip, but do not delete the input file.")
    parser.add_argument("-d", "--decompress", action="store_true", help="act like gunzip instead of gzip")
    parser.add_argument("args", nargs="*", default=["-"], metavar="file")
    said = parser.parse_args()
    for name in said.args:
        if name == "-":
            data = sys.stdin.buffer.read()
            sys.stdout.buffer.write(decompress(data) if said.decompress else compress(data))
        elif said.decompress:
            with open(name) as source, builtins.open(name.removesuffix(".gz"), "wb") as target:
                target.write(source.read())
        else:
            with builtins.open(name, "rb") as source, open(name + ".gz", "wb") as target:
                target.write(source.read())


if __name__ == "__main__":
    main()
