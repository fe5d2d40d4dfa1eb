"""What is a coroutine, and what is told of one."""

import inspect
import os
import sys
from collections.abc import Coroutine
from types import CoroutineType, GeneratorType

__all__ = ("iscoroutinefunction", "iscoroutine")

_is_coroutine = object()


def _is_debug_mode():
    is_asked_for = not sys.flags.ignore_environment and os.environ.get("PYTHONASYNCIODEBUG", "") != ""
    return bool(sys.flags.dev_mode or is_asked_for)


def iscoroutinefunction(func):
    # Functions may bear a mark of ours; `AsyncMock` has one in its class.
    is_marked = getattr(func, "_is_coroutine", None) is _is_coroutine or getattr(type(func), "_is_coroutine", None) is True
    return is_marked or inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    return isinstance(obj, (CoroutineType, GeneratorType, Coroutine))


def _part(coro, what):
    """A part of a coroutine, or of the generator that serves as one."""
    return getattr(coro, "cr_" + what, None) or getattr(coro, "gi_" + what, None)


def _format_coroutine(coro):
    """Its name, and where it is, as far as it tells."""
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None) or "<%s without __name__>" % type(coro).__name__
    code, frame = _part(coro, "code"), _part(coro, "frame")
    if code is None:
        state = " running" if _part(coro, "running") else ""
    else:
        state, line = (" done, defined", code.co_firstlineno) if frame is None else (" running", frame.f_lineno)
        state += " at %s:%s" % (code.co_filename or "<empty co_filename>", line)
    return name + "()" + state
