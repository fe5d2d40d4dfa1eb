"""Streams: a reader that a protocol feeds, a writer over a transport. MicroPython's further methods are here as well, and what is made of
a stream of MicroPython's kind (`StreamReader(sys.stdin)`) is its `Stream`."""

import warnings
import weakref

from asyncio import coroutines, events, locks, protocols, tasks
from asyncio.exceptions import IncompleteReadError, LimitOverrunError
from asyncio.log import logger
from asyncio.stream import Stream

__all__ = (
    "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection", "start_unix_server"
)

_DEFAULT_LIMIT = 1 << 16


async def open_connection(host=None, port=None, ssl=None, server_hostname=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connects, and answers a reader and a writer. Further arguments are those of the loop's `create_connection`."""
    if server_hostname is not None:
        kwds["server_hostname"] = server_hostname
    return await _connected("create_connection", limit, host, port, ssl=ssl, **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """The same with a socket that has a path."""
    return await _connected("create_unix_connection", limit, path, **kwds)


async def start_server(client_connected_cb, host=None, port=None, backlog=100, ssl=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Listens, and calls the function with a reader and a writer for each who connects; a coroutine that it answers becomes a task.

    Further arguments are those of the loop's `create_server`."""
    return await _serving("create_server", client_connected_cb, limit, host, port, backlog=backlog, ssl=ssl, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """The same with a socket that has a path."""
    return await _serving("create_unix_server", client_connected_cb, limit, path, **kwds)


async def _connected(create, limit, *args, **kwds):
    loop = events.get_running_loop()
    reader = StreamReader(limit, loop)
    transport, protocol = await getattr(loop, create)(lambda: StreamReaderProtocol(reader, loop=loop), *args, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def _serving(create, callback, limit, *args, **kwds):
    loop = events.get_running_loop()
    return await getattr(loop, create)(lambda: StreamReaderProtocol(StreamReader(limit, loop), callback, loop), *args, **kwds)


def _settle(future, error):
    """Ends what somebody waits for, unless it has ended."""
    if not future.done():
        future.set_result(None) if error is None else future.set_exception(error)


class FlowControlMixin(protocols.Protocol):
    """A protocol whose writers wait while the transport has enough."""

    def __init__(self, loop=None):
        self._loop = loop or events.get_event_loop()
        # Set while writers may go on. `_lost` is why the connection ended, once it did.
        self._may_write, self._is_lost, self._lost = locks.Event(), False, None
        self._may_write.set()

    def pause_writing(self):
        assert self._may_write.is_set(), "pause_writing() came twice"
        self._may_write.clear()
        self._log("pauses")

    def resume_writing(self):
        assert self._is_lost or not self._may_write.is_set(), "resume_writing() came twice"
        self._may_write.set()
        self._log("resumes")

    def _log(self, does):
        if self._loop.get_debug():
            logger.debug("%r %s writing", self, does)

    def connection_lost(self, exc):
        self._is_lost, self._lost = True, exc
        self._may_write.set()

    async def _drain_helper(self):
        """Waits until there is room. It is over for those who wait when the connection ends, as it ended."""
        if self._is_lost:
            raise ConnectionResetError("Connection lost")
        await self._may_write.wait()
        if self._lost is not None:
            raise self._lost

    def _get_close_waiter(self, stream):
        """What a writer awaits for the connection's end."""
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin):
    """Feeds a reader. With `client_connected_cb` it is a server's: that is called with the reader and a writer."""

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop)
        # A client holds its reader itself: what comes for one that is gone is dropped. A server's is held until its client is there.
        self._find_reader = weakref.ref(stream_reader) if stream_reader is not None else None
        self._held = stream_reader if client_connected_cb is not None else None
        self._client_connected_cb, self._stream_writer, self._task = client_connected_cb, None, None
        self._transport, self._over_ssl = None, False
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return self._find_reader and self._find_reader()

    def _use(self, transport):
        self._transport, self._over_ssl = transport, transport.get_extra_info("sslcontext") is not None

    def connection_made(self, transport):
        self._use(transport)
        reader, self._held = self._stream_reader, None
        if reader is not None:
            reader.set_transport(transport)
        if self._client_connected_cb is not None:
            self._stream_writer = StreamWriter(transport, self, reader, self._loop)
            self._serve(self._client_connected_cb(reader, self._stream_writer), transport)

    def _serve(self, served, transport):
        """A server's coroutine is a task from here on. If it fails, its connection ends."""
        if hasattr(served, "asend"):
            served = tasks._await(served)
        if not coroutines.iscoroutine(served):
            return

        def ended(task):
            error = None if task.cancelled() else task.exception()
            if error is not None:
                told = {"message": "Unhandled exception in client_connected_cb", "exception": error, "transport": transport}
                self._loop.call_exception_handler(told)
            if error is not None or task.cancelled():
                transport.close()

        self._task = self._loop.create_task(served)
        self._task.add_done_callback(ended)

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        self._end_reader(None)
        # An encrypted connection cannot be closed by halves.
        return not self._over_ssl

    def connection_lost(self, exc):
        self._end_reader(exc)
        _settle(self._closed, exc)
        # Not everybody waits for the end.
        self._closed._log_traceback = False
        super().connection_lost(exc)
        self._find_reader = self._held = self._stream_writer = self._task = self._transport = None

    def _end_reader(self, error):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof() if error is None else reader.set_exception(error)

    def _get_close_waiter(self, stream):
        return self._closed


def _text(stream, *rows):
    """The text of a reader or writer: of each row its pattern, if there is something to tell."""
    told = [pattern % ((value,) if "%" in pattern else ()) for pattern, value in rows if value]
    return "<%s>" % " ".join([type(stream).__name__] + told)


def _below(self):
    """What lies below a reader or a writer, encrypted or not: MicroPython's name for it is `s`."""
    below = self._transport.get_extra_info("ssl_object") or self._transport.get_extra_info("socket")
    return getattr(below, "_sock", below)


class StreamWriter:
    """Writes to a transport; `drain` waits while that has enough."""

    def __new__(cls, transport, protocol=None, *rest, **keywords):
        return super().__new__(cls) if rest or keywords else Stream(transport, protocol)

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop

    def __repr__(self):
        return _text(self, ("transport=%r", self._transport), ("reader=%r", self._reader))

    @property
    def transport(self):
        return self._transport

    # As the transport has them.

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def write_eof(self):
        return self._transport.write_eof()

    def is_closing(self):
        return self._transport.is_closing()

    def close(self):
        return self._transport.close()

    # What waits.

    async def drain(self):
        """Waits until there is room for more. An error that the reader has seen is the writer's as well."""
        error = self._reader and self._reader.exception()
        if error is not None:
            raise error
        if self.is_closing():
            # `connection_lost` has its turn.
            await tasks.sleep(0)
        await self._protocol._drain_helper()

    async def wait_closed(self):
        """Waits for the connection's end. As in MicroPython, this closes what nobody has closed."""
        self.close()
        await self._protocol._get_close_waiter(self)

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Encrypts the connection from here on."""
        protocol = self._protocol
        await self.drain()
        self._transport = transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext, server_side=protocol._client_connected_cb is not None, server_hostname=server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        protocol._use(transport)
        if self._reader is not None:
            self._reader._transport = transport

    def __del__(self):
        # One whose making failed has none.
        transport = getattr(self, "_transport", None)
        if transport is None or transport.is_closing():
            return
        if self._loop is None or self._loop.is_closed():
            warnings.warn("loop is closed", ResourceWarning)
        else:
            transport.close()
            warnings.warn("unclosed %r" % (self,), ResourceWarning)

    # As MicroPython has them.

    s = property(_below)

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


class StreamReader:
    """Bytes that have come and nobody has read yet. Past twice the limit, the transport is told to wait.

    All reading is `_take_when`: a way to read is a function that looks at these bytes and says how many it wants, or None for "not yet".
    """

    _source_traceback = None

    def __new__(cls, limit=_DEFAULT_LIMIT, *args, **keywords):
        return super().__new__(cls) if isinstance(limit, int) else Stream(limit, *args)

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit, self._loop = limit, loop or events.get_event_loop()
        self._buffer, self._eof, self._exception = bytearray(), False, None
        self._transport, self._paused, self._waiter = None, False, None
        if self._loop.get_debug():
            self._source_traceback = events._stack()

    def __repr__(self):
        return _text(
            self, ("%d bytes", len(self._buffer)), ("eof", self._eof), ("limit=%s", self._limit != _DEFAULT_LIMIT and self._limit),
            ("waiter=%r", self._waiter), ("exception=%r", self._exception), ("transport=%r", self._transport), ("paused", self._paused))

    # What the protocol tells.

    def set_transport(self, transport):
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def feed_data(self, data):
        """These bytes came."""
        assert not self._eof, "feed_data after feed_eof"
        if data:
            self._buffer += data
            self._wake()
            self._steer()

    def feed_eof(self):
        """No more will come."""
        self._eof = True
        self._wake()

    def set_exception(self, exc):
        """No more will come, as this happened."""
        self._exception = exc
        self._wake(exc)

    def exception(self):
        """What happened, if anything did."""
        return self._exception

    def at_eof(self):
        """Whether all has been read, and no more will come."""
        return not self._buffer and self._eof

    def _wake(self, error=None):
        waiter, self._waiter = self._waiter, None
        if waiter is not None:
            _settle(waiter, error)

    def _steer(self, is_hungry=False):
        """Holds the transport up past twice the limit. It goes on at the limit, or when somebody asks for more than there is."""
        size = len(self._buffer)
        if self._paused:
            if is_hungry or size <= self._limit:
                self._paused = False
                self._transport.resume_reading()
        elif self._transport is not None and size > 2 * self._limit:
            try:
                self._transport.pause_reading()
                self._paused = True
            except NotImplementedError:
                # This one cannot be held up.
                self._transport = None

    def _take(self, count):
        with memoryview(self._buffer) as view:
            taken = bytes(view[:count])
        del self._buffer[:count]
        self._steer()
        return taken

    async def _take_when(self, who, wanted, expected=None):
        """Takes as many bytes as `wanted` says, which is asked again whenever some came. If the end comes before, that is an error."""
        if self._exception is not None:
            raise self._exception
        while (count := wanted()) is None:
            if self._eof:
                raise IncompleteReadError(self._take(len(self._buffer)), expected)
            if self._waiter is not None:
                raise RuntimeError(who + "() called while another coroutine is already waiting for incoming data")
            self._steer(is_hungry=True)
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._take(count)

    def _end_of(self, separators):
        """A function that finds where the first of these ends, and looks at no byte twice for nothing."""
        if not separators:
            raise ValueError("Separator should contain at least one element")
        if not min(map(len, separators)):
            raise ValueError("Separator should be at least one-byte string")
        longest, start = max(map(len, separators)), 0

        def find():
            nonlocal start
            found = [(at + len(each), at) for each in separators if (at := self._buffer.find(each, start)) >= 0]
            if found:
                end, start = min(found)
            else:
                # The last bytes may be a separator's first ones.
                end, start = None, max(0, len(self._buffer) - longest + 1)
            if start > self._limit:
                raise LimitOverrunError(
                    "Separator is not found, and chunk exceed the limit" if end is None
                    else "Separator is found, but chunk is longer than limit", start)
            return end

        return find

    # Reading.

    async def read(self, n=-1):
        """Up to `n` bytes, at least one unless the end is reached; without a number, all until the end."""
        if n < 0:
            parts = []
            while part := await self.read(self._limit):
                parts.append(part)
            return b"".join(parts)
        return await self._take_when("read", lambda: min(n, len(self._buffer)) if self._buffer or self._eof or not n else None)

    async def readexactly(self, n):
        """These many bytes, or an IncompleteReadError with those that came."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        return await self._take_when("readexactly", lambda: n if len(self._buffer) >= n else None, n)

    async def readuntil(self, separator=b"\n"):
        """All up to the separator, and it; of several in a tuple, the one that ends first. What is longer than the limit is an error, and
        stays."""
        return await self._take_when("readuntil", self._end_of(separator if isinstance(separator, tuple) else (separator,)))

    async def readline(self):
        """A line, or what is there before the end. A line longer than the limit is an error, and is thrown away as far as it is there."""
        try:
            return await self.readuntil()
        except IncompleteReadError as error:
            return error.partial
        except LimitOverrunError as error:
            ends_here = self._buffer.startswith(b"\n", error.consumed)
            self._take(error.consumed + 1 if ends_here else len(self._buffer))
            raise ValueError(error.args[0])

    def __aiter__(self):
        return self

    async def __anext__(self):
        if line := await self.readline():
            return line
        raise StopAsyncIteration

    # As MicroPython has them.

    s = property(_below)

    async def readinto(self, buffer):
        found = await self.read(len(buffer))
        memoryview(buffer)[: len(found)] = found
        return len(found)
