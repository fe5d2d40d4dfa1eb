"""A loop that waits for files: it watches them, and carries bytes between sockets and protocols.

Of every file that is watched the selector keeps two places: the handle that is due when it can be read, and that for when it can be written.
The methods for sockets try, and wait for such a handle when they came too early; transports do so without a task. TLS is a socket over a
socket (`ssl`), which says by itself what it waits for: its transport is that of plain sockets.
"""

import errno
import selectors
import socket
import warnings
import weakref
from collections import deque

from asyncio import base_events, constants, events, futures, protocols, tasks, transports, trsock
from asyncio.log import logger

__all__ = ("BaseSelectorEventLoop",)

# What says "not yet".
_EARLY = (BlockingIOError, InterruptedError)
# The places that the selector keeps of a file, and its own numbers for them.
_READ, _WRITE = 0, 1
_EVENTS = (selectors.EVENT_READ, selectors.EVENT_WRITE)
# No more descriptors or no more memory: others may give some back.
_SHORTAGES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS)
# Pieces below this size are sent together.
_PIECE = 1 << 16


class _Bell:
    """Ends a loop's wait from another thread: a byte goes from one socket to another."""

    def __init__(self):
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        self.number = self._inside.fileno()

    def ring(self):
        try:
            self._outside.send(b"\0")
        except _EARLY:
            # It rings already.
            pass

    def silence(self):
        try:
            while len(self._inside.recv(_PIECE)) == _PIECE:
                pass
        except _EARLY:
            pass

    def close(self):
        self._inside.close()
        self._outside.close()


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """A loop over a selector."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.PollSelector() if selector is None else selector
        # By the number of the socket; who closes a transport need not think of this.
        self._transports = weakref.WeakValueDictionary()
        self._bell = _Bell()
        self._watch(self._bell.number, _READ, self._bell.silence)

    def close(self):
        was_closed = self._closed
        super().close()
        if not was_closed:
            self._bell.close()
            self._selector.close()
            self._selector = None

    def _write_to_self(self):
        try:
            self._bell.ring()
        except OSError:
            # The loop was closed meanwhile, perhaps.
            if self._debug:
                logger.debug("%r cannot be woken", self, exc_info=True)

    # Watching.

    def _process_events(self, event_list):
        for key, happened in event_list:
            for event, handle in zip(_EVENTS, key.data):
                if happened & event and handle is not None:
                    self._add_callback(handle)

    def _watch(self, file, which, callback, *args):
        """Calls a function whenever a file is ready, in place of what was called before; its handle."""
        self._check_closed()
        handle, event = events.Handle(callback, args, self, None), _EVENTS[which]
        key = self._selector.get_map().get(file)
        places = [None, None] if key is None else key.data
        if key is None:
            self._selector.register(file, event, places)
        elif places[which] is not None:
            places[which].cancel()
        else:
            self._selector.modify(file, key.events | event, places)
        places[which] = handle
        return handle

    def _unwatch(self, file, which):
        """Whether a file was watched, which it is no longer."""
        key = None if self._closed else self._selector.get_map().get(file)
        if key is None or key.data[which] is None:
            return False
        left = key.events & ~_EVENTS[which]
        if left:
            self._selector.modify(file, left, key.data)
        else:
            self._selector.unregister(file)
        key.data[which].cancel()
        key.data[which] = None
        return True

    def _free(self, file):
        """The file, unless a transport has it: what comes there, and what goes, is that one's alone."""
        if isinstance(file, int):
            number = file
        elif hasattr(file, "ioctl") and not hasattr(file, "fileno"):
            # A stream as MicroPython has them needs no descriptor.
            return file
        else:
            number = selectors._fileobj_to_fd(file)
        transport = self._transports.get(number)
        if transport is not None and not transport.is_closing():
            raise RuntimeError("File descriptor %r is used by transport %r" % (file, transport))
        return file

    def add_reader(self, fd, callback, *args):
        self._watch(self._free(fd), _READ, callback, *args)

    def remove_reader(self, fd):
        return self._unwatch(self._free(fd), _READ)

    def add_writer(self, fd, callback, *args):
        self._watch(self._free(fd), _WRITE, callback, *args)

    def remove_writer(self, fd):
        return self._unwatch(self._free(fd), _WRITE)

    # The same for the other parts of the loop, which know whose a file is.

    def _add_reader(self, fd, callback, *args):
        return self._watch(fd, _READ, callback, *args)

    def _remove_reader(self, fd):
        return self._unwatch(fd, _READ)

    def _add_writer(self, fd, callback, *args):
        return self._watch(fd, _WRITE, callback, *args)

    def _remove_writer(self, fd):
        return self._unwatch(fd, _WRITE)

    # Sockets.

    def _check_sock(self, sock):
        base_events._check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    def _readiness(self, sock, which):
        """A future that is done when a socket is ready; it is watched until then, or until nobody waits."""
        future = self.create_future()
        handle = self._watch(self._free(sock), which, futures._set_result_unless_cancelled, future, None)

        def leave(_):
            # Another one may have taken the place.
            if not handle.cancelled():
                self._unwatch(sock, which)

        future.add_done_callback(leave)
        return future

    async def _once_ready(self, sock, which, function, *args):
        """What a function answers that may be called too early."""
        while True:
            try:
                return function(*args)
            except _EARLY:
                pass
            await self._readiness(sock, which)

    async def _operate(self, sock, which, function, *args):
        self._check_sock(sock)
        return await self._once_ready(sock, which, function, *args)

    async def sock_recv(self, sock, n):
        return await self._operate(sock, _READ, sock.recv, n)

    async def sock_recv_into(self, sock, buf):
        return await self._operate(sock, _READ, sock.recv_into, buf)

    async def sock_recvfrom(self, sock, bufsize):
        return await self._operate(sock, _READ, sock.recvfrom, bufsize)

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        data, address = await self.sock_recvfrom(sock, nbytes or len(buf))
        memoryview(buf)[: len(data)] = data
        return len(data), address

    async def sock_sendall(self, sock, data):
        rest = memoryview(data)
        while rest:
            rest = rest[await self._operate(sock, _WRITE, sock.send, rest) :]

    async def sock_sendto(self, sock, data, address):
        return await self._operate(sock, _WRITE, sock.sendto, data, address)

    async def sock_accept(self, sock):
        connection, address = await self._operate(sock, _READ, sock.accept)
        connection.setblocking(False)
        return connection, address

    async def sock_connect(self, sock, address):
        self._check_sock(sock)
        if isinstance(address, tuple) and sock.family in (socket.AF_INET, socket.AF_INET6):
            infos = await self._ensure_resolved(address, family=sock.family, type=sock.type, proto=sock.proto)
            address = infos[0][4]
        try:
            sock.connect(address)
            return
        except _EARLY:
            pass
        await self._readiness(sock, _WRITE)
        failure = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failure:
            raise OSError(failure, "Connect call failed %s" % (address,))

    # Connections.

    def _transport(self, sock, context, protocol, server=None, is_new=True):
        """A transport over a connected socket; over one that encrypts, if there is a context by which it does."""
        if context is not None:
            return _SSLProtocolTransport(self, sock, context, protocol, server, is_new)
        return _SelectorSocketTransport(self, self._free(sock), protocol, server=server)

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        return _SelectorDatagramTransport(self, self._free(sock), protocol, address, waiter, extra)

    async def _carried(self, sock, protocol_factory, ssl, server_side, hostname, handshake_timeout=None, server=None):
        """A transport over a socket, and its protocol, which has learned of it when this returns."""
        sock.setblocking(False)
        context = None
        try:
            if ssl:
                sock, context = await self._encrypted(sock, ssl, server_side, hostname, handshake_timeout)
            transport = self._transport(sock, context, protocol_factory(), server)
        except BaseException:
            sock.close()
            raise
        return await self._announced(transport)

    async def _announced(self, transport):
        """A transport and its protocol, which has learned of it when this returns."""
        protocol = transport.get_protocol()
        try:
            # `connection_made` is called first in the next turn.
            await tasks.sleep(0)
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def _encrypted(self, sock, ssl, server_side, hostname, timeout):
        """A socket over this one that encrypts and has greeted, with the context by which it does."""
        if timeout is None:
            timeout = constants.SSL_HANDSHAKE_TIMEOUT
        elif timeout <= 0:
            raise ValueError("ssl_handshake_timeout should be a positive number, got %s" % timeout)
        context = _default_context(server_side) if ssl is True else ssl
        name = {} if server_side else {"server_hostname": hostname}
        encrypted = context.wrap_socket(sock, server_side=server_side, do_handshake_on_connect=False, **name)
        try:
            # In either direction: it knows by itself what it waits for.
            await tasks.wait_for(self._once_ready(encrypted, _READ, encrypted.do_handshake), timeout)
        except TimeoutError:
            raise ConnectionAbortedError("SSL handshake is taking longer than %s seconds: aborting the connection" % timeout) from None
        return encrypted, context

    async def start_tls(
        self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None
    ):
        import ssl

        if not isinstance(sslcontext, ssl.SSLContext):
            raise TypeError("sslcontext is expected to be an instance of ssl.SSLContext, got %r" % (sslcontext,))
        if not getattr(transport, "_start_tls_compatible", False):
            raise TypeError("transport %r is not supported by start_tls()" % (transport,))
        sock = await transport._give_up()
        server, transport._server = transport._server, None
        try:
            sock, context = await self._encrypted(sock, sslcontext, server_side, server_hostname, ssl_handshake_timeout)
            return self._transport(sock, context, protocol, server, is_new=False)
        except BaseException:
            sock.close()
            raise
        finally:
            # After the new one has come, so that the server is never without a connection.
            if server is not None:
                server._detach(transport)

    # Servers.

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        async def welcome(connection):
            try:
                await self._carried(connection, protocol_factory, sslcontext, True, None, ssl_handshake_timeout, server)
            except Exception as error:
                # A peer that greets badly concerns nobody else.
                if self._debug or not (sslcontext and isinstance(error, OSError)):
                    self.call_exception_handler({"message": "Error on transport creation for incoming connection", "exception": error})

        self._watch(sock, _READ, self._accept, sock, backlog, welcome)

    def _accept(self, sock, backlog, welcome):
        """Takes all that wait, up to `backlog`."""
        try:
            for _ in range(backlog + 1):
                self.create_task(welcome(sock.accept()[0]))
        except (*_EARLY, ConnectionAbortedError):
            pass
        except OSError as error:
            if error.errno not in _SHORTAGES:
                raise
            self.call_exception_handler(
                {"message": "socket.accept() out of system resource", "exception": error, "socket": trsock.TransportSocket(sock)})
            self._unwatch(sock, _READ)
            self.call_later(constants.ACCEPT_RETRY_DELAY, self._accept_again, sock, backlog, welcome)

    def _accept_again(self, sock, *rest):
        # The server may have been closed meanwhile.
        if sock.fileno() != -1:
            self._watch(sock, _READ, self._accept, sock, *rest)

    def _stop_serving(self, sock):
        self._unwatch(sock, _READ)
        sock.close()


def _default_context(server_side):
    import ssl

    if server_side:
        raise ValueError("Server side SSL needs a valid SSLContext")
    # As MicroPython's, which has no authorities to ask.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _check_bytes(data):
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError("data argument must be a bytes-like object, not %r" % type(data).__name__)


def _address(sock, which):
    try:
        return getattr(sock, which)()
    except (AttributeError, OSError):
        return None


class _Carrier(transports._FlowControlMixin):
    """What transports over sockets share: what waits to be sent, errors, the end, and what is told of them.

    One is open; then closing, when what waits is still sent; then it has ended: the protocol is told so in the next turn, and the socket is
    closed. Subclasses say what to do when something has come (`_come`), and how a piece is sent (`_send`).
    """

    max_size = 256 * 1024
    _start_tls_compatible = False
    _sock = _server = None

    def __init__(self, loop, sock, protocol, waiter, extra, server=None, below=None, is_new=True):
        """`below` is the plain socket, if `sock` is one that encrypts."""
        super().__init__(dict(extra or ()), loop)
        plain = sock if below is None else below
        self._extra["socket"] = trsock.TransportSocket(plain)
        for name in ("sockname", "peername"):
            self._extra.setdefault(name, _address(plain, "get" + name))
        self._sock, self._number = sock, plain.fileno()
        # A socket that encrypts is asked itself: it may hold something back.
        self._file = self._number if below is None else sock
        self._outbox, self._unsent, self._unheard = deque(), 0, 0
        self._closing = self._ended = self._paused = False
        self.set_protocol(protocol)
        if server is not None:
            self._server = server
            server._attach(self)
        loop._transports[self._number] = self
        if is_new:
            loop.call_soon(protocol.connection_made, self)
        # Nothing comes before the protocol knows of the connection.
        loop.call_soon(self._listen)
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        told = type(self).__name__ + (" closed" if self._sock is None else " closing" if self._closing else "") + " fd=%s" % self._number
        if self._loop is not None and not self._loop.is_closed():
            key = self._loop._selector.get_map().get(self._file)
            states = ["polling" if key is not None and key.events & event else "idle" for event in _EVENTS]
            told += " read=%s write=<%s, bufsize=%s>" % (*states, self._unsent)
        return "<%s>" % told

    def __del__(self):
        if self._sock is not None:
            warnings.warn("unclosed transport %r" % (self,), ResourceWarning, source=self)
            self._sock.close()

    def _note(self, what, **keywords):
        if self._loop.get_debug():
            logger.debug("%r " + what, self, **keywords)

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol

    # Calls that may fail.

    def _try(self, doing, function, *args):
        """What a socket's function answers; None if it is not ready, or after an error, which ends the transport."""
        try:
            return function(*args)
        except _EARLY:
            return None
        except Exception as error:
            return self._fail(error, "Fatal %s error on %s transport" % (doing, self._kind))

    def _ask(self, name, *args):
        """What a method of the protocol answers; None after an error, which ends the transport."""
        try:
            return getattr(self._protocol, name)(*args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            return self._fail(error, "Fatal error: protocol.%s() call failed." % name)

    def _fail(self, error, message):
        if isinstance(error, OSError):
            self._note(message, exc_info=True)
        else:
            self._loop.call_exception_handler({"message": message, "exception": error, "transport": self, "protocol": self._protocol})
        self._break(error)

    # Receiving.

    def _listen(self):
        if self.is_reading():
            self._loop._watch(self._file, _READ, self._come)

    def is_reading(self):
        return not (self._closing or self._paused)

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            self._loop._unwatch(self._file, _READ)
            self._note("pauses reading")

    def resume_reading(self):
        if self._paused and not self._closing:
            self._paused = False
            self._listen()
            self._note("resumes reading")

    # Sending.

    def get_write_buffer_size(self):
        return self._unsent

    def _is_unheard(self):
        """Whether nobody gets what is sent any more. Who goes on all the same is told, after a while."""
        if self._ended:
            self._unheard += 1
            if self._unheard >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("socket.send() raised exception.")
        return self._ended

    def _post(self, data, address=None):
        """Sends at once, unless something waits already; what does not go waits."""
        if not self._outbox:
            data = self._send(data, address)
            if data is None or self._ended:
                return
            self._loop._watch(self._file, _WRITE, self._pump)
        # The caller may change it afterwards.
        self._outbox.append((bytes(data), address))
        self._unsent += len(data)
        self._maybe_pause_protocol()

    def _take(self):
        """What is sent next."""
        return self._outbox.popleft()

    def _pump(self):
        """Sends what waits."""
        while self._outbox:
            data, address = self._take()
            self._unsent -= len(data)
            rest = self._send(data, address)
            if self._ended:
                return
            if rest is not None:
                self._outbox.appendleft((rest, address))
                self._unsent += len(rest)
                break
        self._maybe_resume_protocol()
        if not self._outbox and not self._ended:
            self._loop._unwatch(self._file, _WRITE)
            self._pumped()

    def _pumped(self):
        """Nothing waits any more."""
        if self._closing:
            self._end(None)

    # The end.

    def is_closing(self):
        return self._closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        if self._outbox:
            self._loop._unwatch(self._file, _READ)
        else:
            self._end(None)

    def abort(self):
        self._break(None)

    def _break(self, error):
        """Ends without what waits to be sent."""
        if not self._ended:
            self._closing = True
            self._outbox.clear()
            self._unsent = 0
            self._end(error)

    def _end(self, error):
        self._ended = True
        for which in (_READ, _WRITE):
            self._loop._unwatch(self._file, which)
        self._loop.call_soon(self._lose, error)

    def _lose(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._sock.close()
            self._sock = self._file = self._protocol = self._loop = None
            server, self._server = self._server, None
            if server is not None:
                server._detach(self)


class _SelectorSocketTransport(_Carrier):
    """Bytes between a connected socket and a protocol."""

    _kind = "socket"
    _start_tls_compatible = _sendfile_compatible = True
    _eof = _is_sending_file = False
    _drained = None  # a future, for who waits until all is sent

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None, below=None, is_new=True):
        super().__init__(loop, sock, protocol, waiter, extra, server, below, is_new)
        base_events._set_nodelay(sock if below is None else below)

    def set_protocol(self, protocol):
        super().set_protocol(protocol)
        self._is_buffered = isinstance(protocol, protocols.BufferedProtocol)

    # Receiving.

    def _come(self):
        if self._is_buffered:
            self._come_into_buffer()
            return
        data = self._try("read", self._sock.recv, self.max_size)
        if data:
            self._ask("data_received", data)
        elif data is not None:
            self._come_to_end()

    def _come_into_buffer(self):
        """The system writes where the protocol says."""
        room = self._ask("get_buffer", -1)
        if self._ended:
            return
        if room is None or not len(room):
            self._fail(RuntimeError("get_buffer() returned an empty buffer"), "Fatal error: protocol.get_buffer() call failed.")
            return
        count = self._try("read", self._sock.recv_into, room)
        if count:
            self._ask("buffer_updated", count)
        elif count is not None:
            self._come_to_end()

    def _come_to_end(self):
        self._note("received EOF")
        if self._ask("eof_received"):
            # The other direction stays open.
            self._loop._unwatch(self._file, _READ)
        else:
            self.close()

    # Sending.

    def write(self, data):
        _check_bytes(data)
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._is_sending_file:
            raise RuntimeError("unable to write; sendfile is in progress")
        self._write(data)

    def _write(self, data):
        if data and not self._is_unheard():
            self._post(data)

    def _send(self, data, _):
        # Of a socket that encrypts, None says that it is not ready.
        sent = self._try("write", self._sock.send, data)
        return memoryview(data)[sent or 0 :] if not sent or sent < len(data) else None

    def _take(self):
        first, address = self._outbox.popleft()
        parts, size = [first], len(first)
        while self._outbox and size < _PIECE:
            parts.append(self._outbox.popleft()[0])
            size += len(parts[-1])
        return (b"".join(parts) if len(parts) > 1 else first), address

    def _pumped(self):
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        if self._eof:
            self._shut()
        super()._pumped()

    def can_write_eof(self):
        return True

    def write_eof(self):
        if not (self._closing or self._eof):
            self._eof = True
            if not self._outbox:
                self._shut()

    def _shut(self):
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _lose(self, error):
        super()._lose(error)
        if self._drained is not None and not self._drained.done():
            self._drained.set_exception(error or ConnectionError("Connection is closed by peer"))

    # For who needs to know that all was sent.

    async def _until_sent(self):
        if self._ended:
            raise ConnectionError("Connection closed by peer")
        if self._outbox:
            self._drained = self._loop.create_future()
            try:
                await self._drained
            finally:
                self._drained = None

    async def _send_file(self, file, offset, count):
        """Sends a file, while nothing else may be written; how much of it."""

        async def send(part):
            if self._closing:
                raise ConnectionError("Connection closed by peer")
            self._write(part)
            await self._until_sent()

        was_reading, self._is_sending_file = self.is_reading(), True
        self.pause_reading()
        try:
            return await self._loop._send_parts(send, file, offset, count)
        finally:
            self._is_sending_file = False
            if was_reading:
                self.resume_reading()

    async def _give_up(self):
        """The socket, for a transport that goes on in place of this one. What was written goes before."""
        if self._closing:
            raise RuntimeError("Transport is closing")
        self._loop._unwatch(self._file, _READ)
        try:
            await self._until_sent()
        except BaseException:
            self.abort()
            raise
        self._closing = self._ended = True
        sock, self._sock = self._sock, None
        return sock


class _SSLProtocolTransport(_SelectorSocketTransport):
    """The same over a socket that encrypts. It has no end of one direction alone."""

    def __init__(self, loop, sock, context, protocol, server=None, is_new=True):
        extra = {"ssl_object": sock, "sslcontext": context, "cipher": sock.cipher(), "compression": None, "peercert": sock.getpeercert()}
        super().__init__(loop, sock, protocol, None, extra, server, sock.unwrap(), is_new)

    async def _give_up(self):
        raise RuntimeError("TLS over TLS is not there")

    def can_write_eof(self):
        return False

    def write_eof(self):
        raise NotImplementedError("a TLS connection is closed in both directions at once")


class _SelectorDatagramTransport(_Carrier, transports.DatagramTransport):
    """Datagrams between a socket and a protocol."""

    _kind = "datagram"

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, waiter, extra)
        # One that may broadcast has an address to send to, and yet is not connected.
        self._address, self._is_connected = address, self._extra["peername"] is not None
        if not self._is_connected:
            self._extra["peername"] = address

    def _fail(self, error, message):
        if not isinstance(error, OSError):
            return super()._fail(error, message)
        # It concerns one datagram, which is done with by that.
        self._protocol.error_received(error)
        return ()

    def _come(self):
        received = self._try("read", self._sock.recvfrom, self.max_size)
        if received:
            self._protocol.datagram_received(*received)

    def sendto(self, data, addr=None):
        _check_bytes(data)
        if self._address:
            if addr not in (None, self._address):
                raise ValueError("Invalid address: must be None or %s" % (self._address,))
            addr = self._address
        if not self._is_unheard():
            self._post(data, addr)

    def _send(self, data, address):
        sent = self._try("write", self._sock.send, data) if self._is_connected else self._try("write", self._sock.sendto, data, address)
        return data if sent is None else None
