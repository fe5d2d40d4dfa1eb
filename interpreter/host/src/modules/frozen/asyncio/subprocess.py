"""Programs as children of this one, that tasks feed, read and wait for."""

import subprocess

from asyncio import events, protocols, streams, tasks
from asyncio.log import logger

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

PIPE, STDOUT, DEVNULL = subprocess.PIPE, subprocess.STDOUT, subprocess.DEVNULL

_NAMES = ("stdin", "stdout", "stderr")


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """Runs a program with arguments; what is `PIPE` of its streams, the `Process` has."""
    return await _started("subprocess_exec", (program, *args), (stdin, stdout, stderr), limit, kwds)


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """Runs a line of the shell's."""
    return await _started("subprocess_shell", (cmd,), (stdin, stdout, stderr), limit, kwds)


async def _started(way, command, ends, limit, options):
    loop = events.get_running_loop()
    options.update(zip(_NAMES, ends))
    transport, protocol = await getattr(loop, way)(lambda: SubprocessStreamProtocol(limit, loop), *command, **options)
    return Process(transport, protocol, loop)


class SubprocessStreamProtocol(streams.FlowControlMixin, protocols.SubprocessProtocol):
    """Makes streams of a child's pipes, and ends the transport when the child and all that it writes have ended."""

    stdin = stdout = stderr = None

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit, self._transport, self._has_exited = limit, None, False
        # The readers of what may still come, by the child's numbers of them.
        self._heard = {}
        self._fed = self._loop.create_future()

    def __repr__(self):
        there = [name for name in _NAMES if getattr(self, name) is not None]
        return "<%s>" % " ".join([type(self).__name__] + ["%s=%r" % (name, getattr(self, name)) for name in there])

    def connection_made(self, transport):
        self._transport = transport
        for fd, name in enumerate(_NAMES):
            pipe = transport.get_pipe_transport(fd)
            if pipe is None:
                continue
            if fd == 0:
                stream = streams.StreamWriter(pipe, self, None, self._loop)
            else:
                stream = self._heard[fd] = streams.StreamReader(self._limit, self._loop)
                stream.set_transport(pipe)
            setattr(self, name, stream)

    def pipe_data_received(self, fd, data):
        if fd in self._heard:
            self._heard[fd].feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            self._feeding_ended(exc)
        reader = self._heard.pop(fd, None)
        if reader is not None:
            reader.feed_eof() if exc is None else reader.set_exception(exc)
            self._end_if_silent()

    def _feeding_ended(self, error):
        if self.stdin is not None:
            self.stdin.close()
        # For those who wait in `drain`.
        self.connection_lost(error)
        if error is None:
            self._fed.set_result(None)
        else:
            self._fed.set_exception(error)
            # Not everybody waits for the end.
            self._fed._log_traceback = False

    def process_exited(self):
        self._has_exited = True
        self._end_if_silent()

    def _end_if_silent(self):
        if self._has_exited and not self._heard and self._transport is not None:
            transport, self._transport = self._transport, None
            transport.close()

    def _get_close_waiter(self, stream):
        # Asked for by `StreamWriter.wait_closed`: the one writer is the child's input.
        return self._fed if stream is self.stdin else None


class Process:
    """A child: `create_subprocess_exec` and `create_subprocess_shell` make it."""

    def __init__(self, transport, protocol, loop):
        self._transport, self._protocol, self._loop = transport, protocol, loop
        self.pid = transport.get_pid()
        for name in _NAMES:
            setattr(self, name, getattr(protocol, name))

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, self.pid)

    returncode = property(lambda self: self._transport.get_returncode(), doc="Its answer; None while it runs.")

    def send_signal(self, signal):
        self._transport.send_signal(signal)

    def terminate(self):
        self._transport.terminate()

    def kill(self):
        self._transport.kill()

    async def wait(self):
        """Its answer, when it and its pipes have ended."""
        return await self._transport._wait()

    async def communicate(self, input=None):
        """Feeds it, and gives all that it wrote: (of stdout, of stderr), None for one that is no pipe."""
        # All at once: a child that is not read stops reading as well.
        _, *written = await tasks.gather(self._feed(input), self._all_of(1), self._all_of(2))
        await self.wait()
        return tuple(written)

    async def _feed(self, data):
        if self.stdin is None:
            return
        try:
            if data is not None:
                self.stdin.write(data)
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            # The child has heard enough.
            if self._loop.get_debug():
                logger.debug("%r communicate: stdin got %r", self, error)
        self.stdin.close()

    async def _all_of(self, fd):
        reader = getattr(self, _NAMES[fd])
        if reader is None:
            return None
        written = await reader.read()
        self._transport.get_pipe_transport(fd).close()
        return written
