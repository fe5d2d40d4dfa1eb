"""Programs started, fed, listened to and waited for."""

import io
import os
import time
import _process
from types import GenericAlias

__all__ = [
    "CalledProcessError", "CompletedProcess", "DEVNULL", "PIPE", "Popen", "STDOUT", "SubprocessError", "TimeoutExpired", "call", "check_call",
    "check_output", "getoutput", "getstatusoutput", "run",
]

PIPE, STDOUT, DEVNULL = -1, -2, -3
PIPE_BUF = 512


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


class _PipeEnd(io.RawIOBase):
    """One end of a pipe. Waiting for the other one keeps no thread of this program from going on."""

    def __init__(self, fd, mode):
        self.name, self.mode = fd, mode

    def __repr__(self):
        return "<_io.FileIO name=%r mode=%r closefd=True>" % (self.name, self.mode) if not self.closed else "<_io.FileIO [closed]>"

    def fileno(self):
        self._check_open()
        return self.name

    def readable(self):
        return self.mode == "rb"

    def writable(self):
        return self.mode == "wb"

    def readinto(self, buffer):
        try:
            data = os.read(self.fileno(), len(buffer))
        except BlockingIOError:
            return None
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        try:
            return os.write(self.fileno(), data)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            super().close()
            os.close(self.name)

    def __del__(self):
        self.close()


def _warned(text):
    import warnings

    warnings.warn(text, RuntimeWarning, stacklevel=3)


def _number(name, what, find):
    """A user or group by number, of a number or a name."""
    if isinstance(name, str):
        return find(name)
    if name < 0:
        raise ValueError("%s ID cannot be negative, got %s" % (what, name))
    return name


def _identity(user, group, extra_groups):
    """What a child calls to be another user's."""
    calls = []
    if extra_groups is not None:
        import grp

        if isinstance(extra_groups, str):
            raise TypeError("Groups must be a list, not a string")
        groups = [_number(each, "Group", lambda name: grp.getgrnam(name).gr_gid) for each in extra_groups]
        calls.append(lambda: os.setgroups(groups))
    if group is not None:
        import grp

        number = _number(group, "Group", lambda name: grp.getgrnam(name).gr_gid)
        calls.append(lambda: os.setregid(number, number))
    if user is not None:
        import pwd

        owner = _number(user, "User", lambda name: pwd.getpwnam(name).pw_uid)
        calls.append(lambda: os.setreuid(owner, owner))
    return calls


class _Preparation(Exception):
    """A program's own function failed in the child."""


def _of_program(function):
    def call():
        try:
            function()
        except BaseException as error:
            raise _Preparation from error

    return call


def _to_change(passed, close_fds):
    """Which descriptors have to be inheritable for a child, or not, that are not so now."""
    changed = [(fd, True) for fd in passed if not os.get_inheritable(fd)]
    if close_fds:
        for name in os.listdir("/proc/self/fd"):
            fd = int(name)
            try:
                if fd > 2 and fd not in passed and os.get_inheritable(fd):
                    changed.append((fd, False))
            except OSError:
                # The list itself was one.
                pass
    return changed


def _copied(words, executable, cwd, variables, given, setup, group, passed):
    """Starts a program by a copy of this one, which has calls to make before it is that program; answers its number."""
    path = words[0] if executable is None else executable
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        parts = []
        while part := os.read(reader, 1 << 12):
            parts.append(part)
        os.close(reader)
        if parts:
            os.waitpid(pid, 0)
            _failed_child(b"".join(parts).decode(), cwd, path)
        return pid
    try:
        stage = "exec"
        try:
            streams = [given[1] if stream == STDOUT else os.open(os.devnull, os.O_RDWR) if stream == DEVNULL else stream for stream in given]
            # One that would be in the way of another is moved first.
            streams = [os.dup(fd) if fd is not None and fd < at else fd for at, fd in enumerate(streams)]
            for at, fd in enumerate(streams):
                if fd == at:
                    os.set_inheritable(fd, True)
                elif fd is not None:
                    os.dup2(fd, at)
            if cwd is not None:
                stage = "cwd"
                os.chdir(cwd)
                stage = "exec"
            if group is not None:
                os.setpgid(0, group)
            import signal

            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            for call in setup:
                call()
            if passed is not False:
                # Those calls may have opened something.
                for fd, _ in _to_change(passed, True):
                    os.set_inheritable(fd, False)
            os.execvpe(path, words, os.environ if variables is True else dict(variables))
        except _Preparation:
            os.write(writer, b"SubprocessError::Exception occurred in preexec_fn.")
        except OSError as error:
            os.write(writer, ("OSError:%s:%d" % (stage, error.errno)).encode())
        except BaseException as error:
            os.write(writer, ("SubprocessError::%s" % error).encode())
    finally:
        os._exit(255)


def _failed_child(text, cwd, path):
    kind, stage, more = text.split(":", 2)
    if kind != "OSError":
        raise SubprocessError(more)
    raise OSError(int(more), os.strerror(int(more)), cwd if stage == "cwd" else path)


class Popen:
    __class_getitem__ = classmethod(GenericAlias)
    # Whether the child was made by `os.fork`, which the native call knows nothing of.
    _is_copy = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False,
                 cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False,
                 pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags:
            raise ValueError("creationflags is only supported on Windows platforms")
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("text and universal_newlines say different things")
        if pass_fds and not close_fds:
            _warned("pass_fds overriding close_fds.")
            close_fds = True
        self.args, self.returncode = args, None
        self.text_mode = bool(text or universal_newlines or encoding or errors)
        if bufsize == 1 and not self.text_mode:
            _warned("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used")
        encoding = encoding or "utf-8"
        words = [args] if isinstance(args, (str, bytes)) or hasattr(args, "__fspath__") else list(args)
        words = [os.fspath(word) for word in words]
        executable = None if executable is None else os.fspath(executable)
        if shell:
            if hasattr(args, "__fspath__"):
                raise TypeError("path-like args is not allowed when shell is true")
            words = ["/bin/sh", "-c"] + words
            if executable is not None:
                words[0] = executable
        variables = os.environ if env is None else env
        variables = [(os.fsdecode(name), os.fsdecode(value)) for name, value in variables.items()]
        if any(["=" in name for name, _ in variables]):
            raise ValueError("illegal environment variable name")
        for word in words + ["%s=%s" % pair for pair in variables]:
            if "\0" in os.fsdecode(word):
                raise ValueError("embedded null byte")
        cwd = None if cwd is None else os.fspath(cwd)
        setup = []
        if start_new_session:
            setup.append(os.setsid)
        if umask >= 0:
            setup.append(lambda: os.umask(umask))
        setup += _identity(user, group, extra_groups)
        if preexec_fn is not None:
            setup.append(_of_program(preexec_fn))
        pipes = [None, None, None]  # our ends
        theirs = []
        try:
            given = [self._stream(number, stream, pipes, theirs) for number, stream in enumerate((stdin, stdout, stderr))]
            if given[1] is None and given[2] == STDOUT:
                given[2] = 1
            if pipesize > 0:
                import fcntl

                for fd in theirs:
                    fcntl.fcntl(fd, 1031, pipesize)
            # What this program may leave open in others stays open in this one alone, unless it is passed.
            passed = {int(fd) for fd in pass_fds}
            changed = _to_change(passed, close_fds)
            for fd, inheritable in changed:
                os.set_inheritable(fd, inheritable)
            try:
                group = None if start_new_session else process_group
                if setup:
                    self.pid, self._is_copy = _copied(words, executable, cwd, env is None or variables, given, setup, group, close_fds and passed), True
                else:
                    variables = ["%s=%s" % pair for pair in variables]
                    self.pid = _process.spawn(words, executable, cwd, variables, *given, False, group)
            finally:
                for fd, inheritable in changed:
                    os.set_inheritable(fd, not inheritable)
        except BaseException as error:
            for fd in pipes:
                if fd is not None:
                    os.close(fd)
            if not isinstance(error, OSError) or error.filename is not None:
                raise
            missing = cwd if cwd is not None and not os.path.isdir(cwd) else words[0] if executable is None else executable
            raise OSError(error.errno, os.strerror(error.errno), missing) from None
        finally:
            for fd in theirs:
                os.close(fd)
        self.pipesize, self._input, self._outputs, self._started = pipesize, None, None, False
        self.encoding, self.errors = encoding, errors
        self.stdin, self.stdout, self.stderr = (
            None if fd is None else self._opened(fd, "rb" if number else "wb", bufsize) for number, fd in enumerate(pipes))

    def _stream(self, number, stream, pipes, theirs):
        """What the child gets as one of its three streams; a pipe has an end for each side."""
        if stream == STDOUT and number == 2:
            return STDOUT
        if stream is None or stream == DEVNULL:
            return stream
        if stream != PIPE:
            return stream if isinstance(stream, int) else stream.fileno()
        reader, writer = os.pipe()
        pipes[number], other = (reader, writer) if number else (writer, reader)
        theirs.append(other)
        return other

    def _opened(self, fd, mode, bufsize):
        pipe = _PipeEnd(fd, mode)
        if bufsize == 0 and not self.text_mode:
            return pipe
        size = io.DEFAULT_BUFFER_SIZE if bufsize in (-1, 0, 1) else bufsize
        stream = io.BufferedReader(pipe, size) if mode == "rb" else io.BufferedWriter(pipe, size)
        if not self.text_mode:
            return stream
        return io.TextIOWrapper(stream, encoding=self.encoding, errors=self.errors, write_through=mode == "wb", line_buffering=bufsize == 1)

    @property
    def universal_newlines(self):
        return self.text_mode

    def __repr__(self):
        return "<Popen: returncode: %s args: %r>" % (self.returncode, self.args)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        for stream in (self.stdout, self.stderr):
            if stream is not None:
                stream.close()
        try:
            if self.stdin is not None:
                self.stdin.close()
        except BrokenPipeError:
            pass
        self.wait()

    def poll(self):
        if self.returncode is None:
            self.returncode = self._status(0)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            self.returncode = self._status(timeout)
            if self.returncode is None:
                raise TimeoutExpired(self.args, timeout)
        return self.returncode

    def _status(self, timeout):
        """How the child ended, `None` if it has not in that time."""
        try:
            if not self._is_copy:
                return _process.wait(self.pid, timeout)
            end = None if timeout is None else time.monotonic() + timeout
            while True:
                pid, status = os.waitpid(self.pid, 0 if end is None else os.WNOHANG)
                if pid:
                    return os.waitstatus_to_exitcode(status)
                if time.monotonic() >= end:
                    return None
                time.sleep(0.001)
        except ChildProcessError:
            # Somebody else has waited for it.
            return 0

    def communicate(self, input=None, timeout=None):
        if self._started and input:
            raise ValueError("Cannot send input after starting communication")
        if not self._started:
            self._started = True
            if input and self.text_mode:
                input = input.encode(self.encoding, self.errors or "strict")
            self._input = memoryview(input) if input else None
            if self.stdin is not None:
                try:
                    self.stdin.flush()
                    if not input:
                        self.stdin.close()
                except BrokenPipeError:
                    pass
            self._outputs = [None if stream is None else [] for stream in (self.stdout, self.stderr)]
        end = None if timeout is None else time.monotonic() + timeout
        self._exchange(end, timeout)
        self.wait(None if end is None else max(0, end - time.monotonic()))
        return tuple(None if parts is None else self._text(b"".join(parts)) for parts in self._outputs)

    def _text(self, data):
        return data.decode(self.encoding, self.errors or "strict").replace("\r\n", "\n").replace("\r", "\n") if self.text_mode else data

    def _exchange(self, end, timeout):
        """Feeds the child and reads it at once, so that neither side waits for the other."""
        import selectors

        with selectors.PollSelector() as selector:
            if self._input is not None and not self.stdin.closed:
                selector.register(self.stdin.fileno(), selectors.EVENT_WRITE, self.stdin)
            for stream, parts in zip((self.stdout, self.stderr), self._outputs):
                if stream is not None and not stream.closed:
                    selector.register(stream.fileno(), selectors.EVENT_READ, (stream, parts))
            while selector.get_map():
                left = None if end is None else end - time.monotonic()
                if left is not None and left < 0:
                    out, err = (None if not parts else b"".join(parts) for parts in self._outputs)
                    raise TimeoutExpired(self.args, timeout, output=out, stderr=err)
                for key, _ in selector.select(left):
                    if key.data is self.stdin:
                        # No more than a pipe takes at once, else this would wait.
                        try:
                            self._input = self._input[os.write(key.fd, self._input[:PIPE_BUF]) :]
                        except BrokenPipeError:
                            self._input = b""
                        if not self._input:
                            selector.unregister(key.fd)
                            self._close_quietly(self.stdin)
                    else:
                        stream, parts = key.data
                        data = os.read(key.fd, 1 << 15)
                        if data:
                            parts.append(data)
                        else:
                            selector.unregister(key.fd)
                            stream.close()

    def _close_quietly(self, stream):
        try:
            stream.close()
        except BrokenPipeError:
            pass

    def send_signal(self, sig):
        if self.poll() is None:
            try:
                _process.kill(self.pid, sig)
            except ProcessLookupError:
                pass

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
        except TimeoutExpired:
            process.kill()
            process.wait()
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
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError("%s argument not allowed, it will be overridden." % name)
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
    """Arguments as one line, as programs of Windows take it apart."""
    words = []
    for word in map(os.fsdecode, seq):
        # A backslash stands for itself but before a quote.
        text, slashes = "", 0
        for letter in word:
            if letter == "\\":
                slashes += 1
                continue
            text += "\\" * (2 * slashes + 1 if letter == '"' else slashes) + letter
            slashes = 0
        is_quoted = not word or " " in word or "\t" in word
        text += "\\" * (2 * slashes if is_quoted else slashes)
        words.append('"%s"' % text if is_quoted else text)
    return " ".join(words)


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
