# Streams: reading and writing without keeping other tasks waiting.
import sys

from . import core
from .core import CancelledError, IncompleteReadError


class Stream:
    def __init__(self, s, e=None):
        self.s = s
        self.e = e or {}
        self.out_buf = b""

    def get_extra_info(self, name, default=None):
        return self.e.get(name, default)

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        await self.wait_closed()

    def close(self):
        pass

    async def wait_closed(self):
        self.s.close()

    async def aclose(self):
        self.s.close()

    # What `read` answers once it answers anything; `None` is "not yet".
    async def _when_ready(self, read, argument):
        while True:
            await core._io_queue.queue_read(self.s)
            found = read() if argument is None else read(argument)
            if found is not None:
                return found

    async def read(self, n=-1):
        if n >= 0:
            return await self._when_ready(self.s.read, n)
        parts = []
        while True:
            part = await self._when_ready(self.s.read, 512)
            if not part:
                return b"".join(parts)
            parts.append(part)

    async def readinto(self, buffer):
        return await self._when_ready(self.s.readinto, buffer)

    async def readexactly(self, n):
        parts = []
        left = n
        while left > 0:
            part = await self._when_ready(self.s.read, left)
            if not part:
                raise IncompleteReadError(b"".join(parts), n)
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    async def readline(self):
        line = b""
        while not line.endswith(b"\n"):
            part = await self._when_ready(self.s.readline, None)
            if not part:
                break
            line = line + part if line else part
        return line

    async def readuntil(self, separator=b"\n"):
        found = b""
        while not found.endswith(separator):
            part = await self._when_ready(self.s.read, 1)
            if not part:
                raise IncompleteReadError(found, None)
            found += part
        return found

    # Takes what the stream takes at once; the rest waits for `drain`.
    def write(self, data):
        if not self.out_buf:
            written = self.s.write(data)
            if written == len(data):
                return
            if written is not None:
                data = data[written:]
        if self.out_buf:
            self.out_buf += data
        else:
            self.out_buf = data if isinstance(data, bytes) else bytes(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    async def drain(self):
        if not self.out_buf:
            return await core.sleep_ms(0)
        data = memoryview(self.out_buf)
        self.out_buf = b""
        at = 0
        while at < len(data):
            await core._io_queue.queue_write(self.s)
            written = self.s.write(data[at:])
            if written is not None:
                at += written

    # What programs for older releases call.
    async def awrite(self, data, offset=0, size=-1):
        if offset or size >= 0:
            data = memoryview(data)[offset : offset + size if size >= 0 else None]
        self.write(data)
        await self.drain()

    awritestr = awrite


StreamReader = Stream
StreamWriter = Stream


# The other end learns of `close` at once, when it has what was written; a line or a console stays as it is.
class _Connection(Stream):
    ending = None

    def close(self):
        if self.ending is None:
            if self.out_buf:
                self.ending = core.create_task(self._end())
            else:
                self.s.close()

    async def _end(self):
        try:
            await self.drain()
        finally:
            self.s.close()

    async def wait_closed(self):
        self.close()
        if self.ending:
            await self.ending

    aclose = wait_closed


async def open_connection(host, port, ssl=None, server_hostname=None):
    import socket
    from errno import EINPROGRESS

    address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
    connection = socket.socket(address[0], address[1], address[2])
    connection.setblocking(False)
    try:
        connection.connect(address[-1])
    except OSError as error:
        if error.errno != EINPROGRESS:
            raise
    try:
        await core._io_queue.queue_write(connection)
        # Sockets that do not know it tell when they are written to.
        if hasattr(connection, "getsockopt"):
            refused = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if refused:
                raise OSError(refused)
    except (CancelledError, OSError):
        connection.close()
        raise
    if ssl:
        context = _context(ssl, False)
        connection = context.wrap_socket(
            connection, server_hostname=server_hostname or host, do_handshake_on_connect=False
        )
    stream = _Connection(connection)
    return stream, stream


def _context(given, server_side):
    if given is not True:
        return given
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT)
    if not server_side:
        context.verify_mode = ssl.CERT_NONE
    return context


class Server:
    def __init__(self, sockets):
        self.sockets = sockets
        self._closed = False

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        self.close()
        await self.wait_closed()

    def close(self):
        self._closed = True
        self.task.cancel()

    def is_serving(self):
        return not self.task.done()

    async def wait_closed(self):
        try:
            await self.task
        except CancelledError:
            if not self._closed:
                # Not the server was ended, but who waits for it.
                raise

    async def serve_forever(self):
        await self.task

    async def _serve(self, listener, callback, ssl):
        try:
            while True:
                await core._io_queue.queue_read(listener)
                await self._accept(listener, callback, ssl)
        finally:
            listener.close()

    async def _accept(self, listener, callback, ssl):
        try:
            connection, address = listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        if ssl:
            try:
                connection = ssl.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
            except OSError as error:
                sys.print_exception(error)
                connection.close()
                return
        stream = _Connection(connection, {"peername": address})
        served = callback(stream, stream)
        if hasattr(served, "send"):
            core.create_task(served)


async def start_server(callback, host, port, backlog=5, ssl=None):
    import socket

    address = socket.getaddrinfo(host or "0.0.0.0", port, 0, socket.SOCK_STREAM)[0]
    listener = socket.socket(address[0])
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setblocking(False)
    try:
        listener.bind(address[-1])
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    server = Server([listener])
    server.task = core.create_task(server._serve(listener, callback, ssl and _context(ssl, True)))
    # It takes a turn before this returns: a server that is closed at once still closes its socket.
    try:
        await core.sleep_ms(0)
    except CancelledError:
        server.close()
        listener.close()
        raise
    return server
