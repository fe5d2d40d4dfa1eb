"""Waiting for several files and sockets at once."""

import select
from abc import ABCMeta, abstractmethod
from collections import namedtuple
from collections.abc import Mapping
from errno import EINVAL

EVENT_READ, EVENT_WRITE = 1, 2


def _fileobj_to_fd(fileobj):
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError("Invalid file object: %r" % (fileobj,)) from None
    if fd < 0:
        raise ValueError("Invalid file descriptor: %d" % fd)
    return fd


SelectorKey = namedtuple("SelectorKey", ["fileobj", "fd", "events", "data"])


class _SelectorMapping(Mapping):
    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._keys)

    def get(self, fileobj, default=None):
        return self._selector._keys.get(self._selector._fileobj_lookup(fileobj), default)

    def __getitem__(self, fileobj):
        key = self.get(fileobj)
        if key is None:
            raise KeyError("%r is not registered" % (fileobj,))
        return key

    def __iter__(self):
        return iter(self._selector._keys)


class BaseSelector(metaclass=ABCMeta):
    @abstractmethod
    def register(self, fileobj, events, data=None):
        raise NotImplementedError

    @abstractmethod
    def unregister(self, fileobj):
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    @abstractmethod
    def select(self, timeout=None):
        raise NotImplementedError

    def close(self):
        pass

    def get_key(self, fileobj):
        mapping = self.get_map()
        if mapping is None:
            raise RuntimeError("Selector is closed")
        try:
            return mapping[fileobj]
        except KeyError:
            raise KeyError("%r is not registered" % (fileobj,)) from None

    @abstractmethod
    def get_map(self):
        raise NotImplementedError

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.close()


class PollSelector(BaseSelector):
    """Over `select.poll`, which takes objects here as well as numbers."""

    def __init__(self):
        self._keys, self._map, self._poll, self._polled = {}, _SelectorMapping(self), select.poll(), {}

    def _fileobj_lookup(self, fileobj):
        try:
            return _fileobj_to_fd(fileobj)
        except (OSError, ValueError) as error:
            # A stream as MicroPython has them needs no descriptor: it has a number that none has.
            has_none = hasattr(fileobj, "ioctl") or getattr(error, "errno", 0) == EINVAL
            if has_none and not hasattr(fileobj, "recv"):
                return -1 - id(fileobj)
            # It may be closed, and still be known.
            for key in self._keys.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError("Invalid events: %r" % (events,))
        key = SelectorKey(fileobj, self._fileobj_lookup(fileobj), events, data)
        if key.fd in self._keys:
            raise KeyError("%r (FD %d) is already registered" % (fileobj, key.fd))
        wanted = (select.POLLIN if events & EVENT_READ else 0) | (select.POLLOUT if events & EVENT_WRITE else 0)
        # A stream tells of what it holds back itself; what merely has a number is asked by that.
        self._polled[key.fd] = fileobj
        try:
            self._poll.register(fileobj, wanted)
        except TypeError:
            self._polled[key.fd] = key.fd
            self._poll.register(key.fd, wanted)
        self._keys[key.fd] = key
        return key

    def unregister(self, fileobj):
        try:
            key = self._keys.pop(self._fileobj_lookup(fileobj))
        except KeyError:
            raise KeyError("%r is not registered" % (fileobj,)) from None
        try:
            self._poll.unregister(self._polled.pop(key.fd))
        except (KeyError, OSError, ValueError):
            pass
        return key

    def modify(self, fileobj, events, data=None):
        try:
            key = self._keys[self._fileobj_lookup(fileobj)]
        except KeyError:
            raise KeyError("%r is not registered" % (fileobj,)) from None
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._keys[key.fd] = key._replace(data=data)
        return key

    def select(self, timeout=None):
        wait = -1 if timeout is None else max(int(timeout * 1000 + 0.999), 0)
        ready = []
        for fileobj, event in self._poll.poll(wait):
            key = self._keys.get(self._fileobj_lookup(fileobj))
            if key is None:
                continue
            events = (EVENT_READ if event & ~select.POLLOUT else 0) | (EVENT_WRITE if event & ~select.POLLIN else 0)
            if events & key.events:
                ready.append((key, events & key.events))
        return ready

    def close(self):
        self._keys.clear()
        self._map = None

    def get_map(self):
        return self._map


class SelectSelector(PollSelector):
    pass


class EpollSelector(PollSelector):
    """What Linux has for many descriptors; here it is over `poll` as well."""


DefaultSelector = EpollSelector
