"""Threads and what they wait for, on top of `_thread`.

Everything that waits does so on a lock: a condition gives each waiter a lock of its own, which `notify` releases."""

import _thread
import sys
import time
import weakref
from _thread import get_ident

__all__ = [
    "Barrier", "BoundedSemaphore", "BrokenBarrierError", "Condition", "Event", "ExceptHookArgs", "Lock", "RLock", "Semaphore", "TIMEOUT_MAX",
    "Thread", "ThreadError", "Timer", "active_count", "current_thread", "enumerate", "excepthook", "get_ident", "get_native_id", "getprofile",
    "gettrace", "local", "main_thread", "setprofile", "settrace", "stack_size",
]

Lock = _thread.allocate_lock
TIMEOUT_MAX = _thread.TIMEOUT_MAX

_threads = {}
_count = 0


def _shown(object, told):
    return "<%s.%s at %#x: %s>" % (type(object).__module__, type(object).__qualname__, id(object), told)


class RLock:
    __module__ = "_thread"

    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._depth = 0

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._depth += 1
            return True
        taken = self._lock.acquire(blocking, timeout)
        if taken:
            self._owner, self._depth = me, 1
        return taken

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *reason):
        self.release()

    def __repr__(self):
        state = "locked" if self._depth else "unlocked"
        told = state, type(self).__module__, type(self).__qualname__, self._owner or 0, self._depth, id(self)
        return "<%s %s.%s object owner=%d count=%d at %#x>" % told

    # For conditions: gives the lock up whatever its depth, and takes it back.
    def _release_save(self):
        if not self._depth:
            raise RuntimeError("cannot release un-acquired lock")
        before, self._depth, self._owner = (self._depth, self._owner), 0, None
        self._lock.release()
        return before

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._depth, self._owner = state

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._depth if self._is_owned() else 0

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._owner, self._depth = None, 0


def stack_size(size=0):
    return _thread.stack_size(size)


class Condition:
    def __init__(self, lock=None):
        self._lock = lock = lock if lock is not None else RLock()
        self.acquire, self.release = lock.acquire, lock.release
        # A lock that can be taken more than once knows better than this class how it is given up and taken back.
        for name in ("_release_save", "_acquire_restore", "_is_owned", "_recursion_count"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *reason):
        return self._lock.__exit__(*reason)

    def __repr__(self):
        return "<Condition(%s, %d)>" % (self._lock, len(self._waiters))

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._waiters.clear()

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def _check(self, what):
        if not self._is_owned():
            raise RuntimeError("cannot " + what + " on un-acquired lock")

    def wait(self, timeout=None):
        self._check("wait")
        mine = Lock()
        mine.acquire()
        self._waiters.append(mine)
        state, woken = self._release_save(), False
        try:
            woken = mine.acquire(True, -1 if timeout is None else max(timeout, 0))
            return woken
        finally:
            self._acquire_restore(state)
            if not woken and mine in self._waiters:
                self._waiters.remove(mine)

    def wait_for(self, predicate, timeout=None):
        end = None if timeout is None else time.time() + timeout
        result = predicate()
        while not result:
            left = None if end is None else end - time.time()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        self._check("notify")
        woken, self._waiters = self._waiters[:n], self._waiters[n:]
        for lock in woken:
            lock.release()

    def notify_all(self):
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        return _shown(self, "value=%d" % self._value)

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._cond.wait_for(lambda: self._value > 0, timeout if blocking else 0):
                return False
            self._value -= 1
            return True

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *reason):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return _shown(self, "value=%d/%d" % (self._value, self._initial_value))

    def release(self, n=1):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class Event:
    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        return _shown(self, "set" if self._flag else "unset")

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        # Who was woken is told so, even if the flag is gone again by then.
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class Barrier:
    """Threads wait here for each other: as many as `parties` go on together."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._changed = Condition(Lock())
        self._action, self._timeout, self.parties = action, timeout, parties
        self.n_waiting = 0
        self._round = [False]
        self.broken = False

    def __repr__(self):
        return _shown(self, "broken" if self.broken else "waiters=%d/%d" % (self.n_waiting, self.parties))

    def wait(self, timeout=None):
        with self._changed:
            if self.broken:
                raise BrokenBarrierError
            mine, number = self._round, self.n_waiting
            self.n_waiting += 1
            if self.n_waiting == self.parties:
                try:
                    if self._action:
                        self._action()
                except BaseException:
                    self._break()
                    raise
                self._next(True)
            else:
                timeout = self._timeout if timeout is None else timeout
                if not self._changed.wait_for(lambda: mine is not self._round, timeout):
                    self._break()
                if not mine[0]:
                    raise BrokenBarrierError
            return number

    def _next(self, passed):
        # Those who wait see that their round has ended, and how.
        self._round[0] = passed
        self._round, self.n_waiting = [False], 0
        self._changed.notify_all()

    def _break(self):
        self.broken = True
        self._next(False)

    def reset(self):
        with self._changed:
            self._next(False)
            self.broken = False

    def abort(self):
        with self._changed:
            self._break()


class BrokenBarrierError(RuntimeError):
    pass


class ExceptHookArgs:
    """What a thread has ended with: what `excepthook` is given."""

    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args


def excepthook(args, /):
    # A program that has no `sys.stderr` any more had one when the thread was made.
    file = sys.stderr if sys.stderr is not None or args.thread is None else args.thread._stderr
    if args.exc_type is SystemExit or file is None:
        return
    file.write("Exception in thread %s:\n" % (get_ident() if args.thread is None else args.thread.name))
    sys.print_exception(args.exc_value, file)


__excepthook__ = excepthook
_trace = _profile = None


def settrace(func):
    global _trace
    _trace = func


def gettrace():
    return _trace


def setprofile(func):
    global _profile
    _profile = func


def getprofile():
    return _profile


class Thread:
    ident = None
    _is_set_up = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _count
        if group is not None:
            raise AssertionError("group argument must be None for now")
        if name is None:
            _count += 1
            name = "Thread-%d" % _count
            if target is not None and getattr(target, "__name__", None):
                name += " (%s)" % target.__name__
        self._name = str(name)
        self._daemon = current_thread().daemon if daemon is None else bool(daemon)
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._ended, self._stderr = Event(), sys.stderr
        self._is_set_up = True

    def _check(self):
        if not self._is_set_up:
            raise RuntimeError("Thread.__init__() not called")

    @property
    def name(self):
        self._check()
        return self._name

    @name.setter
    def name(self, name):
        self._check()
        self._name = str(name)

    @property
    def daemon(self):
        self._check()
        return self._daemon

    @daemon.setter
    def daemon(self, daemonic):
        self._check()
        if self.ident is not None:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemon = daemonic

    @property
    def native_id(self):
        return self.ident

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def __repr__(self):
        self._check()
        state = "initial" if self.ident is None else "started" if self.is_alive() else "stopped"
        number = "" if self.ident is None else " %d" % self.ident
        return "<%s(%s, %s%s%s)>" % (type(self).__name__, self._name, state, " daemon" if self._daemon else "", number)

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # What it was given lives no longer than it needs to.
            del self._target, self._args, self._kwargs

    def start(self):
        if not self._is_set_up:
            raise RuntimeError("thread.__init__() not called")
        if self.ident is not None:
            raise RuntimeError("threads can only be started once")
        _wait_at_exit()
        # Nobody may see a started thread that has no number yet.
        self.ident = 0
        begun = Lock()
        begun.acquire()
        try:
            _thread.start_new_thread(self._main, (begun,))
        except BaseException:
            self.ident = None
            raise
        begun.acquire()

    def _main(self, begun):
        self.ident = get_ident()
        _threads[self.ident] = self
        begun.release()
        try:
            if _trace is not None:
                sys.settrace(_trace)
            self.run()
        except BaseException as e:
            try:
                excepthook(ExceptHookArgs((type(e), e, e.__traceback__, self)))
            except BaseException as worse:
                if self._stderr is not None:
                    self._stderr.write("Exception in threading.excepthook:\n")
                sys.excepthook(type(worse), worse, worse.__traceback__)
        finally:
            for reference in list(_locals):
                own = reference()
                if own is not None:
                    object.__getattribute__(own, "_own").pop(self.ident, None)
            del _threads[self.ident]
            self._ended.set()

    def is_alive(self):
        self._check()
        return self.ident is not None and not self._ended.is_set()

    def join(self, timeout=None):
        self._check()
        if self.ident is None:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        self._ended.wait(timeout)


class _DummyThread(Thread):
    """One that this module did not start."""

    def __init__(self):
        super().__init__(name="Dummy-%d" % get_ident(), daemon=True)
        self.ident = get_ident()
        _threads[self.ident] = self


_waits_at_exit = False


def _wait_at_exit():
    # A program ends when its threads have, but those that are daemons.
    global _waits_at_exit, _before
    if not _waits_at_exit:
        _waits_at_exit = True
        _before = sys.atexit(_shutdown)


def _shutdown():
    # The main thread has ended for those that wait for it.
    _main_thread._ended.set()
    for thread in list(_threads.values()):
        if thread is not _main_thread and not thread.daemon:
            thread.join()
    if _before is not None:
        _before()


class Timer(Thread):
    """A thread that calls a function after a time, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function, self.args, self.kwargs = interval, function, args or [], kwargs or {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


_locals = []


class local:
    """Attributes that each thread has for itself."""

    def __new__(cls, /, *args, **kwargs):
        self = super().__new__(cls)
        object.__setattr__(self, "_own", {get_ident(): {}})
        object.__setattr__(self, "_arguments", (args, kwargs))
        _locals.append(weakref.ref(self, _locals.remove))
        return self

    def _mine(self):
        own = object.__getattribute__(self, "_own")
        mine = own.get(get_ident())
        if mine is None:
            mine = own[get_ident()] = {}
            # Every thread begins with what `__init__` sets.
            if type(self).__init__ is not object.__init__:
                args, kwargs = object.__getattribute__(self, "_arguments")
                self.__init__(*args, **kwargs)
        return mine

    def __getattribute__(self, name):
        if name == "__dict__":
            return local._mine(self)
        mine = local._mine(self)
        if name in mine:
            return mine[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError("%r object attribute '__dict__' is read-only" % type(self).__name__)
        set = getattr(getattr(type(self), name, None), "__set__", None)
        if set is not None:
            set(self, value)
        else:
            local._mine(self)[name] = value

    def __delattr__(self, name):
        if local._mine(self).pop(name, self) is self:
            raise AttributeError("%r object has no attribute %r" % (type(self).__name__, name))


def current_thread():
    return _threads.get(get_ident()) or _DummyThread()


def main_thread():
    return _main_thread


def enumerate():
    return list(_threads.values())


def active_count():
    return len(_threads)


get_native_id = get_ident
currentThread, activeCount = current_thread, active_count
ThreadError = RuntimeError
_main_thread = Thread(name="MainThread", daemon=False)
_main_thread.ident = get_ident()
_threads[_main_thread.ident] = _main_thread
# As CPython calls them.
_RLock = _PyRLock = RLock
_CRLock = None
# Those that run, as the test-suite of CPython counts them.
_active, _dangling = _threads, _threads
