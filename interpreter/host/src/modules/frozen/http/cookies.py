"""Cookies: read from headers and written into them."""

import re
from types import GenericAlias

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]
_LEGAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:"
_UNQUOTED = _LEGAL + " ()/<=>?@[]{}"
_PATTERN = re.compile(r"\s*([\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{=]+?)\s*(=\s*(\"(?:[^\\\"]|\\.)*\"|\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT|[\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{=\[\]]*))?\s*(\s+|;|$)")


class CookieError(Exception):
    pass


def _quote(text):
    if text is None or text and all([c in _LEGAL for c in text]):
        return text
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c in _UNQUOTED:
            out.append(c)
        else:
            out.extend(["\\%03o" % byte for byte in (c.encode("latin-1") if ord(c) < 256 else c.encode())] if ord(c) < 256 else [c])
    return '"%s"' % "".join(out)


def _unquote(text):
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r"\\([0-3][0-7][0-7])|\\(.)", lambda match: chr(int(match.group(1), 8)) if match.group(1) else match.group(2), text[1:-1])


def _getdate(future=0):
    from email.utils import formatdate
    from time import time

    return formatdate(time() + future, usegmt=True)


class Morsel(dict):
    """One cookie: key, value, and attributes."""

    _reserved = {
        "expires": "expires",
        "path": "Path",
        "comment": "Comment",
        "domain": "Domain",
        "max-age": "Max-Age",
        "secure": "Secure",
        "httponly": "HttpOnly",
        "version": "Version",
        "samesite": "SameSite",
    }
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for key in self._reserved:
            dict.__setitem__(self, key, "")

    key = property(lambda self: self._key)
    value = property(lambda self: self._value)
    coded_value = property(lambda self: self._coded_value)

    def __setitem__(self, K, V):
        K = K.lower()
        if K not in self._reserved:
            raise CookieError("Invalid attribute %r" % (K,))
        dict.__setitem__(self, K, V)

    def setdefault(self, key, val=None):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError("Invalid attribute %r" % (key,))
        return dict.setdefault(self, key, val)

    def __eq__(self, morsel):
        if not isinstance(morsel, Morsel):
            return NotImplemented
        return dict.__eq__(self, morsel) and (self._key, self._value, self._coded_value) == (morsel._key, morsel._value, morsel._coded_value)

    def __ne__(self, morsel):
        equal = self.__eq__(morsel)
        return equal if equal is NotImplemented else not equal

    def copy(self):
        morsel = Morsel()
        dict.update(morsel, self)
        morsel.__dict__.update(self.__dict__)
        return morsel

    def update(self, values):
        data = {}
        for key, val in dict(values).items():
            key = key.lower()
            if key not in self._reserved:
                raise CookieError("Invalid attribute %r" % (key,))
            data[key] = val
        dict.update(self, data)

    def isReservedKey(self, K):
        return K.lower() in self._reserved

    def set(self, key, val, coded_val):
        if key.lower() in self._reserved:
            raise CookieError("Attempt to set a reserved key %r" % (key,))
        if not key or not all([c in _LEGAL for c in key]):
            raise CookieError("Illegal key %r" % (key,))
        self._key, self._value, self._coded_value = key, val, coded_val

    def __getstate__(self):
        return {"key": self._key, "value": self._value, "coded_value": self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = state["key"], state["value"], state["coded_value"]

    def output(self, attrs=None, header="Set-Cookie:"):
        return "%s %s" % (header, self.OutputString(attrs))

    __str__ = output

    def __repr__(self):
        return "<%s: %s>" % (type(self).__name__, self.OutputString())

    def js_output(self, attrs=None):
        text = self.OutputString(attrs).replace('"', r"\"")
        return '\n        <script type="text/javascript">\n        <!-- begin hiding\n        document.cookie = "%s";\n        // end hiding -->\n        </script>\n        ' % text

    def OutputString(self, attrs=None):
        parts = ["%s=%s" % (self._key, self._coded_value)]
        attrs = self._reserved if attrs is None else attrs
        for key, value in sorted(self.items()):
            if value == "" or key not in attrs:
                continue
            shown = self._reserved[key]
            if key == "expires" and isinstance(value, int):
                parts.append("%s=%s" % (shown, _getdate(value)))
            elif key == "max-age" and isinstance(value, int):
                parts.append("%s=%d" % (shown, value))
            elif key == "comment" and isinstance(value, str):
                parts.append("%s=%s" % (shown, _quote(value)))
            elif key in self._flags:
                if value:
                    parts.append(shown)
            else:
                parts.append("%s=%s" % (shown, value))
        return "; ".join(parts)

    __class_getitem__ = classmethod(GenericAlias)


class BaseCookie(dict):
    def __init__(self, input=None):
        if input:
            self.load(input)

    def value_decode(self, val):
        return val, val

    def value_encode(self, val):
        text = str(val)
        return text, text

    def _set(self, key, real, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, real, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        return sep.join([value.output(attrs, header) for _, value in sorted(self.items())])

    __str__ = output

    def __repr__(self):
        return "<%s: %s>" % (type(self).__name__, " ".join(["%s=%s" % (key, repr(value.value)) for key, value in sorted(self.items())]))

    def js_output(self, attrs=None):
        return "".join([value.js_output(attrs) for _, value in sorted(self.items())])

    def load(self, rawdata):
        if isinstance(rawdata, str):
            self._parse(rawdata)
        else:
            for key, value in rawdata.items():
                self[key] = value

    def _parse(self, text):
        at, parsed, seen = 0, [], False
        while 0 <= at < len(text):
            match = _PATTERN.match(text, at)
            if not match:
                break
            key, value, at = match.group(1), match.group(3) if match.group(2) else None, match.end(0)
            if key[0] == "$":
                if seen:
                    parsed.append((0, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not seen:
                    return
                if value is None:
                    if key.lower() not in Morsel._flags:
                        return
                    parsed.append((0, key, True))
                else:
                    parsed.append((0, key, _unquote(value)))
            elif value is not None:
                parsed.append((1, key, self.value_decode(value)))
                seen = True
            else:
                return
        morsel = None
        for kind, key, value in parsed:
            if kind:
                self._set(key, *value)
                morsel = self[key]
            else:
                morsel[key] = value


class SimpleCookie(BaseCookie):
    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
