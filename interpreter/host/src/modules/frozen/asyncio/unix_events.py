"""The loop of a computer: signals, pipes, sockets with names in the file system, and children."""

import errno
import os
import selectors
import signal
import socket
import stat
import sys
import threading
import warnings

from asyncio import base_events, base_subprocess, constants, coroutines, events, selector_events, transports
from asyncio.exceptions import CancelledError
from asyncio.log import logger

__all__ = (
    "SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher", "MultiLoopChildWatcher",
    "ThreadedChildWatcher", "DefaultEventLoopPolicy", "EventLoop",
)

_NOT_READY = (BlockingIOError, InterruptedError)

# `subprocess.PIPE`; that module is loaded when the first child is wanted.
_PIPE = -1
# The pipes of children carry bytes: what of `Popen` would make text of them stays as it is.
_BYTES_ONLY = {"universal_newlines": False, "bufsize": 0, "text": False, "encoding": None, "errors": None}


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    def __init__(self, selector=None):
        super().__init__(selector)
        # What is called for a signal, by its number.
        self._heeded = {}

    def close(self):
        super().close()
        if sys.is_finalizing() and self._heeded:
            text = "Closing the loop %r on interpreter shutdown stage, skipping signal handlers removal"
            warnings.warn(text % (self,), ResourceWarning, source=self)
            self._heeded.clear()
        for number in list(self._heeded):
            self.remove_signal_handler(number)

    # Signals: the function runs in a turn of the loop.

    def add_signal_handler(self, sig, callback, *args):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        _check_signal(sig)
        self._check_closed()
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("set_wakeup_fd only works in main thread of the main interpreter")
        handle = events.Handle(callback, args, self)
        try:
            signal.signal(sig, self._on_signal)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            raise RuntimeError("sig %s cannot be caught" % sig) from None
        self._heeded[sig] = handle

    def remove_signal_handler(self, sig):
        _check_signal(sig)
        is_heeded = self._heeded.pop(sig, None) is not None
        if is_heeded:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return is_heeded

    def _on_signal(self, number, frame):
        if number in self._heeded:
            self._add_callback_signalsafe(self._heeded[number])

    # Pipes.

    async def connect_read_pipe(self, protocol_factory, pipe):
        return await self._announced(self._make_read_pipe_transport(pipe, protocol_factory()))

    async def connect_write_pipe(self, protocol_factory, pipe):
        return await self._announced(self._make_write_pipe_transport(pipe, protocol_factory()))

    def _make_read_pipe_transport(self, pipe, protocol):
        return _UnixReadPipeTransport(self, pipe, protocol)

    def _make_write_pipe_transport(self, pipe, protocol):
        return _UnixWritePipeTransport(self, pipe, protocol)

    # Children.

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, **kwargs):
        return await self._child(protocol_factory, (program, *args), False, (stdin, stdout, stderr), kwargs)

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, **kwargs):
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        return await self._child(protocol_factory, cmd, True, (stdin, stdout, stderr), kwargs)

    async def _child(self, protocol_factory, args, shell, streams, options):
        for name, value in {"shell": shell, **_BYTES_ONLY}.items():
            given = options.pop(name, value)
            if (bool(given) if isinstance(value, bool) else given) != value:
                raise ValueError("%s must be %s" % (name, value))
        child = _UnixSubprocessTransport(self, protocol_factory(), args, shell, streams, **options)
        try:
            announced = await self._announced(child)
        except CancelledError:
            # It is killed, and nobody else asks for its answer.
            await child._wait()
            raise
        if self._debug:
            logger.info("execute program %r: %r", args, child)
        return announced

    # Sockets with names in the file system.

    async def create_unix_connection(
        self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):
        if ssl and server_hostname is None:
            raise ValueError("you have to pass server_hostname when using ssl")
        base_events._check_tls(
            ssl, server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        sock, path = _named_socket(path, sock, "no path and sock were specified")
        if path is not None:
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, path)
            except BaseException:
                sock.close()
                raise
        return await self._carried(sock, protocol_factory, ssl, False, server_hostname, ssl_handshake_timeout)

    async def create_unix_server(
        self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
        start_serving=True, cleanup_socket=True,
    ):
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        base_events._check_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        sock, path = _named_socket(path, sock, "path was not specified, and no sock specified")
        if path is not None:
            _bind(sock, path)
        return await self._served(
            [sock], protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout, start_serving,
            path if cleanup_socket else None)


def _check_signal(sig):
    if not isinstance(sig, int):
        raise TypeError("sig must be an int, not %r" % (sig,))
    if sig not in signal.valid_signals():
        raise ValueError("invalid signal number %s" % sig)


def _named_socket(path, sock, neither):
    """A new socket and the path for it, or the one that was given and None."""
    if path is None:
        if sock is None:
            raise ValueError(neither)
        if (sock.family, sock.type) != (socket.AF_UNIX, socket.SOCK_STREAM):
            raise ValueError("A UNIX Domain Stream Socket was expected, got %r" % (sock,))
        return sock, None
    if sock is not None:
        raise ValueError("path and sock can not be specified at the same time")
    path = os.fspath(path)
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), path


def _bind(sock, path):
    try:
        _remove_socket(path)
        sock.bind(path)
    except BaseException as error:
        sock.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise OSError(errno.EADDRINUSE, "Address %r is already in use" % (path,)) from None
        raise


def _remove_socket(path):
    """Takes away the name that a server has left."""
    if path[:1] in ("\0", b"\0"):
        # One of those that the system keeps outside of the file system, and forgets by itself.
        return
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.error("Unable to check or remove stale UNIX socket %r: %r", path, error)


class _PipeTransport:
    """One end of a pipe. Both ends are watched for being readable: the one that writes becomes so when nobody reads any more."""

    # What `__del__` finds where a file was refused.
    _pipe = _fileno = None

    def _open(self, loop, pipe, protocol):
        number = pipe.fileno()
        mode = os.fstat(number).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)):
            raise ValueError(self._refusal)
        os.set_blocking(number, False)
        self._extra["pipe"] = pipe
        self._loop, self._pipe, self._fileno, self._protocol = loop, pipe, number, protocol
        # Closing: asked to end. Ended: nothing is read or written any more, and the protocol learns of it in the next turn.
        self._closing = self._ended = False
        loop.call_soon(protocol.connection_made, self)
        return mode

    def __repr__(self):
        name, number = type(self).__name__, "fd=%s" % self._fileno
        if self._pipe is None:
            return "<%s closed %s closed>" % (name, number)
        return "<%s%s %s %s>" % (name, " closing" if self._closing else "", number, self._doing())

    def _doing(self):
        if self._loop.is_closed():
            return "open"
        watched = self._loop._selector.get_map().get(self._fileno)
        return "polling" if watched is not None and watched.events & self._event else "idle"

    def __del__(self):
        if self._pipe is not None:
            warnings.warn("unclosed transport %r" % (self,), ResourceWarning, source=self)
            self._pipe.close()

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol

    def is_closing(self):
        return self._closing

    def _watch(self):
        if not self._closing:
            self._loop._add_reader(self._fileno, self._on_readable)

    def _fail(self, error, what):
        """Ends by an error; those of the system are nobody's fault, and the protocol alone is told."""
        if not isinstance(error, OSError):
            self._loop.call_exception_handler({"message": what, "exception": error, "transport": self, "protocol": self._protocol})
        elif self._loop.get_debug():
            logger.debug("%r: %s", self, what, exc_info=True)
        self._end(error)

    def _end(self, error=None):
        self._closing = True
        if not self._ended:
            self._ended = True
            self._loop._remove_reader(self._fileno)
            self._loop.call_soon(self._leave, error)

    def _leave(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._pipe.close()
            self._pipe = self._protocol = self._loop = None


class _UnixReadPipeTransport(_PipeTransport, transports.ReadTransport):
    max_size = 256 * 1024
    _event = selectors.EVENT_READ
    _refusal = "Pipe transport is for pipes/sockets only."

    def __init__(self, loop, pipe, protocol, extra=None):
        super().__init__(extra)
        self._paused = False
        self._open(loop, pipe, protocol)
        loop.call_soon(self._watch)

    def _watch(self):
        if not self._paused:
            super()._watch()

    def _on_readable(self):
        try:
            data = os.read(self._fileno, self.max_size)
        except _NOT_READY:
            return
        except OSError as error:
            self._fail(error, "Fatal read error on pipe transport")
            return
        if data:
            self._protocol.data_received(data)
            return
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._loop.call_soon(self._protocol.eof_received)
        self._end()

    def is_reading(self):
        return not (self._paused or self._closing)

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._fileno)

    def resume_reading(self):
        if self._paused:
            self._paused = False
            self._watch()

    def close(self):
        self._end()


class _UnixWritePipeTransport(_PipeTransport, transports._FlowControlMixin, transports.WriteTransport):
    _event = selectors.EVENT_WRITE
    _refusal = "Pipe transport is only for pipes, sockets and character devices"

    def __init__(self, loop, pipe, protocol, extra=None):
        super().__init__(extra, loop)
        # What the system has not taken yet, whether its taking more is watched for, and how often was written after the end.
        self._unsent, self._is_waiting, self._unheard = bytearray(), False, 0
        mode = self._open(loop, pipe, protocol)
        if not stat.S_ISCHR(mode):
            # Of a device there is no other end, and its being readable means something else.
            loop.call_soon(self._watch)

    def _doing(self):
        return "%s bufsize=%s" % (super()._doing(), len(self._unsent))

    def get_write_buffer_size(self):
        return len(self._unsent)

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise AssertionError(repr(data))
        if not data:
            return
        if self._closing:
            if self._unheard >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("pipe closed by peer or os.write(pipe, data) raised exception.")
            self._unheard += 1
            return
        self._unsent += data
        if not self._is_waiting:
            self._send()
        self._maybe_pause_protocol()

    def _send(self):
        """Writes what the system takes, and has itself called again for the rest."""
        try:
            del self._unsent[: os.write(self._fileno, self._unsent)]
        except _NOT_READY:
            pass
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._unheard += 1
            self._fail(error, "Fatal write error on pipe transport")
            return
        self._wait_for_room(bool(self._unsent))

    def _wait_for_room(self, is_waiting):
        if is_waiting == self._is_waiting:
            return
        self._is_waiting = is_waiting
        if is_waiting:
            self._loop._add_writer(self._fileno, self._on_writable)
        else:
            self._loop._remove_writer(self._fileno)

    def _on_writable(self):
        self._send()
        if self._ended:
            # Who waits for room hears of the error instead.
            return
        self._maybe_resume_protocol()
        if self._closing and not self._unsent:
            self._end()

    def _on_readable(self):
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._end(BrokenPipeError() if self._unsent else None)

    def can_write_eof(self):
        return True

    def write_eof(self):
        self._closing = True
        if not self._unsent:
            self._end()

    def close(self):
        self.write_eof()

    def abort(self):
        self._end()

    def _end(self, error=None):
        self._unsent.clear()
        self._wait_for_room(False)
        super()._end(error)


def _when_ended(loop, pid, function):
    """Has a function called in the turn in which a child has ended: the system tells of that by a descriptor."""
    number = os.pidfd_open(pid)

    def ended():
        loop._remove_reader(number)
        os.close(number)
        function()

    loop._add_reader(number, ended)


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    def _watch(self):
        _when_ended(self._loop, self._pid, lambda: self._exited(self._popen.wait()))


class AbstractChildWatcher:
    """Who tells of children that have ended. The loop does so itself; these are for programs that choose one."""

    def add_child_handler(self, *args):
        raise NotImplementedError

    remove_child_handler = attach_loop = close = is_active = __enter__ = __exit__ = add_child_handler


class PidfdChildWatcher(AbstractChildWatcher):
    """Tells in the loop that runs when it is asked. It keeps nothing itself that would have to be opened or closed."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def attach_loop(self, loop):
        pass

    def close(self):
        pass

    def is_active(self):
        return True

    def add_child_handler(self, pid, callback, *args):
        self._watch(events.get_running_loop(), pid, lambda code: callback(pid, code, *args))

    def remove_child_handler(self, pid):
        return True

    def _watch(self, loop, pid, tell):
        _when_ended(loop, pid, lambda: tell(_answer(pid)))


class ThreadedChildWatcher(PidfdChildWatcher):
    """The same by a thread that waits for each child."""

    def _watch(self, loop, pid, tell):
        def wait():
            code = _answer(pid)
            if loop.is_closed():
                logger.warning("Loop %r that handles pid %r is closed", loop, pid)
            else:
                loop.call_soon_threadsafe(tell, code)

        threading.Thread(target=wait, name="asyncio-waitpid-%d" % pid, daemon=True).start()


MultiLoopChildWatcher = SafeChildWatcher = FastChildWatcher = PidfdChildWatcher


def _answer(pid):
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        logger.warning("child process pid %d exit status already read:  will report returncode 255", pid)
        return 255


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    _loop_factory = _UnixSelectorEventLoop
    _watcher = None

    def get_child_watcher(self):
        if self._watcher is None:
            self.set_child_watcher(PidfdChildWatcher())
        return self._watcher

    def set_child_watcher(self, watcher):
        self._watcher = watcher


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
