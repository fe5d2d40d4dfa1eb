"""Programs as children of this one, that tasks wait for."""

import subprocess
from subprocess import DEVNULL, PIPE, STDOUT

from asyncio import to_thread
from asyncio.streams import Lines

__all__ = ("create_subprocess_exec", "create_subprocess_shell")


class _Output(Lines):
    """What a child writes, read in a thread of its own, so that other tasks go on."""

    def __init__(self, stream):
        self._stream = stream

    async def read(self, n=-1):
        return await to_thread(self._stream.read, n)

    async def readline(self):
        return await to_thread(self._stream.readline)

    async def readexactly(self, n):
        found = await to_thread(self._stream.read, n)
        if len(found) < n:
            from asyncio import IncompleteReadError

            raise IncompleteReadError(found, n)
        return found


class _Input:
    """What a child reads: written at once, handed over by `drain`."""

    def __init__(self, stream):
        self._stream, self._waiting, self._closed = stream, b"", False

    def write(self, data):
        self._waiting += bytes(data)

    def writelines(self, lines):
        self._waiting += b"".join(lines)

    async def drain(self):
        data, self._waiting = self._waiting, b""
        if data:
            await to_thread(self._stream.write, data)
            await to_thread(self._stream.flush)

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.close()

    def close(self):
        if not self._closed:
            self._closed = True
            if self._waiting:
                self._stream.write(self._waiting)
                self._waiting = b""
            self._stream.close()

    def is_closing(self):
        return self._closed

    async def wait_closed(self):
        pass


class Process:
    def __init__(self, process):
        self._process = process
        self.pid = process.pid
        self.stdin = _Input(process.stdin) if process.stdin is not None else None
        self.stdout = _Output(process.stdout) if process.stdout is not None else None
        self.stderr = _Output(process.stderr) if process.stderr is not None else None

    @property
    def returncode(self):
        return self._process.poll()

    def __repr__(self):
        return "<Process %d>" % self.pid

    async def wait(self):
        return await to_thread(self._process.wait)

    async def communicate(self, input=None):
        if self.stdin is not None:
            if input:
                self.stdin.write(input)
                try:
                    await self.stdin.drain()
                except BrokenPipeError:
                    pass
            self.stdin.close()
        out = await self.stdout.read() if self.stdout is not None else None
        err = await self.stderr.read() if self.stderr is not None else None
        await self.wait()
        return out, err

    def send_signal(self, signal):
        if self._process.poll() is not None:
            raise ProcessLookupError
        self._process.send_signal(signal)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=1 << 16, **kwds):
    return Process(subprocess.Popen((program,) + args, stdin=stdin, stdout=stdout, stderr=stderr, **kwds))


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=1 << 16, **kwds):
    return Process(subprocess.Popen(cmd, shell=True, stdin=stdin, stdout=stdout, stderr=stderr, **kwds))
