# _webrepl: the prompt behind a websocket. A password first, then text frames are the terminal and binary frames move files.
#
#   request   b"WA" or b"WB", operation, flags, offset (8 bytes), size (4), length of the name (2), name (64)     82 bytes
#   answer    b"WB", code (2 bytes)
#   put       answer, `size` bytes from the client, answer
#   get       answer; for each byte 0 from the client: length (2), so many bytes; 0 bytes end the file; answer
#   version   three bytes
import io
import struct
import sys
from errno import EACCES, EINVAL

_TEXT = 1
_BINARY = 2
_CLOSE = 4
_GET_DATA_OPTS = 8
_SET_DATA_OPTS = 9
_REQUEST = 82

_PUT = 1
_GET = 2
_VERSION = 3

_password = ""


# Nine characters at most, as in MicroPython, whose clients know no longer ones.
def password(text):
    global _password
    if len(text) > 9:
        raise ValueError("password of more than 9 characters")
    _password = text


class _webrepl(io.IOBase):
    def __init__(self, socket, *_):
        self._socket = socket
        self._typed = b""
        self._entered = False
        self._request = b""
        self._file = None
        self._left = 0  # bytes of a file that are still to come
        self._denied = False
        socket.write("Password: ")

    # What is typed; None if nothing is there, b"" at the end.
    def _some(self, size):
        while not self._denied:
            data = self._socket.read(1 if not self._entered else size)
            if not data:
                return data
            if not self._entered:
                self._enter(data)
            elif self._socket.ioctl(_GET_DATA_OPTS, 0) == _TEXT:
                return data
            else:
                self._binary(data)
        return b""

    def read(self, size=1):
        return self._some(size)

    def readinto(self, buffer):
        data = self._some(len(buffer))
        if data is None:
            return None
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        # What the program prints is nobody's business before the password.
        if not self._entered:
            return len(data)
        for start in range(0, len(data), 1024):
            self._socket.write(data[start : start + 1024])
        return len(data)

    def ioctl(self, request, argument=0):
        if request == _CLOSE:
            self._end()
            self._socket.close()
            return 0
        return self._socket.ioctl(request, argument)

    def close(self):
        self.ioctl(_CLOSE)

    # -- the password

    def _enter(self, data):
        if data not in (b"\r", b"\n"):
            # More than any password has is not kept.
            self._typed = (self._typed + data)[:10]
            return
        if not _password or self._typed != _password.encode():
            self._denied = True
            self._socket.write("\r\nAccess denied\r\n")
            return
        self._entered = True
        self._typed = b""
        self._socket.write("\r\nWebREPL connected\r\n>>> ")

    # -- files

    def _send(self, data):
        before = self._socket.ioctl(_SET_DATA_OPTS, _BINARY)
        self._socket.write(data)
        self._socket.ioctl(_SET_DATA_OPTS, before)

    def _answer(self, code):
        self._send(struct.pack("<2sH", b"WB", code))

    def _binary(self, data):
        while data:
            if self._file is not None:
                data = self._go_on(data)
                continue
            missing = _REQUEST - len(self._request)
            self._request += data[:missing]
            data = data[missing:]
            if len(self._request) == _REQUEST:
                request = self._request
                self._request = b""
                self._begin(request)

    def _begin(self, request):
        sign, operation, _, _, size, length, name = struct.unpack("<2sBBQLH64s", request)
        if sign not in (b"WA", b"WB"):
            return self._answer(EINVAL)
        if operation == _VERSION:
            return self._send(bytes(sys.implementation.version[:3]))
        if operation not in (_PUT, _GET):
            return self._answer(EINVAL)
        try:
            self._file = open(name[: min(length, 64)].decode(), "wb" if operation == _PUT else "rb")
        except (OSError, ValueError) as error:
            return self._answer(getattr(error, "errno", None) or EACCES)
        self._getting = operation == _GET
        self._left = size
        self._answer(0)
        if not self._getting and size == 0:
            self._finish()

    def _go_on(self, data):
        if self._getting:
            part = self._file.read(256)
            self._send(struct.pack("<H", len(part)) + part)
            if not part:
                self._finish()
            return data[1:]
        part = data[: self._left]
        self._file.write(part)
        self._left -= len(part)
        if self._left == 0:
            self._finish()
        return data[len(part) :]

    def _end(self):
        if self._file is not None:
            self._file.close()
            self._file = None

    def _finish(self):
        self._end()
        self._answer(0)
