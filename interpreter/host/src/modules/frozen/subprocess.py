"""Programs started, fed, listened to and waited for."""

import io
import os
import time
import _process
from types import GenericAlias

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        SubprocessError.__init__(self, returncode, cmd)
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal

            try:
                return "Command '%s' died with %r." % (self.cmd, signal.Signals(-self.returncode))
            except ValueError:
                return "Command '%s' died with unknown signal %d." % (self.cmd, -self.returncode)
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, self.returncode)

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        SubprocessError.__init__(self, cmd, timeout)
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)

    @property
    def stdout(self):
        return self.output


class CompletedProcess:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        parts = ["args=%r" % (self.args,), "returncode=%r" % (self.returncode,)]
        if self.stdout is not None:
            parts.append("stdout=%r" % (self.stdout,))
        if self.stderr is not None:
            parts.append("stderr=%r" % (self.stderr,))
        return "%s(%s)" % (type(self).__name__, ", ".join(parts))

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class _Reader:
    """A child's output; of text, with line ends as Python has them."""

    def __init__(self, child, stream, text, encoding):
        self._child, self._stream, self._text, self._encoding = child, stream, text, encoding
        self._waiting = b""
        self.closed = False

    def _fill(self):
        more = _process.read(self._child, self._stream, 8192)
        self._waiting += more
        return bool(more)

    def _give(self, data):
        return data.decode(self._encoding).replace("\r\n", "\n") if self._text else data

    def read(self, size=-1):
        if size is None or size < 0:
            data, self._waiting = self._waiting + _process.read(self._child, self._stream, -1), b""
            return self._give(data)
        while len(self._waiting) < size and self._fill():
            pass
        data, self._waiting = self._waiting[:size], self._waiting[size:]
        return self._give(data)

    def readline(self, size=-1):
        while b"\n" not in self._waiting and self._fill():
            pass
        end = self._waiting.find(b"\n") + 1 or len(self._waiting)
        data, self._waiting = self._waiting[:end], self._waiting[end:]
        return self._give(data)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readable(self):
        return True

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.close()


class _Writer:
    def __init__(self, child, text, encoding):
        self._child, self._text, self._encoding = child, text, encoding
        self.closed = False

    def write(self, data):
        if self.closed:
            raise ValueError("write to closed file")
        _process.write(self._child, data.encode(self._encoding) if self._text else data)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def writable(self):
        return True

    def close(self):
        if not self.closed:
            self.closed = True
            _process.close_input(self._child)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.close()


class Popen:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False,
                 cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False,
                 pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        if preexec_fn is not None or user is not None or group is not None or pass_fds:
            raise ValueError("preexec_fn, user, group and pass_fds are not supported")
        self.args, self.returncode = args, None
        self.text_mode = bool(text or universal_newlines or encoding or errors)
        encoding = encoding or "utf-8"
        words = [args] if isinstance(args, (str, bytes)) or hasattr(args, "__fspath__") else list(args)
        words = [os.fspath(word) for word in words]
        if shell:
            words = ["/bin/sh", "-c"] + words
        variables = os.environ if env is None else env
        variables = ["%s=%s" % (os.fsdecode(name), os.fsdecode(value)) for name, value in variables.items()]
        cwd = None if cwd is None else os.fspath(cwd)
        # What another child writes lies in memory here: it is handed on by a thread.
        feeder = stdin if isinstance(stdin, _Reader) else None
        if feeder is not None:
            stdin = PIPE
        try:
            self.pid = _process.spawn(words, executable, cwd, variables, stdin, stdout, stderr, start_new_session or process_group is not None)
        except OSError as error:
            missing = cwd if cwd is not None and not os.path.isdir(cwd) else words[0]
            raise OSError(error.errno, os.strerror(error.errno) if hasattr(os, "strerror") else "", missing) from None
        self.stdin = _Writer(self.pid, self.text_mode, encoding) if stdin == PIPE else None
        self.stdout = _Reader(self.pid, 1, self.text_mode, encoding) if stdout == PIPE else None
        self.stderr = _Reader(self.pid, 2, self.text_mode, encoding) if stderr == PIPE else None
        if feeder is not None:
            self._feed(feeder)

    def _feed(self, reader):
        import threading

        target, self.stdin = self.stdin, None

        def pump():
            try:
                while reader._waiting or reader._fill():
                    data, reader._waiting = reader._waiting, b""
                    while data:
                        data = data[_process.write(target._child, data) :]
            except OSError:
                # It has heard enough.
                pass
            target.close()

        threading.Thread(target=pump, daemon=True).start()

    def __repr__(self):
        return "<Popen: returncode: %s args: %r>" % (self.returncode, self.args)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream is not None:
                stream.close()
        self.wait()

    def poll(self):
        if self.returncode is None:
            self.returncode = _process.wait(self.pid, 0)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            self.returncode = _process.wait(self.pid, timeout)
            if self.returncode is None:
                raise TimeoutExpired(self.args, timeout)
        return self.returncode

    def communicate(self, input=None, timeout=None):
        if self.stdin is not None:
            try:
                if input:
                    self.stdin.write(input)
            except BrokenPipeError:
                pass
            self.stdin.close()
        elif input:
            raise ValueError("Cannot send input after starting communication")
        # What it writes is collected meanwhile, so its end can be waited for first.
        if timeout is not None:
            self.wait(timeout)
        out = self.stdout.read() if self.stdout is not None else None
        err = self.stderr.read() if self.stderr is not None else None
        self.wait()
        return out, err

    def send_signal(self, sig):
        if self.poll() is None:
            _process.kill(self.pid, sig)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            out, err = process.communicate(input, timeout)
        except TimeoutExpired as error:
            process.kill()
            process.wait()
            error.output = process.stdout.read() if process.stdout is not None else None
            error.stderr = process.stderr.read() if process.stderr is not None else None
            raise
        except BaseException:
            process.kill()
            raise
        code = process.poll()
    if check and code:
        raise CalledProcessError(code, process.args, out, err)
    return CompletedProcess(process.args, code, out, err)


def call(*popenargs, timeout=None, **kwargs):
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout)
        except BaseException:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    code = call(*popenargs, **kwargs)
    if code:
        raise CalledProcessError(code, kwargs.get("args") or popenargs[0])
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    if "stdout" in kwargs:
        raise ValueError("stdout argument not allowed, it will be overridden.")
    if kwargs.get("input", 0) is None:
        kwargs["input"] = "" if kwargs.get("text") or kwargs.get("universal_newlines") else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    done = run(cmd, shell=True, text=True, stdout=PIPE, stderr=STDOUT)
    out = done.stdout
    return done.returncode, out[:-1] if out[-1:] == "\n" else out


def getoutput(cmd, *, encoding=None, errors=None):
    return getstatusoutput(cmd)[1]


def list2cmdline(seq):
    import shlex

    return shlex.join([os.fsdecode(arg) for arg in seq])


# Names that programs of CPython look at: no child is kept once nobody holds it, and all are made by the native call.
_active = []
_USE_POSIX_SPAWN = _USE_VFORK = True


def __getattr__(name):
    if name != "_PopenSelector":
        raise AttributeError("module 'subprocess' has no attribute %r" % name)
    import selectors

    return selectors.PollSelector


def _cleanup():
    """What programs call to be rid of children that have ended: a child is forgotten here when it is waited for, or with this program."""
