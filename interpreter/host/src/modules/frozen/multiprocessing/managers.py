"""Objects that a process of their own keeps for all the others."""

import os
import queue
import threading
import traceback

from multiprocessing import connection, process, util
from multiprocessing.context import ProcessError

__all__ = ["BaseManager", "SyncManager", "BaseProxy", "Token", "SharedMemoryManager"]


class RemoteError(ProcessError):
    def __str__(self):
        return "\n" + "-" * 75 + "\n" + str(self.args[0]) + "-" * 75


class Namespace:
    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        items = sorted(["%s=%r" % item for item in self.__dict__.items() if not item[0].startswith("_")])
        return "%s(%s)" % (type(self).__name__, ", ".join(items))


class _Value:
    def __init__(self, typecode, value, lock=True):
        self._typecode, self.value = typecode, value

    def get(self):
        return self.value

    def set(self, value):
        self.value = value


class Token:
    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id


class _Server:
    """The process that keeps the objects."""

    def __init__(self, registry, address, authkey):
        self.registry, self.listener = registry, connection.Listener(address, backlog=64, authkey=authkey)
        self.objects, self.counter, self.lock = {}, 0, threading.Lock()

    def serve(self):
        while True:
            try:
                link = self.listener.accept()
            except ProcessError:
                continue
            except OSError:
                return
            threading.Thread(target=self.talk, args=(link,), daemon=True).start()

    def talk(self, link):
        while True:
            try:
                request = link.recv()
            except (EOFError, OSError):
                return
            if request is None:
                link.send(("#OK", None))
                os._exit(0)
            try:
                answer = "#OK", self.answer(*request)
            except Exception as error:
                answer = "#ERROR", error
            try:
                link.send(answer)
            except OSError:
                return
            except Exception:
                link.send(("#TRACEBACK", traceback.format_exc()))

    def answer(self, ident, name, args, kwargs):
        if ident is None:
            return self.create(name, args, kwargs)
        thing, typeid = self.objects[ident]
        if name == "#GETVALUE":
            return thing
        if name == "#SIZE":
            return len(self.objects)
        got = getattr(thing, name)(*args, **kwargs)
        made = (self.registry[typeid][2] or {}).get(name)
        # What it answered stays here, too.
        return ("#PROXY", made, self.keep(got, made)) if made else got

    def keep(self, thing, typeid):
        with self.lock:
            self.counter += 1
            self.objects[self.counter] = thing, typeid
            return self.counter

    def create(self, typeid, args, kwargs):
        made = self.registry[typeid][0]
        return self.keep(args[0] if made is None else made(*args, **kwargs), typeid)


class BaseProxy:
    _exposed_ = ()

    def __init__(self, token, manager=None, authkey=None, **ignored):
        self._token, self._id, self._authkey = token, token.id, authkey or process.current_process().authkey
        self._local = threading.local()
        self._pid, self._registry = os.getpid(), manager and manager._registry

    def _link(self):
        if self._pid != os.getpid():
            self._local, self._pid = threading.local(), os.getpid()
        link = getattr(self._local, "link", None)
        if link is None:
            link = self._local.link = connection.Client(self._token.address, authkey=self._authkey)
        return link

    def _callmethod(self, methodname, args=(), kwds={}):
        link = self._link()
        link.send((self._id, methodname, args, kwds))
        kind, answer = link.recv()
        if kind == "#TRACEBACK":
            raise RemoteError(answer)
        if kind == "#ERROR":
            raise answer
        if isinstance(answer, tuple) and len(answer) == 3 and answer[0] == "#PROXY":
            made = _PROXIES.get(answer[1], BaseProxy)
            return made(Token(answer[1], self._token.address, answer[2]), authkey=self._authkey)
        return answer

    def _getvalue(self):
        return self._callmethod("#GETVALUE")

    def __reduce__(self):
        return _proxy, (type(self), self._token.typeid, self._token.address, self._id, self._authkey)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return "<%s object, typeid %r at %#x>" % (type(self).__name__, self._token.typeid, id(self))

    def __str__(self):
        return self._callmethod("__repr__")


def _proxy(kind, typeid, address, ident, authkey):
    return kind(Token(typeid, address, ident), authkey=authkey)


def MakeProxyType(name, exposed, _cache={}):
    """A class whose methods are those of the object."""
    key = name, tuple(exposed)
    if key not in _cache:
        def method(called):
            def call(self, /, *args, **kwds):
                return self._callmethod(called, args, kwds)

            call.__name__ = called
            return call

        made = type(name, (BaseProxy,), {called: method(called) for called in exposed})
        made._exposed_ = tuple(exposed)
        _cache[key] = made
        # Where pickles find it.
        globals().setdefault(name, made)
    return _cache[key]


def AutoProxy(token, manager=None, authkey=None, exposed=None, **ignored):
    if exposed is None:
        exposed = [name for name in dir(manager._registry[token.typeid][0]) if not name.startswith("_")]
    return MakeProxyType("AutoProxy[%s]" % token.typeid, exposed)(token, manager, authkey)


_LIST = ("__add__", "__contains__", "__delitem__", "__getitem__", "__len__", "__mul__", "__reversed__", "__rmul__", "__setitem__", "append", "count", "extend",
         "index", "insert", "pop", "remove", "reverse", "sort", "__imul__")
_DICT = ("__contains__", "__delitem__", "__getitem__", "__iter__", "__len__", "__setitem__", "clear", "copy", "get", "items", "keys", "pop", "popitem",
         "setdefault", "update", "values")


class ListProxy(MakeProxyType("BaseListProxy", _LIST)):
    def __iadd__(self, value):
        self._callmethod("extend", (value,))
        return self

    def __imul__(self, value):
        self._callmethod("__imul__", (value,))
        return self

    def __iter__(self):
        return iter(self._getvalue())


class DictProxy(MakeProxyType("BaseDictProxy", _DICT)):
    def keys(self):
        return list(self._getvalue())

    def values(self):
        return list(self._getvalue().values())

    def items(self):
        return list(self._getvalue().items())

    def __iter__(self):
        return iter(self.keys())


class NamespaceProxy(BaseProxy):
    def __getattr__(self, name):
        if name[0] == "_":
            return object.__getattribute__(self, name)
        return self._callmethod("__getattribute__", (name,))

    def __setattr__(self, name, value):
        if name[0] == "_":
            object.__setattr__(self, name, value)
        else:
            self._callmethod("__setattr__", (name, value))

    def __delattr__(self, name):
        if name[0] == "_":
            object.__delattr__(self, name)
        else:
            self._callmethod("__delattr__", (name,))


class ValueProxy(MakeProxyType("BaseValueProxy", ("get", "set"))):
    value = property(lambda self: self.get(), lambda self, value: self.set(value))


class AcquirerProxy(MakeProxyType("BaseAcquirerProxy", ("acquire", "release"))):
    def __enter__(self):
        return self._callmethod("acquire")

    def __exit__(self, *error):
        self._callmethod("release")


class ConditionProxy(AcquirerProxy):
    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def notify(self, n=1):
        return self._callmethod("notify", (n,))

    def notify_all(self):
        return self._callmethod("notify_all")


class BaseManager:
    # Type's name: (what makes it, the class of proxies, the methods whose answers stay in the process).
    _registry = {}

    def __init__(self, address=None, authkey=None, serializer="pickle", ctx=None):
        self._address, self._authkey = address, process.current_process().authkey if authkey is None else bytes(authkey)
        self._process, self._registry = None, dict(type(self)._registry)

    def start(self, initializer=None, initargs=()):
        reader, writer = connection.Pipe(duplex=False)
        self._process = process.Process(target=self._run, args=(writer, initializer, initargs), daemon=False)
        self._process.name = type(self).__name__ + "-" + self._process.name.partition("-")[2]
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self.shutdown = util.Finalize(self, self._end, exitpriority=0)

    def _run(self, writer, initializer, initargs):
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if initializer is not None:
            initializer(*initargs)
        server = _Server(self._registry, self._address, self._authkey)
        writer.send(server.listener.address)
        writer.close()
        server.serve()

    def _end(self):
        try:
            link = connection.Client(self._address, authkey=self._authkey)
            link.send(None)
            link.recv()
        except (OSError, EOFError):
            pass
        self._process.join(1)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
        if isinstance(self._address, str):
            try:
                os.unlink(self._address)
            except OSError:
                pass

    def connect(self):
        connection.Client(self._address, authkey=self._authkey).close()

    def get_server(self):
        server = _Server(self._registry, self._address, self._authkey)
        server.serve_forever, server.address = server.serve, server.listener.address
        return server

    def join(self, timeout=None):
        if self._process is not None:
            self._process.join(timeout)

    @property
    def address(self):
        return self._address

    def __enter__(self):
        if self._process is None:
            self.start()
        return self

    def __exit__(self, *error):
        self.shutdown()

    def _create(self, typeid, args, kwargs):
        link = connection.Client(self._address, authkey=self._authkey)
        link.send((None, typeid, args, kwargs))
        kind, answer = link.recv()
        link.close()
        if kind == "#ERROR":
            raise answer
        if kind == "#TRACEBACK":
            raise RemoteError(answer)
        return Token(typeid, self._address, answer)

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        if "_registry" not in cls.__dict__:
            cls._registry = cls._registry.copy()
        exposed = exposed or getattr(proxytype, "_exposed_", None) or None
        cls._registry[typeid] = callable, proxytype, method_to_typeid or getattr(proxytype, "_method_to_typeid_", None)
        if not create_method:
            return

        def made(self, /, *args, **kwds):
            token = self._create(typeid, args, kwds)
            if proxytype is None:
                return AutoProxy(token, self, self._authkey, exposed)
            return proxytype(token, self, self._authkey)

        made.__name__ = typeid
        setattr(cls, typeid, made)


class SyncManager(BaseManager):
    """The objects that programs share most often."""


for _name, _made, _kind in (
    ("Queue", queue.Queue, None), ("JoinableQueue", queue.Queue, None), ("Event", threading.Event, None), ("Lock", threading.Lock, AcquirerProxy),
    ("RLock", threading.RLock, AcquirerProxy), ("Semaphore", threading.Semaphore, AcquirerProxy),
    ("BoundedSemaphore", threading.BoundedSemaphore, AcquirerProxy), ("Condition", threading.Condition, ConditionProxy), ("Barrier", threading.Barrier, None),
    ("list", list, ListProxy), ("dict", dict, DictProxy), ("Value", _Value, ValueProxy), ("Namespace", Namespace, NamespaceProxy),
):
    SyncManager.register(_name, _made, _kind)
SyncManager.register("Array", lambda typecode, sequence, lock=True: list(sequence), ListProxy)
_PROXIES = {name: row[1] for name, row in SyncManager._registry.items() if row[1]}
del _name, _made, _kind


class SharedMemoryManager(BaseManager):
    """Gives blocks of shared memory, which are gone when it is shut down."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._blocks = []

    def SharedMemory(self, size):
        from multiprocessing import shared_memory

        block = shared_memory.SharedMemory(None, True, size)
        self._blocks.append(block.name)
        return block

    def ShareableList(self, sequence):
        from multiprocessing import shared_memory

        shared = shared_memory.ShareableList(sequence)
        self._blocks.append(shared.shm.name)
        return shared

    def _end(self):
        from multiprocessing import shared_memory

        while self._blocks:
            try:
                block = shared_memory.SharedMemory(self._blocks.pop())
            except FileNotFoundError:
                continue
            block.close()
            block.unlink()
        super()._end()
