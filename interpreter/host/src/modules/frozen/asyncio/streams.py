"""Streams as CPython has them: a reader that a protocol feeds, a writer over a transport. MicroPython's further methods are here as well,
and what is made of a stream of MicroPython's kind (`StreamReader(sys.stdin)`) is its `Stream`."""

from asyncio import core
from asyncio._network import Server
from asyncio.core import IncompleteReadError
from asyncio.exceptions import LimitOverrunError
from asyncio.protocols import Protocol
from asyncio.stream import Stream

__all__ = (
    "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection", "start_unix_server"
)

_LIMIT = 1 << 16


def _stream(self):
    """What lies below a reader or a writer, encrypted or not: MicroPython's name for it is `s`."""
    return self._transport.get_extra_info("ssl_object") or self._transport.get_extra_info("socket")


class Lines:
    """What `async for` goes through by lines."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


class StreamReader(Lines):
    """Bytes that have come and nobody has read yet. Past twice the limit, the transport is told to wait."""

    def __new__(cls, limit=_LIMIT, *args, **keywords):
        return super().__new__(cls) if isinstance(limit, int) else Stream(limit, *args)

    def __init__(self, limit=_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit, self._loop = limit, core._loop if loop is None else loop
        self._buffer, self._eof, self._error = bytearray(), False, None
        self._waiter = self._transport = None
        self._paused = False

    def __repr__(self):
        return "<StreamReader %d bytes%s>" % (len(self._buffer), " eof" if self._eof else "")

    # What the protocol tells.

    def exception(self):
        return self._error

    def set_exception(self, exc):
        self._error = exc
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(exc)
        self._waiter = None

    def set_transport(self, transport):
        self._transport = transport

    def feed_data(self, data):
        if not data:
            return
        self._buffer += data
        self._wake()
        if self._transport is not None and not self._paused and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                self._transport = None
            else:
                self._paused = True

    def feed_eof(self):
        self._eof = True
        self._wake()

    def at_eof(self):
        return self._eof and not self._buffer

    def _wake(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    async def _wait(self, who):
        if self._waiter is not None:
            raise RuntimeError(who + "() called while another coroutine is already waiting for incoming data")
        self._resume()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _resume(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def _take(self, count):
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._resume()
        return taken

    s = property(_stream)

    # Reading.

    async def read(self, n=-1):
        self._check()
        if n == 0:
            return b""
        if n < 0:
            parts = []
            while part := await self.read(self._limit):
                parts.append(part)
            return b"".join(parts)
        if not self._buffer and not self._eof:
            await self._wait("read")
        return self._take(n)

    async def readinto(self, buffer):
        found = await self.read(len(buffer))
        memoryview(buffer)[: len(found)] = found
        return len(found)

    async def readexactly(self, n):
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        self._check()
        while len(self._buffer) < n:
            if self._eof:
                raise IncompleteReadError(self._take(len(self._buffer)), n)
            # What is asked for at once may be more than the limit.
            if self._paused:
                self._paused = False
                self._transport.resume_reading()
            await self._wait("readexactly")
        return self._take(n)

    async def readline(self):
        try:
            return await self.readuntil(b"\n")
        except IncompleteReadError as error:
            return error.partial
        except LimitOverrunError as error:
            if self._buffer.startswith(b"\n", error.consumed):
                self._take(error.consumed + 1)
            else:
                self._take(len(self._buffer))
            raise ValueError(error.args[0]) from None

    async def readuntil(self, separator=b"\n"):
        wanted = sorted(separator, key=len) if isinstance(separator, tuple) else [separator]
        if not wanted:
            raise ValueError("Separator should contain at least one element")
        if not wanted[0]:
            raise ValueError("Separator should be at least one-byte string")
        self._check()
        longest, start = len(wanted[-1]), 0
        while True:
            ends = [(at + len(each), at) for each in wanted if (at := self._buffer.find(each, start)) >= 0]
            if ends:
                end, at = min(ends)
                if at > self._limit:
                    raise LimitOverrunError("Separator is found, but chunk is longer than limit", at)
                return self._take(end)
            start = max(0, len(self._buffer) + 1 - longest)
            if start > self._limit:
                raise LimitOverrunError("Separator is not found, and chunk exceed the limit", start)
            if self._eof:
                raise IncompleteReadError(self._take(len(self._buffer)), None)
            await self._wait("readuntil")

    def _check(self):
        if self._error is not None:
            raise self._error


class _Flow(Protocol):
    """A protocol whose writers wait while the transport has enough."""

    def __init__(self, loop=None):
        self._loop = core._loop if loop is None else loop
        self._full = self._lost = False
        self._drainers = []

    def pause_writing(self):
        self._full = True

    def resume_writing(self):
        self._full = False
        self._release(None)

    def connection_lost(self, exc):
        self._lost = True
        self._release(exc)

    def _release(self, error):
        waiting, self._drainers = self._drainers, []
        for future in waiting:
            if not future.done():
                future.set_result(None) if error is None else future.set_exception(error)

    async def _drained(self):
        if self._lost:
            raise ConnectionResetError("Connection lost")
        if self._full:
            future = self._loop.create_future()
            self._drainers.append(future)
            await future


class StreamReaderProtocol(_Flow):
    """Feeds a reader. With `client_connected_cb` it is a server's: that is called with the reader and a writer."""

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop)
        self._reader, self._callback = stream_reader, client_connected_cb
        self._transport, self._task, self._encrypted = None, None, False
        self._closed = self._loop.create_future()

    def connection_made(self, transport):
        self._transport = transport
        self._encrypted = transport.get_extra_info("sslcontext") is not None
        self._reader.set_transport(transport)
        if self._callback is not None:
            served = self._callback(self._reader, StreamWriter(transport, self, self._reader, self._loop))
            if core.iscoroutine(served):
                self._task = self._loop.create_task(served)
                self._task.add_done_callback(self._served)

    def _served(self, task):
        if task.cancelled():
            self._transport.close()
        elif task.exception() is not None:
            self._loop.call_exception_handler(
                {"message": "Unhandled exception in client_connected_cb", "exception": task.exception(), "transport": self._transport}
            )
            self._transport.close()

    def connection_lost(self, exc):
        if exc is None:
            self._reader.feed_eof()
        else:
            self._reader.set_exception(exc)
        if not self._closed.done():
            self._closed.set_result(None) if exc is None else self._closed.set_exception(exc)
            self._closed._seen = True
        super().connection_lost(exc)

    def data_received(self, data):
        self._reader.feed_data(data)

    def eof_received(self):
        self._reader.feed_eof()
        # An encrypted connection cannot be closed by halves.
        return not self._encrypted


class StreamWriter:
    """Writes to a transport; `drain` waits while that has enough."""

    def __new__(cls, transport, protocol=None, *rest, **keywords):
        return super().__new__(cls) if rest or keywords else Stream(transport, protocol)

    def __init__(self, transport, protocol, reader, loop=None):
        self._transport, self._protocol, self._reader = transport, protocol, reader
        self._loop = core._loop if loop is None else loop

    def __repr__(self):
        return "<StreamWriter transport=%r>" % (self._transport,)

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def write_eof(self):
        return self._transport.write_eof()

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    def is_closing(self):
        return self._transport.is_closing()

    def close(self):
        return self._transport.close()

    async def wait_closed(self):
        # In MicroPython this closes what nobody has closed.
        self._transport.close()
        closed = getattr(self._protocol, "_closed", None)
        if closed is not None:
            await closed

    async def drain(self):
        if self._reader is not None and self._reader.exception() is not None:
            raise self._reader.exception()
        if self._transport.is_closing():
            # `connection_lost` has its turn.
            await core.sleep_ms(0)
        await self._protocol._drained()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        server_side = getattr(self._protocol, "_callback", None) is not None
        await self.drain()
        self._transport = await self._loop.start_tls(
            self._transport, self._protocol, sslcontext, server_side=server_side, server_hostname=server_hostname
        )
        self._protocol._transport, self._protocol._encrypted = self._transport, True
        self._reader.set_transport(self._transport)

    # As MicroPython has them.

    s = property(_stream)

    async def awrite(self, data, offset=0, size=-1):
        self.write(memoryview(data)[offset : offset + size if size >= 0 else None] if offset or size >= 0 else data)
        await self.drain()

    awritestr = awrite

    async def aclose(self):
        await self.wait_closed()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.wait_closed()


async def _connection(connect, limit):
    reader = StreamReader(limit)
    protocol = StreamReaderProtocol(reader)
    transport, _ = await connect(lambda: protocol)
    return reader, StreamWriter(transport, protocol, reader)


def _server_protocol(callback, limit):
    return lambda: StreamReaderProtocol(StreamReader(limit), callback)


async def open_connection(host=None, port=None, ssl=None, server_hostname=None, *, limit=_LIMIT, **keywords):
    return await _connection(
        lambda factory: core._loop.create_connection(factory, host, port, ssl=ssl, server_hostname=server_hostname, **keywords), limit
    )


async def start_server(client_connected_cb, host=None, port=None, backlog=100, ssl=None, *, limit=_LIMIT, **keywords):
    return await core._loop.create_server(
        _server_protocol(client_connected_cb, limit), host, port, backlog=backlog, ssl=ssl, **keywords
    )


async def open_unix_connection(path=None, *, limit=_LIMIT, **keywords):
    return await _connection(lambda factory: core._loop.create_unix_connection(factory, path, **keywords), limit)


async def start_unix_server(client_connected_cb, path=None, *, limit=_LIMIT, **keywords):
    return await core._loop.create_unix_server(_server_protocol(client_connected_cb, limit), path, **keywords)
