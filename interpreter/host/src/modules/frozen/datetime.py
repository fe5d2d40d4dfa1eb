"""Dates and times of the calendar."""

import time as _time
from _time import _date, _parse

MINYEAR, MAXYEAR = 1, 9999
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def _is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def _days_in(y, m):
    return 29 if m == 2 and _is_leap(y) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]


def _before_year(y):
    y -= 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _before_month(y, m):
    return (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)[m - 1] + (m > 2 and _is_leap(y))


def _from_ordinal(n):
    y = (n - 1) * 400 // 146097 + 1
    while _before_year(y) >= n:
        y -= 1
    while _before_year(y + 1) < n:
        y += 1
    rest, m = n - _before_year(y), 1
    while rest > _days_in(y, m):
        rest -= _days_in(y, m)
        m += 1
    return y, m, rest




class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = 0
        for value, unit in ((weeks, 604800000000), (days, 86400000000), (hours, 3600000000), (minutes, 60000000),
                            (seconds, 1000000), (milliseconds, 1000), (microseconds, 1)):
            if isinstance(value, float):
                whole = int(value)
                total += whole * unit + (value - whole) * unit
            else:
                total += value * unit
        self._us = total if isinstance(total, int) else round(total)
        if abs(self.days) > 999999999:
            raise OverflowError("days=%d; must have magnitude <= 999999999" % self.days)

    @property
    def days(self):
        return self._us // 86400000000

    @property
    def seconds(self):
        return self._us // 1000000 % 86400

    @property
    def microseconds(self):
        return self._us % 1000000

    def total_seconds(self):
        return self._us / 1000000

    def __repr__(self):
        parts = ["%s=%d" % (n, getattr(self, n)) for n in ("days", "seconds", "microseconds") if getattr(self, n)]
        return "datetime.timedelta(%s)" % (", ".join(parts) or "0")

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        text = "%d:%02d:%02d" % (minutes // 60, minutes % 60, seconds)
        if self.days:
            text = "%d day%s, %s" % (self.days, "" if abs(self.days) == 1 else "s", text)
        return text + (".%06d" % self.microseconds if self.microseconds else "")

    def __add__(self, other):
        return timedelta(microseconds=self._us + other._us) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta(microseconds=self._us - other._us) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return timedelta(microseconds=other._us - self._us) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta(microseconds=-self._us)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta(microseconds=abs(self._us))

    def __mul__(self, other):
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta(microseconds=_divided(self._us * above, below))
        return timedelta(microseconds=self._us * other) if isinstance(other, int) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta(microseconds=_divided(self._us * below, above))
        return timedelta(microseconds=_divided(self._us, other)) if isinstance(other, int) else NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return timedelta(microseconds=self._us // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return timedelta(microseconds=self._us % other._us) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        return self // other, self % other

    def __bool__(self):
        return self._us != 0

    def __hash__(self):
        return hash(self._us)

    def __eq__(self, other):
        return self._us == other._us if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us < other._us if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us <= other._us if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us > other._us if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us >= other._us if isinstance(other, timedelta) else NotImplemented


def _divided(a, b):
    if b < 0:
        a, b = -a, -b
    whole, rest = divmod(a, b)
    return whole + (rest * 2 > b or rest * 2 == b and whole % 2)


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class tzinfo:
    def utcoffset(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def tzname(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def fromutc(self, dt):
        return dt + dt.utcoffset()


def _offset_text(offset, between=":"):
    if offset is None:
        return ""
    sign, offset = ("-", -offset) if offset._us < 0 else ("+", offset)
    minutes, seconds = divmod(offset._us // 1000000, 60)
    text = "%s%02d%s%02d" % (sign, minutes // 60, between, minutes % 60)
    return text + ("%s%02d" % (between, seconds) if seconds else "")


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError("offset must be a timedelta")
        if not timedelta(-1) < offset < timedelta(1):
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %r." % offset
            )
        self._offset, self._name = offset, name

    def utcoffset(self, dt):
        return self._offset

    def dst(self, dt):
        return None

    def tzname(self, dt):
        return self._name or "UTC" + _offset_text(self._offset if self._offset else None)

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        return "datetime.timezone(%r%s)" % (self._offset, "" if self._name is None else ", %r" % self._name)


UTC = timezone.utc = timezone(timedelta(0))
timezone.min, timezone.max = timezone(-timedelta(hours=23, minutes=59)), timezone(timedelta(hours=23, minutes=59))


def _check_date(y, m, d):
    if not MINYEAR <= y <= MAXYEAR:
        raise ValueError("year %d is out of range" % y)
    if not 1 <= m <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= d <= _days_in(y, m):
        raise ValueError("day is out of range for month")


def _check_time(h, m, s, us):
    for value, name, top in ((h, "hour", 23), (m, "minute", 59), (s, "second", 59), (us, "microsecond", 999999)):
        if not 0 <= value <= top:
            raise ValueError("%s must be in 0..%d" % (name, top))


class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self.__dict__.update(year=year, month=month, day=day)

    def __setattr__(self, name, value):
        raise AttributeError("attribute '%s' of 'datetime.%s' objects is not writable" % (name, type(self).__name__))

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, t):
        return cls(*_time.localtime(int(t // 1))[:3])

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        try:
            return cls(*_iso_date(text))
        except (ValueError, IndexError):
            raise ValueError("Invalid isoformat string: %r" % text) from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = date(year, 1, 4).toordinal()
        return cls.fromordinal(first - (first + 6) % 7 + (week - 1) * 7 + day - 1)

    def toordinal(self):
        return _before_year(self.year) + _before_month(self.year, self.month) + self.day

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        from collections import namedtuple

        thursday = self.toordinal() - self.weekday() + 3
        year = _from_ordinal(thursday)[0]
        return namedtuple("IsoCalendarDate", "year week weekday")(year, (thursday - _before_year(year) - 1) // 7 + 1, self.isoweekday())

    def isoformat(self):
        return "%04d-%02d-%02d" % (self.year, self.month, self.day)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return "datetime.date(%d, %d, %d)" % (self.year, self.month, self.day)

    def replace(self, year=None, month=None, day=None):
        return type(self)(self.year if year is None else year, self.month if month is None else month, self.day if day is None else day)

    def timetuple(self):
        return _time.struct_time((self.year, self.month, self.day, 0, 0, 0, self.weekday(), _before_month(self.year, self.month) + self.day, -1))

    def ctime(self):
        return "%s %s %2d 00:00:00 %04d" % (_DAYS[self.weekday()], _MONTHS[self.month - 1], self.day, self.year)

    def strftime(self, format):
        return _strftime(self, format)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def _key(self):
        return self.toordinal()

    def __hash__(self):
        return hash(self._key())

    def _comparable(self, other):
        return isinstance(other, date) and isinstance(other, datetime) == isinstance(self, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= 3652059:
            raise OverflowError("date value out of range")
        return self.fromordinal(n)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        return timedelta(self.toordinal() - other.toordinal()) if self._comparable(other) else NotImplemented

    def __reduce__(self):
        return type(self), (self.year, self.month, self.day)


def _iso_date(text):
    if len(text) == 8 and text.isdigit():
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError
    return int(text[:4]), int(text[5:7]), int(text[8:])


def _iso_time(text):
    zone = None
    if text[-1] == "Z":
        text, zone = text[:-1], timezone.utc
    for sign in "+-":
        if sign in text:
            text, offset = text.split(sign)
            h, m, s, us, _ = _iso_time(offset)
            delta = timedelta(hours=h, minutes=m, seconds=s, microseconds=us)
            zone = timezone.utc if not delta else timezone(-delta if sign == "-" else delta)
    text, _, fraction = text.replace(",", ".").partition(".")
    parts = text.split(":") if ":" in text else [text[i : i + 2] for i in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or not all([len(part) == 2 and part.isdigit() for part in parts]):
        raise ValueError
    h, m, s = (list(map(int, parts)) + [0, 0])[:3]
    return h, m, s, int((fraction + "000000")[:6]) if fraction else 0, zone


_epoch = _time.gmtime(0)[0]


def _strftime(value, format):
    us, offset, name = getattr(value, "microsecond", 0), None, ""
    if isinstance(value, (datetime, time)) and value.tzinfo is not None:
        offset, name = value.utcoffset(), value.tzname() or ""
    out, at = [], 0
    while at < len(format):
        code = format[at : at + 2]
        if code == "%f":
            out.append("%06d" % us)
        elif code == "%z":
            out.append(_offset_text(offset, ""))
        elif code == "%Z":
            out.append(name.replace("%", "%%"))
        elif code[:1] == "%":
            out.append(code)
        else:
            out.append(format[at])
            at -= 1
        at += 2
    return _time.strftime("".join(out), value.timetuple())


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo, self.fold = hour, minute, second, microsecond, tzinfo, fold

    @classmethod
    def fromisoformat(cls, text):
        try:
            return cls(*_iso_time(text.removeprefix("T")))
        except (ValueError, IndexError):
            raise ValueError("Invalid isoformat string: %r" % text) from None

    def isoformat(self, timespec="auto"):
        return _clock(self, timespec) + _offset_text(self.utcoffset())

    __str__ = isoformat

    def __repr__(self):
        parts = [str(self.hour), str(self.minute)]
        if self.second or self.microsecond:
            parts.append(str(self.second))
        if self.microsecond:
            parts.append(str(self.microsecond))
        if self.tzinfo is not None:
            parts.append("tzinfo=%r" % self.tzinfo)
        return "datetime.time(%s)" % ", ".join(parts)

    def replace(self, **changes):
        values = {name: getattr(self, name) for name in ("hour", "minute", "second", "microsecond", "tzinfo", "fold")}
        return type(self)(**{**values, **changes})

    def timetuple(self):
        return _time.struct_time((1900, 1, 1, self.hour, self.minute, self.second, 0, 1, -1))

    def strftime(self, format):
        return _strftime(self, format)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(None)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(None)

    def _key(self):
        us = ((self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond
        return us - (self.utcoffset() or timedelta(0))._us

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, time) else NotImplemented


def _clock(value, timespec):
    if timespec == "auto":
        timespec = "microseconds" if value.microsecond else "seconds"
    text = "%02d:%02d:%02d.%06d" % (value.hour, value.minute, value.second, value.microsecond)
    try:
        return text[: {"hours": 2, "minutes": 5, "seconds": 8, "milliseconds": 12, "microseconds": 15}[timespec]]
    except KeyError:
        raise ValueError("Unknown timespec value") from None


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        super().__init__(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.__dict__.update(hour=hour, minute=minute, second=second, microsecond=microsecond, tzinfo=tzinfo, fold=fold)

    @classmethod
    def now(cls, tz=None):
        ns = _time.time_ns()
        return cls._from_us(ns // 1000, tz)

    @classmethod
    def utcnow(cls):
        return cls.now()

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def _from_us(cls, us, tz):
        made = _EPOCH + timedelta(microseconds=us)
        made = cls(made.year, made.month, made.day, made.hour, made.minute, made.second, made.microsecond)
        return made if tz is None else tz.fromutc(made.replace(tzinfo=tz))

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return cls._from_us(round(timestamp * 1000000), tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp):
        return cls.fromtimestamp(timestamp)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, zone)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        try:
            width = 10 if text[4:5] == "-" else 8
            return cls(*_iso_date(text[:width]), *(_iso_time(text[width + 1 :]) if len(text) > width else ()))
        except (ValueError, IndexError):
            raise ValueError("Invalid isoformat string: %r" % text) from None

    @classmethod
    def strptime(cls, date_string, format):
        found = _parse(date_string, format)
        zone = None
        if "z" in found:
            zone = timezone(timedelta(seconds=found["z"])) if found["z"] else timezone.utc
        return cls(*_date(found), found.get("f", 0), zone)

    def date(self):
        return date(self.year, self.month, self.day)

    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)

    def timetz(self):
        return time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)

    def replace(self, **changes):
        names = ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold")
        return type(self)(**{**{name: getattr(self, name) for name in names}, **changes})

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def _us(self):
        return (self.toordinal() * 86400 + (self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond

    def _key(self):
        return self._us() - (self.utcoffset() or timedelta(0))._us

    def timestamp(self):
        return (self._key() - _EPOCH._us()) / 1000000

    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        utc = self.replace(tzinfo=None) - (self.utcoffset() or timedelta(0))
        return tz.fromutc(utc.replace(tzinfo=tz))

    def timetuple(self):
        return _time.struct_time((self.year, self.month, self.day, self.hour, self.minute, self.second, self.weekday(),
                                  _before_month(self.year, self.month) + self.day, -1))

    def utctimetuple(self):
        return self.astimezone(timezone.utc).timetuple()

    def isoformat(self, sep="T", timespec="auto"):
        return super().isoformat() + sep + _clock(self, timespec) + _offset_text(self.utcoffset())

    def ctime(self):
        return "%s %s %2d %s %04d" % (_DAYS[self.weekday()], _MONTHS[self.month - 1], self.day, _clock(self, "seconds"), self.year)

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond]
        while len(parts) > 5 and not parts[-1]:
            parts.pop()
        zone = "" if self.tzinfo is None else ", tzinfo=%r" % self.tzinfo
        return "datetime.datetime(%s%s)" % (", ".join(map(str, parts)), zone)

    def _naive(self, other):
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def _comparable(self, other):
        if isinstance(other, datetime):
            self._naive(other)
            return True
        return False

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        days, us = divmod(self._us() + other._us, 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError("date value out of range")
        seconds, us = divmod(us, 1000000)
        return type(self)(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta(microseconds=self._key() - other._key())

    def __reduce__(self):
        return type(self), (self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond, self.tzinfo)


_EPOCH = datetime(_epoch, 1, 1)
date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(1)
time.min, time.max, time.resolution = time(), time(23, 59, 59, 999999), timedelta(microseconds=1)
datetime.min, datetime.max, datetime.resolution = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta(microseconds=1)
