"""Bytes compressed by deflate, with zlib's header, gzip's, or none; whole, or as they come."""

from binascii import crc32
from operator import index

import _packing

DEFLATED, MAX_WBITS, DEF_MEM_LEVEL, DEF_BUF_SIZE = 8, 15, 8, 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.3.1"
_NEED_DICT, _STREAM_ERROR, _BUF_ERROR = 2, -2, -5
_MEANINGS = {_BUF_ERROR: "incomplete or truncated stream", _STREAM_ERROR: "inconsistent stream state", -3: "invalid input data"}


class error(Exception):
    pass


# By the names of MicroPython as well.
class _Cut(error, EOFError):
    pass


class _Broken(error, OSError):
    pass


for _kind in (_Cut, _Broken):
    _kind.__name__ = _kind.__qualname__ = "error"


def _failed(number, doing, machine=None):
    """The error that a number of zlib's stands for."""
    message = (_packing.message(machine) if machine is not None and number == -3 else None) or _MEANINGS.get(number)
    kind = _Cut if number == _BUF_ERROR else _Broken if number == -3 else error
    return kind("Error %d %s%s" % (number, doing, ": " + message if message else ""))


def _bytes(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return data if isinstance(data, bytes) else memoryview(data).tobytes()


def adler32(data, value=1, /):
    return _packing.adler32(_bytes(data), value & 0xFFFFFFFF)


class _Stream:
    """A machine of the library's, and, where it may be copied, all that it was given: a copy is a machine that was given the same."""

    def __init__(self, make, dictionary, log):
        self._make, self._dictionary, self._log = make, dictionary, log
        self._machine = make()

    def __del__(self):
        if getattr(self, "_machine", None) is not None:
            _packing.forget(self._machine)

    def _step(self, data, most, flush):
        if self._log is not None:
            self._log.append((data, most, flush))
        step = _packing.step(self._machine, data, most, flush)
        if step[2]:
            # The stream has ended: the next one may have the machine at once.
            _packing.forget(self._machine)
            self._machine = None
        return step

    def copy(self):
        if self._log is None:
            raise ValueError("Inconsistent stream state")
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._log = []
        made._machine = self._make()
        for step in self._log:
            made._step(*step)
            if self._dictionary is not None and isinstance(self, Decompress):
                _packing.dictionary(made._machine, self._dictionary)
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'zlib.%s' object" % type(self).__name__)


class Compress(_Stream):
    """Packs what comes, and gives what is ready."""

    _ended = False

    def compress(self, data, /):
        data = _bytes(data)
        if self._ended:
            raise _failed(_STREAM_ERROR, "while compressing data")
        made, _, _, failure = self._step(data, -1, Z_NO_FLUSH)
        if failure:
            raise _failed(failure, "while compressing data", self._machine)
        return made

    def flush(self, mode=Z_FINISH, /):
        if mode == Z_NO_FLUSH:
            return b""
        if self._ended or not 0 < mode <= Z_BLOCK:
            raise _failed(_STREAM_ERROR, "while flushing")
        made, _, ended, failure = self._step(b"", -1, mode)
        if failure:
            raise _failed(failure, "while flushing", self._machine)
        self._ended = ended
        return made

    def copy(self):
        if self._ended:
            raise ValueError("Inconsistent stream state")
        return super().copy()

    __copy__ = copy


class Decompress(_Stream):
    """Unpacks what comes: `unused_data` is what stands behind the stream, `unconsumed_tail` what was not taken for want of room."""

    unused_data = unconsumed_tail = b""
    eof = False

    def decompress(self, data, /, max_length=0):
        max_length = min(index(max_length), 1 << 60)
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        data = _bytes(data)
        if self.eof:
            self.unused_data += data
            return b""
        made, rest = self._unpacked(data, max_length or -1, "while decompressing data")
        if self.eof:
            self.unused_data, self.unconsumed_tail = rest, b""
        else:
            self.unconsumed_tail = rest
        return made

    def _unpacked(self, data, most, doing):
        """What the data means, and what was not taken of it."""
        made, taken, self.eof, failure = self._step(data, most, Z_SYNC_FLUSH)
        if failure == _NEED_DICT and self._dictionary is not None:
            if not _packing.dictionary(self._machine, self._dictionary):
                raise _failed(-3, "while setting zdict", self._machine)
            data = data[taken:]
            made, taken, self.eof, failure = self._step(data, most, Z_SYNC_FLUSH)
        if failure:
            self._log = None
            raise _failed(failure, doing, self._machine)
        return made, data[taken:]

    def flush(self, length=DEF_BUF_SIZE, /):
        if index(length) <= 0:
            raise ValueError("length must be greater than zero")
        if self.eof:
            return b""
        made, rest = self._unpacked(self.unconsumed_tail, -1, "while flushing")
        if self.eof:
            self.unused_data, rest = rest, b""
        self.unconsumed_tail = rest
        return made


def _packer(level, method, wbits, memory, strategy, zdict, log):
    if method != DEFLATED:
        raise ValueError("Invalid initialization option")
    if zdict is not None:
        zdict = _bytes(zdict)

    def make():
        machine = _packing.deflater(level, wbits, memory, strategy)
        if zdict is not None and not _packing.dictionary(machine, zdict):
            raise ValueError("Invalid dictionary")
        return machine

    return Compress(make, zdict, log)


def _unpacker(wbits, zdict, log):
    if zdict is not None:
        try:
            zdict = _bytes(zdict)
        except TypeError:
            raise TypeError("zdict argument must support the buffer protocol") from None

    def make():
        machine = _packing.inflater(wbits)
        # Without a header nobody asks for it.
        if zdict is not None and wbits < 0 and not _packing.dictionary(machine, zdict):
            raise ValueError("Invalid dictionary")
        return machine

    return Decompress(make, zdict, log)


def compressobj(level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None):
    return _packer(level, method, wbits, memLevel, strategy, zdict, [])


def decompressobj(wbits=MAX_WBITS, zdict=b""):
    return _unpacker(wbits, zdict if zdict != b"" else None, [])


def compress(data, /, level=-1, wbits=MAX_WBITS):
    data = _bytes(data)
    try:
        machine = _packing.deflater(level, wbits, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY)
    except ValueError:
        raise error("Bad compression level") from None
    try:
        made, _, _, failure = _packing.step(machine, data, -1, Z_FINISH)
        if failure:
            raise _failed(failure, "while compressing data", machine)
        return made
    finally:
        _packing.forget(machine)


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    data = _bytes(data)
    if index(bufsize) < 0:
        raise ValueError("bufsize must be non-negative")
    try:
        machine = _packing.inflater(wbits)
    except ValueError:
        raise _failed(_STREAM_ERROR, "while preparing to decompress data") from None
    try:
        made, _, ended, failure = _packing.step(machine, data, -1, Z_SYNC_FLUSH)
        if failure or not ended:
            raise _failed(failure or _BUF_ERROR, "while decompressing data", machine)
        return made
    finally:
        _packing.forget(machine)


class _ZlibDecompressor:
    """Unpacks one stream as `bz2` and `lzma` do: what does not fit is kept."""

    def __init__(self, wbits=MAX_WBITS, zdict=b""):
        self._stream, self._held = _unpacker(wbits, zdict if zdict != b"" else None, None), b""
        self.needs_input = True

    @property
    def eof(self):
        return self._stream.eof

    @property
    def unused_data(self):
        return self._stream.unused_data

    def decompress(self, data, max_length=-1):
        if self.eof:
            raise EOFError("End of stream already reached")
        if max_length == 0:
            self._held += _bytes(data)
            self.needs_input = False
            return b""
        made = self._stream.decompress(self._held + _bytes(data), max_length=max(max_length, 0))
        self._held = self._stream.unconsumed_tail
        self.needs_input = not self.eof and not self._held and not 0 <= max_length <= len(made)
        return made
