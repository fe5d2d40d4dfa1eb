"""The texts of cookies: dates, headers and hosts, read as generously as browsers do. `http.cookiejar` is made of it."""

import calendar
import re
import time
import urllib.parse

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTHS_LOWER = [month.lower() for month in MONTHS]
UTC_ZONES = ("GMT", "UTC", "UT", "Z")

_CLOCK = r"(\d\d?):(\d\d)(?::(\d\d))?"
_ZONE = r"(?:([-+]?\d{2,4}|(?![APap][Mm]\b)[A-Za-z]+)\s*)?(?:\(\w+\)\s*)?"
_LOOSE = re.compile(r"(\d\d?)(?:\s+|[-/])(\w+)(?:\s+|[-/])(\d+)(?:(?:\s+|:)" + _CLOCK + r")?\s*" + _ZONE + r"\Z", re.A)
_ISO = re.compile(
    r"\s*(\d{4})[-/]?(\d\d?)[-/]?(\d\d?)(?:(?:\s+|[-:Tt])(\d\d?):?(\d\d)(?::?(\d\d(?:\.\d*)?))?)?\s*(?:([-+]?\d\d?:?(?::?\d\d)?|Z|z)\s*)?\Z", re.A
)
_STRICT = re.compile(r"[SMTWF][a-z][a-z], \d\d [JFMASOND][a-z][a-z] \d{4} \d\d:\d\d:\d\d GMT\Z", re.A)
_WEEKDAY = re.compile(r"\s*(?:(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,?)?", re.I)


def time2isoz(t=None):
    """A moment as `YYYY-MM-DD hh:mm:ssZ`."""
    return "%04d-%02d-%02d %02d:%02d:%02dZ" % time.gmtime(t)[:6]


def time2netscape(t=None):
    """A moment as `Wdy, DD-Mon-YYYY HH:MM:SS GMT`."""
    year, month, day, hour, minute, second, weekday = time.gmtime(t)[:7]
    return "%s, %02d-%s-%04d %02d:%02d:%02d GMT" % (DAYS[weekday], day, MONTHS[month - 1], year, hour, minute, second)


def offset_from_tz_string(tz):
    """Seconds east of Greenwich, or None if the zone is not known."""
    if tz in UTC_ZONES:
        return 0
    match = re.fullmatch(r"([-+])?(\d\d?):?(\d\d)?", tz)
    if match is None:
        return None
    offset = 3600 * int(match[2]) + 60 * int(match[3] or 0)
    return -offset if match[1] == "-" else offset


def _moment(day, month, year, hour, minute, second, zone):
    """Seconds since 1970 of what a date's parts say, or None."""
    try:
        month = _MONTHS_LOWER.index(month.lower()) + 1
    except ValueError:
        if not month.isdigit() or not 1 <= int(month) <= 12:
            return None
        month = int(month)
    year, day, hour, minute, second = int(year), int(day), int(hour or 0), int(minute or 0), int(float(second or 0))
    if year < 1000:
        # Two digits: the century that is nearest.
        now = time.localtime()[0]
        year += now - now % 100
        year += 100 if year < now - 50 else -100 if year > now + 50 else 0
    if not (1970 <= year <= 9999 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 61):
        return None
    offset = offset_from_tz_string((zone or "UTC").upper())
    return None if offset is None else calendar.timegm((year, month, day, hour, minute, second)) - offset


def http2time(text):
    """Seconds since 1970 of a date in one of the forms that servers write, or None."""
    weekday = _WEEKDAY.match(text)
    match = _LOOSE.match(text[weekday.end() :].lstrip())
    found = None if match is None else _moment(*match.groups())
    # The form that HTTP prescribes gives a float, as ever.
    return float(found) if found is not None and _STRICT.match(text) else found


def iso2time(text):
    """The same of a date as ISO 8601 has it, or nearly."""
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return _moment(day, month, year, hour, minute, second, zone)


def split_header_words(header_values):
    """Headers as lists of their elements, each of which is a list of pairs."""
    assert not isinstance(header_values, str)
    found = []
    for text in header_values:
        pairs = []
        while text := text.lstrip():
            match = re.match(r"([^=\s;,]+)", text)
            if match is None:
                if text[0] == ",":
                    found += [pairs] if pairs else []
                    pairs, text = [], text[1:]
                else:
                    # What is nothing that is known is passed by.
                    text = text.lstrip("=; \t\r\n") if text[0] in "=;" else text[1:]
                continue
            name, text = match[1], text[match.end() :]
            quoted = re.match(r'\s*=\s*"((?:[^"\\]|\\.)*)"', text)
            plain = quoted or re.match(r"\s*=\s*([^\s;,]*)", text)
            value = None if plain is None else re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else plain[1].rstrip()
            text = text if plain is None else text[plain.end() :]
            pairs.append((name, value))
        found += [pairs] if pairs else []
    return found


def join_header_words(lists):
    """What `split_header_words` cut, as one header."""
    headers = []
    for pairs in lists:
        parts = []
        for name, value in pairs:
            if value is not None:
                if not re.fullmatch(r"\w+", value):
                    value = '"%s"' % re.sub(r'(["\\])', r"\\\1", value)
                name = "%s=%s" % (name, value)
            parts.append(name)
        if parts:
            headers.append("; ".join(parts))
    return ", ".join(headers)


_KNOWN = ("expires", "domain", "path", "secure", "version", "port", "max-age")


def strip_quotes(text):
    """The text without the quotes around it."""
    text = text[1:] if text[:1] == '"' else text
    return text[:-1] if text[-1:] == '"' else text


def parse_ns_headers(ns_headers):
    """Cookies as Netscape's servers write them: for each a list of pairs, the first of which is its name and value."""
    found = []
    for header in ns_headers:
        pairs, has_version = [], False
        for at, part in enumerate(header.split(";")):
            key, equals, value = part.strip().partition("=")
            key, value = key.strip(), value.strip() if equals else None
            if not key and not equals:
                if at == 0:
                    break
                continue
            if at == 0:
                pairs.append((key, value))
                continue
            lowered = key.lower()
            key = lowered if lowered in _KNOWN else key
            has_version = has_version or key == "version"
            if key == "version" and value is not None:
                value = strip_quotes(value)
            elif key == "expires" and value is not None:
                value = http2time(strip_quotes(value))
            pairs.append((key, value))
        if pairs:
            found.append(pairs + ([] if has_version else [("version", "0")]))
    return found


_NUMBERS = re.compile(r"\.\d+\Z", re.A)


def is_HDN(text):
    """Whether the text is the name of a host, not its number."""
    return bool(text) and not _NUMBERS.search(text) and text[0] != "." and text[-1] != "."


def domain_match(A, B):
    """Whether host `A` lies in domain `B` (RFC 2965)."""
    A, B = A.lower(), B.lower()
    if A == B:
        return True
    return is_HDN(A) and A.rfind(B) > 0 and B.startswith(".") and is_HDN(B[1:])


def liberal_is_HDN(text):
    return not _NUMBERS.search(text)


def user_domain_match(A, B):
    """Whether a host lies in a domain that a person named."""
    A, B = A.lower(), B.lower()
    if not (liberal_is_HDN(A) and liberal_is_HDN(B)):
        return A == B
    return A.endswith(B) if B.startswith(".") else A == B


def request_host(request):
    """The host that a request goes to, by its address or its header."""
    host = urllib.parse.urlparse(request.get_full_url())[1] or request.get_header("Host", "")
    return re.sub(r":\d+\Z", "", host, flags=re.A).lower()


def eff_request_host(request):
    """The host, and the name that stands for it: one without dots is local."""
    host = request_host(request)
    return host, host + ".local" if "." not in host else host


def request_path(request):
    path = escape_path(urllib.parse.urlsplit(request.get_full_url()).path)
    return path if path.startswith("/") else "/" + path


def request_port(request):
    host = request.host
    name, colon, port = host.partition(":")
    if not colon:
        return "80"
    try:
        int(port)
    except ValueError:
        return None
    return port


def escape_path(path):
    """The path with what it may not hold as `%XX`, in capitals."""
    path = urllib.parse.quote(path, "%/;:@&=+$,!~*'()")
    return re.sub(r"%([0-9a-fA-F]{2})", lambda match: "%" + match[1].upper(), path)


def reach(h):
    """The domain in which cookies of a host may be (RFC 2965)."""
    at = h.find(".")
    if at >= 0:
        rest = h[at + 1 :]
        if is_HDN(h) and ("." in rest or rest == "local"):
            return "." + rest
    return h


def is_third_party(request):
    """Whether a request goes elsewhere than the page that made it."""
    return not domain_match(request_host(request), reach(request.origin_req_host))
