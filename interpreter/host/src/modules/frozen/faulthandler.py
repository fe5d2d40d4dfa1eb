"""Tracebacks at a signal or after a time, of the thread that receives signals.

What CPython tells of a crash, the interpreter says by itself: `enable` only keeps what it was asked.
"""

import signal
import sys
import traceback

_enabled = False
_registered = {}


def enable(file=None, all_threads=True):
    global _enabled
    _stream(file)
    _enabled = True


def disable():
    global _enabled
    was_enabled, _enabled = _enabled, False
    return was_enabled


def is_enabled():
    return _enabled


def dump_traceback(file=None, all_threads=True):
    _dump(_stream(file), sys._getframe(1))


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")
    write = _stream(file)

    def expired(number, frame):
        write("Timeout (%g seconds)!\n" % timeout)
        _dump(write, frame)
        if exit:
            import os

            os._exit(1)

    signal.signal(signal.SIGALRM, expired)
    signal.setitimer(signal.ITIMER_REAL, timeout, timeout if repeat else 0)


def cancel_dump_traceback_later():
    signal.setitimer(signal.ITIMER_REAL, 0)


def register(signum, file=None, all_threads=True, chain=False):
    write = _stream(file)
    before = _registered[signum] if signum in _registered else signal.getsignal(signum)

    def received(number, frame):
        _dump(write, frame)
        if chain and callable(before):
            before(number, frame)

    signal.signal(signum, received)
    _registered[signum] = before


def unregister(signum):
    if signum not in _registered:
        return False
    signal.signal(signum, _registered.pop(signum))
    return True


def _stream(file):
    # What writes text to a file, or to the number of a descriptor.
    if file is None:
        file = sys.stderr
    if file is None:
        raise RuntimeError("sys.stderr is None")
    if isinstance(file, int):
        import os

        return lambda text: os.write(file, text.encode())

    def write(text):
        file.write(text)
        file.flush()

    return write


def _dump(write, frame):
    lines = ['  File "%s", line %d in %s\n' % (each.filename, each.lineno, each.name) for each in traceback.extract_stack(frame)]
    write("Current thread (most recent call first):\n" + "".join(reversed(lines)))
