"""Bytes compressed by deflate, with zlib's header, gzip's, or none; whole, or as they come.

What comes in parts is kept until all is there: the native stream begins anew with a part more.
"""

import io
from binascii import crc32

import deflate

DEFLATED, MAX_WBITS, DEF_MEM_LEVEL, DEF_BUF_SIZE = 8, 15, 8, 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.2.13"


class error(Exception):
    pass


# By the names of MicroPython as well.
class _Cut(error, EOFError):
    pass


class _Broken(error, OSError):
    pass


def _format(wbits, data=None):
    if wbits < 0:
        return deflate.RAW, -wbits
    if wbits > 40:
        return (deflate.GZIP, wbits - 32) if data is not None and data[:1] == b"\x1f" else (deflate.ZLIB, wbits - 32)
    if wbits > 24:
        return deflate.GZIP, wbits - 16
    return deflate.ZLIB, wbits or MAX_WBITS


def adler32(data, value=1):
    low, high = value & 0xFFFF, value >> 16
    view = bytes(data)
    for at in range(0, len(view), 5000):
        for byte in view[at : at + 5000]:
            low += byte
            high += low
        low %= 65521
        high %= 65521
    return high << 16 | low


def compress(data, /, level=-1, wbits=MAX_WBITS):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if not -1 <= level <= 9:
        raise error("Bad compression level")
    out = io.BytesIO()
    with deflate.DeflateIO(out, *_format(wbits)) as stream:
        stream.write(data)
    return out.getvalue()


def _inflated(data, wbits):
    """What the data means and how much of it that took; `None` if it goes on."""
    source = io.BytesIO(data)
    try:
        return deflate.DeflateIO(source, *_format(wbits, data)).read(), source.tell()
    except EOFError:
        return None
    except (OSError, ValueError) as wrong:
        raise _Broken("Error -3 while decompressing data: incorrect header check") from wrong


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    found = _inflated(bytes(data), wbits)
    if found is None:
        raise _Cut("Error -5 while decompressing data: incomplete or truncated stream")
    return found[0]


class _Compress:
    def __init__(self, level, wbits, before=b""):
        self._level, self._wbits, self._parts, self._ended = level, wbits, [before] if before else [], False

    def compress(self, data, /):
        self._parts.append(bytes(data))
        return b""

    def flush(self, mode=Z_FINISH, /):
        if mode != Z_FINISH:
            return b""
        if self._ended:
            raise error("Error -2 while finishing compression: inconsistent stream state")
        self._ended = True
        return compress(b"".join(self._parts), self._level, self._wbits)

    def copy(self):
        made = _Compress(self._level, self._wbits)
        made._parts, made._ended = list(self._parts), self._ended
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


class _Decompress:
    def __init__(self, wbits):
        self._wbits, self._held, self._out = wbits, b"", b""
        self.unused_data = self.unconsumed_tail = b""
        self.eof = False

    def decompress(self, data, max_length=0, /):
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        if self._out and max_length or self._out and not data:
            return self._take(max_length)
        if self.eof:
            self.unused_data += bytes(data)
            return b""
        self.unconsumed_tail = b""
        self._held += bytes(data)
        found = _inflated(self._held, self._wbits)
        if found is None:
            return b""
        text, used = found
        self.unused_data, self._held, self._out = self._held[used:], b"", text
        return self._take(max_length)

    def _take(self, max_length):
        size = max_length or len(self._out)
        text, self._out = self._out[:size], self._out[size:]
        # Something must be there to be given again, as long as there is more to be had.
        self.unconsumed_tail = b"\0" if self._out else b""
        self.eof = not self._out
        return text

    def flush(self, length=DEF_BUF_SIZE, /):
        return self._take(0) if self._out else b""

    def copy(self):
        made = _Decompress(self._wbits)
        made.__dict__.update(self.__dict__)
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


def compressobj(level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=0, zdict=None):
    if zdict is not None:
        raise NotImplementedError("there are no dictionaries here")
    if method != DEFLATED or not -1 <= level <= 9 or not 8 <= abs(wbits) % 16 <= 15:
        raise ValueError("Invalid initialization option")
    return _Compress(level, wbits)


def decompressobj(wbits=MAX_WBITS, zdict=None):
    if zdict is not None:
        raise NotImplementedError("there are no dictionaries here")
    return _Decompress(wbits)
