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


def interrupt_main(signum=2):
    import signal

    signal.raise_signal(signum)


def daemon_threads_allowed():
    return True


def _count():
    """How many threads run besides the main one."""
    from threading import active_count

    return active_count() - 1
