"""What continues the builtin module `time`: clocks by their names in CPython, and times as text."""

import time
from collections import namedtuple
from operator import itemgetter

_days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_months = "January February March April May June July August September October November December".split()
_fields = "tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst"
_zone = None
_STRUCT_TM_ITEMS = 11


class struct_time(namedtuple("struct_time", _fields)):
    __module__ = "time"
    n_fields, n_sequence_fields, n_unnamed_fields = 11, 9, 0
    tm_zone = tm_gmtoff = None

    def __new__(cls, sequence, more=None):
        parts = tuple(sequence)
        if not 9 <= len(parts) <= 11:
            raise TypeError("time.struct_time() takes an at least 9-sequence (%d-sequence given)" % len(parts))
        made = super().__new__(cls, *parts[:9])
        if len(parts) > 9:
            made.tm_zone = parts[9]
        if len(parts) > 10:
            made.tm_gmtoff = parts[10]
        return made

    def __repr__(self):
        return "time.struct_time(%s)" % ", ".join(["%s=%r" % pair for pair in zip(_fields.split(), self)])

    def __reduce__(self):
        return struct_time, (tuple(self) + (self.tm_zone, self.tm_gmtoff),)


def _here():
    global _zone
    if _zone is None:
        import _zonefile

        _zone = _zonefile.here()
    return _zone


def tzset():
    global _zone
    _zone = None


def __getattr__(name):
    if name not in ("timezone", "altzone", "daylight", "tzname"):
        raise AttributeError("module 'time' has no attribute %r" % name)
    # What the zone has in winter and in summer, of this year.
    now = time.time_ns() // 1000000000
    kinds = [_here().at(now + half * 15778800) for half in (0, 1)]
    winter = next((kind for kind in kinds if not kind[1]), kinds[0])
    summer = next((kind for kind in kinds if kind[1]), winter)
    return {"timezone": -winter[0], "altzone": -summer[0], "daylight": int(summer is not winter), "tzname": (winter[2], summer[2])}[name]


def _seconds(moment):
    if moment is None:
        return time.time_ns() // 1000000000
    if isinstance(moment, float):
        return int(moment // 1)
    if not hasattr(moment, "__index__"):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(moment).__name__)
    return moment.__index__()


def _shown(seconds, summer, zone, offset):
    days, rest = divmod(seconds + offset, 86400)
    if not -719162 <= days < 2932897:
        if abs(seconds) >= 1 << 63:
            raise OverflowError("timestamp out of range for platform time_t")
        raise ValueError("year is out of range")
    cycle, day = divmod(days + 719468, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= year * 365 + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day = day - (153 * month + 2) // 5 + 1
    year += cycle * 400 + (month > 9)
    month = month + 3 if month < 10 else month - 9
    yearday = days + 719163 - _before(year)
    made = tuple.__new__(struct_time, (year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (days + 3) % 7, yearday, summer))
    made.tm_zone, made.tm_gmtoff = zone, offset
    return made


def _before(year):
    year -= 1
    return year * 365 + year // 4 - year // 100 + year // 400


def gmtime(secs=None, /):
    return _shown(_seconds(secs), 0, "GMT", 0)


def localtime(secs=None, /):
    secs = _seconds(secs)
    offset, summer, name = _here().at(secs)
    return _shown(secs, summer, name, offset)


def mktime(t, /):
    if not isinstance(t, tuple) or len(t) < 8:
        raise TypeError("Tuple or struct_time argument required")
    months = t[0] * 12 + t[1] - 1
    year, month = divmod(months, 12)
    days = _before(year) + (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)[month] + (month > 1 and _is_leap(year)) + t[2] - 719163
    wall = days * 86400 + t[3] * 3600 + t[4] * 60 + t[5]
    kind = _here().of_wall(wall, 0)
    if len(t) > 8 and t[8] >= 0 and bool(t[8]) != bool(kind[1]):
        other = _here().of_wall(wall, 1)
        if bool(other[1]) == bool(t[8]):
            kind = other
    return float(wall - kind[0])


def _now(t):
    if t is None:
        return localtime()
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if len(t) < 9:
        if len(t) < 8:
            raise TypeError("function takes exactly 9 arguments (%d given)" % len(t))
        return t
    if 0 < t[1] < 13 and 0 < t[2] < 32 and 0 <= t[3] < 24 and 0 <= t[4] < 60 and 0 <= t[5] < 62 and 0 < t[7] < 367 and t[6] >= -1:
        return t
    for value, low, high, what in ((t[1], 0, 12, "month"), (t[2], 0, 31, "day of month"), (t[3], 0, 23, "hour"), (t[4], 0, 59, "minute"), (t[5], 0, 61, "seconds"), (t[7], 0, 366, "day of year")):
        if not low <= value <= high:
            raise ValueError(what + " out of range")
    if t[6] < -1:
        raise ValueError("day of week out of range")
    if 0 in (t[1], t[2], t[7]):
        return struct_time((t[0], t[1] or 1, t[2] or 1, t[3], t[4], t[5], t[6] % 7, t[7] or 1) + t[8:9])
    return t


def asctime(t=None):
    t = _now(t)
    return "%s %s %2d %02d:%02d:%02d %d" % (_days[t[6]][:3], _months[t[1] - 1][:3], t[2], t[3], t[4], t[5], t[0])


def ctime(secs=None):
    return asctime(localtime(secs))


def _week(t, first):
    # The number of the week in the year, weeks beginning on that day of the week.
    return (t[7] - 1 + 7 - (t[6] - first) % 7) // 7


def _iso(t):
    year, week = t[0], (t[7] - t[6] + 9) // 7
    weeks = lambda y: 53 if _january_first(y) == 3 or _january_first(y) == 2 and _is_leap(y) else 52
    if week < 1:
        return year - 1, weeks(year - 1)
    return (year + 1, 1) if week > weeks(year) else (year, week)


def _is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def _january_first(y):
    return (y - 1 + (y - 1) // 4 - (y - 1) // 100 + (y - 1) // 400) % 7


_formats = {
    "a": lambda t: _days[t[6]][:3],
    "A": lambda t: _days[t[6]],
    "b": lambda t: _months[t[1] - 1][:3],
    "B": lambda t: _months[t[1] - 1],
    "h": lambda t: _months[t[1] - 1][:3],
    "c": asctime,
    "C": lambda t: "%02d" % (t[0] // 100),
    "d": lambda t: "%02d" % t[2],
    "D": lambda t: strftime("%m/%d/%y", t),
    "e": lambda t: "%2d" % t[2],
    "F": lambda t: strftime("%Y-%m-%d", t),
    "g": lambda t: "%02d" % (_iso(t)[0] % 100),
    "G": lambda t: "%04d" % _iso(t)[0],
    "H": lambda t: "%02d" % t[3],
    "I": lambda t: "%02d" % ((t[3] + 11) % 12 + 1),
    "j": lambda t: "%03d" % t[7],
    "m": lambda t: "%02d" % t[1],
    "M": lambda t: "%02d" % t[4],
    "n": lambda t: "\n",
    "p": lambda t: "AM" if t[3] < 12 else "PM",
    "r": lambda t: strftime("%I:%M:%S %p", t),
    "R": lambda t: strftime("%H:%M", t),
    "S": lambda t: "%02d" % t[5],
    "t": lambda t: "\t",
    "T": lambda t: strftime("%H:%M:%S", t),
    "u": lambda t: str(t[6] + 1),
    "U": lambda t: "%02d" % _week(t, 6),
    "V": lambda t: "%02d" % _iso(t)[1],
    "w": lambda t: str((t[6] + 1) % 7),
    "W": lambda t: "%02d" % _week(t, 0),
    "x": lambda t: strftime("%m/%d/%y", t),
    "X": lambda t: strftime("%H:%M:%S", t),
    "y": lambda t: "%02d" % (t[0] % 100),
    "Y": lambda t: "%d" % t[0],
    "s": lambda t: str(int(mktime(t))),
    "z": lambda t: _offset(t)[1],
    "Z": lambda t: _offset(t)[0],
    "%": lambda t: "%",
}


def _offset(t):
    zone, offset = getattr(t, "tm_zone", None), getattr(t, "tm_gmtoff", None)
    if zone is None or offset is None:
        summer = t[8] if len(t) > 8 else -1
        if summer < 0:
            summer = _here().of_wall(int(mktime(t)))[1] if _here().moments else 0
        return __getattr__("tzname")[summer > 0], _hours(-__getattr__("altzone" if summer > 0 else "timezone"))
    return zone, _hours(offset)


def _hours(offset):
    return "%s%02d%02d" % ("-" if offset < 0 else "+", abs(offset) // 3600, abs(offset) // 60 % 60)


def _flagged(text, flags, width, code):
    """As glibc has them: `-` no padding, `_` with blanks, `0` with zeros, `^` upper case, `#` the other case."""
    numeric = text[:1].isdigit() and code not in "cDFRrTxXzZ"
    if "-" in flags and numeric:
        text = text.lstrip("0 ") or "0"
    elif "_" in flags and numeric:
        text = (text.lstrip("0") or "0").rjust(len(text))
    if "^" in flags or "#" in flags:
        text = text.lower() if "#" in flags and text.isupper() else text.upper()
    fill = "0" if numeric and "_" not in flags or "0" in flags else " "
    return text.rjust(width, fill)


def strftime(format, t=None):
    if not isinstance(format, str):
        raise TypeError("strftime() argument 1 must be str, not %s" % type(format).__name__)
    t = _now(t)
    plan = _plans.get(format)
    if plan is None:
        if len(_plans) > 100:
            _plans.clear()
        plan = _plans[format] = _plan(format)
        if len(_quick) > 100:
            _quick.clear()
        if len(plan[1]) > 1 and all([type(taker) is int and taker < 6 for taker in plan[1]]):
            _quick[format] = plan[0], itemgetter(*plan[1])
    template, takers = plan
    return template % tuple([t[taker] if type(taker) is int else taker(t) for taker in takers])


# Formats taken apart; and those of the numbers of a date and a clock alone, with what takes these of a tuple.
_plans, _quick = {}, {}
# What most formats are made of: numbers as they are.
_numbers = {"Y": ("%d", 0), "m": ("%02d", 1), "d": ("%02d", 2), "H": ("%02d", 3), "M": ("%02d", 4), "S": ("%02d", 5), "j": ("%03d", 7)}


def _plan(format):
    """A template for `%`, and what fills it: places in a time, or functions of one."""
    template, takers, at = [], [], 0
    while at < len(format):
        c = format[at]
        if c != "%" or at + 1 == len(format):
            template.append("%%" if c == "%" else c)
            at += 1
            continue
        end = at + 1
        while end < len(format) and format[end] in "-_0^#":
            end += 1
        flags, start = format[at + 1 : end], end
        while end < len(format) and format[end].isdigit():
            end += 1
        width, code = int(format[start:end] or 0), format[end : end + 1]
        if code not in _formats:
            template.append(format[at : end + 1].replace("%", "%%"))
        elif code in _numbers and not flags and not width:
            template.append(_numbers[code][0])
            takers.append(_numbers[code][1])
        else:
            template.append("%s")
            takers.append(_filling(_formats[code], flags, width, code))
        at = end + 1
    return "".join(template), takers


def _filling(text_of, flags, width, code):
    return (lambda t: _flagged(text_of(t), flags, width, code)) if flags or width else text_of


def strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    import _strptime

    return _strptime._strptime_time(data_string, format)


CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME, CLOCK_TAI = 0, 1, 2, 3, 4, 7, 11


def clock_settime(clk_id, time):
    raise PermissionError(1, "Operation not permitted")


clock_settime_ns = clock_settime


def get_clock_info(name):
    """What is known of a clock: how it is read, how fine it is, whether it can be set or go back."""
    from types import SimpleNamespace

    clocks = {
        "time": "clock_gettime(CLOCK_REALTIME)", "monotonic": "clock_gettime(CLOCK_MONOTONIC)", "perf_counter": "clock_gettime(CLOCK_MONOTONIC)",
        "process_time": "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", "thread_time": "clock_gettime(CLOCK_THREAD_CPUTIME_ID)",
    }
    if name not in clocks:
        raise ValueError("unknown clock")
    return SimpleNamespace(implementation=clocks[name], monotonic=name != "time", adjustable=name == "time", resolution=1e-9)
