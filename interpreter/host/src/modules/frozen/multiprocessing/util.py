"""What happens when processes begin and end, and what is logged of it."""

import atexit
import os

__all__ = ["Finalize", "SUBDEBUG", "SUBWARNING", "debug", "get_logger", "info", "log_to_stderr", "sub_debug"]

NOTSET, SUBDEBUG, DEBUG, INFO, SUBWARNING = 0, 5, 10, 20, 25
_logger = None
# Functions that run when this process ends: (priority, number) to a `Finalize`.
_finalizers, _counter = {}, 0


def get_logger():
    global _logger
    import logging

    if _logger is None:
        _logger = logging.getLogger("multiprocessing")
        _logger.propagate = 0
    return _logger


def log_to_stderr(level=None):
    import logging

    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("[%(levelname)s/%(processName)s] %(message)s"))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    return logger


def sub_debug(msg, *args):
    if _logger:
        _logger.log(SUBDEBUG, msg, *args)


def debug(msg, *args):
    if _logger:
        _logger.log(DEBUG, msg, *args)


def info(msg, *args):
    if _logger:
        _logger.log(INFO, msg, *args)


class Finalize:
    """A function that is called once: when it is asked for, or when the process ends."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        global _counter
        _counter += 1
        self._callback, self._args, self._kwargs, self._pid = callback, args, kwargs or {}, os.getpid()
        self._key = (exitpriority if exitpriority is not None else -1, _counter)
        _finalizers[self._key] = self

    def __call__(self):
        if _finalizers.pop(self._key, None) is None or self._pid != os.getpid():
            return None
        return self._callback(*self._args, **self._kwargs)

    def cancel(self):
        _finalizers.pop(self._key, None)

    def still_active(self):
        return self._key in _finalizers


def _after_fork():
    _finalizers.clear()


def _cleanup_tests():
    """What a test-suite calls at its end: no child is left."""
    from multiprocessing import process

    for child in process.active_children():
        child.join()


def _exit_function():
    """Ends children that are daemons, waits for the others, and calls what was asked for."""
    from multiprocessing import process

    def finalize(least):
        for key in sorted([key for key in _finalizers if least is None or key[0] >= least], reverse=True):
            made = _finalizers.get(key)
            if made is not None:
                try:
                    made()
                except Exception:
                    import traceback

                    traceback.print_exc()

    finalize(0)
    for child in process.active_children():
        if child.daemon:
            child.terminate()
    for child in process.active_children():
        child.join()
    finalize(None)


atexit.register(_exit_function)
