# websocket: the frames of RFC 6455 over a stream whose handshake is done.
import io
import select
from errno import EINVAL, EIO, ENOBUFS

_TEXT = 1
_CLOSE = 8
_POLL = 3
_CLOSE_STREAM = 4
_GET_DATA_OPTS = 8
_SET_DATA_OPTS = 9


class websocket(io.IOBase):
    def __init__(self, sock, blocking=False):
        self._sock = sock
        self._blocking = blocking
        self._kind = _TEXT  # of frames that are written
        self._seen = 0  # kind of the last message that was read
        self._head = b""  # what has arrived of a frame's head
        self._left = 0  # bytes of the frame that are not read yet
        self._mask = None
        self._at = 0  # place in the frame, for the mask
        self._control = None  # kind of the control frame that is being read
        self._ended = False

    # Bytes of data, b"" at the end, None if there are none yet.
    def _some(self, size):
        while not self._ended:
            if self._left == 0:
                if self._control is not None:
                    self._controlled()
                    continue
                started = self._start()
                if not started:
                    return started
                continue
            data = self._sock.read(min(self._left, size) if self._control is None else self._left)
            if data is None:
                return None
            if not data:
                self._ended = True
                break
            self._left -= len(data)
            if self._mask:
                data = bytes(byte ^ self._mask[(self._at + index) & 3] for index, byte in enumerate(data))
                self._at += len(data)
            if self._control is None:
                return data
        return b""

    # Reads a frame's head: True, b"" at the end of the stream, None if it is not all there yet.
    def _start(self):
        needed = 2
        while len(self._head) < needed:
            data = self._sock.read(needed - len(self._head))
            if data is None:
                return None
            if not data:
                self._ended = True
                return b""
            self._head += data
            if len(self._head) >= 2:
                length = self._head[1] & 0x7F
                if length == 127:
                    self._head = b""
                    raise OSError(EIO)
                needed = 2 + (2 if length == 126 else 0) + (4 if self._head[1] & 0x80 else 0)
        head = self._head
        self._head = b""
        length = head[1] & 0x7F
        self._left = int.from_bytes(head[2:4], "big") if length == 126 else length
        self._mask = head[-4:] if head[1] & 0x80 else None
        self._at = 0
        kind = head[0] & 0x0F
        self._control = kind if kind >= _CLOSE else None
        if 0 < kind < _CLOSE:
            self._seen = kind
        return True

    def _controlled(self):
        kind = self._control
        self._control = None
        if kind == _CLOSE:
            self._send(_CLOSE, b"")
            self._ended = True

    def read(self, size=-1):
        parts = []
        while size != 0:
            data = self._some(size if size > 0 else 256)
            if data is None and not parts:
                return None
            if not data:
                break
            parts.append(data)
            if size > 0:
                size -= len(data)
        return b"".join(parts)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        if data is None:
            return None
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size=-1):
        parts = []
        while size < 0 or len(parts) < size:
            data = self._some(1)
            if data is None and not parts:
                return None
            if not data:
                break
            parts.append(data)
            if data == b"\n":
                break
        return b"".join(parts)

    def write(self, data):
        if isinstance(data, str):
            data = data.encode()
        if len(data) > 0xFFFF:
            raise OSError(ENOBUFS)
        self._send(self._kind, data)
        return len(data)

    def _send(self, kind, data):
        length = len(data)
        head = bytes((0x80 | kind, length)) if length < 126 else bytes((0x80 | kind, 126, length >> 8, length & 0xFF))
        if self._blocking:
            self._sock.setblocking(True)
        try:
            self._sock.write(head)
            if length:
                self._sock.write(data)
        finally:
            if self._blocking:
                self._sock.setblocking(False)

    def close(self):
        self.ioctl(_CLOSE_STREAM, 0)

    def ioctl(self, request, argument=0):
        if request == _POLL:
            return self._poll(argument)
        if request == _CLOSE_STREAM:
            self._ended = True
            self._sock.close()
            return 0
        if request == _GET_DATA_OPTS:
            return self._seen
        if request == _SET_DATA_OPTS:
            before = self._kind
            self._kind = argument
            return before
        raise OSError(EINVAL)

    def _poll(self, wanted):
        poll = select.poll()
        poll.register(self._sock, wanted)
        found = 0
        for _, events in poll.ipoll(0):
            found = events
        return found
