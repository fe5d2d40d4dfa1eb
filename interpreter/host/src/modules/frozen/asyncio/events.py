"""What a loop is for those who use it, what it keeps of functions that it will call, and which loop a thread has."""

import os
import sys
from _thread import get_ident
from contextvars import copy_context

__all__ = (
    "AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
    "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher", "set_child_watcher",
    "_set_running_loop", "get_running_loop", "_get_running_loop",
)


def _stack():
    """Where whoever made a handle or a future called."""
    from asyncio.format_helpers import extract_stack

    return extract_stack(sys._getframe(2))


def _told(handle):
    """What a handle will call."""
    from asyncio.format_helpers import _format_callback_source

    return _format_callback_source(handle._callback, handle._args)


class Handle:
    """A function that the loop will call, in the context of who asked for it."""

    # `_repr` is the text of one that was cancelled while the loop debugs: its function and arguments are gone then.
    __slots__ = ("_callback", "_args", "_cancelled", "_loop", "_source_traceback", "_repr", "__weakref__", "_context")

    def __init__(self, callback, args, loop, context=None):
        self._callback, self._args, self._loop = callback, args, loop
        self._context = copy_context() if context is None else context
        self._cancelled, self._repr = False, None
        self._source_traceback = _stack() if loop._debug else None

    def __repr__(self):
        if self._repr is None:
            made = self._source_traceback
            words = (
                type(self).__name__,
                self._cancelled and "cancelled",
                self._time_text(),
                self._callback is not None and _told(self),
                made and "created at %s:%s" % (made[-1].filename, made[-1].lineno),
            )
            return "<%s>" % " ".join(filter(None, words))
        return self._repr

    def _time_text(self):
        return None

    def get_context(self):
        """The variables that the function will see."""
        return self._context

    def cancelled(self):
        return self._cancelled

    def cancel(self):
        """The function is not called any more, and is let go of."""
        if self._cancelled:
            return
        self._cancelled = True
        if self._loop.get_debug():
            self._repr = repr(self)
        self._callback = self._args = None

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            told = {"message": "Exception in callback " + _told(self), "exception": error, "handle": self}
            if self._source_traceback:
                told["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(told)


def _between_timers(compare):
    return lambda self, other: compare(self, other) if isinstance(other, TimerHandle) else NotImplemented


def _what_and_when(timer):
    return timer._when, timer._callback, timer._args, timer._cancelled


class TimerHandle(Handle):
    """A function that the loop will call at a time of its clock."""

    __slots__ = ("_scheduled", "_when")

    def __init__(self, when, callback, args, loop, context=None):
        Handle.__init__(self, callback, args, loop, context)
        self._when, self._scheduled = when, False

    def _time_text(self):
        return "when=%s" % self._when

    def when(self):
        return self._when

    def cancel(self):
        if not self._cancelled:
            # The loop counts those that it keeps in vain.
            self._loop._timer_handle_cancelled(self)
        Handle.cancel(self)

    def __hash__(self):
        return hash(self._when)

    # Timers are in order by their time. The loop's heap asks for this one all the time.
    def __lt__(self, other):
        return self._when < other._when if isinstance(other, TimerHandle) else NotImplemented

    __gt__ = _between_timers(lambda one, other: other < one)
    __eq__ = _between_timers(lambda one, other: _what_and_when(one) == _what_and_when(other))
    __le__ = _between_timers(lambda one, other: one < other or one == other)
    __ge__ = _between_timers(lambda one, other: other < one or one == other)


def _left_open(called, awaited=""):
    """Gives a class the methods that those who derive from it write: as they are here, they raise NotImplementedError."""

    def add(cls):
        for names, open_method in ((called, _open_function), (awaited, _open_coroutine)):
            for name in names.split():
                method = open_method()
                method.__name__, method.__qualname__ = name, cls.__name__ + "." + name
                setattr(cls, name, method)
        return cls

    return add


def _open_function():
    def method(self, *args, **kwargs):
        raise NotImplementedError

    return method


def _open_coroutine():
    async def method(self, *args, **kwargs):
        raise NotImplementedError

    return method


@_left_open("close get_loop is_serving", "start_serving serve_forever wait_closed")
class AbstractServer:
    """What listens: made by `create_server`."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.close()
        await self.wait_closed()


@_left_open(
    "run_forever run_until_complete stop is_running is_closed close time get_debug set_debug"
    " call_later call_at call_soon_threadsafe _timer_handle_cancelled create_future create_task set_task_factory get_task_factory"
    " run_in_executor set_default_executor add_reader remove_reader add_writer remove_writer add_signal_handler remove_signal_handler"
    " get_exception_handler set_exception_handler default_exception_handler call_exception_handler",
    "shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo"
    " create_connection create_unix_connection create_server create_unix_server create_datagram_endpoint connect_accepted_socket start_tls"
    " connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sendfile"
    " sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_sendfile sock_connect sock_accept",
)
class AbstractEventLoop:
    """All that a loop can be asked for."""

    def call_soon(self, callback, *args, context=None):
        return self.call_later(0, callback, *args, context=context)


@_left_open("get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher")
class AbstractEventLoopPolicy:
    """Which loop a thread has, and how one is made."""


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """The main thread gets a loop when it first asks; other threads have the one that they were given."""

    # The class of loops.
    _loop_factory = None

    def __init__(self):
        import threading

        # Has a `loop` in each thread that was ever given one, were it None.
        self._mine = threading.local()

    def get_event_loop(self):
        import threading

        thread = threading.current_thread()
        if not hasattr(self._mine, "loop") and thread is threading.main_thread():
            self.set_event_loop(self.new_event_loop())
        loop = getattr(self._mine, "loop", None)
        if loop is None:
            raise RuntimeError("There is no current event loop in thread %r." % thread.name)
        return loop

    def set_event_loop(self, loop):
        self._mine.loop = _a("loop", loop, AbstractEventLoop)

    def new_event_loop(self):
        return self._loop_factory()


def _a(name, thing, kind):
    """The thing, which must be of this kind or None."""
    if thing is None or isinstance(thing, kind):
        return thing
    raise TypeError("%s must be an instance of %s or None, not %r" % (name, kind.__name__, type(thing).__name__))


# The loop that runs in a thread, by the thread's number.
_running = {}


def _get_running_loop():
    return _running.get(get_ident())


def _set_running_loop(loop):
    if loop is not None:
        _running[get_ident()] = loop
    else:
        _running.pop(get_ident(), None)


def get_running_loop():
    """The loop that runs in this thread, and there must be one."""
    try:
        return _running[get_ident()]
    except KeyError:
        raise RuntimeError("no running event loop") from None


def get_event_loop(runq_len=0, waitq_len=0):
    """The loop that runs, else the thread's. The lengths are those that MicroPython once had."""
    return _running.get(get_ident()) or get_event_loop_policy().get_event_loop()


# The same by the names that CPython has for its two kinds of them.
_py__get_running_loop = _c__get_running_loop = _get_running_loop
_py__set_running_loop = _c__set_running_loop = _set_running_loop
_py_get_running_loop = _c_get_running_loop = get_running_loop
_py_get_event_loop = _c_get_event_loop = get_event_loop

# The one policy, once anybody asked for it.
_event_loop_policy = None


def get_event_loop_policy():
    if _event_loop_policy is None:
        from asyncio.unix_events import DefaultEventLoopPolicy

        set_event_loop_policy(DefaultEventLoopPolicy())
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Sets the policy of all threads; None is the usual one again."""
    global _event_loop_policy
    _event_loop_policy = _a("policy", policy, AbstractEventLoopPolicy)


# What the policy is asked for.


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    return get_event_loop_policy().set_child_watcher(watcher)


# A copy of this process runs no loop yet.
os.register_at_fork(after_in_child=_running.clear)
