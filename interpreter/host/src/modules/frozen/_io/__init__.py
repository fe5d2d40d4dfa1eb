"""What continues the builtin module `io`: the classes of streams, for programs that derive from them or put one on another.

`open`, `StringIO` and `BytesIO` give native streams, which the classes here take for their own (`isinstance`). The layers
are written over `read`, `readinto` and `write` of what lies below, whatever that is.
"""

import io
import sys
from abc import ABCMeta

__all__ = [
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO", "BufferedIOBase", "BufferedReader",
    "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase", "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END",
    "DEFAULT_BUFFER_SIZE", "IncrementalNewlineDecoder", "text_encoding",
]
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
BlockingIOError = BlockingIOError
_ConsoleText = type(sys.__stdout__)
_TextFile, _RawFile, _NativeBase = io._TextFile, io._RawFile, io._NativeBase
_NativeText, _NativeBytes = io._native_StringIO, io._native_BytesIO


class UnsupportedOperation(OSError, ValueError):
    pass


def text_encoding(encoding, stacklevel=2, /):
    return "utf-8" if encoding is None else encoding


def open_code(path):
    return open(path, "rb")


class _Kind(ABCMeta):
    """The type of these classes: native streams are instances of those whose methods they have."""

    def __instancecheck__(cls, instance):
        kinds = _natives(type(instance))
        return cls.__name__ in kinds if kinds and cls.__module__ == __name__ else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass):
        kinds = _natives(subclass)
        return cls.__name__ in kinds if kinds and cls.__module__ == __name__ else super().__subclasscheck__(subclass)


def _natives(kind):
    for base in getattr(kind, "__mro__", (kind,)):
        if base is _TextFile:
            return ("IOBase", "TextIOBase", "TextIOWrapper")
        if base is _RawFile:
            return ("IOBase", "RawIOBase", "BufferedIOBase", "FileIO", "BufferedReader", "BufferedWriter", "BufferedRandom")
        if base is _ConsoleText:
            return ("IOBase", "TextIOBase", "TextIOWrapper")
        if base is _NativeText:
            return ("IOBase", "TextIOBase")
        if base is _NativeBytes:
            return ("IOBase", "BufferedIOBase")
    return ()


class IOBase(_NativeBase, metaclass=_Kind):
    """What all streams have; a kind of stream defines what its data comes from."""

    _closed = False

    def _unsupported(self, what):
        raise UnsupportedOperation(what)

    def _check_open(self, msg=None):
        if self.closed:
            raise ValueError(msg or "I/O operation on closed file.")

    _checkClosed = _check_open

    def _checkReadable(self, msg=None):
        if not self.readable():
            raise UnsupportedOperation(msg or "File or stream is not readable.")

    def _checkWritable(self, msg=None):
        if not self.writable():
            raise UnsupportedOperation(msg or "File or stream is not writable.")

    def _checkSeekable(self, msg=None):
        if not self.seekable():
            raise UnsupportedOperation(msg or "File or stream is not seekable.")

    def seek(self, offset, whence=0, /):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        self._unsupported("truncate")

    def flush(self):
        self._check_open()

    @property
    def closed(self):
        return self._closed

    def close(self):
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def fileno(self):
        self._unsupported("fileno")

    def isatty(self):
        self._check_open()
        return False

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *reason):
        self.close()

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self, size=-1, /):
        size = -1 if size is None else size.__index__()
        peek = getattr(self, "peek", None)
        line = bytearray()
        while size < 0 or len(line) < size:
            count = 1
            if peek is not None:
                ahead = peek(1)
                if ahead:
                    count = ahead.find(b"\n") + 1 or len(ahead)
                    if size >= 0:
                        count = min(count, size - len(line))
            piece = self.read(count)
            if not piece:
                break
            if not isinstance(piece, bytes):
                raise OSError("read() should have returned a bytes object, not %r" % type(piece).__name__)
            line += piece
            if line.endswith(b"\n"):
                break
        return bytes(line)

    def readlines(self, hint=None, /):
        return _hinted(self, hint)

    def writelines(self, lines, /):
        self._check_open()
        for line in lines:
            self.write(line)

    def ioctl(self, request, argument):
        """How the interpreter asks a stream written in Python: 4 closes it, 3 asks what is ready."""
        if request == 4:
            self.close()
            return 0
        if request != 3:
            return -1
        try:
            number = self.fileno()
        except (OSError, ValueError, AttributeError):
            return argument
        from select import poll

        asked = poll()
        asked.register(number, argument)
        return sum(events for _, events in asked.poll(0))


class RawIOBase(IOBase):
    def read(self, size=-1, /):
        if size is None or size < 0:
            return self.readall()
        room = bytearray(size)
        count = self.readinto(room)
        return None if count is None else bytes(room[:count])

    def readall(self):
        parts = []
        while True:
            part = self.read(DEFAULT_BUFFER_SIZE)
            if not part:
                return b"".join(parts) if parts or part is not None else None
            parts.append(part)

    def readinto(self, buffer, /):
        self._unsupported("readinto")

    def write(self, data, /):
        self._unsupported("write")


class BufferedIOBase(IOBase):
    def detach(self):
        self._unsupported("detach")

    def read(self, size=-1, /):
        self._unsupported("read")

    def read1(self, size=-1, /):
        self._unsupported("read1")

    def readinto(self, buffer, /):
        return self._into(buffer, self.read)

    def readinto1(self, buffer, /):
        return self._into(buffer, self.read1)

    def _into(self, buffer, read):
        view = memoryview(buffer).cast("B")
        data = read(len(view))
        view[: len(data)] = data
        return len(data)

    def write(self, data, /):
        self._unsupported("write")


class FileIO(RawIOBase):
    """A file of bytes without a buffer."""

    def __init__(self, file, mode="r", closefd=True, opener=None):
        if set(mode) - set("rwax+b") or len(set(mode) & set("rwax")) != 1:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus" if not set(mode) - set("rwax+b") else "invalid mode: " + mode)
        plain = mode.replace("b", "")
        if opener is not None:
            file = opener(file, _flags(plain))
        self.name, self.closefd = file, closefd
        self._file = open(file, plain + "b")
        # A file whose descriptor is known has no buffer of its own.
        try:
            self._file.fileno()
        except OSError:
            pass
        if "a" in plain and self._file.seekable():
            self._file.seek(0, 2)
        self._reads, self._writes = "r" in plain or "+" in plain, plain != "r"
        self.mode = ("x" if "x" in plain else "a" if "a" in plain else "r" if "r" in plain or "+" in plain else "w") + "b" + "+" * ("+" in plain)

    def readable(self):
        self._check_open()
        return self._reads

    def writable(self):
        self._check_open()
        return self._writes

    def seekable(self):
        self._check_open()
        return self._file.seekable()

    def readinto(self, buffer, /):
        self._check_open()
        self._checkReadable("File not open for reading")
        return self._file.readinto(buffer)

    def readall(self):
        self._check_open()
        self._checkReadable("File not open for reading")
        return self._file.read()

    def write(self, data, /):
        self._check_open()
        self._checkWritable("File not open for writing")
        return self._file.write(data)

    def seek(self, offset, whence=0, /):
        self._check_open()
        return self._file.seek(offset, whence)

    def truncate(self, size=None, /):
        self._check_open()
        self._checkWritable("File not open for writing")
        return self._file.truncate(*(() if size is None else (size,)))

    def fileno(self):
        self._check_open()
        return self._file.fileno()

    def isatty(self):
        self._check_open()
        return self._file.isatty()

    def close(self):
        if not self._closed:
            try:
                super().close()
            finally:
                if self.closefd:
                    self._file.close()

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return "<_io.FileIO name=%r mode=%r closefd=%r>" % (self.name, self.mode, self.closefd)


def _flags(mode):
    import os

    both = "+" in mode
    flags = os.O_RDWR if both else os.O_RDONLY if "r" in mode else os.O_WRONLY
    if "w" in mode:
        flags |= os.O_CREAT | os.O_TRUNC
    if "x" in mode:
        flags |= os.O_CREAT | os.O_EXCL
    if "a" in mode:
        flags |= os.O_CREAT | os.O_APPEND
    return flags


def _hinted(stream, hint):
    """Lines, until they have as many characters as that."""
    lines, size = [], 0
    for line in stream:
        lines.append(line)
        size += len(line)
        if hint is not None and 0 < hint <= size:
            break
    return lines


class BytesIO(_NativeBytes):
    """The native stream, on which programs note more: a name, above all."""

    __module__ = "_io"

    def readlines(self, hint=-1, /):
        return _hinted(self, hint)

    def __getstate__(self):
        return self.getvalue(), self.tell(), vars(self).copy() or None

    def __setstate__(self, state):
        value, position, attributes = _state(self, state)
        self.seek(0)
        self.truncate()
        self.write(value)
        _restore(self, position, attributes)


def _state(stream, state, size=3):
    if not isinstance(state, tuple) or len(state) < size:
        raise TypeError("%s.__setstate__ argument should be %d-tuple, got %s" % (type(stream).__name__, size, type(state).__name__))
    return state


def _restore(stream, position, attributes):
    if not isinstance(position, int):
        raise TypeError("position must be an integer, not " + type(position).__name__)
    if position < 0:
        raise ValueError("position value cannot be negative")
    stream.seek(position)
    vars(stream).update(attributes or {})


class StringIO(_NativeText):
    """The native stream, on which programs note more. Ends of lines other than "\\n" are `_Translated`'s."""

    __module__ = "_io"

    def __new__(cls, *args, **kwargs):
        newline = kwargs.get("newline", "\n") if len(args) < 2 else args[1]
        return _NativeText.__new__(_Translated if cls is StringIO and newline != "\n" else cls)

    def __init__(self, initial_value="", newline="\n"):
        if newline is not None and not isinstance(newline, str):
            raise TypeError("newline must be str or None, not " + type(newline).__name__)
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError("illegal newline value: %r" % newline)
        if isinstance(self, _Mixed):
            self._ends = newline
            self.write(initial_value or "")
            self.seek(0)
        else:
            super().__init__("" if initial_value is None else initial_value)

    def readlines(self, hint=-1, /):
        return _hinted(self, hint)

    def __getstate__(self):
        return self.getvalue(), getattr(self, "_ends", "\n"), self.tell(), vars(self).copy() or None

    def __setstate__(self, state):
        value, _, position, attributes = _state(self, state, 4)
        self.seek(0)
        self.truncate()
        _NativeText.write(self, value)
        _restore(self, position, attributes)


class _Mixed:
    """Ends of lines as `newline` asks for them: None makes one of all, "" keeps them all, and others are written for each."""

    _seen = frozenset()

    def write(self, text, /):
        ends = self._ends
        if not ends:
            rest = text.replace("\r\n", "")
            self._seen = self._seen.union(["\r\n"] if rest != text else [], [end for end in "\r\n" if end in rest])
        if ends is None and "\r" in text:
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
        elif ends:
            plain = text.replace("\n", ends)
        else:
            plain = text
        super().write(plain)
        return len(text)

    def readline(self, size=-1, /):
        line = super().readline() if size is None or size < 0 else super().readline(size)
        at = line.find("\r") if self._ends in ("", "\r") else -1
        if at < 0:
            return line
        end = at + 1 + (line[at + 1 : at + 2] == "\n")
        if end < len(line):
            self.seek(self.tell() - (len(line) - end))
        return line[:end]

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    @property
    def newlines(self):
        seen = [end for end in ("\r", "\n", "\r\n") if end in self._seen]
        return tuple(seen) if len(seen) > 1 else seen[0] if seen else None


class _Translated(_Mixed, StringIO):
    __module__ = "_io"


_Translated.__name__ = _Translated.__qualname__ = "StringIO"


class _Layer(BufferedIOBase):
    """A buffered stream over a raw one. Its buffers and its lock are called as programs know them from `_pyio`."""

    _read_pos, _lock = 0, None

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("invalid buffer size")
        self._raw, self._size = raw, buffer_size
        self._read_buf, self._write_buf = b"", bytearray()

    @property
    def _write_lock(self):
        from _thread import RLock

        if self._lock is None:
            self._lock = RLock()
        return self._lock

    @property
    def raw(self):
        if self._raw is None:
            raise ValueError("raw stream has been detached")
        return self._raw

    def detach(self):
        raw = self.raw
        self.flush()
        self._raw = None
        return raw

    @property
    def closed(self):
        return getattr(self.raw, "closed", False)

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def seekable(self):
        return self.raw.seekable()

    def readable(self):
        return _can(self.raw, "readable")

    def writable(self):
        return _can(self.raw, "writable")

    def close(self):
        if self._raw is not None and not self.closed:
            try:
                self.flush()
            finally:
                self._raw.close()

    def tell(self):
        position = self.raw.tell()
        if position < 0:
            raise OSError("tell() returned an invalid position")
        return position - len(self._read_buf) + len(self._write_buf)

    def seek(self, offset, whence=0, /):
        if whence not in (0, 1, 2):
            raise ValueError("invalid whence value")
        self._check_open()
        self._flush_pending()
        if whence == 1:
            offset -= len(self._read_buf)
        self._read_buf = b""
        position = self.raw.seek(offset, whence)
        if position < 0:
            raise OSError("seek() returned an invalid position")
        return position

    def truncate(self, pos=None, /):
        self._check_open()
        self._checkWritable()
        self.flush()
        return self.raw.truncate(self.tell() if pos is None else pos)

    def __repr__(self):
        name = getattr(self._raw, "name", None)
        return "<_io.%s%s>" % (type(self).__name__, "" if name is None else " name=%r" % (name,))

    # Reading.

    def _fill(self, size):
        """Reads once from below; whether there was something. `None` if nothing is there yet."""
        part = self.raw.read(max(size, self._size))
        if part:
            self._read_buf += part
            return True
        return None if part is None else False

    def _rewind(self):
        # Before writing: the raw stream goes to where the reader is.
        if self._read_buf:
            self.raw.seek(-len(self._read_buf), 1)
            self._read_buf = b""

    def read(self, size=-1, /):
        self._check_open()
        if size is None or size == -1:
            parts = [self._read_buf]
            self._read_buf = b""
            while True:
                part = self.raw.read()
                if not part:
                    break
                parts.append(part)
            data = b"".join(parts)
            return None if part is None and not data else data
        if size < 0:
            raise ValueError("read length must be non-negative or -1")
        more = True
        while len(self._read_buf) < size and more:
            more = self._fill(size - len(self._read_buf))
        data, self._read_buf = self._read_buf[:size], self._read_buf[size:]
        return None if more is None and not data and size else data

    def read1(self, size=-1, /):
        self._check_open()
        if size < 0:
            size = self._size
        if size and not self._read_buf:
            self._fill(1)
        data, self._read_buf = self._read_buf[:size], self._read_buf[size:]
        return data

    def peek(self, size=0, /):
        self._check_open()
        if not self._read_buf:
            self._fill(1)
        return self._read_buf

    # Writing.

    def write(self, data, /):
        self._check_open()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._rewind()
        self._write_buf += data
        self._flush_pending(self._size)
        return memoryview(data).nbytes

    def _flush_pending(self, least=1):
        """Writes what waits, in pieces that fill the buffer, as long as there are `least` bytes of it."""
        while len(self._write_buf) >= least:
            count = self.raw.write(self._write_buf[: self._size])
            if count is None:
                raise BlockingIOError(11, "write could not complete without blocking")
            if not 0 <= count <= len(self._write_buf):
                raise OSError("write() returned incorrect number of bytes")
            del self._write_buf[:count]

    def _flush_unlocked(self):
        self._flush_pending()

    def flush(self):
        self._check_open()
        self._flush_unlocked()
        flush = getattr(self.raw, "flush", None)
        if flush is not None:
            flush()


def _can(stream, what):
    """Whether a stream says that it can; one of MicroPython's kind, which says nothing, is believed to."""
    ask = getattr(stream, what, None)
    says = isinstance(stream, (RawIOBase, BufferedIOBase)) or getattr(type(stream), what, None) is not getattr(IOBase, what)
    return ask() if ask is not None and says else True


class BufferedReader(_Layer):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not _can(raw, "readable"):
            raise UnsupportedOperation("File or stream is not readable.")
        super().__init__(raw, buffer_size)

    def writable(self):
        return False

    def write(self, data, /):
        self._unsupported("write")


class BufferedWriter(_Layer):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not _can(raw, "writable"):
            raise UnsupportedOperation("File or stream is not writable.")
        super().__init__(raw, buffer_size)

    def readable(self):
        return False

    def read(self, size=-1, /):
        self._unsupported("read")

    read1 = peek = read


class BufferedRandom(_Layer):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        for what in ("seekable", "readable", "writable"):
            if not _can(raw, what):
                raise UnsupportedOperation("File or stream is not %s." % what)
        super().__init__(raw, buffer_size)

    def _fill(self, size):
        self._flush_pending()
        return super()._fill(size)

    def read(self, size=-1, /):
        self._flush_pending()
        return super().read(size)


class BufferedRWPair(BufferedIOBase):
    """What is read comes from one stream, what is written goes to another."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader, self.writer = BufferedReader(reader, buffer_size), BufferedWriter(writer, buffer_size)
        for name in ("read", "read1", "readinto", "readinto1", "peek", "readable"):
            setattr(self, name, getattr(self.reader, name))
        for name in ("write", "flush", "writable"):
            setattr(self, name, getattr(self.writer, name))

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed


class TextIOBase(IOBase):
    encoding = newlines = errors = None

    def read(self, size=-1, /):
        self._unsupported("read")

    def readline(self, size=-1, /):
        self._unsupported("readline")

    def write(self, text, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")


class IncrementalNewlineDecoder:
    """Makes every line end `\\n`, over a decoder or over text, and remembers which ends there were."""

    def __init__(self, decoder, translate, errors="strict"):
        self.decoder, self.translate, self.errors = decoder, translate, errors
        self._seen, self._return = 0, False

    def decode(self, input, final=False):
        text = input if self.decoder is None else self.decoder.decode(input, final)
        if self._return and (text or final):
            text, self._return = "\r" + text, False
        if text.endswith("\r") and not final:
            text, self._return = text[:-1], True
        both = text.count("\r\n")
        self._seen |= (text.count("\n") > both) * 1 | (text.count("\r") > both) * 2 | (both > 0) * 4
        if self.translate and "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def getstate(self):
        state = (b"", 0) if self.decoder is None else self.decoder.getstate()
        return state[0], state[1] << 1 | self._return

    def setstate(self, state):
        self._return = bool(state[1] & 1)
        if self.decoder is not None:
            self.decoder.setstate((state[0], state[1] >> 1))

    def reset(self):
        self._seen, self._return = 0, False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        found = tuple([end for bit, end in ((2, "\r"), (1, "\n"), (4, "\r\n")) if self._seen & bit])
        return None if not found else found[0] if len(found) == 1 else tuple(sorted(found, key=("\r", "\n", "\r\n").index))


class TextIOWrapper(TextIOBase):
    """Text over a stream of bytes.

    `_text` is what was decoded and not yet read. For `tell`, `_mark` is where the piece below it began and the state that the
    decoder had there.
    """

    _CHUNK_SIZE = 8192

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        import codecs

        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError("illegal newline value: %r" % (newline,))
        if encoding is not None and not isinstance(encoding, str):
            raise ValueError("invalid encoding: %r" % (encoding,))
        encoding = "utf-8" if encoding in (None, "locale") else encoding
        self._codec = codecs.lookup(encoding)
        self._buffer, self.encoding, self.errors = buffer, encoding, "strict" if errors is None else errors
        self._newline, self.line_buffering, self.write_through = newline, line_buffering, write_through
        self._encoder = self._decoder = None
        self._pending, self._forget_read = [], None
        self._drop()

    def _drop(self):
        self._text, self._at, self._mark, self._raw_piece = "", 0, None, b""

    @property
    def buffer(self):
        if self._buffer is None:
            raise ValueError("underlying buffer has been detached")
        return self._buffer

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def name(self):
        return self.buffer.name

    @property
    def newlines(self):
        return self._decoder.newlines if isinstance(self._decoder, IncrementalNewlineDecoder) else None

    def __repr__(self):
        name = getattr(self._buffer, "name", None)
        mode = getattr(self, "mode", None)
        said = ("" if name is None else " name=%r" % (name,)) + ("" if mode is None else " mode=%r" % mode)
        return "<_io.TextIOWrapper%s encoding=%r>" % (said, self.encoding)

    def reconfigure(self, *, encoding=None, errors=None, newline=Ellipsis, line_buffering=None, write_through=None):
        if self._decoder is not None and (encoding is not None or errors is not None or newline is not Ellipsis):
            raise UnsupportedOperation("It is not possible to set the encoding or newline of stream after the first read")
        self.flush()
        self.__init__(
            self._buffer,
            self.encoding if encoding is None else encoding,
            (self.errors if encoding is None else None) if errors is None else errors,
            self._newline if newline is Ellipsis else newline,
            self.line_buffering if line_buffering is None else line_buffering,
            self.write_through if write_through is None else write_through,
        )

    def readable(self):
        return _can(self.buffer, "readable")

    def writable(self):
        return _can(self.buffer, "writable")

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def detach(self):
        self.flush()
        buffer, self._buffer = self.buffer, None
        return buffer

    def flush(self):
        self._check_open()
        self._flush_pending()
        self.buffer.flush()

    def _flush_pending(self):
        if self._pending:
            data, self._pending = b"".join(self._pending), []
            self.buffer.write(data)

    def close(self):
        if self._buffer is not None and not self.closed:
            try:
                self.flush()
            finally:
                self._buffer.close()

    def write(self, text, /):
        self._check_open()
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if self._text:
            self.seek(self.tell())
        flush = self.line_buffering and ("\n" in text or "\r" in text)
        length = len(text)
        if self._newline not in ("", "\n", None):
            text = text.replace("\n", self._newline)
        if self._encoder is None:
            self._encoder = self._codec.incrementalencoder(self.errors)
            # A file that goes on has its mark already.
            if self.seekable() and self.buffer.tell():
                self._encoder.setstate(0)
        self._pending.append(self._encoder.encode(text))
        if flush:
            self.flush()
        elif self.write_through or len(self._pending) > 100 or length > self._CHUNK_SIZE:
            self._flush_pending()
        return length

    def _more(self):
        """Decodes the next piece; whether there was one."""
        if self._decoder is None:
            self._checkReadable("not readable")
            self._decoder = self._codec.incrementaldecoder(self.errors)
            if self._newline in (None, ""):
                self._decoder = IncrementalNewlineDecoder(self._decoder, self._newline is None)
        state = self._decoder.getstate()
        read = getattr(self.buffer, "read1", None) or self.buffer.read
        piece = read(self._CHUNK_SIZE)
        if piece is None:
            return False
        if not isinstance(piece, (bytes, bytearray, memoryview)):
            raise TypeError("underlying read() should have returned a bytes-like object, not %r" % type(piece).__name__)
        rest = self._text[self._at :]
        if not rest:
            self._mark, self._raw_piece, self._at, self._text = state, b"", 0, ""
        self._raw_piece += piece
        self._text += self._decoder.decode(piece, not piece)
        return bool(piece)

    def read(self, size=-1, /):
        self._check_open()
        self._checkReadable("not readable")
        self._flush_pending()
        size = -1 if size is None else size.__index__()
        if size < 0:
            parts = [self._text[self._at :]]
            self._text, self._at = "", 0
            while self._more():
                parts.append(self._text[self._at :])
                self._text, self._at = "", 0
            parts.append(self._text[self._at :])
            self._drop()
            return "".join(parts)
        while len(self._text) - self._at < size and self._more():
            pass
        text = self._text[self._at : self._at + size]
        self._at += len(text)
        return text

    def readline(self, size=-1, /):
        self._check_open()
        self._flush_pending()
        size = -1 if size is None else size.__index__()
        start = self._at
        while True:
            end = self._line_end(start)
            if end or not self._more_line():
                break
            start = self._at
        end = end or len(self._text)
        if size >= 0:
            end = min(end, self._at + size)
        line = self._text[self._at : end]
        self._at = end
        return line

    def _more_line(self):
        before = len(self._text) - self._at
        more = self._more()
        return more or len(self._text) - self._at > before

    def _line_end(self, start):
        text, newline = self._text, self._newline
        if newline is None or newline == "\n":
            return text.find("\n", start) + 1
        if newline != "":
            at = text.find(newline, start)
            return at + len(newline) if at >= 0 else 0
        feed, back = text.find("\n", start), text.find("\r", start)
        if back < 0 or 0 <= feed < back:
            return feed + 1
        return back + 2 if text[back + 1 : back + 2] == "\n" else back + 1

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def tell(self):
        self._check_open()
        if not self.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        self.flush()
        position = self.buffer.tell()
        if self._mark is None:
            return position
        start = position - len(self._raw_piece)
        # What comes before the reader is decoded again, a byte more each time near its end.
        decoder, after = self._decoder, self._decoder.getstate()
        try:
            decoder.setstate(self._mark)
            start -= len(self._mark[0])
            piece = self._mark[0] + self._raw_piece
            decoder.setstate((b"", self._mark[1]))
            wanted = self._at
            guess = min(wanted, len(piece))
            low = 0
            while True:
                decoder.setstate((b"", self._mark[1]))
                text = decoder.decode(piece[:guess])
                if len(text) >= wanted or guess >= len(piece):
                    break
                guess += max(wanted - len(text), 1)
            while guess > low:
                decoder.setstate((b"", self._mark[1]))
                if len(decoder.decode(piece[: guess - 1])) < wanted:
                    break
                guess -= 1
            return start + guess
        finally:
            decoder.setstate(after)

    def seek(self, cookie, whence=0, /):
        self._check_open()
        if not self.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), 0
        if whence == 2 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        if whence not in (0, 2):
            raise ValueError("unsupported whence (%r)" % (whence,))
        if cookie < 0:
            raise ValueError("negative seek position %r" % (cookie,))
        self.flush()
        self._drop()
        if self._decoder is not None:
            self._decoder.reset()
        return self.buffer.seek(cookie, whence)

    def truncate(self, pos=None, /):
        self.flush()
        return self.buffer.truncate(self.tell() if pos is None else pos)


def _open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """`open` for what the native streams do not know: paths of other kinds, other encodings, line ends, buffers."""
    if not isinstance(file, (int, str)):
        from os import fsdecode

        name = fsdecode(file)
        return open(name, mode, buffering, encoding, errors, newline, closefd, opener)
    binary = "b" in mode
    if binary and (encoding is not None or errors is not None or newline is not None):
        raise ValueError("binary mode doesn't take an %s argument" % ("encoding" if encoding is not None else "errors" if errors is not None else "newline"))
    raw = FileIO(file, mode.replace("t", "").replace("b", ""), closefd, opener)
    if binary and buffering == 0:
        return raw
    try:
        if buffering == 0:
            raise ValueError("can't have unbuffered text I/O")
        layer = BufferedRandom if "+" in mode else BufferedReader if raw.readable() else BufferedWriter
        buffer = layer(raw, buffering if buffering > 1 else DEFAULT_BUFFER_SIZE)
        if binary:
            return buffer
        text = TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
        text.mode = mode
        return text
    except BaseException:
        raw.close()
        raise


# What native streams have beside their methods. The interpreter asks for these by `_stream_NAME`.


def _number(stream):
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None


def _open_flags(stream):
    number = _number(stream)
    if number is None:
        return 2
    if number < 3:
        return min(number, 1)
    with open("/proc/self/fdinfo/%d" % number) as file:
        for line in file:
            if line.startswith("flags:"):
                return int(line.split()[1], 8)
    return 2


def _must_be_open(stream):
    if stream.closed:
        raise ValueError("I/O operation on closed file")


def _stream_readable(stream):
    _must_be_open(stream)
    return _open_flags(stream) & 3 != 1


def _stream_writable(stream):
    _must_be_open(stream)
    return _open_flags(stream) & 3 != 0


def _stream_isatty(stream):
    import os

    number = _number(stream)
    return number is not None and os.isatty(number)


def _stream_truncate(stream, size=None):
    import os

    size = stream.tell() if size is None else size
    stream.flush()
    os.ftruncate(stream.fileno(), size)
    return size


def _stream_read1(stream, size=-1):
    return stream.read(size)


def _stream_readinto1(stream, buffer):
    return stream.readinto(buffer)


def _stream_readall(stream):
    return stream.read()


def _stream_peek(stream, size=0):
    here = stream.tell()
    data = stream.read(size or DEFAULT_BUFFER_SIZE)
    stream.seek(here)
    return data


def _stream_detach(stream):
    if hasattr(stream, "getvalue") or not hasattr(stream, "encoding"):
        raise UnsupportedOperation("detach")
    return stream.buffer


def _stream_getbuffer(stream):
    return memoryview(bytearray(stream.getvalue()))


def _stream_reconfigure(stream, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
    stream.flush()


def _value_name(stream):
    import os

    number = _number(stream)
    if number is None:
        raise AttributeError("name")
    for standard in ("stdin", "stdout", "stderr"):
        if stream is getattr(sys, "__%s__" % standard, None):
            return "<%s>" % standard
    return os.readlink("/proc/self/fd/%d" % number)


def _value_mode(stream):
    if hasattr(stream, "getvalue"):
        raise AttributeError("mode")
    flags = _open_flags(stream)
    letter = "a" if flags & 0o2000 else "r" if flags & 3 != 1 else "w"
    mode = letter + "b" * (not hasattr(stream, "encoding"))
    return mode + "+" if flags & 3 == 2 else mode


def _value_line_buffering(stream):
    return False


_value_write_through = _value_line_buffering
