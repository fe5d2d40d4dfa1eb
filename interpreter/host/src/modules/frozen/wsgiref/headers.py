"""The headers of a response: a list of pairs, found by names in either case."""


def _parameter(name, value):
    if not value:
        return name
    return '%s="%s"' % (name, value.replace("\\", "\\\\").replace('"', r"\""))


class Headers:
    def __init__(self, headers=None):
        headers = [] if headers is None else headers
        if type(headers) is not list:
            raise TypeError("Headers should be a list of header name/value tuples")
        self._headers = headers
        for name, value in headers:
            self._text(name), self._text(value)

    def _text(self, value):
        if type(value) is str:
            return value
        raise AssertionError("Header names/values must be of type str (got %r)" % (value,))

    def __len__(self):
        return len(self._headers)

    def __setitem__(self, name, value):
        del self[name]
        self._headers.append((self._text(name), self._text(value)))

    def __delitem__(self, name):
        name = self._text(name.lower())
        self._headers[:] = [pair for pair in self._headers if pair[0].lower() != name]

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return self.get(name) is not None

    def get_all(self, name):
        name = self._text(name.lower())
        return [value for key, value in self._headers if key.lower() == name]

    def get(self, name, default=None):
        found = self.get_all(name)
        return found[0] if found else default

    def keys(self):
        return [key for key, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return self._headers[:]

    def __repr__(self):
        return "Headers(%r)" % self._headers

    def __str__(self):
        return "\r\n".join(["%s: %s" % pair for pair in self._headers] + ["", ""])

    def __bytes__(self):
        return str(self).encode("iso-8859-1")

    def setdefault(self, name, value):
        found = self.get(name)
        if found is None:
            self._headers.append((self._text(name), self._text(value)))
            return value
        return found

    def add_header(self, _name, _value, **_params):
        parts = [] if _value is None else [self._text(_value)]
        for key, value in _params.items():
            key = self._text(key).replace("_", "-")
            parts.append(key if value is None else _parameter(key, self._text(value)))
        self._headers.append((self._text(_name), "; ".join(parts)))
