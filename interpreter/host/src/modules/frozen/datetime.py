"""Dates and times of the calendar.

A span is one number of microseconds. A moment keeps its fields, as people read them far more often than they count with them;
what counts makes a number of microseconds since the year 1 of them. Days are numbered from 1 January of the year 1.

What is usual is done by `_moments`, natively; what is not it leaves to the methods here whose names begin with `_slow`.
"""

import _moments
import time as _time

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")
MINYEAR, MAXYEAR = 1, 9999
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LAST_DAY = 3652059
_DAY = 86400000000


def _is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def _days_in_month(y, m):
    return 29 if m == 2 and _is_leap(y) else _LENGTHS[m - 1]


def _days_before_year(y):
    y -= 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _days_before_month(y, m):
    return _BEFORE[m - 1] + (m > 2 and _is_leap(y))


_ymd2ord, _ord2ymd = _moments.ordinal, _moments.civil


def _divide_and_round(a, b):
    """`a / b`, half to even."""
    whole, rest = divmod(a, b)
    twice = rest * 2
    if twice > b if b > 0 else twice < b:
        return whole + 1
    return whole + (twice == b and whole % 2)


def _index(value):
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    try:
        return value.__index__()
    except AttributeError:
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__) from None



class timedelta:
    """A span of time, to the microsecond."""

    __slots__ = ("_us",)

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total, rest = 0, 0.0
        for value, unit, name in (
            (days, _DAY, "days"),
            (seconds, 1000000, "seconds"),
            (microseconds, 1, "microseconds"),
            (milliseconds, 1000, "milliseconds"),
            (minutes, 60000000, "minutes"),
            (hours, 3600000000, "hours"),
            (weeks, 604800000000, "weeks"),
        ):
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                whole = int(value)
                part = (value - whole) * unit
                total += whole * unit + int(part)
                rest += part - int(part)
            else:
                raise TypeError("unsupported type for timedelta %s component: %s" % (name, type(value).__name__))
        if rest:
            # Half to even, of the whole sum.
            odd = total % 2
            total += 2 * round((rest + odd) / 2) - odd if abs(rest) == 0.5 else round(rest)
        return _span(total, cls)

    def _slow_days(self):
        return self._us // _DAY

    def _slow_seconds(self):
        return self._us // 1000000 % 86400

    def _slow_microseconds(self):
        return self._us % 1000000

    def _slow_total_seconds(self):
        return self._us / 1000000

    _slow_new, __new__ = __new__, _moments.new_span
    days, seconds, microseconds = property(_moments.days), property(_moments.seconds), property(_moments.microseconds)
    total_seconds = _moments.total_seconds

    def __repr__(self):
        parts = ["%s=%d" % (n, getattr(self, n)) for n in ("days", "seconds", "microseconds") if getattr(self, n)]
        return "%s(%s)" % (_name(self), ", ".join(parts) or "0")

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        text = "%d:%02d:%02d" % (minutes // 60, minutes % 60, seconds)
        if self.days:
            text = "%d day%s, %s" % (self.days, "" if abs(self.days) == 1 else "s", text)
        return text + (".%06d" % self.microseconds if self.microseconds else "")

    def _slow_add(self, other):
        return _span(self._us + other._us) if isinstance(other, timedelta) else NotImplemented

    __add__ = __radd__ = _moments.add
    __sub__ = _moments.subtract

    def _slow_subtract(self, other):
        return _span(self._us - other._us) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return _span(other._us - self._us) if isinstance(other, timedelta) else NotImplemented

    def _slow_negate(self):
        return _span(-self._us)

    def __pos__(self):
        return _span(self._us)

    def __abs__(self):
        return _span(abs(self._us))

    def _slow_multiply(self, other):
        if isinstance(other, int):
            return _span(self._us * other)
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return _span(_divide_and_round(self._us * above, below))
        return NotImplemented

    __mul__ = __rmul__ = _moments.multiply
    __truediv__, __floordiv__ = _moments.divide, _moments.divide_whole
    __neg__, __bool__, __hash__ = _moments.negate, _moments.truth, _moments.hash
    __eq__, __lt__, __le__ = _moments.equal, _moments.less, _moments.less_equal
    __gt__, __ge__ = _moments.greater, _moments.greater_equal

    def _slow_divide(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, int):
            return _span(_divide_and_round(self._us, other))
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return _span(_divide_and_round(self._us * below, above))
        return NotImplemented

    def _slow_divide_whole(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return _span(self._us // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return _span(self._us % other._us) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        whole, rest = divmod(self._us, other._us)
        return whole, _span(rest)

    def _slow_truth(self):
        return self._us != 0

    def _slow_hash(self):
        return hash(self._us)

    def _slow_equal(self, other):
        return self._us == other._us if isinstance(other, timedelta) else NotImplemented

    def _slow_less(self, other):
        return self._us < other._us if isinstance(other, timedelta) else NotImplemented

    def _slow_less_equal(self, other):
        return self._us <= other._us if isinstance(other, timedelta) else NotImplemented

    def _slow_greater(self, other):
        return self._us > other._us if isinstance(other, timedelta) else NotImplemented

    def _slow_greater_equal(self, other):
        return self._us >= other._us if isinstance(other, timedelta) else NotImplemented

    def __reduce__(self):
        return type(self), (self.days, self.seconds, self.microseconds)


def _slow_span(us, cls):
    if not -86399999913600000000 <= us < 86400000000000000000:
        raise OverflowError("days=%d; must have magnitude <= 999999999" % (us // _DAY))
    made = object.__new__(cls)
    made._us = us
    return made


timedelta._slow_span = staticmethod(_slow_span)


def _span(us, cls=timedelta):
    return _moments.span(us, cls)


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
_ZERO, _ONE_DAY = timedelta(0), timedelta(1)


class tzinfo:
    """A time zone: what its clocks show, beside UTC."""

    __slots__ = ()

    def tzname(self, dt):
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def utcoffset(self, dt):
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def dst(self, dt):
        raise NotImplementedError("tzinfo subclass must override dst()")

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc() requires a non-None utcoffset() result")
        summer = dt.dst()
        if summer is None:
            raise ValueError("fromutc() requires a non-None dst() result")
        standard = offset - summer
        if standard:
            dt += standard
            summer = dt.dst()
            if summer is None:
                raise ValueError("fromutc(): dt.dst gave inconsistent results; cannot convert")
        return dt + summer

    def __reduce__(self):
        arguments = getattr(self, "__getinitargs__", tuple)()
        state = self.__getstate__() if hasattr(self, "__getstate__") else getattr(self, "__dict__", None) or None
        return (type(self), arguments) if state is None else (type(self), arguments, state)


def _offset_text(offset, between=":"):
    if offset is None:
        return ""
    us = offset._us
    sign, us = ("-", -us) if us < 0 else ("+", us)
    minutes, us = divmod(us, 60000000)
    text = "%s%02d%s%02d" % (sign, minutes // 60, between, minutes % 60)
    if us:
        text += "%s%02d" % (between, us // 1000000)
        if us % 1000000:
            text += ".%06d" % (us % 1000000)
    return text


class timezone(tzinfo):
    """A zone that is always the same distance from UTC."""

    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=Ellipsis):
        if not isinstance(offset, timedelta):
            raise TypeError("offset must be a timedelta")
        if name is Ellipsis:
            if not offset:
                return cls.utc if "utc" in cls.__dict__ else _zone(cls, _ZERO, None)
            name = None
        elif not isinstance(name, str):
            raise TypeError("name must be a string")
        if not -_DAY < offset._us < _DAY:
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %r" % (offset,)
            )
        return _zone(cls, offset, name)

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def utcoffset(self, dt):
        return self._checked(dt, "utcoffset", self._offset)

    def dst(self, dt):
        return self._checked(dt, "dst", None)

    def tzname(self, dt):
        name = self._name
        return self._checked(dt, "tzname", ("UTC" + _offset_text(self._offset or None)) if name is None else name)

    def _checked(self, dt, what, answer):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError("%s() argument must be a datetime instance or None" % what)
        return answer

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() argument must be a datetime instance or None")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset

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

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _zone(cls, offset, name):
    made = object.__new__(cls)
    made._offset, made._name = offset, name
    return made


UTC = timezone.utc = timezone(_ZERO)
timezone.min, timezone.max = timezone(-timedelta(hours=23, minutes=59)), timezone(timedelta(hours=23, minutes=59))


def _check_date(y, m, d):
    if not type(y) is type(m) is type(d) is int:
        y, m, d = _index(y), _index(m), _index(d)
    if not MINYEAR <= y <= MAXYEAR:
        raise ValueError("year %d is out of range" % y)
    if not 1 <= m <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= d <= 28 and not 1 <= d <= _days_in_month(y, m):
        raise ValueError("day is out of range for month")
    return y, m, d


def _check_time(h, m, s, us, fold):
    if not type(h) is type(m) is type(s) is type(us) is int:
        h, m, s, us = _index(h), _index(m), _index(s), _index(us)
    if not 0 <= h <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= m <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= s <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= us <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return h, m, s, us


def _check_zone(zone):
    if zone is not None and not isinstance(zone, tzinfo):
        raise TypeError("tzinfo argument must be None or of a tzinfo subclass")


def _state(first, length):
    """What a pickle has instead of the first argument, if this is it."""
    if isinstance(first, str) and len(first) == length:
        try:
            return first.encode("latin1")
        except UnicodeEncodeError:
            raise ValueError("Failed to encode latin1 string when unpickling a date or time object. pickle.load(data, encoding='latin1') is assumed.") from None
    return first if isinstance(first, (bytes, bytearray)) and len(first) == length else None


def _state_zone(zone):
    if zone is not None and not isinstance(zone, _tzinfo_class):
        raise TypeError("bad tzinfo state arg")
    return zone


def _asked(zone, what, about):
    """What a zone says about a moment, which must be less than a day."""
    if zone is None:
        return None
    answer = getattr(zone, what)(about)
    if answer is None:
        return None
    if not isinstance(answer, timedelta):
        raise TypeError("tzinfo.%s() must return None or a timedelta, not '%s'" % (what, type(answer).__name__))
    if not -_DAY < answer._us < _DAY:
        raise ValueError("%s()=%s, must be strictly between -timedelta(hours=24) and timedelta(hours=24)" % (what, answer))
    return answer


def _named(zone, about):
    if zone is None:
        return None
    name = zone.tzname(about)
    if name is not None and not isinstance(name, str):
        raise TypeError("tzinfo.tzname() must return None or a string, not '%s'" % type(name).__name__)
    return name


class IsoCalendarDate(tuple):
    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return "datetime.IsoCalendarDate(year=%d, week=%d, weekday=%d)" % tuple(self)


def _first_monday(year):
    """The day on which the first week of a year begins."""
    first = _ymd2ord(year, 1, 4)
    return first - (first + 6) % 7


def _from_week(year, week, day):
    year, week, day = _index(year), _index(week), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("Year is out of range: %d" % year)
    start = _first_monday(year)
    weeks = 53 if year == MAXYEAR and start + 364 <= _LAST_DAY - 3 else (_first_monday(year + 1) - start) // 7 if year < MAXYEAR else 52
    if not 1 <= week <= weeks:
        raise ValueError("Invalid week: %d" % week)
    if not 1 <= day <= 7:
        raise ValueError("Invalid weekday: %d (range is [1, 7])" % day)
    return _ord2ymd(start + (week - 1) * 7 + day - 1)


class date:
    """A day of the calendar."""

    # In this order: `_moments` reads them by their places.
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year, month=None, day=None):
        if month is None:
            state = _state(year, 4)
            if state is not None and 1 <= state[2] <= 12:
                made = object.__new__(cls)
                made._year, made._month, made._day = state[0] * 256 + state[1], state[2], state[3]
                return made
            raise TypeError("function missing required argument '%s' (pos %d)" % ("month", 2))
        if day is None:
            raise TypeError("function missing required argument 'day' (pos 3)")
        made = object.__new__(cls)
        made._year, made._month, made._day = _check_date(year, month, day)
        return made

    _slow_new, __new__ = __new__, _moments.new_day
    year, month, day = property(_moments.year), property(_moments.month), property(_moments.day)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        return cls(*_time.localtime(timestamp)[:3])

    @classmethod
    def fromordinal(cls, n):
        n = _index(n)
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        if n > _LAST_DAY:
            raise ValueError("year is out of range")
        return cls(*_ord2ymd(n))

    def _slow_fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(date_string) not in (7, 8, 10):
                raise ValueError
            parts = _parsed_date(date_string)
        except ValueError:
            raise ValueError("Invalid isoformat string: %r" % date_string) from None
        return cls(*parts)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_from_week(year, week, day))

    fromisoformat = classmethod(_moments.fromisoformat)
    toordinal, weekday, isoweekday = _moments.toordinal, _moments.weekday, _moments.isoweekday

    def isocalendar(self):
        today, year = _ymd2ord(self._year, self._month, self._day), self._year
        start = _first_monday(year)
        if today < start:
            year -= 1
            start = _first_monday(year)
        elif today >= start + 364 and today >= _first_monday(year + 1):
            year += 1
            start = _first_monday(year)
        week, day = divmod(today - start, 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def _slow_isoformat(self):
        return "%04d-%02d-%02d" % (self._year, self._month, self._day)

    def _slow_text(self):
        return self.isoformat()

    isoformat, __str__ = _moments.isoformat, _moments.text

    def __repr__(self):
        return "%s(%d, %d, %d)" % (_name(self), self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month, self._day if day is None else day
        )

    _slow_replace, replace = replace, _moments.replace

    def timetuple(self):
        return _fields(self._year, self._month, self._day, 0, 0, 0, -1)

    def ctime(self):
        return "%s %s %2d 00:00:00 %04d" % (_DAYS[self.weekday()], _MONTHS[self._month - 1], self._day, self._year)

    def strftime(self, format):
        quick = _quick.get(format) if type(format) is str else None
        if quick is not None:
            return quick[0] % quick[1]((self._year, self._month, self._day, *self._reading()))
        return _strftime(self, format, self.timetuple())

    def _reading(self):
        """What a clock shows beside the date: hour, minute and second."""
        return 0, 0, 0

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError("must be str, not %s" % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def _key(self):
        return self._year, self._month, self._day

    def _slow_hash(self):
        return hash(_ymd2ord(self._year, self._month, self._day))

    def _slow_equal(self, other):
        return self._key() == other._key() if isinstance(other, date) and not isinstance(other, datetime) else NotImplemented

    def _slow_less(self, other):
        return self._key() < other._key() if isinstance(other, date) else NotImplemented

    def _slow_less_equal(self, other):
        return self._key() <= other._key() if isinstance(other, date) else NotImplemented

    def _slow_greater(self, other):
        return self._key() > other._key() if isinstance(other, date) else NotImplemented

    def _slow_greater_equal(self, other):
        return self._key() >= other._key() if isinstance(other, date) else NotImplemented

    def _slow_add(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= _LAST_DAY:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(n)

    __add__ = __radd__ = _moments.add
    __sub__, __hash__ = _moments.subtract, _moments.hash
    __eq__, __lt__, __le__ = _moments.equal, _moments.less, _moments.less_equal
    __gt__, __ge__ = _moments.greater, _moments.greater_equal

    def _slow_subtract(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        return timedelta(self.toordinal() - other.toordinal()) if isinstance(other, date) else NotImplemented

    def _bytes(self):
        return bytes((self._year >> 8, self._year & 255, self._month, self._day))

    def __reduce__(self):
        return type(self), (date._bytes(self),)


def _name(value):
    """What `repr` calls the class of a value: one of a program has no module before it."""
    cls = type(value)
    return "datetime." + cls.__name__ if cls.__module__ == "datetime" else cls.__name__


def _fields(y, m, d, hour, minute, second, summer):
    weekday = (_ymd2ord(y, m, d) + 6) % 7
    return _time.struct_time((y, m, d, hour, minute, second, weekday, _days_before_month(y, m) + d, summer))


date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(1)


def _number(text):
    if not text.isascii() or not text.isdigit():
        raise ValueError
    return int(text)


def _parsed_date(text):
    """Year, month and day of `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-Www-D`, `YYYYWwwD`, and weeks without a day."""
    year, dash = _number(text[:4]), text[4:5] == "-"
    at = 4 + dash
    if text[at : at + 1] == "W":
        week, rest = _number(text[at + 1 : at + 3]), text[at + 3 :]
        if len(text) < at + 3 or rest and (rest[0] == "-") != dash:
            raise ValueError
        if rest and len(rest) != 1 + dash:
            raise ValueError
        return _from_week(year, week, _number(rest[dash:]) if rest else 1)
    if len(text) != 8 + 2 * dash or dash and text[7] != "-":
        raise ValueError
    return year, _number(text[at : at + 2]), _number(text[-2:])


def _parsed_clock(text):
    """Hour, minute, second and microsecond of `HH[:MM[:SS[.fraction]]]`, with or without colons."""
    fraction, at = "", max(text.find("."), text.find(","))
    if at >= 0:
        text, fraction = text[:at], text[at + 1 :]
        if not fraction or not fraction.isascii() or not fraction.isdigit():
            raise ValueError
    parts = text.split(":") if text[2:3] == ":" else [text[i : i + 2] for i in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or fraction and len(parts) < 3 or not all([len(part) == 2 for part in parts]):
        raise ValueError
    numbers = [_number(part) for part in parts]
    return numbers + [0] * (3 - len(numbers)) + [int((fraction + "000000")[:6])]


def _parsed_time(text):
    zone = None
    at = max(text.find("-"), text.find("+"), text.find("Z"))
    if at >= 0:
        offset = text[at + 1 :]
        if text[at] == "Z":
            if offset:
                raise ValueError
            zone = timezone.utc
        else:
            if len(offset) in (0, 1, 3) or len(offset) == 5 and ":" not in offset:
                raise ValueError
            h, m, s, us = _parsed_clock(offset)
            us += (h * 3600 + m * 60 + s) * 1000000
            zone = timezone(_span(-us if text[at] == "-" else us)) if us else timezone.utc
        text = text[:at]
    return _parsed_clock(text) + [zone]


_quick = _time._quick


def _strftime(value, format, fields):
    if not isinstance(format, str):
        raise TypeError("strftime() argument 1 must be str, not %s" % type(format).__name__)
    # Codes that `time.strftime` does not know, or not of such a value.
    if not ("%f" in format or "%z" in format or "%:" in format or "%Z" in format):
        return _time.strftime(format, fields)
    out, at = [], 0
    while True:
        found = format.find("%", at)
        if found < 0 or found + 1 == len(format):
            break
        out.append(format[at:found])
        code = format[found + 1]
        at = found + 2
        if code == "f":
            out.append("%06d" % getattr(value, "microsecond", 0))
        elif code == "z" or code == ":" and format[at : at + 1] == "z":
            at += code == ":"
            offset = value.utcoffset() if hasattr(value, "utcoffset") else None
            out.append(_offset_text(offset, ":" if code == ":" else ""))
        elif code == "Z":
            name = value.tzname() if hasattr(value, "tzname") else None
            out.append((name or "").replace("%", "%%"))
        else:
            out.append("%" + code)
    return _time.strftime("".join(out) + format[at:], fields)


def _clock(value, timespec):
    if timespec == "auto":
        timespec = "microseconds" if value.microsecond else "seconds"
    if timespec == "hours":
        return "%02d" % value.hour
    text = "%02d:%02d" % (value.hour, value.minute)
    if timespec == "minutes":
        return text
    text += ":%02d" % value.second
    if timespec == "seconds":
        return text
    if timespec == "milliseconds":
        return text + ".%03d" % (value.microsecond // 1000)
    if timespec == "microseconds":
        return text + ".%06d" % value.microsecond
    raise ValueError("Unknown timespec value")


class time:
    """What a clock shows, on no day in particular."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        state = None if isinstance(hour, int) else _state(hour, 6)
        if state is not None and state[0] & 127 < 24:
            tzinfo, fold = _state_zone(minute or None), state[0] >> 7
            hour, minute, second = state[0] & 127, state[1], state[2]
            microsecond = state[3] << 16 | state[4] << 8 | state[5]
        made = object.__new__(cls)
        made._hour, made._minute, made._second, made._microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        made._tzinfo, made._fold = tzinfo, fold
        return made

    _slow_new, __new__ = __new__, _moments.new_clock
    hour, minute, second = property(_moments.hour), property(_moments.minute), property(_moments.second)
    microsecond, tzinfo, fold = property(_moments.microsecond), property(_moments.tzinfo), property(_moments.fold)

    def _slow_fromisoformat(cls, time_string):
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            parts = _parsed_time(time_string.removeprefix("T"))
        except ValueError:
            raise ValueError("Invalid isoformat string: %r" % time_string) from None
        return cls(*parts)

    def _slow_isoformat(self, timespec="auto"):
        return _clock(self, timespec) + _offset_text(self.utcoffset())

    def _slow_text(self):
        return self.isoformat()

    fromisoformat = classmethod(_moments.fromisoformat)
    isoformat, __str__ = _moments.isoformat, _moments.text

    def __repr__(self):
        return "%s(%s)" % (_name(self), ", ".join(_shown(self, [self._hour, self._minute], 2)))

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    _slow_replace, replace = replace, _moments.replace

    def strftime(self, format):
        return _strftime(self, format, _time.struct_time((1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)))

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError("must be str, not %s" % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def _slow_utcoffset(self):
        return _asked(self._tzinfo, "utcoffset", None)

    utcoffset = _moments.utcoffset

    def dst(self):
        return _asked(self._tzinfo, "dst", None)

    def tzname(self):
        return _named(self._tzinfo, None)

    def _us(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond

    def _compared(self, other, for_equality=False):
        """Two numbers to compare; `None` if there are none."""
        if self._tzinfo is other._tzinfo:
            return self._us(), other._us()
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            return self._us(), other._us()
        if mine is None or theirs is None:
            if for_equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._us() - mine._us, other._us() - theirs._us

    def _slow_hash(self):
        plain = self.replace(fold=0) if self._fold else self
        offset = plain.utcoffset()
        return hash(self._us() - (offset._us if offset else 0))

    def _slow_equal(self, other):
        if not isinstance(other, time):
            return NotImplemented
        pair = self._compared(other, True)
        return pair is not None and pair[0] == pair[1]

    def _slow_less(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, theirs = self._compared(other)
        return mine < theirs

    def _slow_less_equal(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, theirs = self._compared(other)
        return mine <= theirs

    def _slow_greater(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, theirs = self._compared(other)
        return mine > theirs

    def _slow_greater_equal(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, theirs = self._compared(other)
        return mine >= theirs

    __hash__, __eq__, __lt__ = _moments.hash, _moments.equal, _moments.less
    __le__, __gt__, __ge__ = _moments.less_equal, _moments.greater, _moments.greater_equal

    def _bytes(self, with_fold):
        us = self._microsecond
        hour = self._hour + (128 if with_fold and self._fold else 0)
        return bytes((hour, self._minute, self._second, us >> 16, us >> 8 & 255, us & 255))

    def __reduce_ex__(self, protocol):
        state = self._bytes(protocol > 3)
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _shown(value, parts, least):
    """The arguments of a time as `repr` shows them: what is zero at the end is left out."""
    parts = parts + [value.second, value.microsecond]
    while len(parts) > least and not parts[-1]:
        parts.pop()
    parts = [str(part) for part in parts]
    if value.fold:
        parts.append("fold=1")
    if value.tzinfo is not None:
        parts.append("tzinfo=%r" % value.tzinfo)
    return parts


time.min, time.max, time.resolution = time(), time(23, 59, 59, 999999), timedelta(microseconds=1)
_tzinfo_class, _time_class, _date_class = tzinfo, time, date


class datetime(date):
    """A day and what a clock shows on it, in a time zone or in none."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        state = None if isinstance(year, int) else _state(year, 10)
        if state is not None and 1 <= state[2] & 127 <= 12:
            tzinfo, fold = _state_zone(month), state[2] >> 7
            year, month, day, hour, minute, second = state[0] * 256 + state[1], state[2] & 127, *state[3:7]
            microsecond = state[7] << 16 | state[8] << 8 | state[9]
        elif month is None or day is None:
            name, at = ("month", 2) if month is None else ("day", 3)
            raise TypeError("function missing required argument '%s' (pos %d)" % (name, at))
        made = object.__new__(cls)
        made._year, made._month, made._day = _check_date(year, month, day)
        made._hour, made._minute, made._second, made._microsecond = _check_time(hour, minute, second, microsecond, fold)
        if tzinfo is not None:
            _check_zone(tzinfo)
        made._tzinfo, made._fold = tzinfo, fold
        return made

    _slow_new, __new__ = __new__, _moments.new_moment
    hour, minute, second, microsecond, tzinfo, fold = (
        getattr(time, part) for part in ("hour", "minute", "second", "microsecond", "tzinfo", "fold")
    )

    @classmethod
    def now(cls, tz=None):
        _check_zone(tz)
        return cls._from_us(_time.time_ns() // 1000, tz)

    @classmethod
    def utcnow(cls):
        return cls._at(_EPOCH_US + _time.time_ns() // 1000)

    @classmethod
    def today(cls):
        return cls.now()

    def _slow_at(cls, us, tz=None, fold=0):
        days, us = divmod(us, _DAY)
        if not 0 < days <= _LAST_DAY:
            raise OverflowError("date value out of range")
        seconds, us = divmod(us, 1000000)
        minutes, second = divmod(seconds, 60)
        return cls(*_ord2ymd(days), minutes // 60, minutes % 60, second, us, tz, fold=fold)

    # The moment so many microseconds after the beginning of the year 1, which is day 1.
    _at = classmethod(_moments.at)

    def _reading(self):
        return self._hour, self._minute, self._second

    @classmethod
    def _from_us(cls, us, tz):
        """The moment so many microseconds after 1970 in UTC: in a zone, or on the clocks here."""
        try:
            if tz is not None:
                return tz.fromutc(cls._at(_EPOCH_US + us, tz))
            wall, fold = _local(us // 1000000)
            return cls._at(_EPOCH_US + wall * 1000000 + us % 1000000, None, fold)
        except OverflowError:
            _raise_range(us)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        _check_zone(tz)
        return cls._from_us(_microseconds(timestamp), tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        us = _microseconds(timestamp)
        try:
            return cls._at(_EPOCH_US + us)
        except OverflowError:
            _raise_range(us)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if not isinstance(date, _date_class):
            raise TypeError("combine() argument 1 must be datetime.date, not %s" % type(date).__name__)
        if not isinstance(time, _time_class):
            raise TypeError("combine() argument 2 must be datetime.time, not %s" % type(time).__name__)
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, zone, fold=time.fold)

    def _slow_fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(date_string) < 7:
                raise ValueError
            width = _date_width(date_string)
            clock = date_string[width + 1 :]
            if not clock and len(date_string) > width:
                raise ValueError
            parts = (*_parsed_date(date_string[:width]), *(_parsed_time(clock) if clock else ()))
        except ValueError:
            raise ValueError("Invalid isoformat string: %r" % date_string) from None
        return cls(*parts)

    @classmethod
    def strptime(cls, date_string, format):
        import _strptime

        return _strptime._strptime_datetime(cls, date_string, format)

    date, time = _moments.date, _moments.time

    def timetz(self):
        return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(
        self,
        year=None,
        month=None,
        day=None,
        hour=None,
        minute=None,
        second=None,
        microsecond=None,
        tzinfo=True,
        *,
        fold=None,
    ):
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    _slow_replace, replace = replace, _moments.replace

    def _slow_utcoffset(self):
        return None if self._tzinfo is None else _asked(self._tzinfo, "utcoffset", self)

    utcoffset = _moments.utcoffset

    def dst(self):
        return _asked(self._tzinfo, "dst", self)

    def tzname(self):
        return _named(self._tzinfo, self)

    def _us(self):
        """Microseconds since the beginning of the year 1, by its own clock."""
        seconds = _ymd2ord(self._year, self._month, self._day) * 86400 + (self._hour * 60 + self._minute) * 60 + self._second
        return seconds * 1000000 + self._microsecond

    def _local_seconds(self):
        """Seconds since 1970 in UTC of what the clocks here show."""
        return _utc_of((self._us() - _EPOCH_US) // 1000000, self._fold)

    def timestamp(self):
        if self._tzinfo is None:
            return self._local_seconds() + self._microsecond / 1000000
        return (self - _EPOCH).total_seconds()

    def _slow_astimezone(self, tz=None):
        if tz is None:
            zone = _zone_here(self._local_seconds() if self.utcoffset() is None else (self - _EPOCH)._us // 1000000)
        elif not isinstance(tz, _tzinfo_class):
            raise TypeError("tz argument must be an instance of tzinfo")
        else:
            zone = tz
        if self._tzinfo is zone:
            return self
        offset = self.utcoffset()
        if offset is None:
            offset = _zone_here(self._local_seconds())._offset
        return zone.fromutc((self - offset).replace(tzinfo=zone))

    astimezone = _moments.astimezone

    def timetuple(self):
        summer = self.dst()
        summer = -1 if summer is None else 1 if summer else 0
        return _fields(self._year, self._month, self._day, self._hour, self._minute, self._second, summer)

    def utctimetuple(self):
        offset = self.utcoffset()
        utc = self - offset if offset else self
        return _fields(utc._year, utc._month, utc._day, utc._hour, utc._minute, utc._second, 0)

    def _slow_isoformat(self, sep="T", timespec="auto"):
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError("isoformat() argument 1 must be a unicode character, not %s" % type(sep).__name__)
        day = "%04d-%02d-%02d" % (self._year, self._month, self._day)
        return day + sep + _clock(self, timespec) + _offset_text(self.utcoffset())

    def ctime(self):
        return "%s %s %2d %s %04d" % (
            _DAYS[self.weekday()],
            _MONTHS[self._month - 1],
            self._day,
            _clock(self, "seconds"),
            self._year,
        )

    def _slow_text(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = _shown(self, [self._year, self._month, self._day, self._hour, self._minute], 5)
        return "%s(%s)" % (_name(self), ", ".join(parts))

    def _compared(self, other, for_equality=False):
        if self._tzinfo is other._tzinfo:
            return self._us(), other._us()
        mine, theirs = self.utcoffset(), other.utcoffset()
        if for_equality:
            # In a gap or an overlap, where the fold matters, nothing is the same as a moment of another zone.
            for moment, offset in ((self, mine), (other, theirs)):
                if moment._tzinfo is not None and offset != moment.replace(fold=not moment._fold).utcoffset():
                    return None
        if mine == theirs:
            return self._us(), other._us()
        if mine is None or theirs is None:
            if for_equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._us() - mine._us, other._us() - theirs._us

    def _with(self, other):
        """What to compare with another date: `None` if that is not for us, an error if it is no moment."""
        if isinstance(other, datetime):
            return (self._us(), other._us()) if self._tzinfo is other._tzinfo else self._compared(other)
        if isinstance(other, date):
            raise TypeError("can't compare '%s' to '%s'" % (type(self).__name__, type(other).__name__))
        return None

    def _slow_equal(self, other):
        if not isinstance(other, datetime):
            return False if isinstance(other, date) else NotImplemented
        if self._tzinfo is other._tzinfo:
            return self._us() == other._us()
        pair = self._compared(other, True)
        return pair is not None and pair[0] == pair[1]

    def _slow_less(self, other):
        pair = self._with(other)
        return NotImplemented if pair is None else pair[0] < pair[1]

    def _slow_less_equal(self, other):
        pair = self._with(other)
        return NotImplemented if pair is None else pair[0] <= pair[1]

    def _slow_greater(self, other):
        pair = self._with(other)
        return NotImplemented if pair is None else pair[0] > pair[1]

    def _slow_greater_equal(self, other):
        pair = self._with(other)
        return NotImplemented if pair is None else pair[0] >= pair[1]

    def _slow_hash(self):
        plain = self.replace(fold=0) if self._fold else self
        offset = plain.utcoffset()
        return hash(self._us() - (offset._us if offset else 0))

    def _slow_add(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._at(self._us() + other._us, self._tzinfo)

    def _slow_subtract(self, other):
        if isinstance(other, timedelta):
            return type(self)._at(self._us() - other._us, self._tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        span = self._us() - other._us()
        if self._tzinfo is other._tzinfo:
            return _span(span)
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return _span(span if mine is None else span - mine._us + theirs._us)

    def __reduce_ex__(self, protocol):
        us = self._microsecond
        month = self._month + (128 if protocol > 3 and self._fold else 0)
        clock = (self._hour, self._minute, self._second, us >> 16, us >> 8 & 255, us & 255)
        state = bytes((self._year >> 8, self._year & 255, month, self._day) + clock)
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _date_width(text):
    """How much of the text is the date."""
    if text[4] == "-":
        if text[5] != "W":
            return 10
        if len(text) < 8:
            raise ValueError
        if text[8:9] != "-":
            return 8
        if len(text) == 9:
            raise ValueError
        # With a digit behind the next one, the dash stands between date and time.
        return 8 if text[10:11].isdigit() else 10
    if text[4] != "W":
        return 8
    end = 7
    while end < len(text) and text[end].isdigit():
        end += 1
    return end if end < 9 else 7 + end % 2


def _raise_range(us):
    """What is no time of any computer is an overflow."""
    if abs(us) >= 1 << 83:
        raise OverflowError("timestamp out of range for platform time_t") from None
    raise ValueError("year is out of range") from None


def _microseconds(timestamp):
    if isinstance(timestamp, int):
        return timestamp * 1000000
    if isinstance(timestamp, float):
        above, below = timestamp.as_integer_ratio()
        return _divide_and_round(above * 1000000, below)
    return round(float(timestamp) * 1000000) if hasattr(timestamp, "__float__") else _index(timestamp) * 1000000


def _local(seconds):
    """What the clocks here show at a moment, in seconds since 1970, and whether they show it for the second time."""
    zone = _time._here()
    return seconds + zone.at(seconds)[0], int(zone.is_repeated(seconds))


def _utc_of(wall, fold):
    """The moment at which the clocks here show this; in a gap, as if they had not been put forward yet, or already."""
    return wall - _time._here().of_wall(wall, fold)[0]


def _zone_here(seconds):
    offset, _, name = _time._here().at(seconds)
    return timezone(timedelta(seconds=offset), name)


datetime.min, datetime.max, datetime.resolution = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_US = _ymd2ord(1970, 1, 1) * _DAY
# What `_moments` must know: whose objects are whose.
timedelta._calendar = date._calendar = time._calendar = timedelta, date, time, datetime, tzinfo, timezone, UTC
for _class in (timedelta, tzinfo, timezone, date, time, datetime):
    _class.__module__ = "datetime"
