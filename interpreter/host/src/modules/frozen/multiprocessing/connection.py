"""Objects that go from one process to another: pipes, and sockets that listen."""

import os
import pickle
import select
import socket
import struct
import tempfile
import time

__all__ = ["Client", "Listener", "Pipe", "wait"]


class Connection:
    """An end of a pipe or of a socket, by its descriptor. A message is its length and its bytes."""

    def __init__(self, handle, readable=True, writable=True):
        if handle < 0:
            raise ValueError("invalid handle")
        if not readable and not writable:
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle, self._readable, self._writable = handle, readable, writable
        os.set_blocking(handle, True)

    def __del__(self):
        if self._handle is not None:
            self.close()

    def _check(self, readable=False, writable=False):
        if self._handle is None:
            raise OSError("handle is closed")
        if readable and not self._readable:
            raise OSError("connection is write-only")
        if writable and not self._writable:
            raise OSError("connection is read-only")

    @property
    def closed(self):
        return self._handle is None

    @property
    def readable(self):
        return self._readable

    @property
    def writable(self):
        return self._writable

    def fileno(self):
        self._check()
        return self._handle

    def close(self):
        handle, self._handle = self._handle, None
        if handle is not None:
            try:
                os.close(handle)
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def _write(self, data):
        sent = 0
        while sent < len(data):
            sent += os.write(self._handle, data[sent:] if sent else data)

    def _read(self, size):
        parts = []
        while size:
            data = os.read(self._handle, min(size, 65536))
            if not data:
                if parts:
                    raise OSError("got end of file during message")
                raise EOFError
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def send_bytes(self, buf, offset=0, size=None):
        self._check(writable=True)
        data = bytes(buf)
        if offset < 0:
            raise ValueError("offset is negative")
        if len(data) < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = len(data) - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > len(data):
            raise ValueError("buffer length < offset + size")
        self._write(struct.pack("!q", size) + data[offset : offset + size])

    def send(self, obj):
        self._check(writable=True)
        data = pickle.dumps(obj)
        self._write(struct.pack("!q", len(data)) + data)

    def recv_bytes(self, maxlength=None):
        self._check(readable=True)
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        (size,) = struct.unpack("!q", self._read(8))
        if maxlength is not None and size > maxlength:
            self.close()
            raise OSError("bad message length")
        return self._read(size)

    def recv_bytes_into(self, buf, offset=0):
        data = self.recv_bytes()
        view = memoryview(buf).cast("B")
        if offset < 0:
            raise ValueError("negative offset")
        if len(view) < offset + len(data):
            from multiprocessing.context import BufferTooShort

            raise BufferTooShort(data)
        view[offset : offset + len(data)] = data
        return len(data)

    def recv(self):
        self._check(readable=True)
        (size,) = struct.unpack("!q", self._read(8))
        return pickle.loads(self._read(size))

    def poll(self, timeout=0.0):
        self._check(readable=True)
        return bool(wait([self], timeout))

    def __reduce__(self):
        raise TypeError("a connection goes to another process when that is made, and not later")


def Pipe(duplex=True):
    """Two ends; the first one reads and the second one writes unless both do both."""
    if duplex:
        one, other = socket.socketpair()
        return Connection(one.detach()), Connection(other.detach())
    reader, writer = os.pipe()
    return Connection(reader, writable=False), Connection(writer, readable=False)


def wait(object_list, timeout=None):
    """Those that can be read from: connections, sockets, the `sentinel` of processes."""
    poller, by_number = select.poll(), {}
    for one in object_list:
        number = one if isinstance(one, int) else one.fileno()
        by_number[number] = one
        poller.register(number, select.POLLIN)
    deadline = None if timeout is None else time.monotonic() + max(timeout, 0)
    while True:
        left = -1 if deadline is None else max(int((deadline - time.monotonic()) * 1000 + 0.999), 0)
        ready = poller.poll(left)
        if ready or left == 0:
            return [by_number[number if isinstance(number, int) else number.fileno()] for number, *_ in ready]


def _family(address):
    if isinstance(address, tuple):
        return "AF_INET"
    return "AF_UNIX"


class Listener:
    def __init__(self, address=None, family=None, backlog=1, *, authkey=None):
        family = family or (_family(address) if address else "AF_UNIX")
        if address is None:
            address = ("localhost", 0) if family == "AF_INET" else tempfile.mktemp(prefix="listener-")
        self._socket = socket.socket(getattr(socket, family))
        if family == "AF_INET":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(address)
        self._socket.listen(backlog)
        self._address, self._family, self._authkey, self._last = self._socket.getsockname(), family, authkey, None
        self._path = address if family == "AF_UNIX" else None

    def accept(self):
        if self._socket is None:
            raise OSError("listener is closed")
        made, self._last = self._socket.accept()
        connection = Connection(made.detach())
        if self._authkey is not None:
            deliver_challenge(connection, self._authkey)
            answer_challenge(connection, self._authkey)
        return connection

    def close(self):
        made, self._socket = self._socket, None
        if made is not None:
            made.close()
            if self._path:
                try:
                    os.unlink(self._path)
                except OSError:
                    pass

    @property
    def address(self):
        return self._address

    @property
    def last_accepted(self):
        return self._last

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def Client(address, family=None, authkey=None):
    made = socket.socket(getattr(socket, family or _family(address)))
    made.connect(address)
    connection = Connection(made.detach())
    if authkey is not None:
        answer_challenge(connection, authkey)
        deliver_challenge(connection, authkey)
    return connection


_CHALLENGE, _WELCOME, _FAILURE = b"#CHALLENGE#", b"#WELCOME#", b"#FAILURE#"


def _digest(authkey, message):
    import hmac

    return hmac.new(authkey, message, "sha256").digest()


def deliver_challenge(connection, authkey):
    from multiprocessing.context import AuthenticationError

    message = os.urandom(20)
    connection.send_bytes(_CHALLENGE + message)
    if connection.recv_bytes(256) != _digest(authkey, message):
        connection.send_bytes(_FAILURE)
        raise AuthenticationError("digest received was wrong")
    connection.send_bytes(_WELCOME)


def answer_challenge(connection, authkey):
    from multiprocessing.context import AuthenticationError

    message = connection.recv_bytes(256)
    if not message.startswith(_CHALLENGE):
        raise AuthenticationError("no challenge came")
    connection.send_bytes(_digest(authkey, message[len(_CHALLENGE) :]))
    if connection.recv_bytes(256) != _WELCOME:
        raise AuthenticationError("digest sent was rejected")
