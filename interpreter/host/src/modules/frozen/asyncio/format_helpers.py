"""How functions and their places are told of in texts."""

import functools
import inspect
import reprlib
import sys


def _format_args_and_kwargs(args, kwargs):
    """Arguments as in a call, each in few words."""
    named = kwargs.items() if kwargs else ()
    return "(%s)" % ", ".join([*map(reprlib.repr, args or ()), *(name + "=" + reprlib.repr(value) for name, value in named)])


def _format_callback(func, args, kwargs, suffix=""):
    """A function and its arguments; what `partial` made has several lists of them, the inmost first."""
    while True:
        suffix = _format_args_and_kwargs(args, kwargs) + suffix
        if not isinstance(func, functools.partial):
            return _name(func) + suffix
        func, args, kwargs = func.func, func.args, func.keywords


def _name(func):
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None)
    # An object that can be called may have its class's name, and more to say.
    its_own = isinstance(func, type) or name != type(func).__qualname__
    return name if name and its_own else repr(func)


def _get_function_source(func):
    """The file and first line of a function, or nothing."""
    func = inspect.unwrap(func)
    while isinstance(func, (functools.partial, functools.partialmethod)):
        func = inspect.unwrap(func.func)
    code = func.__code__ if inspect.isfunction(func) else None
    return code and (code.co_filename, code.co_firstlineno)


def _format_callback_source(func, args):
    """A function with its arguments, and where it stands if that is known."""
    return " at ".join([_format_callback(func, args, None), *("%s:%s" % place for place in [_get_function_source(func)] if place)])


def extract_stack(f=None, limit=None):
    """Where a function was called: the stack of its frame, or of the caller, the newest call last."""
    import traceback

    frames = traceback.walk_stack(f or sys._getframe(1))
    calls = traceback.StackSummary.extract(frames, limit=10 if limit is None else limit, lookup_lines=False)
    calls.reverse()
    return calls
