"""Times read from text, by a format: what `time.strptime` and `datetime.strptime` share."""

import time as _time
from datetime import date as _date
from datetime import timedelta as _timedelta
from datetime import timezone as _timezone
from re import IGNORECASE as _IGNORECASE
from re import compile as _compile

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_WHOLES = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "T": "%H:%M:%S", "R": "%H:%M", "F": "%Y-%m-%d"}
# The longer alternatives come first: 12 is not 1 and then 2.
_PATTERNS = {
    "d": "3[0-1]|[1-2][0-9]|0[1-9]|[1-9]| [1-9]",
    "f": "[0-9]{1,6}",
    "H": "2[0-3]|[0-1][0-9]|[0-9]",
    "I": "1[0-2]|0[1-9]|[1-9]| [1-9]",
    "G": "[0-9][0-9][0-9][0-9]",
    "j": "36[0-6]|3[0-5][0-9]|[1-2][0-9][0-9]|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9]",
    "m": "1[0-2]|0[1-9]|[1-9]",
    "M": "[0-5][0-9]|[0-9]",
    "S": "6[0-1]|[0-5][0-9]|[0-9]",
    "U": "5[0-3]|[0-4][0-9]|[0-9]",
    "W": "5[0-3]|[0-4][0-9]|[0-9]",
    "V": "5[0-3]|0[1-9]|[1-4][0-9]|[0-9]",
    "w": "[0-6]",
    "u": "[1-7]",
    "y": "[0-9][0-9]",
    "Y": "[0-9][0-9][0-9][0-9]",
    "z": "[+-][0-9][0-9]:?[0-5][0-9](?::?[0-5][0-9](?:[.][0-9]{1,6})?)?|[Zz]",
    "A": "|".join(_DAYS),
    "a": "|".join([day[:3] for day in _DAYS]),
    "B": "|".join(_MONTHS),
    "b": "|".join([month[:3] for month in _MONTHS]),
    "p": "am|pm",
}
_compiled = {}


def _pattern(format):
    """The compiled format, and the letters of its groups in order."""
    found = _compiled.get(format)
    if found is not None:
        return found
    out, letters, at = [], [], 0
    names = sorted({"utc", "gmt"} | {name.lower() for name in _time.tzname}, key=len, reverse=True)
    # A format in a format is written out first.
    text = format
    for letter, whole in _WHOLES.items():
        text = text.replace("%" + letter, whole) if "%%" not in text else text
    while at < len(text):
        character = text[at]
        at += 1
        if character.isspace():
            if not out or out[-1] != "\\s+":
                out.append("\\s+")
            continue
        if character != "%":
            out.append("\\" + character if character in ".^$*+?{}[]\\|()" else character)
            continue
        letter = text[at : at + 1]
        at += 1
        if letter == "%":
            out.append("%")
        elif letter == "Z":
            letters.append(letter)
            out.append("(%s)" % "|".join(names))
        elif letter in _PATTERNS:
            if letter in letters:
                raise ValueError("redefinition of group name %r" % letter)
            letters.append(letter)
            out.append("(%s)" % _PATTERNS[letter])
        elif not letter:
            raise ValueError("stray %% in format '%s'" % format)
        else:
            raise ValueError("'%s' is a bad directive in format '%s'" % (letter, format))
    if len(_compiled) > 50:
        _compiled.clear()
    _compiled[format] = _compile("".join(out), _IGNORECASE), letters
    return _compiled[format]


def _parts(text, format):
    for value, place in ((text, 0), (format, 1)):
        if not isinstance(value, str):
            raise TypeError("strptime() argument %d must be str, not %s" % (place, type(value)))
    pattern, letters = _pattern(format)
    match = pattern.match(text)
    if match is None:
        raise ValueError("time data %r does not match format %r" % (text, format))
    if match.end() != len(text):
        raise ValueError("unconverted data remains: %s" % text[match.end() :])
    return dict(zip(letters, [group.lower() for group in match.groups()]))


def _zone_offset(text):
    """Microseconds."""
    if text == "z":
        return 0
    digits = text[1:].replace(":", "")
    if ":" in text and len(digits) > 4 and (text[3] == ":") != (text[6:7] == ":"):
        raise ValueError("Inconsistent use of : in %s" % text)
    whole, _, fraction = digits.partition(".")
    seconds = int(whole[:2]) * 3600 + int(whole[2:4]) * 60 + int(whole[4:6] or 0)
    us = seconds * 1000000 + int((fraction + "000000")[:6])
    return -us if text[0] == "-" else us


def _day_of_week(year, week, day, monday):
    """The day of the year in a week that `%U` or `%W` counts."""
    first = _date(year, 1, 1).weekday()
    if not monday:
        first, day = (first + 1) % 7, (day + 1) % 7
    before = (7 - first) % 7
    return 1 + day - first if week == 0 else 1 + before + 7 * (week - 1) + day


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The fields of a `struct_time`, microseconds, and the zone's offset in microseconds or `None`."""
    found = _parts(data_string, format)
    year = month = day = weekday = yearday = None
    hour = minute = second = us = 0
    summer, offset, zone = -1, None, None
    if "y" in found:
        year = int(found["y"])
        year += 2000 if year <= 68 else 1900
    if "Y" in found:
        year = int(found["Y"])
    for letter, names in (("m", None), ("B", _MONTHS), ("b", [month[:3] for month in _MONTHS])):
        if letter in found:
            month = int(found[letter]) if names is None else names.index(found[letter]) + 1
    if "d" in found:
        day = int(found["d"])
    if "H" in found:
        hour = int(found["H"])
    elif "I" in found:
        hour = int(found["I"]) % 12 + (12 if found.get("p") == "pm" else 0)
    minute, second = int(found.get("M", 0)), int(found.get("S", 0))
    if "f" in found:
        us = int(found["f"].ljust(6, "0"))
    if "A" in found:
        weekday = _DAYS.index(found["A"])
    elif "a" in found:
        weekday = [day[:3] for day in _DAYS].index(found["a"])
    elif "w" in found:
        weekday = (int(found["w"]) + 6) % 7
    elif "u" in found:
        weekday = int(found["u"]) - 1
    if "j" in found:
        yearday = int(found["j"])
    if "z" in found:
        offset = _zone_offset(found["z"])
    if "Z" in found:
        zone = found["Z"]
        names = [name.lower() for name in _time.tzname]
        if zone in ("utc", "gmt"):
            summer = 0
        elif names[0] != names[1] and zone in names:
            summer = names.index(zone)
    year, month, day, yearday = _settled(found, year, month, day, weekday, yearday)
    if weekday is None:
        weekday = _date(year, month, day).weekday()
    shown = 1900 if found.keys().isdisjoint("YyG") and year == 1904 else year
    return (shown, month, day, hour, minute, second, weekday, yearday, summer), us, offset, zone


def _settled(found, year, month, day, weekday, yearday):
    """The date, of whatever was said about it."""
    iso_year, iso_week = found.get("G"), found.get("V")
    if iso_year is not None:
        if yearday is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.")
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').")
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")
    if year is None:
        # 29 February of no year is fine.
        year = 1904 if month == 2 and day == 29 else 1900
    if yearday is None and weekday is not None:
        week = found.get("U", found.get("W"))
        if week is not None and ("Y" in found or "y" in found):
            yearday = _day_of_week(year, int(week), weekday, "W" in found)
        elif iso_year is not None:
            when = _date.fromisocalendar(int(iso_year), int(iso_week), weekday + 1)
            return when.year, when.month, when.day, when.timetuple().tm_yday
        if yearday is not None and yearday <= 0:
            year -= 1
            yearday += 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
    if yearday is not None and (month is None or day is None):
        when = _date.fromordinal(yearday - 1 + _date(year, 1, 1).toordinal())
        return when.year, when.month, when.day, yearday
    month, day = 1 if month is None else month, 1 if day is None else day
    return year, month, day, _date(year, month, day).toordinal() - _date(year, 1, 1).toordinal() + 1


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    fields, _, offset, zone = _strptime(data_string, format)
    made = _time.struct_time(fields)
    if offset is not None or zone is not None:
        made.tm_zone = zone and zone.upper()
        made.tm_gmtoff = None if offset is None else offset // 1000000
    return made


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    fields, us, offset, zone = _strptime(data_string, format)
    arguments = fields[:6] + (us,)
    if offset is None:
        return cls(*arguments)
    span = _timedelta(microseconds=offset)
    return cls(*arguments, _timezone(span, zone.upper()) if zone else _timezone(span))
