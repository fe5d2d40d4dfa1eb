"""What continues the builtin module `_thread`."""

TIMEOUT_MAX = 9223372036.0
error = RuntimeError


def __getattr__(name):
    # These are written in Python, over this module.
    import threading

    known = {"_local": "local", "RLock": "RLock"}
    if name not in known:
        raise AttributeError(name)
    return getattr(threading, known[name])


def get_native_id():
    from threading import get_ident

    return get_ident()


def interrupt_main(signum=2, /):
    """As if this signal had come: what it does with a program that has said nothing of it is not done."""
    import signal

    if signal.getsignal(signum) not in (signal.SIG_DFL, signal.SIG_IGN):
        signal.raise_signal(signum)


def daemon_threads_allowed():
    return True
