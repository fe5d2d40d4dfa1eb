"""Signals of the system: their names, sending them, and a program's functions that are called when one comes.

A function is called between two instructions of the main thread. Ctrl-C raises `KeyboardInterrupt` unless there is one for it.
"""

import os
import sys
import _signal
import _thread
import builtins
from collections import namedtuple
from enum import IntEnum
from errno import EBADF


class Signals(IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGILL = 4
    SIGTRAP = 5
    SIGABRT = 6
    SIGBUS = 7
    SIGFPE = 8
    SIGKILL = 9
    SIGUSR1 = 10
    SIGSEGV = 11
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGSTKFLT = 16
    SIGCHLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGTTIN = 21
    SIGTTOU = 22
    SIGURG = 23
    SIGXCPU = 24
    SIGXFSZ = 25
    SIGVTALRM = 26
    SIGPROF = 27
    SIGWINCH = 28
    SIGIO = 29
    SIGPWR = 30
    SIGSYS = 31
    SIGRTMIN = 34
    SIGRTMAX = 64


class Handlers(IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


class Sigmasks(IntEnum):
    SIG_BLOCK = 0
    SIG_UNBLOCK = 1
    SIG_SETMASK = 2


globals().update(Sigmasks.__members__)
globals().update(Signals.__members__)
globals().update(Handlers.__members__)
SIGCLD, SIGPOLL, SIGIOT = Signals.SIGCHLD, Signals.SIGIO, Signals.SIGABRT
NSIG = 65
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = range(3)
ItimerError = OSError

_TEXTS = {
    1: "Hangup", 2: "Interrupt", 3: "Quit", 4: "Illegal instruction", 5: "Trace/breakpoint trap", 6: "Aborted", 7: "Bus error",
    8: "Floating point exception", 9: "Killed", 10: "User defined signal 1", 11: "Segmentation fault", 12: "User defined signal 2",
    13: "Broken pipe", 14: "Alarm clock", 15: "Terminated", 16: "Stack fault", 17: "Child exited", 18: "Continued", 19: "Stopped (signal)",
    20: "Stopped", 21: "Stopped (tty input)", 22: "Stopped (tty output)", 23: "Urgent I/O condition", 24: "CPU time limit exceeded",
    25: "File size limit exceeded", 26: "Virtual timer expired", 27: "Profiling timer expired", 28: "Window changed", 29: "I/O possible",
    30: "Power failure", 31: "Bad system call",
}  # fmt: skip


def _named(number):
    try:
        return Signals(number)
    except ValueError:
        return number


def valid_signals():
    # The C library has two for itself.
    return {_named(number) for number in range(1, NSIG) if number not in (32, 33)}


def strsignal(signalnum):
    _checked(signalnum)
    return _TEXTS.get(signalnum)


def siginterrupt(signalnum, flag, /):
    """Whether a call of the system that the signal interrupts ends: here it begins again in any case, as PEP 475 wants it."""
    _checked(signalnum)


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


_handlers = {2: default_int_handler}
_main = _thread.get_ident()


def _checked(signalnum):
    if not 0 < signalnum < NSIG:
        raise ValueError("signal number out of range")
    return int(signalnum)


def getsignal(signalnum):
    return _handlers.get(_checked(signalnum), Handlers.SIG_DFL)


def signal(signalnum, handler):
    """Sets what a signal does: SIG_DFL, SIG_IGN, or `handler(number, frame)`. Returns what it did before."""
    if _thread.get_ident() != _main:
        raise ValueError("signal only works in main thread of the main interpreter")
    number = _checked(signalnum)
    if handler is default_int_handler and number == 2:
        how = 3
    elif handler in (0, 1) and isinstance(handler, int):
        how, handler = int(handler), Handlers(handler)
    elif callable(handler):
        how = 2
    else:
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    before = getsignal(number)
    _signal.treat(number, how)
    _handlers[number] = handler
    return before


def _deliver(number):
    handler = _handlers.get(number)
    if callable(handler):
        handler(number, sys._getframe(1))


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    """A byte, the signal's number, goes to this descriptor when a signal comes that has a function; -1 is nowhere. Returns the one before.

    A descriptor that has no room gets nothing and nobody is warned: it is full of what wakes its reader.
    """
    if _thread.get_ident() != _main:
        raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
    if fd != -1:
        os.fstat(fd)
        if os.get_blocking(fd):
            raise ValueError("the fd %d must be in non-blocking mode" % fd)
    return _signal.wakeup(fd)


def raise_signal(signalnum, /):
    """Sends a signal to this program; its function has been called when this returns."""
    number = _checked(signalnum)
    if _handlers.get(number) is default_int_handler:
        default_int_handler(number, None)
    _signal.send(number)


def pthread_kill(thread_id, signalnum, /):
    os.kill(os.getpid(), signalnum)


def pthread_sigmask(how, mask, /):
    """Changes which signals are held back from this thread; answers those that were."""
    return set(map(_named, _signal.mask(how, [_checked(number) for number in mask])))


def sigpending():
    return set(map(_named, _signal.pending()))


class struct_siginfo(namedtuple("struct_siginfo", "si_signo si_code si_errno si_pid si_uid si_status si_band")):
    __module__, __slots__ = "signal", ()


def sigwaitinfo(sigset, /):
    return struct_siginfo(*_signal.take([_checked(number) for number in sigset], None))


def sigtimedwait(sigset, timeout, /):
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    found = _signal.take([_checked(number) for number in sigset], timeout)
    return None if found is None else struct_siginfo(*found)


def sigwait(sigset, /):
    return _named(sigwaitinfo(sigset).si_signo)


def pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /):
    with builtins.open("/proc/self/fdinfo/%d" % pidfd) as lines:
        pids = [int(line[4:]) for line in lines if line.startswith("Pid:")]
    if not pids:
        raise OSError(EBADF, os.strerror(EBADF))
    os.kill(pids[0], signalnum)


def setitimer(which, seconds, interval=0.0, /):
    return _signal.timer(which, seconds, interval)


def getitimer(which, /):
    return _signal.timer_left(which)


def alarm(seconds, /):
    """SIGALRM after so many seconds, never if 0. Returns the seconds that were left of the last one."""
    left = _signal.timer(ITIMER_REAL, seconds, 0)[0]
    return int(left) if left == int(left) else int(left) + 1


def pause():
    """Waits until a signal's function was called."""
    _signal.wait()
