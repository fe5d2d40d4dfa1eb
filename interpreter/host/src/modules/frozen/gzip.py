"""Files that gzip packed, of one member or several."""

import builtins
import io
import os
import struct
import sys
import time
import zlib

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


def _member(data, at):
    """The contents of the member that begins there, its time, and where it ends."""
    if data[at : at + 2] != b"\x1f\x8b":
        raise BadGzipFile("Not a gzipped file (%r)" % data[at : at + 2])
    if len(data) - at < 10:
        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
    method, flags, mtime = struct.unpack("<BBL", data[at + 2 : at + 8])
    if method != 8:
        raise BadGzipFile("Unknown compression method")
    at += 10
    if flags & FEXTRA:
        at += 2 + struct.unpack("<H", data[at : at + 2])[0]
    for flag in (FNAME, FCOMMENT):
        if flags & flag:
            at = data.find(b"\0", at) + 1
            if not at:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
    if flags & FHCRC:
        at += 2
    inflate = zlib.decompressobj(-15)
    text = inflate.decompress(data[at:])
    rest = inflate.unused_data
    if not inflate.eof or len(rest) < 8:
        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
    crc, size = struct.unpack("<LL", rest[:8])
    if crc != zlib.crc32(text):
        raise BadGzipFile("CRC check failed %s != %s" % (hex(crc), hex(zlib.crc32(text))))
    if size != len(text) & 0xFFFFFFFF:
        raise BadGzipFile("Incorrect length of data produced")
    return text, mtime, len(data) - len(rest) + 8


def compress(data, compresslevel=9, *, mtime=None):
    data = bytes(data)
    body = zlib.compress(data, compresslevel if compresslevel <= 9 else 9, -15)
    return _header(b"", compresslevel, mtime) + body + struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _all(data):
    parts, at, mtime = [], 0, None
    while True:
        while parts and at < len(data) and data[at] == 0:
            at += 1
        if at >= len(data):
            return b"".join(parts), mtime
        text, stamp, at = _member(data, at)
        mtime = stamp if mtime is None else mtime
        parts.append(text)


def decompress(data):
    return _all(bytes(data))[0]


class GzipFile(io.BufferedIOBase):
    """A packed file. It is unpacked when something is read first, and packed when it is closed."""

    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        if fileobj is None and mode is None and hasattr(filename, "read"):
            filename, fileobj = None, filename
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
        if not mode.startswith(("r", "w", "a", "x")):
            raise ValueError("Invalid mode: %r" % (mode,))
        self.mode, self.name, self.fileobj, self._level, self._stamp = 1 if mode.startswith("r") else 2, filename, fileobj, compresslevel, mtime
        self._at, self._data, self._parts = 0, None, []
        if not -1 <= compresslevel <= 9 and self.mode == 2:
            raise ValueError("Invalid compression level")

    def __repr__(self):
        return "<gzip %r %s>" % (self.fileobj, hex(id(self)))

    @property
    def mtime(self):
        return self._stamp

    @property
    def closed(self):
        return self.fileobj is None

    def _contents(self):
        if self.fileobj is None:
            raise ValueError("I/O operation on closed file")
        if self.mode != 1:
            raise OSError(9, "read() on write-only GzipFile object")
        if self._data is None:
            self._data, self._stamp = _all(self.fileobj.read())
        return self._data

    def read(self, size=-1):
        data = self._contents()
        end = len(data) if size is None or size < 0 else self._at + size
        part = data[self._at : end]
        self._at += len(part)
        return part

    def read1(self, size=-1):
        return self.read(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def peek(self, n):
        return self._contents()[self._at : self._at + max(n, 100)]

    def readline(self, size=-1):
        data = self._contents()
        end = data.find(b"\n", self._at) + 1 or len(data)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        line = data[self._at : end]
        self._at = end
        return line

    def write(self, data):
        if self.fileobj is None:
            raise ValueError("write() on closed GzipFile object")
        if self.mode != 2:
            raise OSError(9, "write() on read-only GzipFile object")
        data = bytes(memoryview(data)) if not isinstance(data, (bytes, bytearray)) else bytes(data)
        self._parts.append(data)
        self._at += len(data)
        return len(data)

    def seek(self, offset, whence=0):
        if self.mode == 1:
            data = self._contents()
            self._at = max((0, self._at, len(data))[whence] + offset, 0)
            return self._at
        if whence == 2:
            raise ValueError("Seek from end not supported")
        target = offset + (self._at if whence == 1 else 0)
        if target < self._at:
            raise OSError("Negative seek in write mode")
        self.write(bytes(target - self._at))
        return self._at

    def tell(self):
        return self._at

    def rewind(self):
        if self.mode != 1:
            raise OSError("Can't rewind in write mode")
        self._at = 0

    def readable(self):
        return self.mode == 1

    def writable(self):
        return self.mode == 2

    def seekable(self):
        return True

    def fileno(self):
        return self.fileobj.fileno()

    def flush(self, zlib_mode=None):
        if self.fileobj is None:
            raise ValueError("I/O operation on closed file")

    def close(self):
        fileobj, self.fileobj = self.fileobj, None
        if fileobj is None:
            return
        try:
            if self.mode == 2:
                data = b"".join(self._parts)
                name = os.path.basename(self.name)
                name = name.encode("latin-1", "ignore") if isinstance(name, str) else name
                name = name.removesuffix(b".gz")
                fileobj.write(_header(name, self._level, self._stamp))
                fileobj.write(zlib.compress(data, self._level, -15) + struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF))
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
