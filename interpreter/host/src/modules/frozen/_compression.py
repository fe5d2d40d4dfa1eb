"""What files of packed bytes share: reading through an unpacker, several streams behind each other."""

import io

BUFFER_SIZE = io.DEFAULT_BUFFER_SIZE


class BaseStream(io.BufferedIOBase):
    def _check_not_closed(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _check_can_read(self):
        self._check_not_closed()
        if not self.readable():
            raise io.UnsupportedOperation("File not open for reading")

    def _check_can_write(self):
        self._check_not_closed()
        if not self.writable():
            raise io.UnsupportedOperation("File not open for writing")

    def _check_can_seek(self):
        self._check_not_closed()
        if not self.readable():
            raise io.UnsupportedOperation("Seeking is only supported on files open for reading")
        if not self.seekable():
            raise io.UnsupportedOperation("The underlying file object does not support seeking")


class DecompressReader(io.RawIOBase):
    """A raw stream of what an unpacker makes of a file. What follows a stream and is none (`trailing_error`) is passed by."""

    def __init__(self, fp, decomp_factory, trailing_error=(), **decomp_args):
        self._fp, self._factory, self._args, self._trailing = fp, decomp_factory, decomp_args, trailing_error
        self._size = -1
        self._restart()

    def _restart(self):
        self._at, self._ended = 0, False
        self._decompressor = self._factory(**self._args)

    def readable(self):
        return True

    def seekable(self):
        return self._fp.seekable()

    def close(self):
        self._decompressor = None
        return super().close()

    def readinto(self, buffer):
        with memoryview(buffer) as view, view.cast("B") as room:
            data = self.read(len(room))
            room[: len(data)] = data
        return len(data)

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if not size or self._ended:
            return b""
        data = b""
        while not data:
            if self._decompressor.eof:
                rest = self._decompressor.unused_data or self._fp.read(BUFFER_SIZE)
                if not rest:
                    break
                self._decompressor = self._factory(**self._args)
                try:
                    data = self._decompressor.decompress(rest, size)
                except self._trailing:
                    break
            else:
                if self._decompressor.needs_input:
                    rest = self._fp.read(BUFFER_SIZE)
                    if not rest:
                        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                else:
                    rest = b""
                data = self._decompressor.decompress(rest, size)
        if not data:
            self._ended = True
            self._size = self._at
        self._at += len(data)
        return data

    def readall(self):
        return b"".join(iter(lambda: self.read(1 << 20), b""))

    def seek(self, offset, whence=io.SEEK_SET):
        if whence == io.SEEK_CUR:
            offset += self._at
        elif whence == io.SEEK_END:
            if self._size < 0:
                self.readall()
            offset += self._size
        elif whence != io.SEEK_SET:
            raise ValueError("Invalid value for whence: %r" % (whence,))
        if offset < self._at:
            self._fp.seek(0)
            self._restart()
        while self._at < offset and self.read(min(BUFFER_SIZE, offset - self._at)):
            pass
        return self._at

    def tell(self):
        return self._at


class PackedFile(BaseStream):
    """A file that packs what is written to it, or unpacks what is read from it. A class says how by `_packer` and `_reader`."""

    def _begin(self, filename, mode):
        self._fp, self._closes, self._packing, self._buffer, self._at = None, False, None, None, 0
        plain = mode.replace("b", "") or "r"
        if plain not in ("r", "w", "x", "a"):
            raise ValueError("Invalid mode: %r" % (mode,))
        if isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
            self._fp, self._closes = io.open(filename, plain + "b"), True
        elif hasattr(filename, "read") or hasattr(filename, "write"):
            self._fp = filename
        else:
            raise TypeError("filename must be a str, bytes, file or PathLike object")
        if plain == "r":
            self._buffer = io.BufferedReader(self._reader(self._fp))
        else:
            self._packing = self._packer()

    def close(self):
        if self._fp is None:
            return
        try:
            if self._buffer is not None:
                self._buffer.close()
                self._buffer = None
            elif self._packing is not None:
                self._fp.write(self._packing.flush())
                self._packing = None
        finally:
            file, self._fp = self._fp, None
            if self._closes:
                file.close()

    @property
    def closed(self):
        return self._fp is None

    def __enter__(self):
        self._check_not_closed()
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        self._check_can_read()
        return iter(self._buffer)

    def fileno(self):
        self._check_not_closed()
        return self._fp.fileno()

    def seekable(self):
        return self.readable() and self._buffer.seekable()

    def readable(self):
        self._check_not_closed()
        return self._buffer is not None

    def writable(self):
        self._check_not_closed()
        return self._packing is not None

    def peek(self, size=-1):
        self._check_can_read()
        return self._buffer.peek(size)

    def read(self, size=-1):
        self._check_can_read()
        return self._buffer.read(-1 if size is None else size)

    def read1(self, size=-1):
        self._check_can_read()
        return self._buffer.read1(BUFFER_SIZE if size < 0 else size)

    def readinto(self, buffer):
        self._check_can_read()
        return self._buffer.readinto(buffer)

    def readline(self, size=-1):
        self._check_can_read()
        return self._buffer.readline(size)

    def readlines(self, size=-1):
        self._check_can_read()
        return self._buffer.readlines(size)

    def write(self, data):
        self._check_can_write()
        with memoryview(data) as view:
            length = view.nbytes
        self._fp.write(self._packing.compress(data))
        self._at += length
        return length

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        self._check_not_closed()

    def seek(self, offset, whence=io.SEEK_SET):
        self._check_can_seek()
        return self._buffer.seek(offset, whence)

    def tell(self):
        self._check_not_closed()
        return self._buffer.tell() if self._buffer is not None else self._at


def open_text(make, mode, encoding, errors, newline):
    """A file as `make` opens it in a binary mode, as text if the mode says so."""
    if "t" in mode:
        if "b" in mode:
            raise ValueError("Invalid mode: %r" % (mode,))
    else:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError("Argument '%s' not supported in binary mode" % name)
    file = make(mode.replace("t", ""))
    return io.TextIOWrapper(file, io.text_encoding(encoding), errors, newline) if "t" in mode else file


def unpack_all(make, data, wrong, cut):
    """The bytes of one stream after another, each by a new unpacker. What follows them and raises `wrong` is none; one that is
    cut short raises `cut`."""
    parts = []
    while True:
        unpacker = make()
        try:
            parts.append(unpacker.decompress(data))
        except wrong:
            if parts:
                break
            raise
        if not unpacker.eof:
            raise cut("Compressed data ended before the end-of-stream marker was reached")
        data = unpacker.unused_data
        if not data:
            break
    return b"".join(parts)


class Unpacker:
    """What both unpackers do: `_machine` takes bytes, as many as it can; what is left over waits here."""

    def _begin(self, machine):
        self._machine, self._waiting = machine, b""
        self.eof, self.unused_data, self.needs_input = False, b"", True

    def decompress(self, data, max_length=-1):
        if self.eof:
            raise EOFError("End of stream already reached")
        data = self._waiting + bytes(data)
        made, taken, self.eof = self._step(data, max_length)
        rest = data[taken:]
        if self.eof:
            self.unused_data, self._waiting, self.needs_input = rest, b"", False
        else:
            # A machine whose room was filled may have more.
            self._waiting, self.needs_input = rest, not rest and (max_length < 0 or len(made) < max_length)
        return made
