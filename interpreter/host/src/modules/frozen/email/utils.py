"""Addresses, dates and parameters of headers."""

import os
import re
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import quote as _url_quote
from urllib.parse import unquote as _url_unquote

__all__ = [
    "collapse_rfc2231_value", "decode_params", "decode_rfc2231", "encode_rfc2231", "format_datetime", "formataddr", "formatdate", "getaddresses",
    "make_msgid", "mktime_tz", "parseaddr", "parsedate", "parsedate_to_datetime", "parsedate_tz", "unquote",
]

COMMASPACE, EMPTYSTRING, UEMPTYSTRING, CRLF, TICK = ", ", "", "", "\r\n", "'"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONG_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "mon tue wed thu fri sat sun".split()
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "AST": -400, "ADT": -300, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500, "MST": -700, "MDT": -600, "PST": -800, "PDT": -700}


def quote(str):
    return str.replace("\\", "\\\\").replace('"', '\\"')


def unquote(str):
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if str.startswith("<") and str.endswith(">"):
            return str[1:-1]
    return str


def formataddr(pair, charset="utf-8"):
    name, address = pair
    address.encode("ascii")
    if not name:
        return address
    if not name.isascii():
        from email.charset import Charset

        return "%s <%s>" % ((Charset(charset) if isinstance(charset, str) else charset).header_encode(name), address)
    signs = '"' if re.search(r'[][\\()<>@,:;".]', name) else ""
    return "%s%s%s <%s>" % (signs, re.sub(r'[\\"]', r"\\\g<0>", name), signs, address)


class _Reader:
    """Walks over a list of addresses."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def blank(self):
        """Skips white space; the comments that were there."""
        comments = []
        while self.at < len(self.text):
            c = self.text[self.at]
            if c in " \t\r\n":
                self.at += 1
            elif c == "(":
                comments.append(self.comment())
            else:
                break
        return comments

    def peek(self):
        return self.text[self.at : self.at + 1]

    def comment(self):
        depth, out = 0, ""
        while self.at < len(self.text):
            c = self.text[self.at]
            self.at += 1
            if c == "\\" and self.at < len(self.text):
                c = self.text[self.at]
                self.at += 1
            elif c == "(":
                # The signs of comments within are not shown.
                depth += 1
                continue
            elif c == ")":
                depth -= 1
                if not depth:
                    break
                continue
            out += c
        return out

    def quoted(self):
        out = ""
        self.at += 1
        while self.at < len(self.text):
            c = self.text[self.at]
            self.at += 1
            if c == '"':
                break
            if c == "\\" and self.at < len(self.text):
                c = self.text[self.at]
                self.at += 1
            out += c
        return out

    def atom(self, ends):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            self.at += 1
        return self.text[start : self.at]

    def address_list(self):
        found = []
        while True:
            self.blank()
            if self.at >= len(self.text):
                return found
            found += self.address() or [("", "")]

    def address(self):
        """Addresses: of a group, all of its. What follows up to the next one is skipped."""
        comments, start = self.blank(), self.at
        before, words = list(comments), []
        while self.at < len(self.text) and self.peek() not in _PHRASE_ENDS:
            words.append(self.quoted() if self.peek() == '"' else self.atom(_PHRASE_ENDS + '" \t\r\n('))
            comments += self.blank()
        c, found = self.peek(), []
        if not c:
            if words:
                found = [(" ".join(comments), words[0])]
        elif c == "@" or self.text[self.at - 1] == "." and not words:
            self.at = start
            spec = self.spec(before)
            found = [(" ".join(before), spec)]
        elif c == ":":
            self.at += 1
            while self.at < len(self.text):
                self.blank()
                if self.peek() == ";":
                    self.at += 1
                    break
                found += self.address()
        elif c == "<":
            route = self.route(comments)
            name = " ".join(words)
            found = [("%s (%s)" % (name, " ".join(comments)) if comments and words else name or " ".join(comments), route)]
        elif words:
            found = [(" ".join(comments), words[0])]
        elif c in _SPECIALS:
            self.at += 1
        self.blank()
        if self.peek() == ",":
            self.at += 1
        return found

    def spec(self, comments):
        """`local@domain`: white space between the words of the local part stays, around its dots it does not."""
        out = []
        while self.at < len(self.text):
            c, keeps = self.peek(), True
            if c == ".":
                if out and not out[-1].strip():
                    out.pop()
                out.append(".")
                self.at += 1
                keeps = False
            elif c == '"':
                out.append('"%s"' % quote(self.quoted()))
            elif c in _SPECIALS or c in " \t\r\n":
                if out and not out[-1].strip():
                    out.pop()
                break
            else:
                out.append(self.atom(_SPECIALS + " \t\r\n"))
            start = self.at
            comments += self.blank()
            space = "".join([c for c in self.text[start : self.at] if c in " \t\r\n"]) if "(" not in self.text[start : self.at] else " "
            if keeps and space:
                out.append(space)
        if self.peek() != "@":
            return "".join(out)
        self.at += 1
        self.blank()
        domain = self.domain(comments)
        return "".join(out) + "@" + domain if domain else ""

    def domain(self, comments):
        out = []
        while self.at < len(self.text):
            c = self.peek()
            if c in " \t\r\n(":
                comments += self.blank()
            elif c == "[":
                self.at += 1
                out.append("[" + self.atom("]\r") + "]")
                self.at += 1
            elif c == ".":
                out.append(c)
                self.at += 1
            elif c == "@":
                # Two domains are none.
                return ""
            elif c in _SPECIALS:
                break
            else:
                out.append(self.atom(_SPECIALS + " \t\r\n"))
        return "".join(out)

    def route(self, comments):
        """What stands between angle brackets, without the way that a message is to go."""
        self.at += 1
        comments += self.blank()
        skips = False
        while self.at < len(self.text):
            c = self.peek()
            if skips:
                self.domain(comments)
                skips = False
            elif c == ">":
                self.at += 1
                break
            elif c == "@":
                self.at += 1
                skips = True
            elif c in ":,":
                self.at += 1
            else:
                spec = self.spec(comments)
                self.at += 1
                return spec
            comments += self.blank()
        return ""


_SPECIALS = '()<>@,:;.\\"[]'
_PHRASE_ENDS = "()<>@,:;\\[]"


def getaddresses(fieldvalues, *, strict=True):
    return _Reader(", ".join([str(value) for value in fieldvalues])).address_list()


def parseaddr(addr, *, strict=True):
    if isinstance(addr, list):
        addr = addr[0]
    found = _Reader(str(addr)).address_list() if addr else []
    return found[0] if found else ("", "")


def parsedate_tz(data):
    """Ten fields, the last the zone's offset in seconds; `None` for what is no date."""
    found = _parsed(data)
    if found is not None and found[9] is None:
        found = found[:9] + (0,)
    return found


def parsedate(data):
    found = parsedate_tz(data)
    return found[:9] if isinstance(found, tuple) else found


def _parsed(data):
    if not data:
        return None
    parts = data.replace(",", " , ").split()
    parts = [part for part in parts if part != ","]
    if parts and parts[0].lower()[:3] in _DAYS and (parts[0].lower() in _DAYS or parts[0].endswith("day") or parts[0].lower()[:3] in _DAYS):
        parts.pop(0)
    if len(parts) == 3 and parts[0].count("-") == 2:
        parts = parts[0].split("-") + parts[1:]
    if parts and parts[0].count("-") == 2:
        parts = parts[0].split("-") + parts[1:]
    if len(parts) == 4:
        last = parts[3]
        at = max(last.find("+"), last.find("-", 1))
        parts = parts[:3] + ([last[:at], last[at:]] if at > 0 else [last, ""])
    if len(parts) < 5:
        return None
    day, month, year, clock, zone = parts[:5]
    if not day or not month or not year:
        return None
    if month.lower() not in _MONTHS and month.lower() not in _LONG_MONTHS:
        day, month = month, day
        if month.lower() not in _MONTHS and month.lower() not in _LONG_MONTHS:
            return None
    month = (_MONTHS.index(month.lower()) if month.lower() in _MONTHS else _LONG_MONTHS.index(month.lower())) + 1
    if ":" in year:
        year, clock = clock, year
    if not year[0].isdigit():
        year, zone = zone, year
    pieces = clock.rstrip(",").split(":")
    if len(pieces) == 1 and "." in clock:
        pieces = clock.split(".")
    if len(pieces) not in (2, 3):
        return None
    try:
        year, day = int(year), int(day)
        hour, minute, second = ([int(piece) for piece in pieces] + [0])[:3]
    except ValueError:
        return None
    if year < 100:
        year += 1900 if year > 68 else 2000
    offset = _ZONES.get(zone.upper())
    if offset is None:
        try:
            offset = int(zone)
        except ValueError:
            offset = None
        if offset == 0 and zone.startswith("-"):
            offset = None
    if offset:
        sign = -1 if offset < 0 else 1
        offset = sign * (abs(offset) // 100 * 3600 + abs(offset) % 100 * 60)
    return year, month, day, hour, minute, second, 0, 1, -1, offset


def mktime_tz(data):
    import calendar

    if data[9] is None:
        return time.mktime(data[:8] + (-1,))
    return calendar.timegm(data) - data[9]


def parsedate_to_datetime(data):
    found = _parsed(data)
    if found is None:
        raise ValueError('Invalid date value or format "%s"' % str(data))
    if found[9] is None:
        return datetime(*found[:6])
    return datetime(*found[:6], tzinfo=timezone(timedelta(seconds=found[9])))


def _formatted(fields, zone):
    day = "Mon Tue Wed Thu Fri Sat Sun".split()[fields[6]]
    month = _MONTHS[fields[1] - 1].capitalize()
    return "%s, %02d %s %04d %02d:%02d:%02d %s" % (day, fields[2], month, fields[0], fields[3], fields[4], fields[5], zone)


def format_datetime(dt, usegmt=False):
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        zone = "GMT"
    else:
        zone = "-0000" if dt.tzinfo is None else dt.strftime("%z")
    return _formatted(dt.timetuple(), zone)


def formatdate(timeval=None, localtime=False, usegmt=False):
    if timeval is None:
        timeval = time.time()
    moment = datetime.fromtimestamp(timeval, timezone.utc)
    if localtime:
        moment = moment.astimezone()
    elif not usegmt:
        moment = moment.replace(tzinfo=None)
    return format_datetime(moment, usegmt)


def localtime(dt=None, isdst=-1):
    return (datetime.now(timezone.utc) if dt is None else dt).astimezone()


def make_msgid(idstring=None, domain=None):
    import random
    import socket

    if domain is None:
        domain = socket.getfqdn()
    said = "" if idstring is None else "." + idstring
    return "<%d.%d.%d%s@%s>" % (time.time_ns() // 10000000, os.getpid(), random.getrandbits(62), said, domain)


def decode_rfc2231(s):
    parts = s.split("'", 2)
    return (None, None, s) if len(parts) <= 2 else tuple(parts)


def encode_rfc2231(s, charset=None, language=None):
    s = _url_quote(s, safe="", encoding=charset or "ascii")
    if charset is None and language is None:
        return s
    return "%s'%s'%s" % (charset, language or "", s)


def decode_params(params):
    """Parameters, those that came in pieces (`name*0`, `name*1*`) put together."""
    out, pieces = [params[0]], {}
    for name, value in params[1:]:
        encoded = name.endswith("*")
        value = unquote(value)
        match = re.fullmatch(r"(\w+)\*(\d+)\*?", name)
        if match:
            pieces.setdefault(match.group(1), []).append((int(match.group(2)), value, encoded))
        elif encoded:
            pieces.setdefault(name[:-1], []).append((0, value, True))
        else:
            out.append((name, '"%s"' % quote(value)))
    for name, parts in pieces.items():
        parts.sort()
        whole = "".join([_url_unquote(value, encoding="latin-1") if encoded else value for _, value, encoded in parts])
        if any([encoded for _, _, encoded in parts]):
            charset, language, value = decode_rfc2231(whole)
            out.append((name, (charset, language, '"%s"' % quote(value))))
        else:
            out.append((name, '"%s"' % quote(whole)))
    return out


def collapse_rfc2231_value(value, errors="replace", fallback_charset="us-ascii"):
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, _, text = value
    try:
        return text.encode("latin-1").decode(charset or fallback_charset, errors)
    except (LookupError, UnicodeError):
        return unquote(text)
