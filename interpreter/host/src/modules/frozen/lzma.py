"""Bytes packed by LZMA, in containers of .xz or .lzma, or bare: whole, in parts, and as files."""

import _packing
from _compression import DecompressReader, PackedFile, Unpacker, open_text, unpack_all

__all__ = [
    "CHECK_NONE", "CHECK_CRC32", "CHECK_CRC64", "CHECK_SHA256", "CHECK_ID_MAX", "CHECK_UNKNOWN",
    "FILTER_LZMA1", "FILTER_LZMA2", "FILTER_DELTA", "FILTER_X86", "FILTER_IA64", "FILTER_ARM", "FILTER_ARMTHUMB",
    "FILTER_POWERPC", "FILTER_SPARC", "FORMAT_AUTO", "FORMAT_XZ", "FORMAT_ALONE", "FORMAT_RAW",
    "MF_HC3", "MF_HC4", "MF_BT2", "MF_BT3", "MF_BT4", "MODE_FAST", "MODE_NORMAL", "PRESET_DEFAULT", "PRESET_EXTREME",
    "LZMACompressor", "LZMADecompressor", "LZMAFile", "LZMAError", "open", "compress", "decompress", "is_check_supported",
]

CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256, CHECK_ID_MAX, CHECK_UNKNOWN = 0, 1, 4, 10, 15, 16
FILTER_LZMA1, FILTER_LZMA2, FILTER_DELTA = 0x4000000000000001, 0x21, 3
FILTER_X86, FILTER_POWERPC, FILTER_IA64, FILTER_ARM, FILTER_ARMTHUMB, FILTER_SPARC = range(4, 10)
FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW = range(4)
MF_HC3, MF_HC4, MF_BT2, MF_BT3, MF_BT4 = 3, 4, 0x12, 0x13, 0x14
MODE_FAST, MODE_NORMAL = 1, 2
PRESET_DEFAULT, PRESET_EXTREME = 6, 1 << 31


class LZMAError(Exception):
    pass


_FAILURES = {
    1: "Corrupt input data",
    2: "Input format not supported by decoder",
    3: "Invalid or unsupported options",
    4: "Memory usage limit exceeded",
    6: "Unsupported integrity check",
}


def _failed(failure):
    if failure == 5:
        raise MemoryError
    raise LZMAError(_FAILURES.get(failure, "Internal error"))


_OPTIONS = ("dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth")


def _filters(filters):
    """A chain of filters as numbers: for each its id (0 for LZMA1, whose own is too large), how many follow, those."""
    numbers = []
    for spec in filters:
        try:
            id = spec["id"]
        except KeyError:
            raise ValueError("Filter specifier must have an \"id\" entry")
        if id in (FILTER_LZMA1, FILTER_LZMA2):
            known = ("id", "preset") + _OPTIONS
            own = [spec.get("preset", PRESET_DEFAULT)] + [spec.get(name, -1) for name in _OPTIONS]
        elif id == FILTER_DELTA:
            known, own = ("id", "dist"), [spec.get("dist", 1)]
        elif FILTER_X86 <= id <= FILTER_SPARC:
            known, own = ("id", "start_offset"), [spec.get("start_offset", 0)]
        else:
            raise ValueError("Invalid filter ID: %d" % id)
        if any(name not in known for name in spec):
            raise ValueError("Invalid filter specifier for this filter")
        numbers += [0 if id == FILTER_LZMA1 else id, len(own)] + own
    return numbers


def _machine(make, *arguments):
    try:
        return make(*arguments)
    except ValueError as error:
        raise LZMAError(str(error)) from None


class LZMACompressor:
    def __init__(self, format=FORMAT_XZ, check=-1, preset=None, filters=None):
        if preset is not None and filters is not None:
            raise ValueError("Cannot specify both preset and filter chain")
        if format not in (FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW):
            raise ValueError("Invalid container format: %d" % format)
        if format != FORMAT_XZ and check not in (-1, CHECK_NONE):
            raise ValueError("Integrity checks are only supported by FORMAT_XZ")
        if format == FORMAT_RAW and filters is None:
            raise ValueError("Must specify filters for FORMAT_RAW")
        if filters is None:
            own = FILTER_LZMA1 if format == FORMAT_ALONE else FILTER_LZMA2
            filters = [{"id": own, "preset": PRESET_DEFAULT if preset is None else preset}]
        if check == -1:
            check = CHECK_CRC64
        if not is_check_supported(check):
            raise LZMAError("Unsupported integrity check")
        self._machine = _machine(_packing.lzma_packer, format, check, _filters(filters))
        self._flushed = False

    def __del__(self):
        if hasattr(self, "_machine"):
            _packing.forget(self._machine)

    def _step(self, data, ends):
        made, _, _, failure = _packing.step(self._machine, data, -1, ends)
        if failure:
            _failed(failure)
        return made

    def compress(self, data):
        if self._flushed:
            raise ValueError("Compressor has been flushed")
        return self._step(data, False)

    def flush(self):
        if self._flushed:
            raise ValueError("Repeated call to flush()")
        self._flushed = True
        return self._step(b"", True)


class LZMADecompressor(Unpacker):
    def __init__(self, format=FORMAT_AUTO, memlimit=None, filters=None):
        if format == FORMAT_RAW:
            if memlimit is not None:
                raise ValueError("Cannot specify memory limit with FORMAT_RAW")
            if filters is None:
                raise ValueError("Must specify filters for FORMAT_RAW")
        elif filters is not None:
            raise ValueError("Cannot specify filters except with FORMAT_RAW")
        elif format not in (FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE):
            raise ValueError("Invalid container format: %d" % format)
        self.check = CHECK_NONE if format in (FORMAT_RAW, FORMAT_ALONE) else CHECK_UNKNOWN
        self._head = b""
        self._begin(_machine(_packing.lzma_unpacker, format, memlimit or 0, _filters(filters or [])))

    def __del__(self):
        if hasattr(self, "_machine"):
            _packing.forget(self._machine)

    def _step(self, data, most):
        made, taken, ended, failure = _packing.step(self._machine, data, most, False)
        if self.check == CHECK_UNKNOWN:
            # The eighth byte of an .xz stream names its check.
            self._head += data[: min(taken, 8 - len(self._head))]
            if self._head[:1] not in (b"", b"\xfd"):
                self.check = CHECK_NONE
            elif len(self._head) == 8:
                self.check = self._head[7] & 15
        if failure:
            _failed(failure)
        return made, taken, ended


class LZMAFile(PackedFile):
    """A file packed by LZMA; `mode` is "r", "w", "x" or "a"."""

    def __init__(self, filename=None, mode="r", *, format=None, check=-1, preset=None, filters=None):
        if mode.replace("b", "") in ("r", ""):
            if check != -1:
                raise ValueError("Cannot specify an integrity check when opening a file for reading")
            if preset is not None:
                raise ValueError("Cannot specify a preset compression level when opening a file for reading")
            format = FORMAT_AUTO if format is None else format
        elif format is None:
            format = FORMAT_XZ
        self._how = {"format": format, "check": check, "preset": preset, "filters": filters}
        self._begin(filename, mode)

    def _packer(self):
        return LZMACompressor(**self._how)

    def _reader(self, file):
        return DecompressReader(
            file, LZMADecompressor, trailing_error=LZMAError, format=self._how["format"], filters=self._how["filters"]
        )


def open(filename, mode="rb", *, format=None, check=-1, preset=None, filters=None, encoding=None, errors=None, newline=None):
    make = lambda plain: LZMAFile(filename, plain, format=format, check=check, preset=preset, filters=filters)
    return open_text(make, mode, encoding, errors, newline)


def compress(data, format=FORMAT_XZ, check=-1, preset=None, filters=None):
    packer = LZMACompressor(format, check, preset, filters)
    return packer.compress(data) + packer.flush()


def decompress(data, format=FORMAT_AUTO, memlimit=None, filters=None):
    return unpack_all(lambda: LZMADecompressor(format, memlimit, filters), data, LZMAError, LZMAError)


def _encode_filter_properties(filter):
    """The bytes that a container keeps of a filter."""
    id = filter["id"]
    if id == FILTER_DELTA:
        return bytes([filter.get("dist", 1) - 1])
    if id not in (FILTER_LZMA1, FILTER_LZMA2):
        start = filter.get("start_offset", 0)
        return start.to_bytes(4, "little") if start else b""
    size = filter.get("dict_size", _DICTIONARIES[filter.get("preset", PRESET_DEFAULT) & 31])
    if id == FILTER_LZMA1:
        return bytes([(filter.get("pb", 2) * 5 + filter.get("lp", 0)) * 9 + filter.get("lc", 3)]) + size.to_bytes(4, "little")
    return bytes([next(code for code in range(41) if _dictionary(code) >= size)])


def _decode_filter_properties(filter_id, encoded_props):
    """The filter that such bytes stand for."""
    found = {"id": filter_id}
    if filter_id == FILTER_LZMA1:
        if len(encoded_props) != 5:
            raise LZMAError("Invalid or unsupported options")
        rest, found_lc = divmod(encoded_props[0], 9)
        found.update(lc=found_lc, lp=rest % 5, pb=rest // 5, dict_size=int.from_bytes(encoded_props[1:], "little"))
    elif filter_id == FILTER_LZMA2:
        if len(encoded_props) != 1 or encoded_props[0] > 40:
            raise LZMAError("Invalid or unsupported options")
        found["dict_size"] = _dictionary(encoded_props[0])
    elif filter_id == FILTER_DELTA:
        found["dist"] = encoded_props[0] + 1
    elif encoded_props:
        found["start_offset"] = int.from_bytes(encoded_props, "little")
    return found


# Sizes of dictionaries: of each preset, and of each code in the container.
_DICTIONARIES = [1 << bits for bits in (18, 20, 21, 22, 22, 23, 23, 24, 25, 26)]


def _dictionary(code):
    return (1 << 32) - 1 if code == 40 else (2 | code & 1) << code // 2 + 11


def is_check_supported(check_id):
    return _packing.supports(check_id)
