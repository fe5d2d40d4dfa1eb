"""Processes as objects."""

import os
import sys
import time
import traceback

__all__ = ["BaseProcess", "Process", "current_process", "active_children", "parent_process"]

_children, _counter = set(), 0


def current_process():
    return _current


def active_children():
    """The children that run; those that have ended are forgotten."""
    _reap()
    return list(_children)


def parent_process():
    return _parent


def _reap():
    for child in list(_children):
        if child._poll(0) is not None:
            _children.discard(child)


class BaseProcess:
    _identity, _config = (), {}

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _counter
        if group is not None:
            raise AssertionError("group argument must be None for now")
        _counter += 1
        self._identity = _current._identity + (_counter,) if _current is not None else ()
        self._config = dict(_current._config) if _current is not None else {}
        self._parent_pid, self._pid, self._status, self._closed = os.getpid(), None, None, False
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join(map(str, self._identity))
        if daemon is not None:
            self.daemon = daemon

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def _check(self):
        if self._closed:
            raise ValueError("process object is closed")

    def start(self):
        self._check()
        if self._pid is not None:
            raise AssertionError("cannot start a process twice")
        if self._parent_pid != os.getpid():
            raise AssertionError("can only start a process object created by current process")
        if _current._config.get("daemon"):
            raise AssertionError("daemonic processes are not allowed to have children")
        _reap()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # Its end is the end of a pipe whose other end it holds.
        self._sentinel, held = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(self._sentinel)
            code = 1
            try:
                code = self._bootstrap()
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(held)
        self._pid = pid
        _children.add(self)
        # A process keeps nothing of what the other one works with.
        self._target = self._args = self._kwargs = None

    def _bootstrap(self):
        global _current, _parent, _children, _counter
        _parent, _current, _children, _counter = _ParentProcess(_current), self, set(), 0
        self._pid, self._parent_pid = os.getpid(), os.getppid()
        code = 0
        try:
            from multiprocessing import util

            util._after_fork()
            try:
                self.run()
            finally:
                util._exit_function()
        except SystemExit as error:
            code = error.code
            if code is None:
                code = 0
            elif not isinstance(code, int):
                sys.stderr.write(str(code) + "\n")
                code = 1
        except BaseException:
            code = 1
            sys.stderr.write("Process %s:\n" % self.name)
            traceback.print_exc()
        finally:
            import threading

            for thread in threading.enumerate():
                if thread is not threading.current_thread() and not thread.daemon:
                    thread.join()
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except (AttributeError, ValueError, OSError):
                    pass
        return code & 255

    def _poll(self, options):
        """The status of how it ended, or `None`."""
        if self._status is None and self._pid is not None:
            try:
                pid, status = os.waitpid(self._pid, options or os.WNOHANG)
            except ChildProcessError:
                return None
            if pid == self._pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def join(self, timeout=None):
        self._check()
        if self._pid is None:
            raise AssertionError("can only join a started process")
        if self._parent_pid != os.getpid():
            raise AssertionError("can only join a child process")
        deadline = None if timeout is None else time.monotonic() + timeout
        from multiprocessing.connection import wait

        while self._poll(0) is None:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return
            # Those that it started may hold the pipe as well, so its end is not waited for alone.
            wait([self._sentinel], 0.05 if left is None else min(left, 0.05))
        _children.discard(self)

    def is_alive(self):
        self._check()
        if self is _current:
            return True
        if self._pid is None:
            return False
        if self._poll(0) is None:
            return True
        _children.discard(self)
        return False

    def _signal(self, number):
        self._check()
        if self._pid is not None and self._poll(0) is None:
            try:
                os.kill(self._pid, number)
            except ProcessLookupError:
                pass

    def terminate(self):
        self._signal(15)

    def kill(self):
        self._signal(9)

    def close(self):
        if self._closed:
            return
        if self._pid is not None:
            if self._poll(0) is None:
                raise ValueError("Cannot close a process while it is still running. You should first call join() or terminate().")
            os.close(self._sentinel)
            _children.discard(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        if not isinstance(name, str):
            raise AssertionError("name must be a string")
        self._name = name

    @property
    def daemon(self):
        return self._config.get("daemon", False)

    @daemon.setter
    def daemon(self, daemonic):
        if self._pid is not None:
            raise AssertionError("process has already started")
        self._config["daemon"] = daemonic

    @property
    def authkey(self):
        return self._config.setdefault("authkey", os.urandom(32))

    @authkey.setter
    def authkey(self, authkey):
        self._config["authkey"] = bytes(authkey)

    @property
    def exitcode(self):
        self._check()
        return None if self is _current else self._poll(0)

    @property
    def ident(self):
        self._check()
        return os.getpid() if self is _current else self._pid

    pid = ident

    @property
    def sentinel(self):
        self._check()
        if self._pid is None:
            raise ValueError("process not started")
        return self._sentinel

    def __repr__(self):
        if self._closed:
            state = "closed"
        elif self is _current:
            state = "started"
        elif self._parent_pid != os.getpid():
            state = "unknown"
        elif self._pid is None:
            state = "initial"
        else:
            code = self._poll(0)
            state = "started" if code is None else "stopped"
        words = [type(self).__name__, "name=%r" % self._name]
        if self._pid is not None:
            words.append("pid=%s" % self._pid)
        words += ["parent=%s" % self._parent_pid, state]
        if state == "stopped":
            words.append("exitcode=%s" % self._status)
        if self.daemon:
            words.append("daemon")
        return "<%s>" % " ".join(words)


class Process(BaseProcess):
    _start_method = "fork"


class _MainProcess(BaseProcess):
    def __init__(self):
        super().__init__(name="MainProcess")
        self._identity, self._config, self._parent_pid = (), {"authkey": os.urandom(32), "semprefix": "/mp"}, None

    def close(self):
        pass


class _ParentProcess(BaseProcess):
    def __init__(self, process):
        self._name, self._pid, self._closed, self._config = process._name, os.getppid(), False, {}
        self._parent_pid, self._status = None, None

    @property
    def ident(self):
        return self._pid

    pid = ident

    def is_alive(self):
        return os.getppid() == self._pid

    def join(self, timeout=None):
        deadline = None if timeout is None else time.monotonic() + timeout
        while self.is_alive() and (deadline is None or time.monotonic() < deadline):
            time.sleep(0.01)


_current = _parent = None
_current = _MainProcess()
_counter = 0
