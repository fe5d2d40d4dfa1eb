"""The loop: what is due is called, then files and the clock are waited for.

A loop belongs to the thread that runs it. It is put together of parts: what it hands to threads (`_Threads`), what it does with
addresses and sockets (`_Network`), and its turns (`BaseEventLoop`). What waits for files is the business of `selector_events`.
"""

import collections
import concurrent.futures
import functools
import heapq
import math
import os
import socket
import sys
import time
import traceback
import warnings
import weakref
from _thread import get_ident

from asyncio import coroutines, events, exceptions, futures, tasks
from asyncio.events import Handle, TimerHandle
from asyncio.exceptions import CancelledError
from asyncio.log import logger

__all__ = ("BaseEventLoop", "Server")

# A wait is never longer than a day: some systems take no longer one.
_LONGEST_WAIT = 24 * 3600
# So many timers may be cancelled before anybody looks how many are left.
_MANY_CANCELLED = 50
_FILE_PART = 1 << 16


# Timers.


class _Timers:
    """Functions with a time, the next one first; of the same time, the one that was set first."""

    def __init__(self):
        self.heap, self.cancelled, self._number = [], 0, 0

    def add(self, timer):
        self._number += 1
        heapq.heappush(self.heap, (timer._when, self._number, timer))
        timer._scheduled = True

    def _take(self):
        timer = heapq.heappop(self.heap)[2]
        timer._scheduled = False
        if timer._cancelled:
            self.cancelled -= 1
        return timer

    def _sweep(self):
        """Throws out what is cancelled: timeouts that nobody needed would fill the heap for as long as they were set for."""
        kept = []
        for entry in self.heap:
            if entry[2]._cancelled:
                entry[2]._scheduled = False
            else:
                kept.append(entry)
        heapq.heapify(kept)
        self.heap[:] = kept
        self.cancelled = 0

    def next(self):
        """The time of the next one that is not cancelled."""
        heap = self.heap
        if self.cancelled > _MANY_CANCELLED and 2 * self.cancelled > len(heap):
            self._sweep()
        while heap and heap[0][2]._cancelled:
            self._take()
        return heap[0][0] if heap else None

    def due(self, end):
        heap = self.heap
        while heap and heap[0][0] < end:
            yield self._take()


# What the loop is given.


def _check_callback(callback, method):
    if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
        raise TypeError("coroutines cannot be used with %s()" % method)
    if not callable(callback):
        raise TypeError("a callable object was expected by %s(), got %r" % (method, callback))


def _check_factory(factory, message):
    if factory is not None and not callable(factory):
        raise TypeError(message)
    return factory


class _NoContext:
    """The context of what the loop calls for itself."""

    def run(self, function, *args):
        return function(*args)

    def copy(self):
        return self


_no_context = _NoContext()
# Steps in these files say nothing of where a program asked for something.
_INNER = {events.Handle.__init__.__code__.co_filename, _check_callback.__code__.co_filename}


def _placed(thing):
    """A handle or a task whose traceback ends where the program called the loop."""
    steps = thing._source_traceback
    while steps and steps[-1].filename in _INNER:
        del steps[-1]
    return thing


def _attempt(function, *args):
    """Calls a function, and returns its error, if it has one that does not end the program."""
    try:
        function(*args)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        return error


class _Threads:
    """What a loop hands to threads."""

    _default_executor, _executor_is_shut = None, False

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self._debug:
            _check_callback(func, "run_in_executor")
        pool = self._pool() if executor is None else executor
        return futures.wrap_future(pool.submit(func, *args), loop=self)

    def _pool(self):
        if self._executor_is_shut:
            raise RuntimeError("Executor shutdown has been called")
        if self._default_executor is None:
            self._default_executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix="asyncio")
        return self._default_executor

    def set_default_executor(self, executor):
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Waits until the threads have done what they were given; a thread of its own does the waiting."""
        self._executor_is_shut = True
        pool = self._default_executor
        if pool is None:
            return
        closer = concurrent.futures.ThreadPoolExecutor(1)
        try:
            await tasks.wait_for(self.run_in_executor(closer, pool.shutdown), timeout)
        except TimeoutError:
            warnings.warn("The executor did not finishing joining its threads within %s seconds." % timeout, RuntimeWarning, stacklevel=2)
            pool.shutdown(wait=False)
        finally:
            closer.shutdown(wait=False)

    def _leave_executor(self):
        pool, self._default_executor, self._executor_is_shut = self._default_executor, None, True
        if pool is not None:
            pool.shutdown(wait=False)

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)


# Sockets and their addresses.


class _Opening:
    """Opens sockets, and closes them again if the work that they are for fails."""

    def __init__(self):
        self.sockets = []

    def __call__(self, family, kind, proto):
        sock = socket.socket(family, kind, proto)
        self.sockets.append(sock)
        sock.setblocking(False)
        return sock

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            for sock in self.sockets:
                sock.close()


def _switch_on(sock, **options):
    """Sets options of a socket, named as those of the system are: the ones that are wanted."""
    for name, is_wanted in options.items():
        if not is_wanted:
            continue
        number = getattr(socket, "SO_" + name.upper(), None)
        if name != "reuseport":
            sock.setsockopt(socket.SOL_SOCKET, number, 1)
            continue
        # Not every system has this one.
        problem = "reuse_port not supported by socket module"
        if number is None:
            raise ValueError(problem)
        try:
            sock.setsockopt(socket.SOL_SOCKET, number, 1)
        except OSError:
            raise ValueError(problem + ", SO_REUSEPORT defined but not implemented.") from None


def _set_nodelay(sock):
    """Small writes go at once."""
    if getattr(sock, "family", None) in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            # Its peer has left already.
            pass


def _bind(sock, address):
    try:
        sock.bind(address)
    except OSError as error:
        reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
        raise OSError(error.errno, "error while attempting to bind on address %r: %s" % (address, reason)) from None


def _bind_any(sock, infos):
    """Binds to the first address of the socket's family that can be had."""
    failure = OSError("no matching local address with family=%r found" % (sock.family,))
    for info in infos:
        if info[0] == sock.family:
            try:
                return _bind(sock, info[4])
            except OSError as error:
                failure = error
    raise failure


def _check_ssl_socket(sock):
    import ssl

    if isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")


def _check_stream_socket(sock):
    if sock.type != socket.SOCK_STREAM:
        raise ValueError("A Stream Socket was expected, got %r" % (sock,))


def _check_tls(ssl, **given):
    """What only an encrypted connection needs is not said of others."""
    for name, value in given.items():
        if value is not None and not ssl:
            raise ValueError("%s is only meaningful with ssl" % name)


def _has_address(host, port, sock, neither):
    """Whether an address is given; else it must be a socket, never both."""
    if sock is not None:
        _check_ssl_socket(sock)
    if host is None and port is None:
        if sock is None:
            raise ValueError(neither)
        _check_stream_socket(sock)
        return False
    if sock is not None:
        raise ValueError("host/port and sock can not be specified at the same time")
    return True


def _interleaved(infos, lead):
    """Addresses such that families take turns, after `lead` of the first one: one that leads nowhere holds up the others less."""
    counts, order = {}, []
    for info in infos:
        index = counts[info[0]] = counts.get(info[0], -1) + 1
        family = list(counts).index(info[0])
        order.append((index if family else max(0, index - lead + 1), family))
    return [infos[place] for place in sorted(range(len(infos)), key=order.__getitem__)]


def _connect_error(errors, all_errors):
    """The error of which all the attempts to connect are the reason."""
    if all_errors:
        return ExceptionGroup("create_connection failed", errors)
    texts = [str(error) for error in errors]
    return errors[0] if len(set(texts)) == 1 else OSError("Multiple exceptions: " + ", ".join(texts))


def _check_sendfile(sock, file, offset, count):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if sock.type != socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    for name, value, least, kind in (("count", 1 if count is None else count, 1, "positive"), ("offset", offset, 0, "non-negative")):
        problem = TypeError if not isinstance(value, int) else ValueError if value < least else None
        if problem is not None:
            raise problem("%s must be a %s integer (got %r)" % (name, kind, value))


class _Network:
    """What a loop does with addresses, and sockets that are not connected yet; how bytes go is up to the loops that derive."""

    async def _ensure_resolved(self, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0, loop=None):
        host, port, *rest = address
        # Numbers need no asking of other computers, and so no thread.
        numbers = flags | socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        try:
            found = socket.getaddrinfo(host, port or 0, family, type, proto, numbers)
        except socket.gaierror:
            found = await self.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)
        else:
            if rest:
                found = [info[:4] + (info[4][:2] + tuple(rest),) if info[0] == socket.AF_INET6 else info for info in found]
        if not found:
            raise OSError("getaddrinfo() returned empty list")
        return found

    # Clients.

    async def create_connection(
        self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None,
        server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None, all_errors=False,
    ):
        _check_tls(
            ssl, server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        if ssl and server_hostname is None:
            if not host:
                raise ValueError("You must set server_hostname when using ssl without a host")
            server_hostname = host
        if _has_address(host, port, sock, "host and port was not specified and no sock specified"):
            look_up = functools.partial(self._ensure_resolved, family=family, type=socket.SOCK_STREAM, proto=proto, flags=flags)
            infos = await look_up((host, port))
            local = None if local_addr is None else await look_up(local_addr)
            if interleave is None and happy_eyeballs_delay is not None:
                interleave = 1
            sock = await self._connected(_interleaved(infos, interleave) if interleave else infos, local, happy_eyeballs_delay, all_errors)
        return await self._carried(sock, protocol_factory, ssl, False, server_hostname, ssl_handshake_timeout)

    async def _connected(self, infos, local, delay, all_errors):
        """A socket that is connected to one of several addresses. With a delay, the next one is tried before the last one has failed."""
        errors = []

        async def attempt(family, kind, proto, _, address):
            try:
                with _Opening() as opening:
                    sock = opening(family, kind, proto)
                    if local is not None:
                        _bind_any(sock, local)
                    await self.sock_connect(sock, address)
                    return sock
            except OSError as error:
                errors.append(error)
                if delay is not None:
                    # What is raised begins the next attempt at once.
                    raise

        attempts = [functools.partial(attempt, *info) for info in infos]
        if delay is not None:
            from asyncio.staggered import staggered_race

            sock = (await staggered_race(attempts, delay, loop=self))[0]
        else:
            sock = None
            while attempts and sock is None:
                sock = await attempts.pop(0)()
        if sock is None:
            raise _connect_error(errors, all_errors)
        return sock

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        _check_stream_socket(sock)
        _check_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        _check_ssl_socket(sock)
        return await self._carried(sock, protocol_factory, ssl, True, None, ssl_handshake_timeout)

    # Servers.

    async def create_server(
        self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None,
        reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
    ):
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        _check_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        sockets = [sock]
        if _has_address(host, port, sock, "Neither host/port nor sock were specified"):
            hosts = [host or None] if host is None or isinstance(host, str) else host
            look_up = functools.partial(self._ensure_resolved, family=family, type=socket.SOCK_STREAM, flags=flags)
            found = await tasks.gather(*[look_up((each, port)) for each in hosts])
            # Two names may lead to one address.
            infos = dict.fromkeys(info for infos in found for info in infos)
            with _Opening() as opening:
                for kind, what, proto, _, address in infos:
                    listener = opening(kind, what, proto)
                    _switch_on(listener, reuseaddr=reuse_address is not False, reuseport=reuse_port, keepalive=keep_alive)
                    if kind == socket.AF_INET6:
                        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                    _bind(listener, address)
            sockets = opening.sockets
        return await self._served(sockets, protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout, start_serving)

    async def _served(self, sockets, protocol_factory, ssl, backlog, handshake_timeout, shutdown_timeout, start_serving, path=None):
        for sock in sockets:
            sock.setblocking(False)
        server = Server(self, sockets, protocol_factory, ssl, backlog, handshake_timeout, shutdown_timeout, path)
        if start_serving:
            await server.start_serving()
        if self._debug:
            logger.info("%r is serving", server)
        return server

    # Datagrams.

    async def create_datagram_endpoint(
        self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_address=None, reuse_port=None,
        allow_broadcast=None, sock=None,
    ):
        remote = None
        if sock is None:
            if reuse_address:
                raise ValueError(
                    "Passing `reuse_address=True` is no longer supported, as the usage of SO_REUSEPORT in UDP poses a significant security"
                    " concern.")
            ways = await self._datagram_ways((local_addr, remote_addr), family, proto, flags)
            sock, remote = await self._datagram_socket(ways, reuse_port, allow_broadcast)
        else:
            if sock.type != socket.SOCK_DGRAM:
                raise ValueError("A UDP Socket was expected, got %r" % (sock,))
            made = dict(
                local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=flags, reuse_port=reuse_port,
                allow_broadcast=allow_broadcast)
            told = ", ".join("%s=%s" % option for option in made.items() if option[1])
            if told:
                raise ValueError("socket modifier keyword arguments can not be used when sock is specified. (%s)" % told)
            sock.setblocking(False)
        protocol, waiter = protocol_factory(), self.create_future()
        transport = self._make_datagram_transport(sock, protocol, remote, waiter)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def _datagram_ways(self, ends, family, proto, flags):
        """The families and protocols that fit both ends that are given, each with the two addresses."""
        given = [address for address in ends if address is not None]
        if family == socket.AF_UNIX:
            if not all(isinstance(address, (str, bytes)) for address in given):
                raise TypeError("string is expected")
            if ends[0]:
                from asyncio.unix_events import _remove_socket

                _remove_socket(ends[0])
            return [(family, proto, *ends)]
        if not given:
            if family == 0:
                raise ValueError("unexpected address family")
            return [(family, proto, None, None)]
        known = []
        for address in given:
            if not isinstance(address, tuple) or len(address) != 2:
                raise TypeError("2-tuple is expected")
            infos = await self._ensure_resolved(address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags)
            known.append({(info[0], info[2]): info[4] for info in infos})
        ways = []
        for way in known[0]:
            if way in known[-1]:
                ways.append((*way, ends[0] and known[0][way], ends[1] and known[-1][way]))
        if not ways:
            raise ValueError("can not get address information")
        return ways

    async def _datagram_socket(self, ways, reuse_port, allow_broadcast):
        """A socket for the first of these that can be had, and the peer that it is for."""
        failure = None
        for family, proto, local, remote in ways:
            try:
                with _Opening() as opening:
                    sock = opening(family, socket.SOCK_DGRAM, proto)
                    _switch_on(sock, reuseport=reuse_port, broadcast=allow_broadcast)
                    if local:
                        sock.bind(local)
                    if remote and not allow_broadcast:
                        await self.sock_connect(sock, remote)
                    return sock, remote
            except OSError as error:
                failure = failure or error
        raise failure

    # Files.

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        _check_sendfile(sock, file, offset, count)
        if not fallback:
            raise exceptions.SendfileNotAvailableError(
                "syscall sendfile is not available for socket %r and file %r combination" % (sock, file))
        return await self._send_parts(functools.partial(self.sock_sendall, sock), file, offset, count)

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        problem = None
        if transport.is_closing():
            problem = "Transport is closing"
        elif getattr(transport, "_sendfile_compatible", None) is None:
            problem = "sendfile is not supported for transport %r" % (transport,)
        elif not fallback:
            problem = "fallback is disabled and native sendfile is not supported for transport %r" % (transport,)
        if problem is not None:
            raise RuntimeError(problem)
        return await transport._send_file(file, offset, count)

    async def _send_parts(self, send, file, offset, count):
        """Sends a file piece by piece; the file is left behind what was sent."""
        place, end = offset, math.inf if count is None else offset + count
        file.seek(place)
        try:
            while place < end:
                part = await self.run_in_executor(None, file.read, min(_FILE_PART, end - place))
                if not part:
                    break
                await send(part)
                place += len(part)
        finally:
            if place > offset:
                file.seek(place)
        return place - offset


class Server(events.AbstractServer):
    """Sockets that listen: every connection gets a protocol."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout, ssl_shutdown_timeout=None, path=None):
        from asyncio.locks import Event

        self._loop, self._listeners, self._backlog = loop, sockets, backlog
        # With these the loop serves each listener.
        self._how = protocol_factory, ssl_context, ssl_handshake_timeout, ssl_shutdown_timeout
        self._path = path  # of a socket in the file system, which goes with the server
        self._serving = self._closed = False
        self._transports, self._over, self._forever = weakref.WeakSet(), Event(), None

    def __repr__(self):
        return "<%s sockets=%r>" % (type(self).__name__, self.sockets)

    def get_loop(self):
        return self._loop

    @property
    def sockets(self):
        from asyncio.trsock import TransportSocket

        return () if self._closed else tuple(map(TransportSocket, self._listeners))

    # Its connections tell it when they begin and end.

    def _attach(self, transport):
        self._transports.add(transport)

    def _detach(self, transport):
        self._transports.discard(transport)
        self._look_if_over()

    def _look_if_over(self):
        if self._closed and not len(self._transports):
            self._over.set()

    def close_clients(self):
        for transport in list(self._transports):
            transport.close()

    def abort_clients(self):
        for transport in list(self._transports):
            transport.abort()

    # Serving.

    def is_serving(self):
        return self._serving

    def _start_serving(self):
        if self._serving:
            return
        if self._closed:
            raise RuntimeError("server %r is closed" % (self,))
        self._serving = True
        factory, context, handshake_timeout, shutdown_timeout = self._how
        for sock in self._listeners:
            sock.listen(self._backlog)
            self._loop._start_serving(factory, sock, context, self, self._backlog, handshake_timeout, shutdown_timeout)

    async def start_serving(self):
        self._start_serving()
        # Whoever connects now is taken in the next turn.
        await tasks.sleep(0)

    async def serve_forever(self):
        if self._forever is not None:
            raise RuntimeError("server %r is already being awaited on serve_forever()" % (self,))
        self._start_serving()
        # It comes to no result: closing cancels it.
        self._forever = self._loop.create_future()
        try:
            await self._forever
        except CancelledError:
            self.close()
            await self.wait_closed()
            raise
        finally:
            self._forever = None

    def close(self):
        if self._closed:
            return
        self._closed, self._serving = True, False
        for sock in self._listeners:
            self._loop._stop_serving(sock)
        if self._path is not None:
            from asyncio.unix_events import _remove_socket

            _remove_socket(self._path)
        if self._forever is not None:
            self._forever.cancel()
        self._look_if_over()

    async def wait_closed(self):
        try:
            await self._over.wait()
        except CancelledError:
            # A server that nobody has closed ends with who waits for it, as in MicroPython.
            self.close()
            raise


def _run_until_complete_cb(future):
    # By this function libraries know the task that a program began with.
    loop = future.get_loop()
    # A loop that was interrupted may come to this in its next life.
    if loop._awaited is future:
        loop.stop()


class BaseEventLoop(_Threads, _Network, events.AbstractEventLoop):
    """A loop without files."""

    _closed = _stopping = _is_waiting = _debug = _generators_are_shut = False
    _thread_id = _exception_handler = _task_factory = _current_handle = _awaited = None
    # A function that takes longer is told of by a loop in debug mode.
    slow_callback_duration = 0.1

    def __init__(self):
        self._ready, self._scheduled, self._generators = collections.deque(), _Timers(), weakref.WeakSet()
        self._lost, self._found = [], None
        self._clock_resolution = time.get_clock_info("monotonic").resolution
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        told = self.is_running(), self.is_closed(), self.get_debug()
        return "<" + type(self).__name__ + " running=%s closed=%s debug=%s>" % told

    def time(self):
        return time.monotonic()

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    # Its life.

    def is_running(self):
        return self._thread_id is not None

    def is_closed(self):
        return self._closed

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_may_run(self):
        self._check_closed()
        if events._get_running_loop() is not None or self.is_running():
            raise RuntimeError(
                "This event loop is already running" if self.is_running() else "Cannot run the event loop while another loop is running")

    def run_forever(self):
        self._check_may_run()
        hooks = sys.get_asyncgen_hooks()
        self._thread_id = get_ident()
        events._set_running_loop(self)
        try:
            sys.set_asyncgen_hooks(self._generator_begins, self._generator_is_left)
            self._run_once()
            while not self._stopping:
                self._run_once()
        finally:
            sys.set_asyncgen_hooks(*hooks)
            events._set_running_loop(None)
            self._thread_id, self._stopping = None, False

    def run_until_complete(self, future):
        self._check_may_run()
        is_given = futures.isfuture(future)
        future = self._awaited = tasks.ensure_future(future, loop=self)
        future.add_done_callback(_run_until_complete_cb)
        if not is_given:
            # An interruption of the loop says more than that the task was left.
            future._log_destroy_pending = False
        try:
            self.run_forever()
        except BaseException:
            if not is_given and future.done() and not future.cancelled():
                # The task's error is the one that is on its way.
                future.exception()
            raise
        finally:
            self._awaited = None
            future.remove_done_callback(_run_until_complete_cb)
        if future.done():
            return future.result()
        raise RuntimeError("Event loop stopped before Future completed.")

    def stop(self):
        """Ends the loop after this turn."""
        self._stopping = True

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if not self._closed:
            if self._debug:
                logger.debug("Close %r", self)
            self._closed = True
            self._ready.clear()
            self._scheduled.heap.clear()
            self._leave_executor()

    def __del__(self):
        if not (self.is_closed() or self.is_running()):
            warnings.warn("unclosed event loop %r" % (self,), ResourceWarning, source=self)
            self.close()

    # A turn.

    def _run_once(self):
        """Waits until something is to be done, and calls what was due when the wait was over."""
        self._wait()
        ready = self._ready
        # What these ask for comes in the next turn, so that files get theirs.
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                if self._debug:
                    self._run_watched(handle)
                else:
                    handle._run()

    def _wait(self):
        ready, timers = self._ready, self._scheduled
        next_time, timeout = timers.next() if timers.heap else None, None
        # From here on whoever calls from an interrupt writes to the pipe; what came before is seen below.
        self._is_waiting = True
        try:
            if ready or self._stopping:
                timeout = 0
            elif next_time is not None:
                timeout = min(max(next_time - self.time(), 0), _LONGEST_WAIT)
            happened = self._selector.select(timeout)
        finally:
            self._is_waiting = False
        self._process_events(happened)
        if next_time is not None:
            # The clock may tick a little before what was set.
            ready.extend(timers.due(self.time() + self._clock_resolution))

    def _run_watched(self, handle):
        self._current_handle, start = handle, self.time()
        try:
            handle._run()
        finally:
            self._current_handle = None
        took = self.time() - start
        if took >= self.slow_callback_duration:
            owner = getattr(handle._callback, "__self__", None)
            logger.warning("Executing %s took %.3f seconds", repr(owner if isinstance(owner, tasks.Task) else handle), took)

    def _process_events(self, event_list):
        raise NotImplementedError

    def _write_to_self(self):
        """Ends the wait of the loop, from whatever thread."""
        raise NotImplementedError

    # What is asked of it.

    def _check_call(self, callback, method, of_any_thread=False):
        self._check_closed()
        if self._debug:
            if not of_any_thread and self._thread_id not in (None, get_ident()):
                raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")
            _check_callback(callback, method)

    def call_soon(self, callback, *args, context=None):
        if self._closed or self._debug:
            self._check_call(callback, "call_soon")
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        if self._is_waiting:
            # The call comes from an interrupt's or a signal's function, in the middle of waiting.
            self._write_to_self()
        return _placed(handle) if self._debug else handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_call(callback, "call_soon_threadsafe", True)
        handle = _placed(Handle(callback, args, self, context))
        self._add_callback_signalsafe(handle)
        return handle

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        if self._closed or self._debug:
            self._check_call(callback, "call_at")
        timer = TimerHandle(when, callback, args, self, context)
        self._scheduled.add(timer)
        return _placed(timer) if self._debug else timer

    def _timer_handle_cancelled(self, handle):
        self._scheduled.cancelled += handle._scheduled

    def _add_callback(self, handle):
        if not handle._cancelled:
            self._ready.append(handle)

    def _add_callback_signalsafe(self, handle):
        self._add_callback(handle)
        self._write_to_self()

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None, **keywords):
        self._check_closed()
        factory = self._task_factory
        if factory is None:
            return _placed(tasks.Task(coro, loop=self, name=name, context=context, **keywords))
        # Factories know of contexts since they can be given, of names not all.
        task = factory(self, coro, **keywords) if context is None else factory(self, coro, context=context, **keywords)
        if name is not None and hasattr(task, "set_name"):
            task.set_name(name)
        return task

    def get_task_factory(self):
        return self._task_factory

    def set_task_factory(self, factory):
        self._task_factory = _check_factory(factory, "task factory must be a callable or None")

    # Asynchronous generators: what is left of them in the middle is ended by the loop.

    def _generator_begins(self, generator):
        self._generators.add(generator)
        if self._generators_are_shut:
            problem = "asynchronous generator %r was scheduled after loop.shutdown_asyncgens() call" % (generator,)
            warnings.warn(problem, ResourceWarning, source=self)

    def _generator_is_left(self, generator):
        self._generators.discard(generator)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, generator.aclose())

    async def shutdown_asyncgens(self):
        self._generators_are_shut, left = True, list(self._generators)
        self._generators.clear()
        endings = await tasks.gather(*[generator.aclose() for generator in left], return_exceptions=True) if left else ()
        for generator, error in zip(left, endings):
            if isinstance(error, Exception):
                message = "an error occurred during closing of asynchronous generator %r" % (generator,)
                self.call_exception_handler({"message": message, "exception": error, "asyncgen": generator})

    # Errors.

    def _unseen(self, future):
        """An error was set. One that nobody can ask for any more is told in a turn or two; the collector says which those are."""
        if not self._lost and not self._closed:
            self._ready.append(Handle(self._look_for_lost, (), self, _no_context))
        self._lost.append(future)

    def _look_for_lost(self):
        lost, self._lost = self._lost, []
        order = {id(future): index for index, future in enumerate(lost) if future._log_traceback_}
        lost = None
        if not order:
            return
        import gc

        # The collector knows no order; they are told in that in which they failed.
        self._found = []
        gc.collect()
        found, self._found = self._found, None
        found.sort(key=lambda future: order.get(id(future), -1))
        for future in found:
            self._tell_lost(future)

    def _tell_lost(self, future):
        if self._found is not None:
            self._found.append(future)
            return
        future._log_traceback_ = False
        context = {
            "message": "%s exception was never retrieved" % type(future).__name__, "exception": future._exception, "future": future,
        }
        if future._source_traceback:
            context["source_traceback"] = future._source_traceback
        self.call_exception_handler(context)

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        self._exception_handler = _check_factory(handler, "A callable object or None is expected, got %r" % (handler,))

    def default_exception_handler(self, context):
        """Logs the message, what else is in the context by its name, and the error."""
        places = {"source_traceback": "Object created at", "handle_traceback": "Handle created at"}
        handle, error = self._current_handle, context.get("exception")
        if handle is not None and handle._source_traceback and "source_traceback" not in context:
            context["handle_traceback"] = handle._source_traceback
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(set(context) - {"message", "exception"}):
            told = repr(context[key])
            if key in places:
                told = places[key] + " (most recent call last):\n" + "".join(traceback.format_list(context[key])).rstrip()
            lines.append(key + ": " + told)
        told = None if error is None else (type(error), error, error.__traceback__)
        logger.error("\n".join(lines), exc_info=told)

    def _hand_over(self, context):
        """Calls the program's handler, with the variables of what failed."""
        thing = context.get("task") or context.get("future") or context.get("handle")
        get_context = getattr(thing, "get_context", lambda: None)
        variables = get_context()
        # A copy, since the context itself may be the one that runs.
        run = _no_context.run if variables is None else variables.copy().run
        run(self._exception_handler, self, context)

    def call_exception_handler(self, context):
        """Tells of an error; one in the telling is told as well, and never ends the loop."""
        problem = "Exception in default exception handler"
        if self._exception_handler is not None:
            error = _attempt(self._hand_over, context)
            if error is None:
                return
            problem += " while handling an unexpected error in custom exception handler"
            context = {"message": "Unhandled error in exception handler", "exception": error, "context": context}
        error = _attempt(self.default_exception_handler, context)
        if error is not None:
            logger.error(problem, exc_info=error)
