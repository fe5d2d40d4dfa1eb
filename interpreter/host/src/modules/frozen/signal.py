"""Signals of the system: their names, and sending them. A program is told of Ctrl-C by `KeyboardInterrupt`."""

import os
import _process
from enum import IntEnum


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
    SIGCHLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGTTIN = 21
    SIGTTOU = 22
    SIGWINCH = 28


class Handlers(IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


globals().update(Signals.__members__)
globals().update(Handlers.__members__)
NSIG = 65


def valid_signals():
    return set(Signals)


def strsignal(signalnum):
    return Signals(signalnum).name


def default_int_handler(signalnum, frame):
    raise KeyboardInterrupt


def raise_signal(signalnum):
    _process.kill(os.getpid(), signalnum)


_handlers = {2: default_int_handler}


def getsignal(signalnum):
    return _handlers.get(signalnum, SIG_DFL)


def signal(signalnum, handler):
    """Only what is so already can be set: other handlers are not supported."""
    before = getsignal(signalnum)
    if handler is not before:
        raise ValueError("handlers of signals cannot be changed here")
    return before
