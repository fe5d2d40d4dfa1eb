"""What is to be done when the program ends."""

import sys

_calls = []


def register(func, /, *args, **kwargs):
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _calls.append((func, args, kwargs))
    return func


def unregister(func):
    _calls[:] = [call for call in _calls if call[0] != func]


def _clear():
    _calls.clear()


def _ncallbacks():
    return len(_calls)


def _run_exitfuncs():
    last = None
    if _before is not None:
        _before()
    while _calls:
        func, args, kwargs = _calls.pop()
        try:
            func(*args, **kwargs)
        except SystemExit as error:
            last = error
        except BaseException as error:
            sys.print_exception(error, sys.stderr)
            last = error
    if last is not None:
        raise last


# What was to be done by then (threads that end) comes first.
_before = sys.atexit(_run_exitfuncs)
