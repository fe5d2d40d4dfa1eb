"""What a computer's loop does besides running tasks: it watches files, and carries bytes between sockets and protocols."""

import os
import socket
from collections import deque

from asyncio import CancelledError, core, create_task, shield, wait
from asyncio.events import AbstractServer
from asyncio.transports import DatagramTransport, Transport

_SIZE = 1 << 16
_HIGH = 1 << 16


class _Watch:
    """Calls a function whenever a file is ready: a task that waits for it again and again."""

    def __init__(self, file, writes, function, args):
        self._wait = core._io_queue.queue_write if writes else core._io_queue.queue_read
        self._file, self._function, self._args = file, function, args
        self._task = create_task(self._run())

    async def _run(self):
        while True:
            await self._wait(self._file)
            self._function(*self._args)

    def cancel(self):
        _cancel(self._task)


def _cancel(task):
    if task is not None and task is not core.cur_task:
        task.cancel()


class _Descriptor:
    """A number of a file, as what can be waited for."""

    def __init__(self, number):
        self._number = number

    def fileno(self):
        return self._number


_watches = {}


async def _when_readable(sock, function, *args):
    """What the function answers when the socket has something for it."""
    while True:
        try:
            return function(*args)
        except BlockingIOError:
            await core._io_queue.queue_read(sock)


async def _when_writable(sock, function, *args):
    while True:
        try:
            return function(*args)
        except BlockingIOError:
            await core._io_queue.queue_write(sock)


class Further:
    """The methods of a loop that a board has not."""

    # Files.

    def _watch(self, fd, writes, callback, args):
        number = fd if isinstance(fd, int) else fd.fileno()
        self._forget_watch(number, writes)
        _watches[number, writes] = _Watch(fd if hasattr(fd, "recv") else _Descriptor(number), writes, callback, args)

    def _forget_watch(self, fd, writes):
        watch = _watches.pop((fd if isinstance(fd, int) else fd.fileno(), writes), None)
        if watch is None:
            return False
        watch.cancel()
        return True

    def add_reader(self, fd, callback, *args):
        self._watch(fd, False, callback, args)

    def remove_reader(self, fd):
        return self._forget_watch(fd, False)

    def add_writer(self, fd, callback, *args):
        self._watch(fd, True, callback, args)

    def remove_writer(self, fd):
        return self._forget_watch(fd, True)

    # Signals: the handler runs between two turns of the loop.

    def add_signal_handler(self, sig, callback, *args):
        import signal

        signal.signal(sig, lambda *_: self.call_soon_threadsafe(callback, *args))

    def remove_signal_handler(self, sig):
        import signal

        default = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        return signal.signal(sig, default) is not default

    # Threads.

    def set_default_executor(self, executor):
        self._executor = executor

    def run_in_executor(self, executor, func, *args):
        executor = getattr(self, "_executor", None) if executor is None else executor
        if executor is None:
            from asyncio import to_thread

            return create_task(to_thread(func, *args))
        from asyncio.futures import wrap_future

        return wrap_future(executor.submit(func, *args), loop=self)

    # Sockets.

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        return socket.getaddrinfo(host, port, family, type, proto, flags)

    async def sock_recv(self, sock, n):
        return await _when_readable(sock, sock.recv, n)

    async def sock_recv_into(self, sock, buf):
        return await _when_readable(sock, sock.recv_into, buf)

    async def sock_recvfrom(self, sock, bufsize):
        return await _when_readable(sock, sock.recvfrom, bufsize)

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        data, address = await self.sock_recvfrom(sock, nbytes or len(buf))
        memoryview(buf)[: len(data)] = data
        return len(data), address

    async def sock_sendto(self, sock, data, address):
        return await _when_writable(sock, sock.sendto, data, address)

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        return await _send_file(lambda part: self.sock_sendall(sock, part), file, offset, count)

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        if transport.is_closing():
            raise RuntimeError("Transport is closing")

        async def send(part):
            transport.write(part)
            if transport._writer is not None:
                await wait([transport._writer])

        return await _send_file(send, file, offset, count)

    async def getnameinfo(self, sockaddr, flags=0):
        return socket.getnameinfo(sockaddr, flags)

    async def sock_sendall(self, sock, data):
        rest = memoryview(data)
        while rest:
            rest = rest[await _when_writable(sock, sock.send, rest) :]

    async def sock_accept(self, sock):
        connection, address = await _when_readable(sock, sock.accept)
        connection.setblocking(False)
        return connection, address

    async def sock_connect(self, sock, address):
        try:
            sock.connect(address)
            return
        except BlockingIOError:
            pass
        await core._io_queue.queue_write(sock)
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, "Connect call failed %s" % (address,))

    # Connections.

    async def create_connection(
        self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None,
        server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None,
    ):
        if sock is None:
            sock = await self._connected(host, port, family, proto, flags, local_addr)
        else:
            sock.setblocking(False)
        return await self._carried(sock, protocol_factory, ssl, False, server_hostname or host)

    async def _connected(self, host, port, family, proto, flags, local):
        failure = None
        for kind, what, number, _, address in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, proto, flags):
            sock = socket.socket(kind, what, number)
            sock.setblocking(False)
            try:
                if local is not None:
                    sock.bind(local)
                await self.sock_connect(sock, address)
                return sock
            except OSError as error:
                sock.close()
                failure = error
            except CancelledError:
                sock.close()
                raise
        raise failure if failure is not None else OSError("getaddrinfo() returned empty list")

    async def create_unix_connection(
        self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None
    ):
        if sock is None:
            if path is None:
                raise ValueError("no path and sock were specified")
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            sock.setblocking(False)
            try:
                await self.sock_connect(sock, os.fspath(path))
            except BaseException:
                sock.close()
                raise
        else:
            sock.setblocking(False)
        return await self._carried(sock, protocol_factory, ssl, False, server_hostname)

    async def _carried(self, sock, protocol_factory, ssl, server_side, hostname):
        protocol = protocol_factory()
        context = None
        if ssl:
            sock, context = _encrypted(sock, ssl, server_side, hostname)
        return _SocketTransport(self, sock, protocol, context), protocol

    async def start_tls(
        self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None
    ):
        sock, context = _encrypted(transport._given_up(), sslcontext, server_side, server_hostname)
        return _SocketTransport(self, sock, protocol, context, is_new=False)

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        sock.setblocking(False)
        return await self._carried(sock, protocol_factory, ssl, True, None)

    async def create_server(
        self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100, ssl=None, reuse_address=None,
        reuse_port=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
    ):
        if sock is not None:
            sockets = [sock]
        else:
            sockets = []
            for name in [host] if host is None or isinstance(host, str) else host:
                for kind, what, number, _, address in socket.getaddrinfo(name or "0.0.0.0", port, family, socket.SOCK_STREAM, 0, flags):
                    listener = socket.socket(kind, what, number)
                    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    try:
                        listener.bind(address)
                    except OSError:
                        for each in sockets + [listener]:
                            each.close()
                        raise
                    sockets.append(listener)
        return await self._served(sockets, protocol_factory, ssl, backlog, start_serving)

    async def create_unix_server(
        self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
        start_serving=True, cleanup_socket=True,
    ):
        remove = None
        if sock is None:
            if path is None:
                raise ValueError("path was not specified, and no sock specified")
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                _remove_socket(path)
                sock.bind(path)
            except OSError:
                sock.close()
                raise
            remove = path if cleanup_socket else None
        return await self._served([sock], protocol_factory, ssl, backlog, start_serving, remove)

    async def _served(self, sockets, protocol_factory, ssl, backlog, start_serving, path=None):
        server = Server(self, sockets, protocol_factory, ssl, backlog, path)
        if start_serving:
            try:
                await server.start_serving()
            except BaseException:
                server.close()
                raise
        return server

    # Pipes.

    async def connect_read_pipe(self, protocol_factory, pipe):
        protocol = protocol_factory()
        return _SocketTransport(self, _Pipe(pipe), protocol), protocol

    async def connect_write_pipe(self, protocol_factory, pipe):
        protocol = protocol_factory()
        return _SocketTransport(self, _Pipe(pipe), protocol, reads=False), protocol

    async def create_datagram_endpoint(
        self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_port=None, allow_broadcast=None, sock=None
    ):
        if sock is None:
            address = local_addr or remote_addr
            if address is None and not family:
                raise ValueError("unexpected address family")
            if address is not None:
                family = socket.getaddrinfo(address[0], address[1], family, socket.SOCK_DGRAM, proto, flags)[0][0]
            sock = socket.socket(family, socket.SOCK_DGRAM, proto)
            if allow_broadcast:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if local_addr is not None:
                sock.bind(local_addr)
            if remote_addr is not None:
                sock.connect(remote_addr)
        sock.setblocking(False)
        protocol = protocol_factory()
        return _DatagramTransport(self, sock, protocol, remote_addr), protocol


def _encrypted(sock, ssl, server_side, hostname):
    """A socket that encrypts, and the context by which it does."""
    from asyncio.stream import _context

    context = _context(ssl, server_side)
    name = {} if server_side else {"server_hostname": hostname}
    return context.wrap_socket(sock, server_side=server_side, do_handshake_on_connect=False, **name), context


async def _send_file(send, file, offset, count):
    file.seek(offset)
    total = 0
    while count is None or total < count:
        part = file.read(_SIZE if count is None else min(_SIZE, count - total))
        if not part:
            break
        await send(part)
        total += len(part)
    return total


def _remove_socket(path):
    """Takes away the name that a server has left."""
    import stat

    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass


class _Pipe:
    """A pipe, a terminal or a character device as what a transport asks of a socket."""

    def __init__(self, file):
        self._file, self._number = file, file.fileno()
        os.set_blocking(self._number, False)

    def fileno(self):
        return self._number

    def recv(self, size):
        return os.read(self._number, size)

    def send(self, data):
        return os.write(self._number, data)

    def shutdown(self, how):
        self._file.close()

    def close(self):
        self._file.close()


def _told(sock, peer=None):
    """What a transport says of its socket."""
    if isinstance(sock, _Pipe):
        return {"pipe": sock._file}
    told = {"socket": sock}
    for name, method in (("sockname", "getsockname"), ("peername", "getpeername")):
        try:
            told[name] = getattr(sock, method)()
        except (AttributeError, OSError):
            told[name] = peer if name == "peername" else None
    return told


class _SocketTransport(Transport):
    """Bytes between a connected socket and a protocol: one task reads, another one writes what could not be written at once."""

    def __init__(self, loop, sock, protocol, context=None, is_new=True, reads=True):
        extra = _told(sock)
        if context is not None:
            extra["ssl_object"], extra["sslcontext"] = sock, context
        super().__init__(extra)
        self._loop, self._sock, self._protocol, self._server = loop, sock, protocol, None
        # A plain socket says by an error that it is not ready, an encrypted one by None.
        self._receive, self._transmit = (sock.read, sock.write) if context is not None else (sock.recv, sock.send)
        self._waiting, self._length, self._high, self._low, self._is_full = deque(), 0, _HIGH, _HIGH // 4, False
        self._closing = self._lost = self._ends = self._paused = False
        self._writer = self._reader = None
        if is_new:
            protocol.connection_made(self)
        if reads:
            self._reader = create_task(self._read())

    def __repr__(self):
        return "<_SocketTransport%s>" % (" closing" if self._closing else "")

    def _given_up(self):
        """The socket, for a transport that goes on in place of this one."""
        self._closing = self._lost = True
        for task in (self._reader, self._writer):
            _cancel(task)
        return self._sock

    # Reading.

    async def _read(self):
        try:
            while not self._closing and not self._paused:
                await core._io_queue.queue_read(self._sock)
                if self._closing or self._paused:
                    break
                try:
                    data = self._receive(_SIZE)
                except (BlockingIOError, InterruptedError):
                    continue
                if data is None:
                    continue
                if not data:
                    if not self._protocol.eof_received():
                        self.close()
                    return
                self._deliver(data)
        except CancelledError:
            pass
        except OSError as error:
            self._fail(error)

    def _deliver(self, data):
        protocol = self._protocol
        if not hasattr(protocol, "get_buffer"):
            protocol.data_received(data)
            return
        rest = memoryview(data)
        while rest:
            room = memoryview(protocol.get_buffer(len(rest)))
            count = min(len(room), len(rest))
            room[:count] = rest[:count]
            protocol.buffer_updated(count)
            rest = rest[count:]

    def is_reading(self):
        return not self._closing and not self._paused

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            _cancel(self._reader)

    def resume_reading(self):
        if self._paused and not self._closing:
            self._paused = False
            self._reader = create_task(self._read())

    # Writing.

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("data argument must be a bytes-like object, not %r" % type(data).__name__)
        if self._ends:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data or self._lost:
            return
        rest = memoryview(data)
        if not self._waiting:
            try:
                rest = rest[self._transmit(rest) or 0 :]
            except (BlockingIOError, InterruptedError):
                pass
            except OSError as error:
                self._fail(error)
                return
            if not rest:
                return
        self._waiting.append(memoryview(bytes(rest)))
        self._length += len(rest)
        if self._length > self._high and not self._is_full:
            self._is_full = True
            self._protocol.pause_writing()
        if self._writer is None:
            self._writer = create_task(self._write())

    async def _write(self):
        try:
            while self._waiting:
                await core._io_queue.queue_write(self._sock)
                first = self._waiting[0]
                try:
                    count = self._transmit(first) or 0
                except (BlockingIOError, InterruptedError):
                    continue
                self._length -= count
                if count == len(first):
                    self._waiting.popleft()
                else:
                    self._waiting[0] = first[count:]
                if self._is_full and self._length <= self._low:
                    self._is_full = False
                    self._protocol.resume_writing()
        except CancelledError:
            return
        except OSError as error:
            self._fail(error)
            return
        finally:
            self._writer = None
        if self._ends:
            self._shut()
        if self._closing:
            self._lose(None)

    def get_write_buffer_size(self):
        return self._length

    def get_write_buffer_limits(self):
        return self._low, self._high

    def set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = _HIGH if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError("high (%r) must be >= low (%r) must be >= 0" % (high, low))
        self._high, self._low = high, low

    def can_write_eof(self):
        return "ssl_object" not in self._extra

    def write_eof(self):
        if not self._ends and not self._closing:
            self._ends = True
            if not self._waiting:
                self._shut()

    def _shut(self):
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except (AttributeError, OSError):
            pass

    # The end.

    def is_closing(self):
        return self._closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        _cancel(self._reader)
        if not self._waiting:
            self._lose(None)

    def abort(self):
        self._fail(None)

    def _fail(self, error):
        self._closing = True
        self._waiting.clear()
        self._length = 0
        for task in (self._reader, self._writer):
            _cancel(task)
        self._lose(error)

    def _lose(self, error):
        if not self._lost:
            self._lost = True
            self._loop.call_soon(self._end, error)

    def _end(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._sock.close()
            if self._server is not None:
                self._server._left(self)
                self._server = None

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol


class Server(AbstractServer):
    """Sockets that listen: every connection gets a protocol."""

    def __init__(self, loop, sockets, protocol_factory, ssl, backlog, path=None):
        self._loop, self._sockets, self._factory, self._ssl, self._backlog = loop, sockets, protocol_factory, ssl, backlog
        self._path = path  # of a socket in the file system, which goes with the server
        self._tasks, self._connections, self._closed, self._over = [], set(), False, loop.create_future()

    def __repr__(self):
        return "<Server sockets=%r>" % (self.sockets,)

    @property
    def sockets(self):
        return () if self._closed else tuple(self._sockets)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return bool(self._tasks) and not self._closed

    async def start_serving(self):
        if self._tasks or self._closed:
            return
        for sock in self._sockets:
            sock.setblocking(False)
            sock.listen(self._backlog)
            self._tasks.append(create_task(self._accept(sock)))
        await core.sleep_ms(0)

    async def _accept(self, listener):
        try:
            while not self._closed:
                connection, _ = await self._loop.sock_accept(listener)
                try:
                    transport, _ = await self._loop._carried(connection, self._factory, self._ssl, True, None)
                except OSError as error:
                    connection.close()
                    self._loop.call_exception_handler({"message": "Error on accepting a connection", "exception": error})
                    continue
                transport._server = self
                self._connections.add(transport)
        except CancelledError:
            pass

    def _left(self, transport):
        self._connections.discard(transport)
        self._look()

    def _look(self):
        if self._closed and not self._connections and not self._over.done():
            self._over.set_result(None)

    def close(self):
        if self._closed:
            return
        self._closed = True
        for task in self._tasks:
            _cancel(task)
        for sock in self._sockets:
            sock.close()
        if self._path is not None:
            _remove_socket(self._path)
        self._look()

    def close_clients(self):
        for transport in list(self._connections):
            transport.close()

    def abort_clients(self):
        for transport in list(self._connections):
            transport.abort()

    async def serve_forever(self):
        await self.start_serving()
        try:
            await self._loop.create_future()
        finally:
            self.close()

    async def wait_closed(self):
        # Whoever is cancelled here ends the wait of nobody else; but a server that nobody has closed ends, as in MicroPython.
        try:
            await shield(self._over)
        except CancelledError:
            self.close()
            raise

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.close()
        await self.wait_closed()


class _DatagramTransport(DatagramTransport):
    """Datagrams between a socket and a protocol."""

    def __init__(self, loop, sock, protocol, peer):
        super().__init__(_told(sock, peer))
        self._loop, self._sock, self._protocol, self._peer, self._closing = loop, sock, protocol, peer, False
        protocol.connection_made(self)
        self._reader = create_task(self._read())

    async def _read(self):
        try:
            while not self._closing:
                await core._io_queue.queue_read(self._sock)
                if self._closing:
                    break
                try:
                    data, address = self._sock.recvfrom(_SIZE)
                except (BlockingIOError, InterruptedError):
                    continue
                except OSError as error:
                    self._protocol.error_received(error)
                    continue
                self._protocol.datagram_received(data, address)
        except CancelledError:
            pass

    def sendto(self, data, addr=None):
        try:
            if self._peer is not None:
                self._sock.send(data)
            else:
                self._sock.sendto(data, addr)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._protocol.error_received(error)

    def is_closing(self):
        return self._closing

    def close(self):
        if not self._closing:
            self._closing = True
            _cancel(self._reader)
            self._loop.call_soon(self._end)

    abort = close

    def _end(self):
        try:
            self._protocol.connection_lost(None)
        finally:
            self._sock.close()

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol
