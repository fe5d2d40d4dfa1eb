"""What continues the builtin module `time`: clocks by their names in CPython, and times as text."""

import time
from collections import namedtuple

_days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_months = "January February March April May June July August September October November December".split()
timezone = altzone = daylight = 0
tzname = ("UTC", "UTC")
_fields = "tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst"


class struct_time(namedtuple("struct_time", _fields)):
    tm_zone, tm_gmtoff = "UTC", 0

    def __new__(cls, sequence):
        return super().__new__(cls, *(tuple(sequence) + (0,) * (9 - len(sequence)))[:9])

    def __repr__(self):
        return "time.struct_time(%s)" % ", ".join(["%s=%r" % pair for pair in zip(_fields.split(), self)])


def perf_counter():
    return time.ticks_us() / 1000000 if not hasattr(time, "time_ns") else perf_counter_ns() / 1000000000


def perf_counter_ns():
    return time.time_ns() - _start


monotonic, monotonic_ns = perf_counter, perf_counter_ns
_start = time.time_ns()


def process_time():
    return perf_counter()


def process_time_ns():
    return perf_counter_ns()


thread_time, thread_time_ns = process_time, process_time_ns


def _now(t):
    return time.localtime() if t is None else t


def asctime(t=None):
    t = _now(t)
    return "%s %s %2d %02d:%02d:%02d %d" % (_days[t[6]][:3], _months[t[1] - 1][:3], t[2], t[3], t[4], t[5], t[0])


def ctime(secs=None):
    return asctime(time.localtime(secs) if secs is not None else None)


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
    "z": lambda t: "+0000",
    "Z": lambda t: "UTC",
    "%": lambda t: "%",
}


def strftime(format, t=None):
    t = _now(t)
    out, at = [], 0
    while at < len(format):
        c = format[at]
        if c != "%" or at + 1 == len(format):
            out.append(c)
            at += 1
            continue
        code = format[at + 1]
        at += 2
        if code == "-" and at < len(format):
            out.append(_formats[format[at]](t).lstrip("0 ") or "0")
            at += 1
        else:
            out.append(_formats[code](t) if code in _formats else "%" + code)
    return "".join(out)


_numbers = {"d": (2, 1, 31), "H": (2, 0, 23), "I": (2, 1, 12), "j": (3, 1, 366), "m": (2, 1, 12), "M": (2, 0, 59), "S": (2, 0, 61),
            "y": (2, 0, 99), "Y": (4, 0, 9999), "w": (1, 0, 6), "f": (6, 0, 999999), "u": (1, 1, 7), "U": (2, 0, 53), "W": (2, 0, 53)}
_wholes = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "T": "%H:%M:%S", "R": "%H:%M", "F": "%Y-%m-%d"}


def _parse(text, format):
    """The parts of a time, by the letter of what said them."""
    original, found, at = (text, format), {}, 0
    mismatch = lambda: ValueError("time data %r does not match format %r" % original)
    for code, whole in _wholes.items():
        format = format.replace("%" + code, whole)
    i = 0
    while i < len(format):
        c = format[i]
        i += 1
        if c.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            continue
        if c != "%":
            if text[at : at + 1].lower() != c.lower():
                raise mismatch()
            at += 1
            continue
        code = format[i : i + 1]
        i += 1
        if code in _numbers:
            width, low, high = _numbers[code]
            end = at
            while end < len(text) and end - at < width and text[end].isdigit():
                end += 1
            while end > at + 1 and not low <= int(text[at:end]) <= high and code != "f":
                end -= 1
            if end == at or code != "f" and not low <= int(text[at:end]) <= high or code == "Y" and end - at < 4:
                raise mismatch()
            found[code] = int(text[at:end].ljust(6, "0") if code == "f" else text[at:end])
            at = end
        elif code in ("a", "A", "b", "B", "h", "p"):
            names = {"a": [d[:3] for d in _days], "A": _days, "b": [m[:3] for m in _months], "h": [m[:3] for m in _months], "B": _months, "p": ["AM", "PM"]}[code]
            for number, name in enumerate(names):
                if text[at : at + len(name)].lower() == name.lower():
                    found[code] = number
                    at += len(name)
                    break
            else:
                raise mismatch()
        elif code == "z":
            if text[at : at + 1] == "Z":
                found["z"], at = 0, at + 1
                continue
            sign = {"+": 1, "-": -1}.get(text[at : at + 1])
            digits = text[at + 1 : at + 6]
            digits, used = (digits.replace(":", ""), 6) if digits[2:3] == ":" else (digits[:4], 5)
            if sign is None or len(digits) != 4 or not digits.isdigit():
                raise mismatch()
            found["z"] = sign * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)
            at += used
        elif code == "Z":
            for name in ("UTC", "GMT"):
                if text[at : at + 3].upper() == name:
                    found["Z"], at = name, at + 3
                    break
        elif code == "%":
            if text[at : at + 1] != "%":
                raise mismatch()
            at += 1
        else:
            raise ValueError("%r is a bad directive in format %r" % (code, original[1]))
    if at != len(text):
        raise ValueError("unconverted data remains: " + text[at:])
    return found


def _date(found):
    year = found.get("Y", 1900)
    if "y" in found:
        year = found["y"] + (2000 if found["y"] < 69 else 1900)
    month = found.get("m", found.get("b", found.get("B", found.get("h", 0 if not set("bBh") & set(found) else 0))))
    if "m" not in found:
        month = month + 1 if set("bBh") & set(found) else 1
    hour = found.get("H", 0)
    if "I" in found:
        hour = found["I"] % 12 + 12 * found.get("p", 0)
    return year, month, found.get("d", 1), hour, found.get("M", 0), found.get("S", 0)


def strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    found = _parse(data_string, format)
    year, month, day, hour, minute, second = _date(found)
    lengths = [31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if day > lengths[month - 1]:
        raise ValueError("day is out of range for month")
    before = sum(lengths[: month - 1]) + day
    if "j" in found:
        before = day = found["j"]
        month = 1
        while day > lengths[month - 1]:
            day -= lengths[month - 1]
            month += 1
    weekday = (_january_first(year) + before - 1) % 7
    return struct_time((year, month, day, hour, minute, second, weekday, before, -1))
