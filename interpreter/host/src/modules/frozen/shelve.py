"""A dict on disk: keys are text, values whatever `pickle` knows."""

__all__ = ["Shelf", "BsdDbShelf", "DbfilenameShelf", "open"]

import collections.abc
from io import BytesIO
from pickle import DEFAULT_PROTOCOL, Pickler, Unpickler


class _Closed(collections.abc.MutableMapping):
    """What a shelf has for its database when it is closed."""

    def _closed(self, *_):
        raise ValueError("invalid operation on closed shelf")

    __iter__ = __len__ = __getitem__ = __setitem__ = __delitem__ = keys = _closed

    def __repr__(self):
        return "<Closed Dictionary>"


class Shelf(collections.abc.MutableMapping):
    def __init__(self, dict, protocol=None, writeback=False, keyencoding="utf-8"):
        self.dict, self.writeback, self.cache, self.keyencoding = dict, writeback, {}, keyencoding
        self._protocol = DEFAULT_PROTOCOL if protocol is None else protocol

    def __iter__(self):
        for key in self.dict.keys():
            yield key.decode(self.keyencoding)

    def __len__(self):
        return len(self.dict)

    def __contains__(self, key):
        return key.encode(self.keyencoding) in self.dict

    def get(self, key, default=None):
        return self[key] if key.encode(self.keyencoding) in self.dict else default

    def _load(self, data):
        return Unpickler(BytesIO(data)).load()

    def _dump(self, value):
        out = BytesIO()
        Pickler(out, self._protocol).dump(value)
        return out.getvalue()

    def __getitem__(self, key):
        try:
            return self.cache[key]
        except KeyError:
            value = self._load(self.dict[key.encode(self.keyencoding)])
            if self.writeback:
                self.cache[key] = value
            return value

    def __setitem__(self, key, value):
        if self.writeback:
            self.cache[key] = value
        self.dict[key.encode(self.keyencoding)] = self._dump(value)

    def __delitem__(self, key):
        del self.dict[key.encode(self.keyencoding)]
        self.cache.pop(key, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.dict is None:
            return
        try:
            self.sync()
            getattr(self.dict, "close", lambda: None)()
        finally:
            self.dict = _Closed()

    def __del__(self):
        if hasattr(self, "writeback"):
            self.close()

    def sync(self):
        if self.writeback and self.cache:
            self.writeback = False
            for key, value in self.cache.items():
                self[key] = value
            self.writeback = True
            self.cache = {}
        if hasattr(self.dict, "sync"):
            self.dict.sync()


class BsdDbShelf(Shelf):
    """Over a database with an order and a place in it."""

    def _found(self, pair):
        key, value = pair
        return key.decode(self.keyencoding), self._load(value)

    def set_location(self, key):
        return self._found(self.dict.set_location(key))

    def next(self):
        return self._found(next(self.dict))

    def previous(self):
        return self._found(self.dict.previous())

    def first(self):
        return self._found(self.dict.first())

    def last(self):
        return self._found(self.dict.last())


class DbfilenameShelf(Shelf):
    def __init__(self, filename, flag="c", protocol=None, writeback=False):
        import dbm

        Shelf.__init__(self, dbm.open(filename, flag), protocol, writeback)


def open(filename, flag="c", protocol=None, writeback=False):
    return DbfilenameShelf(filename, flag, protocol, writeback)
