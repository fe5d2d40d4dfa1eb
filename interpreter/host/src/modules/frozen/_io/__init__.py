"""What continues the builtin module `io`: names that programs look for."""

import io

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


BlockingIOError = BlockingIOError
RawIOBase = BufferedIOBase = TextIOBase = io.IOBase



def text_encoding(encoding, stacklevel=2, /):
    return "utf-8" if encoding is None else encoding


def open_code(path):
    return open(path, "rb")
