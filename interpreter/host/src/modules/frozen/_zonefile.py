"""Rules of time zones: what a TZif file (RFC 8536) and a `TZ` text of POSIX say. All times are seconds; no dates are known here."""

import struct
from bisect import bisect_right


class Zone:
    """What the clocks of a place show: `at` a moment, or read off a wall (`of_wall`). A kind is (offset, is summer time, name)."""

    def __init__(self, moments, kinds, first, rule):
        self.moments, self.kinds, self.first, self.rule = moments, kinds, first, rule
        # What `of_wall` said last.
        self._walls = {}

    def at(self, seconds):
        """The kind of time at a moment since 1970 in UTC."""
        moments = self.moments
        if not moments or seconds >= moments[-1]:
            if self.rule is not None:
                return self.rule.at(seconds)
            return self.kinds[-1] if moments else self.first
        if seconds < moments[0]:
            return self.first
        return self.kinds[bisect_right(moments, seconds) - 1]

    def of_wall(self, wall, fold=0):
        """The kind of time that a clock on the wall shows; in a gap, that before it (after it if `fold`)."""
        known = self._walls.get((wall, fold))
        if known is None:
            if len(self._walls) >= 500:
                self._walls.clear()
            known = self._walls[wall, fold] = self._searched(wall, fold)
        return known

    def _searched(self, wall, fold):
        before, after = self.at(wall - 86400 - self.at(wall)[0]), self.at(wall + 86400 - self.at(wall)[0])
        early, late = self.at(wall - before[0]), self.at(wall - after[0])
        if early[0] == before[0] and late[0] == after[0]:
            return late if fold else early
        if early[0] == before[0]:
            return early
        if late[0] == after[0]:
            return late
        return after if fold else before

    def is_repeated(self, seconds):
        """Whether the clocks show this moment for the second time."""
        wall = seconds + self.at(seconds)[0]
        return self.of_wall(wall, 0)[0] != self.at(seconds)[0] and self.of_wall(wall, 1)[0] == self.at(seconds)[0]

    def summer(self, kind):
        """By how much summer time differs from the time of winter."""
        if not kind[1]:
            return 0
        if self.rule is not None and self.rule.other is not None and kind[:2] == self.rule.other[:2]:
            return kind[0] - self.rule.standard[0]
        found = 0
        for i, other in enumerate(self.kinds):
            if other == kind:
                for near in (self.kinds[i - 1] if i else self.first, self.kinds[i + 1] if i + 1 < len(self.kinds) else None):
                    if near is not None and not near[1] and near[0] != kind[0]:
                        return kind[0] - near[0]
                found = 3600
        return found or 3600


class _Rule:
    """Standard time, and another between two days of each year."""

    def __init__(self, standard, other, start, end):
        self.standard, self.other, self.start, self.end = standard, other, start, end
        self._years = {}

    def _year(self, year):
        """Where a year begins and ends on its clocks in winter, and where its other time does."""
        known = self._years.get(year)
        if known is None:
            start = _year_start(year)
            begin, end = start + self.start(year) - self.standard[0], start + self.end(year) - self.other[0]
            known = self._years[year] = start, _year_start(year + 1), begin, end
        return known

    def at(self, seconds):
        if self.other is None:
            return self.standard
        local = seconds + self.standard[0]
        year = 1970 + local // 31556952
        first, last, begin, end = self._year(year)
        while last <= local:
            year += 1
            first, last, begin, end = self._year(year)
        while first > local:
            year -= 1
            first, last, begin, end = self._year(year)
        inside = begin <= seconds < end if begin < end else not end <= seconds < begin
        return self.other if inside else self.standard


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _year_start(year):
    year -= 1
    return (year * 365 + year // 4 - year // 100 + year // 400 - 719162) * 86400


def _seconds(text):
    sign = -1 if text[:1] == "-" else 1
    parts = text.lstrip("+-").split(":")
    if not 1 <= len(parts) <= 3 or not all([part.isdigit() and part.isascii() for part in parts]):
        raise ValueError("malformed time in TZ string: %r" % text)
    hours, minutes, seconds = ([int(part) for part in parts] + [0, 0])[:3]
    if minutes > 59 or seconds > 59 or hours > 167:
        raise ValueError("malformed time in TZ string: %r" % text)
    return sign * (hours * 3600 + minutes * 60 + seconds)


def _name(text):
    if text[:1] == "<":
        end = text.find(">")
        name, rest = text[1:end], text[end + 1 :]
        if end < 0 or not name:
            raise ValueError("malformed TZ string: %r" % text)
        return name, rest
    end = 0
    while end < len(text) and text[end].isalpha() and text[end].isascii():
        end += 1
    if end < 3:
        raise ValueError("malformed TZ string: %r" % text)
    return text[:end], text[end:]


def _offset(text):
    end = 0
    while end < len(text) and (text[end].isdigit() or text[end] in "+-:"):
        end += 1
    return -_seconds(text[:end]), text[end:]


def _day(text):
    """A function of the year: seconds from its beginning to a day and time of a rule."""
    day, slash, clock = text.partition("/")
    clock = _seconds(clock) if slash else 7200
    if day[:1] == "M":
        parts = day[1:].split(".")
        if len(parts) != 3 or not all([part.isdigit() for part in parts]):
            raise ValueError("malformed rule in TZ string: %r" % text)
        month, week, weekday = [int(part) for part in parts]
        if not (1 <= month <= 12 and 1 <= week <= 5 and 0 <= weekday <= 6):
            raise ValueError("rule out of range in TZ string: %r" % text)
        return lambda year: _nth(year, month, week, weekday) * 86400 + clock
    julian = day[:1] == "J"
    number = day[julian:]
    if not number.isdigit() or not julian <= int(number) <= 365:
        raise ValueError("malformed rule in TZ string: %r" % text)
    number = int(number)
    if julian:
        return lambda year: (number - 1 + (_is_leap(year) and number > 59)) * 86400 + clock
    return lambda year: number * 86400 + clock


_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)


def _nth(year, month, week, weekday):
    start = _BEFORE[month - 1] + (month > 2 and _is_leap(year))
    length = _BEFORE[month] - _BEFORE[month - 1] + (month == 2 and _is_leap(year))
    # 1 January 1970 was a Thursday (4).
    first = (_year_start(year) // 86400 + start + 4) % 7
    day = (weekday - first) % 7 + (week - 1) * 7
    return start + (day if day < length else day - 7)


def rule(text):
    """The rule of a `TZ` text: `CET-1CEST,M3.5.0,M10.5.0/3`."""
    name, rest = _name(text)
    offset, rest = _offset(rest)
    standard = (offset, 0, name)
    if not rest:
        return _Rule(standard, None, None, None)
    other, rest = _name(rest)
    summer = offset + 3600
    if rest and rest[0] != ",":
        summer, rest = _offset(rest)
    days = rest.split(",")[1:] if rest else ["M3.2.0", "M11.1.0"]
    if len(days) != 2:
        raise ValueError("malformed TZ string: %r" % text)
    return _Rule(standard, (summer, 1, other), _day(days[0]), _day(days[1]))


def from_rule(text):
    found = rule(text)
    return Zone([], [], found.standard, found)


def parse(data):
    """The zone of a TZif file."""
    if data[:4] != b"TZif":
        raise ValueError("not a TZif file")
    at, wide = 0, False
    if data[4:5] >= b"2":
        utc, std, leap, moments, kinds, names = struct.unpack(">6l", data[20:44])
        at, wide = 44 + moments * 5 + kinds * 6 + names + leap * 8 + std + utc, True
    utc, std, leap, moments, kinds, names = struct.unpack(">6l", data[at + 20 : at + 44])
    at += 44
    size = 8 if wide else 4
    times = list(struct.unpack(">%d%s" % (moments, "q" if wide else "l"), data[at : at + moments * size]))
    at += moments * size
    which = data[at : at + moments]
    at += moments
    found = [struct.unpack(">lBB", data[at + i * 6 : at + i * 6 + 6]) for i in range(kinds)]
    at += kinds * 6
    texts = data[at : at + names]
    at += names + leap * (size + 4) + std + utc
    all_kinds = [(offset, summer, texts[start : texts.index(b"\0", start)].decode()) for offset, summer, start in found]
    first = next((kind for kind in all_kinds if not kind[1]), all_kinds[0]) if all_kinds else (0, 0, "UTC")
    last = data[at:].strip(b"\n").decode() if wide else ""
    return Zone(times, [all_kinds[i] for i in which], first, rule(last) if last else None)


DIRECTORIES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


def named(name, directories=DIRECTORIES):
    """The file of a zone as bytes; `None` if there is none."""
    for directory in directories:
        try:
            with open(directory + "/" + name, "rb") as file:
                return file.read()
        except OSError:
            continue
    return None


def here():
    """The zone of this computer: what `TZ` says, or the system's file."""
    import os

    text = os.environ.get("TZ")
    try:
        if text is None:
            with open("/etc/localtime", "rb") as file:
                return parse(file.read())
        text = text.lstrip(":")
        if text:
            data = named(text) if "," not in text and ".." not in text else None
            return parse(data) if data else from_rule(text)
    except (OSError, ValueError, struct.error):
        pass
    return Zone([], [], (0, 0, "UTC"), None)
