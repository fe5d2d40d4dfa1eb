"""Time zones by name, as this computer's files (or the package `tzdata`) have them."""

import _zonefile
import os
import weakref
from datetime import datetime, timedelta, tzinfo

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]
TZPATH = ()
_ZERO = timedelta(0)
_spans = {}


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


def reset_tzpath(to=None):
    """Where zones are looked for: what is given, what `PYTHONTZPATH` says, or the usual places."""
    global TZPATH
    if to is not None:
        if isinstance(to, (str, bytes)):
            raise TypeError("tzpath must be a list or tuple, not %s: %r" % (type(to), to))
        wrong = [path for path in to if not os.path.isabs(path)]
        if wrong:
            raise ValueError("tzpaths must be absolute paths, got %r" % wrong)
        TZPATH = tuple([os.fspath(path) for path in to])
    elif "PYTHONTZPATH" in os.environ:
        TZPATH = tuple([path for path in os.environ["PYTHONTZPATH"].split(os.pathsep) if os.path.isabs(path)])
    else:
        TZPATH = _zonefile.DIRECTORIES


reset_tzpath()


def _span(seconds):
    found = _spans.get(seconds)
    if found is None:
        found = _spans[seconds] = timedelta(seconds=seconds)
    return found


def _checked(key):
    if os.path.isabs(key):
        raise ValueError("ZoneInfo keys may not be absolute paths, got: %s" % key)
    plain = os.path.normpath(key)
    if len(plain) != len(key) or plain.startswith(".."):
        raise ValueError("ZoneInfo keys must be normalized relative paths, got: %s" % key)


def _data(key):
    _checked(key)
    data = _zonefile.named(key, TZPATH)
    if data is not None:
        return data
    try:
        from importlib import resources

        package, _, name = key.rpartition("/")
        with resources.open_binary(".".join(["tzdata.zoneinfo", *package.split("/")]).rstrip("."), name) as file:
            return file.read()
    except (ImportError, OSError, AttributeError, UnicodeEncodeError):
        raise ZoneInfoNotFoundError("No time zone found with key %s" % key) from None


_EPOCH_ORDINAL = datetime(1970, 1, 1).toordinal()


class ZoneInfo(tzinfo):
    _strong, _weak = {}, weakref.WeakValueDictionary()

    def __init_subclass__(cls):
        cls._strong, cls._weak = {}, weakref.WeakValueDictionary()

    def __new__(cls, key):
        found = cls._weak.get(key)
        if found is None:
            found = cls._weak[key] = cls.no_cache(key)
            found._cached = True
        # The last few live on, though nobody holds them.
        cls._strong.pop(key, None)
        cls._strong[key] = found
        while len(cls._strong) > 8:
            del cls._strong[next(iter(cls._strong))]
        return found

    @classmethod
    def no_cache(cls, key):
        made = cls._made(_data(key))
        made._key = key
        return made

    @classmethod
    def from_file(cls, fobj, /, key=None):
        made = cls._made(fobj.read())
        made._key, made._from_file = key, True
        return made

    @classmethod
    def _made(cls, data):
        made = tzinfo.__new__(cls)
        made._zone, made._from_file, made._cached = _zonefile.parse(data), False, False
        return made

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for key in list(cls._weak) + list(cls._strong) if only_keys is None else only_keys:
            cls._weak.pop(key, None)
            cls._strong.pop(key, None)

    key = property(lambda self: self._key)

    def _kind(self, dt):
        if dt is None:
            rule, zone = self._zone.rule, self._zone
            # A zone that is always the same has an offset without a moment.
            if not zone.moments and (rule is None or rule.other is None):
                return zone.first if rule is None else rule.standard
            return None
        wall = (dt.toordinal() - _EPOCH_ORDINAL) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second
        return self._zone.of_wall(wall, dt.fold)

    def utcoffset(self, dt):
        kind = self._kind(dt)
        return None if kind is None else _span(kind[0])

    def dst(self, dt):
        kind = self._kind(dt)
        return None if kind is None else _span(self._zone.summer(kind))

    def tzname(self, dt):
        kind = self._kind(dt)
        return None if kind is None else kind[2]

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        seconds = (dt.toordinal() - _EPOCH_ORDINAL) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second
        made = dt + _span(self._zone.at(seconds)[0])
        return made.replace(fold=1) if self._zone.is_repeated(seconds) else made

    def __str__(self):
        return repr(self) if self._key is None else str(self._key)

    def __repr__(self):
        if self._key is not None:
            return "%s.%s(key=%r)" % (type(self).__module__, type(self).__qualname__, self._key)
        return "%s.%s.from_file(%s)" % (type(self).__module__, type(self).__qualname__, "")

    def __reduce__(self):
        if self._from_file:
            import pickle

            raise pickle.PicklingError("Cannot pickle a ZoneInfo file created from a file stream.")
        return type(self)._unpickle, (self._key, self._cached)

    @classmethod
    def _unpickle(cls, key, from_cache, /):
        return cls(key) if from_cache else cls.no_cache(key)


def available_timezones():
    """The names of all zones."""
    found = set()
    try:
        from importlib import resources

        with resources.open_text("tzdata", "zones") as file:
            found.update([line.strip() for line in file])
    except (ImportError, OSError, AttributeError):
        pass
    for top in TZPATH:
        for folder, folders, files in os.walk(top):
            if folder == top:
                folders[:] = [name for name in folders if name not in ("right", "posix")]
            for name in files:
                path = os.path.join(folder, name)
                try:
                    with open(path, "rb") as file:
                        if file.read(4) == b"TZif":
                            found.add(os.path.relpath(path, top))
                except OSError:
                    continue
    found.discard("posixrules")
    return found
