"""Bytes packed by bzip2: whole, in parts, and as files."""

import _packing
from _compression import DecompressReader, PackedFile, Unpacker, open_text, unpack_all

__all__ = ["BZ2File", "BZ2Compressor", "BZ2Decompressor", "open", "compress", "decompress"]


class BZ2Compressor:
    def __init__(self, compresslevel=9):
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        self._machine = _packing.bzip2_packer(compresslevel)
        self._flushed = False

    def __del__(self):
        _packing.forget(self._machine)

    def compress(self, data):
        if self._flushed:
            raise ValueError("Compressor has been flushed")
        return _packing.step(self._machine, data, -1, False)[0]

    def flush(self):
        if self._flushed:
            raise ValueError("Repeated call to flush()")
        self._flushed = True
        return _packing.step(self._machine, b"", -1, True)[0]


class BZ2Decompressor(Unpacker):
    def __init__(self):
        self._begin(_packing.bzip2_unpacker())

    def __del__(self):
        _packing.forget(self._machine)

    def _step(self, data, most):
        made, taken, ended, failure = _packing.step(self._machine, data, most, False)
        if failure:
            raise OSError("Invalid data stream")
        return made, taken, ended


class BZ2File(PackedFile):
    """A file packed by bzip2; `mode` is "r", "w", "x" or "a"."""

    def __init__(self, filename, mode="r", *, compresslevel=9):
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        self._level = compresslevel
        self._begin(filename, mode)

    def _packer(self):
        return BZ2Compressor(self._level)

    def _reader(self, file):
        return DecompressReader(file, BZ2Decompressor, trailing_error=OSError)


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    return open_text(lambda plain: BZ2File(filename, plain, compresslevel=compresslevel), mode, encoding, errors, newline)


def compress(data, compresslevel=9):
    packer = BZ2Compressor(compresslevel)
    return packer.compress(data) + packer.flush()


def decompress(data):
    return unpack_all(BZ2Decompressor, data, OSError, ValueError) if data else b""
