"""Ctrl-C during tests: the first one ends the run after the test that runs, a second one ends it at once."""

import functools
import signal
import weakref

__all__ = ["installHandler", "registerResult", "removeHandler", "removeResult"]

_results = weakref.WeakKeyDictionary()
_installed = None


class _Handler:
    def __init__(self, before):
        self.before = before
        self.was_called = False

    def __call__(self, signum, frame):
        # A program that has put its own handler over this one wants the old behaviour.
        if self.was_called or signal.getsignal(signal.SIGINT) is not self:
            return self._as_before(signum, frame)
        self.was_called = True
        for result in list(_results):
            result.stop()

    def _as_before(self, signum, frame):
        if callable(self.before):
            return self.before(signum, frame)
        if self.before == signal.SIG_DFL:
            return signal.default_int_handler(signum, frame)


def registerResult(result):
    _results[result] = True


def removeResult(result):
    return bool(_results.pop(result, None))


def installHandler():
    global _installed
    if _installed is None:
        _installed = _Handler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, _installed)


def removeHandler(method=None):
    if method is None:
        if _installed is not None:
            signal.signal(signal.SIGINT, _installed.before)
        return None

    @functools.wraps(method)
    def without(*args, **kwargs):
        before = signal.getsignal(signal.SIGINT)
        removeHandler()
        try:
            return method(*args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, before)

    return without
