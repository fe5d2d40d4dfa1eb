"""Addresses taken apart and put together (RFC 3986), and text in them."""

from collections import namedtuple

__all__ = [
    "DefragResult", "DefragResultBytes", "ParseResult", "ParseResultBytes", "SplitResult", "SplitResultBytes", "parse_qs", "parse_qsl", "quote",
    "quote_from_bytes", "quote_plus", "unquote", "unquote_plus", "unquote_to_bytes", "urldefrag", "urlencode", "urljoin", "urlparse", "urlsplit",
    "urlunparse", "urlunsplit",
]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync",
               "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel"]
scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_SPLIT = "".join([chr(code) for code in range(33)])


class _Net:
    """What follows `//`: who, where, which port."""

    @property
    def _host_parts(self):
        user, at, rest = self.netloc.rpartition(self._of("@"))
        if not at:
            user = None
        _, bracket, inside = rest.partition(self._of("["))
        if bracket:
            host, _, port = inside.partition(self._of("]"))
            port = port.partition(self._of(":"))[2]
        else:
            host, _, port = rest.partition(self._of(":"))
        return user, host or None, port or None

    def _of(self, text):
        return text.encode() if isinstance(self.netloc, bytes) else text

    @property
    def username(self):
        user = self._host_parts[0]
        return user if user is None else user.partition(self._of(":"))[0]

    @property
    def password(self):
        user = self._host_parts[0]
        if user is None:
            return None
        _, colon, password = user.partition(self._of(":"))
        return password if colon else None

    @property
    def hostname(self):
        host = self._host_parts[1]
        if host is None:
            return None
        name, percent, zone = host.partition(self._of("%"))
        return name.lower() + percent + zone

    @property
    def port(self):
        port = self._host_parts[2]
        if port is None:
            return None
        text = port.decode() if isinstance(port, bytes) else port
        if not (text.isdigit() and text.isascii()):
            raise ValueError("Port could not be cast to integer value as %r" % (port,))
        port = int(text)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    def _text_or_bytes(self, coded):
        return tuple([getattr(part, coded)() if part is not None else None for part in self])


class DefragResult(namedtuple("DefragResult", "url fragment")):
    def geturl(self):
        mark = b"#" if isinstance(self.url, bytes) else "#"
        return self.url + mark + self.fragment if self.fragment else self.url


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _Net):
    def geturl(self):
        return urlunsplit(self)

    def encode(self, encoding="ascii", errors="strict"):
        return SplitResultBytes(*[part.encode(encoding, errors) for part in self])


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _Net):
    def geturl(self):
        return urlunparse(self)

    def encode(self, encoding="ascii", errors="strict"):
        return ParseResultBytes(*[part.encode(encoding, errors) for part in self])


class DefragResultBytes(DefragResult):
    def decode(self, encoding="ascii", errors="strict"):
        return DefragResult(*[part.decode(encoding, errors) for part in self])


class SplitResultBytes(SplitResult):
    def decode(self, encoding="ascii", errors="strict"):
        return SplitResult(*[part.decode(encoding, errors) for part in self])


class ParseResultBytes(ParseResult):
    def decode(self, encoding="ascii", errors="strict"):
        return ParseResult(*[part.decode(encoding, errors) for part in self])


def _as_text(*parts):
    """The arguments as str, and how to give an answer of their kind back."""
    kinds = [isinstance(part, str) for part in parts if part]
    if not kinds:
        kinds = [isinstance(parts[0], str)]
    if all(kinds):
        return parts, lambda value: value
    if any(kinds):
        raise TypeError("Cannot mix str and non-str arguments")
    texts = tuple([part.decode("ascii") if isinstance(part, (bytes, bytearray)) else part or "" for part in parts])
    return texts, lambda value: value.encode("ascii")


def urlsplit(url, scheme="", allow_fragments=True):
    return _known(_split, url, scheme, allow_fragments)


# What addresses were taken apart to of late: the same few are asked for again and again.
_recent = {}


def _known(function, url, scheme, allow_fragments):
    if type(url) is not str or type(scheme) is not str:
        return function(url, scheme, allow_fragments)
    key = function, url, scheme, not allow_fragments
    found = _recent.get(key)
    if found is None:
        found = function(url, scheme, allow_fragments)
        if len(_recent) >= 200:
            _recent.clear()
        _recent[key] = found
    return found


def _split(url, scheme, allow_fragments):
    (url, scheme), back = _as_text(url, scheme)
    url = url.lstrip(_SPLIT)
    scheme = scheme.strip(_SPLIT)
    for unsafe in "\t\r\n":
        url, scheme = url.replace(unsafe, ""), scheme.replace(unsafe, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha() and not url[:colon].strip(scheme_chars):
        scheme, url = url[:colon].lower(), url[colon + 1 :]
    if url[:2] == "//":
        end = min([at for at in [url.find(c, 2) for c in "/?#"] if at >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc:
            _check_bracketed(netloc)
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    _check_netloc(netloc)
    return back(SplitResult(scheme, netloc, url, query, fragment))


def _check_bracketed(netloc):
    host = netloc.partition("[")[2].partition("]")[0]
    if host.startswith("v"):
        number, _, rest = host[1:].partition(".")
        if not rest or not number or number.strip("0123456789abcdefABCDEF"):
            raise ValueError("IPvFuture address is invalid")
    else:
        import ipaddress

        if isinstance(ipaddress.ip_address(host), ipaddress.IPv4Address):
            raise ValueError("An IPv4 address cannot be in brackets")


def _check_netloc(netloc):
    if netloc.isascii():
        return
    import unicodedata

    plain = netloc
    for sign in "@:#?":
        plain = plain.replace(sign, "")
    folded = unicodedata.normalize("NFKC", plain)
    if folded != plain and any([sign in folded for sign in "/?#@:"]):
        raise ValueError("netloc %s contains invalid characters under NFKC normalization" % netloc)


def urlparse(url, scheme="", allow_fragments=True):
    return _known(_parse, url, scheme, allow_fragments)


def _parse(url, scheme, allow_fragments):
    (url, scheme), back = _as_text(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        path, params = _split_params(path)
    return back(ParseResult(scheme, netloc, path, params, query, fragment))


def _split_params(path):
    at = path.find(";", path.rfind("/") if "/" in path else 0)
    return (path, "") if at < 0 else (path[:at], path[at + 1 :])


def urlunsplit(components):
    parts, back = _as_text(*components)
    scheme, netloc, url, query, fragment = parts
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return back(url)


def urlunparse(components):
    parts, back = _as_text(*components)
    scheme, netloc, url, params, query, fragment = parts
    return back(urlunsplit((scheme, netloc, url + ";" + params if params else url, query, fragment)))


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    (base, url), back = _as_text(base, url)
    b_scheme, b_netloc, b_path, b_params, b_query, _ = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, b_scheme, allow_fragments)
    if scheme != b_scheme or scheme not in uses_relative:
        return back(url)
    if scheme in uses_netloc:
        if netloc:
            return back(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = b_netloc
    if not path and not params:
        return back(urlunparse((scheme, netloc, b_path, b_params, query or b_query, fragment)))
    base_parts = b_path.split("/")
    if base_parts[-1] != "":
        del base_parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base_parts + path.split("/")
        segments[1:-1] = [segment for segment in segments[1:-1] if segment]
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return back(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))


def urldefrag(url):
    (text,), back = _as_text(url)
    if "#" in text:
        scheme, netloc, path, params, query, fragment = urlparse(text)
        text, fragment = urlunparse((scheme, netloc, path, params, query, "")), fragment
    else:
        fragment = ""
    if isinstance(url, str):
        return DefragResult(text, fragment)
    return DefragResultBytes(text.encode(), fragment.encode())


def unquote_to_bytes(string):
    if not string:
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    parts = bytes(string).split(b"%")
    out = [parts[0]]
    for part in parts[1:]:
        try:
            out.append(bytes([int(part[:2].decode("ascii"), 16)]) if len(part) >= 2 and part[:2].isalnum() else b"%" + part[:2])
        except ValueError:
            out.append(b"%" + part[:2])
        out.append(part[2:])
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, (bytes, bytearray)):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        return string
    if encoding is None:
        encoding = "utf-8"
    if errors is None:
        errors = "replace"
    # Runs of ASCII are decoded by themselves: other characters stand for nothing but themselves.
    out, start, at = [], 0, 0
    while at < len(string):
        is_ascii = string[at] < "\x80"
        start = at
        while at < len(string) and (string[at] < "\x80") == is_ascii:
            at += 1
        run = string[start:at]
        out.append(unquote_to_bytes(run).decode(encoding, errors) if is_ascii else run)
    return "".join(out)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    safe = safe + (" " if isinstance(safe, str) else b" ")
    return quote(string, safe, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    signs = _signs.get(safe) if type(safe) in (str, bytes) else None
    if signs is None:
        keep = _ALWAYS_SAFE | frozenset(safe.encode("ascii", "ignore") if isinstance(safe, str) else safe)
        signs = [chr(byte) if byte in keep else "%%%02X" % byte for byte in range(256)]
        if type(safe) in (str, bytes):
            if len(_signs) > 50:
                _signs.clear()
            _signs[safe] = signs
    return "".join([signs[byte] for byte in bs])


# What each byte is written as, by what is safe.
_signs = {}


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            raise TypeError("not a valid non-string sequence or mapping object") from None

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        values = [value]
        if doseq and not isinstance(value, (str, bytes)):
            try:
                len(value)
                values = value
            except TypeError:
                pass
        pairs += [quoted(key) + "=" + quoted(one) for one in values]
    return "&".join(pairs)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    (qs,), back = _as_text(qs)
    (separator,), _ = _as_text(separator)
    if not separator or not isinstance(separator, str):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator) if qs else ():
        if not field and not strict_parsing:
            continue
        key, equals, value = field.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pair = [unquote(part.replace("+", " "), encoding, errors) for part in (key, value)]
            pairs.append(tuple([back(part) for part in pair]))
    return pairs


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    result = {}
    for key, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        result.setdefault(key, []).append(value)
    return result


def unwrap(url):
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url


# Parts of addresses one by one, older than `urlparse`. Each is there under its name with a warning, and without one for this library.


def _splittype(url):
    scheme, colon, rest = url.partition(":")
    return (scheme.lower(), rest) if colon and scheme and "/" not in scheme else (None, url)


def _splithost(url):
    if not url.startswith("//"):
        return None, url
    rest = url[2:]
    end = min([at for at in (rest.find(sign) for sign in "/#?") if at >= 0], default=len(rest))
    host, path = rest[:end], rest[end:]
    return host, "/" + path if path and path[0] != "/" else path


def _splituser(host):
    user, at, host = host.rpartition("@")
    return user if at else None, host


def _splitpasswd(user):
    user, colon, password = user.partition(":")
    return user, password if colon else None


def _splitport(host):
    name, colon, port = host.rpartition(":")
    return (name, port or None) if colon and (not port or port.isdigit() and port.isascii()) else (host, None)


def _splitnport(host, defport=-1):
    name, colon, port = host.rpartition(":")
    if not colon:
        return host, defport
    if not port:
        return name, defport
    return name, int(port) if port.isdigit() and port.isascii() else None


def _splitquery(url):
    path, mark, query = url.rpartition("?")
    return (path, query) if mark else (url, None)


def _splittag(url):
    path, mark, tag = url.rpartition("#")
    return (path, tag) if mark else (url, None)


def _splitattr(url):
    path, *attributes = url.split(";")
    return path, attributes


def _splitvalue(attr):
    name, sign, value = attr.partition("=")
    return name, value if sign else None


def _to_bytes(url):
    if isinstance(url, str):
        try:
            url = url.encode("ascii").decode()
        except UnicodeError:
            raise UnicodeError("URL " + repr(url) + " contains non-ASCII characters")
    return url


def _older(function, instead):
    name = function.__name__[1:]

    def older(*args, **kwargs):
        import warnings

        warnings.warn("urllib.parse.%s() is deprecated as of 3.8%s" % (name, instead), DeprecationWarning, 2)
        return function(*args, **kwargs)

    older.__name__ = older.__qualname__ = name
    return older


for _each in (_splittype, _splithost, _splituser, _splitpasswd, _splitport, _splitnport, _splitquery, _splittag, _splitattr):
    globals()[_each.__name__[1:]] = _older(_each, ", use urllib.parse.urlparse() instead")
splitvalue, to_bytes = _older(_splitvalue, ", use urllib.parse.parse_qsl() instead"), _older(_to_bytes, "")
