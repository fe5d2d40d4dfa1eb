"""A child as a transport: its pipes are transports of their own, and its protocol learns of what it writes and when it ends."""

import warnings

from asyncio import protocols, tasks, transports
from asyncio.log import logger

_NAMES = ("stdin", "stdout", "stderr")


class BaseSubprocessTransport(transports.SubprocessTransport):
    """What a system adds to this says when the child has ended: `_watch` arranges that `_exited` is called.

    The pipes are there at once, but neither they nor the child's end are looked at before the turn in which the protocol learns of the
    child: it hears nothing earlier.
    """

    # What `__del__` finds where the child could not be started.
    _is_closed, _popen, _pid, _code = True, None, None, None

    def __init__(self, loop, protocol, args, shell, streams, extra=None, **options):
        # Programs that start no child need not load it.
        from subprocess import Popen

        super().__init__(extra)
        self._loop, self._protocol, self._pipes = loop, protocol, {}
        self._popen = Popen(args, shell=shell, bufsize=0, **dict(zip(_NAMES, streams)), **options)
        self._is_closed, self._pid, self._extra["subprocess"] = False, self._popen.pid, self._popen
        # What is still to end, before the transport does: the child, and its pipes.
        self._open, self._gone = {"child"}, loop.create_future()
        try:
            for fd, name in enumerate(_NAMES):
                pipe = getattr(self._popen, name)
                if pipe is not None:
                    self._open.add(fd)
                    connect = loop._make_read_pipe_transport if fd else loop._make_write_pipe_transport
                    self._pipes[fd] = connect(pipe, _PipeProtocol(self, fd))
            self._watch()
        except BaseException:
            self.close()
            raise
        if loop.get_debug():
            logger.debug("process %r created: pid %s", args if isinstance(args, (str, bytes)) else args[0], self._pid)
        loop.call_soon(protocol.connection_made, self)

    def _watch(self):
        raise NotImplementedError

    def __repr__(self):
        info = [type(self).__name__]
        if self._is_closed:
            info.append("closed")
        if self._pid is None:
            info.append("not started")
        else:
            info += ["pid=%s" % self._pid, "running" if self._code is None else "returncode=%s" % self._code]
            info += ["%s=%r" % (_NAMES[fd], pipe) for fd, pipe in self._pipes.items()]
        return "<%s>" % " ".join(info)

    def __del__(self):
        if not self._is_closed:
            warnings.warn("unclosed transport %r" % (self,), ResourceWarning, source=self)
            self.close()

    # For those who hold it.

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._code

    def get_pipe_transport(self, fd):
        return self._pipes.get(fd)

    def is_closing(self):
        return self._is_closed

    def send_signal(self, signal):
        self._running().send_signal(signal)

    def terminate(self):
        self._running().terminate()

    def kill(self):
        self._running().kill()

    def _running(self):
        if self._popen is None:
            raise ProcessLookupError
        return self._popen

    def close(self):
        """Closes the pipes and kills a child that still runs."""
        if self._is_closed:
            return
        self._is_closed = True
        for pipe in self._pipes.values():
            pipe.close()
        if self._popen is None or self._code is not None or self._popen.poll() is not None:
            return
        if self._loop.get_debug():
            logger.warning("Close running child process: kill %r", self)
        try:
            self._popen.kill()
        except (ProcessLookupError, PermissionError):
            # It has ended meanwhile, or has become somebody else's.
            pass

    async def _wait(self):
        """The child's answer; one that still runs is waited for until its pipes have ended too."""
        if self._code is None:
            # One who waits may be cancelled, and others wait on.
            await tasks.shield(self._gone)
        return self._code

    # What happens to it.

    def _exited(self, code):
        if self._loop.get_debug():
            logger.info("%r exited with return code %r", self, code)
        self._code = code
        self._has_ended("child", "process_exited")

    def _has_ended(self, part, method, *args):
        """Tells the protocol of the end of a part, and after that of the last one of the end of all."""
        self._loop.call_soon(getattr(self._protocol, method), *args)
        self._open.discard(part)
        if not self._open:
            self._loop.call_soon(self._end)

    def _end(self):
        try:
            self._protocol.connection_lost(None)
        finally:
            self._gone.set_result(None)
            self._loop = self._popen = self._protocol = None


class _PipeProtocol(protocols.Protocol):
    """Hears one of a child's pipes, and passes on what it hears."""

    def __init__(self, child, fd):
        self._child, self._fd = child, fd

    def data_received(self, data):
        child = self._child
        child._loop.call_soon(child._protocol.pipe_data_received, self._fd, data)

    def connection_lost(self, exc):
        child, self._child = self._child, None
        child._has_ended(self._fd, "pipe_connection_lost", self._fd, exc)

    def pause_writing(self):
        self._child._protocol.pause_writing()

    def resume_writing(self):
        self._child._protocol.resume_writing()
