"""Headers that know what they say: `str` with attributes, by the header's name."""

import re
import urllib.parse
from email import _header_value_parser as parser
from email._bytes import has_bytes, unescaped
from email.errors import HeaderMissingRequiredValue, InvalidDateDefect, InvalidHeaderDefect
from email.header import decoded
from email.utils import _Reader, format_datetime, parsedate_to_datetime, quote
from types import MappingProxyType


# A name or a quoted text, and where it is.
_SPEC = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s()<>\[\]:;@\\,"]+)?(?:@(?:\[[^\]\s]*\]|[^\s()<>\[\]:;@\\,"]+))?')


class Address:
    """A mailbox: a name for people, and the two halves of its address."""

    def __init__(self, display_name="", username="", domain="", addr_spec=None):
        for part in (display_name, username, domain, addr_spec):
            if part and ("\r" in part or "\n" in part):
                raise ValueError("invalid arguments; address parts cannot contain CR or LF")
        if addr_spec is not None:
            if username or domain:
                raise TypeError("addrspec specified when username and/or domain also specified")
            fitting = _SPEC.match(addr_spec)
            if fitting is None or fitting.end() < len(addr_spec):
                whole = fitting[0] if fitting else ""
                raise ValueError("Invalid addr_spec; only %r could be parsed from %r" % (whole, addr_spec))
            if not addr_spec.rpartition("@")[0].isascii():
                raise ValueError("local-part contains non-ASCII characters)")
            username, _, domain = addr_spec.rpartition("@")
            if not username:
                username, domain = domain, ""
            if username.startswith('"') and username.endswith('"'):
                username = username[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        self._display_name, self._username, self._domain = display_name, username, domain

    display_name = property(lambda self: self._display_name)
    username = property(lambda self: self._username)
    domain = property(lambda self: self._domain)

    @property
    def addr_spec(self):
        name = self._username
        if any([c in '()<>[]:;@\\,." ' and c != "." for c in name]) or name.startswith(".") or name.endswith("."):
            name = '"%s"' % quote(name)
        if self._domain:
            return name + "@" + self._domain
        return name if self._username else "<>"

    def __repr__(self):
        return "%s(display_name=%r, username=%r, domain=%r)" % (type(self).__name__, self._display_name, self._username, self._domain)

    def __str__(self):
        name = self._display_name
        if not name:
            return self.addr_spec
        if any([c in '()<>[]:;@\\,."' for c in name]):
            name = '"%s"' % quote(name)
        return "%s <%s>" % (name, "" if self.addr_spec == "<>" else self.addr_spec)

    def __eq__(self, other):
        if not isinstance(other, Address):
            return NotImplemented
        return (self.display_name, self.username, self.domain) == (other.display_name, other.username, other.domain)


class Group:
    """Mailboxes under a name; without one, a single mailbox."""

    def __init__(self, display_name=None, addresses=None):
        self._display_name, self._addresses = display_name, tuple(addresses or ())

    display_name = property(lambda self: self._display_name)
    addresses = property(lambda self: self._addresses)

    def __repr__(self):
        return "%s(display_name=%r, addresses=%r)" % (type(self).__name__, self._display_name, self._addresses)

    def __str__(self):
        if self._display_name is None and len(self._addresses) == 1:
            return str(self._addresses[0])
        name = str(self._display_name)
        if any([c in '()<>[]:;@\\,."' for c in name]):
            name = '"%s"' % quote(name)
        inner = ", ".join([str(address) for address in self._addresses])
        return "%s:%s;" % (name, " " + inner if inner else inner)

    def __eq__(self, other):
        if not isinstance(other, Group):
            return NotImplemented
        return (self.display_name, self.addresses) == (other.display_name, other.addresses)


class BaseHeader(str):
    max_count = None

    def __new__(cls, name, value):
        said = {"defects": [], "decoded": ""}
        cls.parse(value, said)
        text = said.pop("decoded")
        # Bytes of no known encoding are most likely UTF-8.
        self = str.__new__(cls, unescaped(text).decode("utf-8", "replace") if has_bytes(text) else text)
        self._source = text
        self.init(name, **said)
        return self

    def init(self, name, *, defects, parse_tree=None):
        self._name, self._defects = name, defects

    name = property(lambda self: self._name)
    defects = property(lambda self: tuple(self._defects))

    def __reduce__(self):
        return _restored, (type(self).__name__, type(self).__bases__, str(self), self.__dict__)

    def fold(self, *, policy):
        from email.policy import fold_words

        return fold_words(self.name, self._source, policy)


def _restored(name, bases, text, state):
    made = str.__new__(type(name, bases, {}), text)
    made.__dict__.update(state)
    return made


class UnstructuredHeader:
    @classmethod
    def parse(cls, value, kwds):
        kwds["decoded"] = decoded(value)


class UniqueUnstructuredHeader(UnstructuredHeader):
    max_count = 1


class DateHeader:
    @classmethod
    def parse(cls, value, kwds):
        kwds["datetime"] = None
        if not value:
            kwds["defects"].append(HeaderMissingRequiredValue())
            return
        if isinstance(value, str):
            kwds["decoded"] = value
            try:
                value = parsedate_to_datetime(value)
            except ValueError:
                kwds["defects"].append(InvalidDateDefect("Invalid date value or format"))
                return
        kwds["datetime"], kwds["decoded"] = value, format_datetime(value)

    def init(self, *args, **kw):
        self._datetime = kw.pop("datetime")
        super().init(*args, **kw)

    datetime = property(lambda self: self._datetime)


class UniqueDateHeader(DateHeader):
    max_count = 1


def _groups(text):
    """The groups of an address list, a lone address being one without a name."""
    found, reader = [], _Reader(text)
    while True:
        reader.blank()
        if reader.at >= len(text):
            return found
        if reader.peek() == ",":
            reader.at += 1
            continue
        start = reader.at
        pairs = reader.address()
        source = text[start : reader.at].rstrip(" \t\r\n,")
        addresses = [_mailbox(name, spec) for name, spec in pairs]
        name = source.partition(":")[0].strip() if source.rstrip().endswith(";") else None
        if name is None:
            found.extend([Group(None, [address]) for address in addresses])
        else:
            found.append(Group(decoded(name.strip('"')), addresses))


def _mailbox(name, spec):
    username, _, domain = spec.rpartition("@")
    if not username:
        username, domain = domain, ""
    if username.startswith('"') and username.endswith('"') and len(username) > 1:
        username = username[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return Address(decoded(name), username, domain)


class AddressHeader:
    @classmethod
    def parse(cls, value, kwds):
        if isinstance(value, str):
            groups = _groups(value)
        else:
            values = value if hasattr(value, "__iter__") else [value]
            groups = [Group(None, [one]) if not hasattr(one, "addresses") else one for one in values]
        kwds["groups"], kwds["decoded"] = groups, ", ".join([str(group) for group in groups])

    def init(self, *args, **kw):
        self._groups, self._addresses = tuple(kw.pop("groups")), None
        super().init(*args, **kw)

    groups = property(lambda self: self._groups)

    @property
    def addresses(self):
        return tuple([address for group in self._groups for address in group.addresses])

    def fold(self, *, policy):
        from email.header import encoded_word

        def shown(address):
            if address.display_name.isascii() or getattr(policy, "utf8", False):
                return str(address)
            return "%s <%s>" % (encoded_word(address.display_name, bias=4), address.addr_spec)

        parts = []
        for group in self._groups:
            inner = ", ".join([shown(address) for address in group.addresses])
            parts.append(inner if group.display_name is None else "%s: %s;" % (group.display_name, inner))
        parts = [part + "," for part in parts[:-1]] + parts[-1:]
        return _folded_parts(self.name, parts, policy)


def _folded_parts(name, parts, policy):
    """A header of parts that go onto a new line as a whole if they do not fit behind those before."""
    width = policy.max_line_length or 10**9
    line, lines = name + ":", []
    for part in parts:
        if len(line) + 1 + len(part) <= width:
            line += " " + part
        elif len(part) < width:
            lines.append(line)
            line = " " + part
        else:
            # Its words, as many as fit.
            for word in part.split(" "):
                if len(line) + 1 + len(word) > width:
                    lines.append(line)
                    line = ""
                line += " " + word
    return policy.linesep.join([*lines, line]) + policy.linesep


class UniqueAddressHeader(AddressHeader):
    max_count = 1


class SingleAddressHeader(AddressHeader):
    @property
    def address(self):
        if len(self.addresses) != 1:
            raise ValueError("value of single address header {} is not a single address".format(self.name))
        return self.addresses[0]


class UniqueSingleAddressHeader(SingleAddressHeader):
    max_count = 1


_VERSION = re.compile(r"(\d+)\s*\.\s*(\d+)(?![.\w])")


def _bare(text):
    """A header without its comments."""
    if "(" not in text:
        return text
    out, reader = [], _Reader(text)
    while reader.peek():
        start = reader.at
        if reader.peek() == '"':
            reader.quoted()
        elif reader.peek() == "(":
            reader.comment()
            continue
        else:
            reader.at += 1
        out.append(text[start : reader.at])
    return "".join(out)


class MIMEVersionHeader:
    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        text = _bare(value).strip()
        kwds["decoded"], kwds["version"], kwds["major"], kwds["minor"] = value, None, None, None
        if not text:
            kwds["defects"].append(HeaderMissingRequiredValue("Missing MIME version number (eg: 1.0)"))
            return
        found = _VERSION.match(text)
        if found is None or found.end() < len(text):
            kwds["defects"].append(InvalidHeaderDefect("Excess text after MIME version" if found else "Expected MIME version number but found %r" % text))
        if found:
            kwds["major"], kwds["minor"] = int(found[1]), int(found[2])
            kwds["version"] = "%d.%d" % (kwds["major"], kwds["minor"])

    def init(self, *args, **kw):
        self._version, self._major, self._minor = kw.pop("version"), kw.pop("major"), kw.pop("minor")
        super().init(*args, **kw)

    version = property(lambda self: self._version)
    major = property(lambda self: self._major)
    minor = property(lambda self: self._minor)


def _parameters(text):
    from email.message import _parseparam
    from email.utils import collapse_rfc2231_value, decode_params, unquote

    parts = []
    for part in _parseparam(text):
        name, found, value = part.partition("=")
        parts.append((name.strip().lower(), value.strip() if found else ""))
    value = parts[0][0]
    meant = lambda text: unquote(collapse_rfc2231_value(text)) if isinstance(text, tuple) else unquote(text)
    return value, {name: meant(text) for name, text in decode_params(parts)[1:]}


def _sections(name, text, width):
    """A parameter that is not ASCII or too long, as RFC 2231 has it: in as many numbered sections as it takes."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    value = "%s''%s" % (charset, urllib.parse.quote(text.encode(), safe="!#$&+-.^_`|{}~"))
    if len(name) + len(value) + 4 <= width:
        return ["%s*=%s" % (name, value)]
    found, at = [], 0
    while at < len(value):
        start = "%s*%d*=" % (name, len(found))
        end = at + max(width - len(start) - 2, 4)
        # What stands for one byte stays together.
        if end < len(value):
            end -= 1 if value[end - 1] == "%" else 2 if value[end - 2] == "%" else 0
        found.append(start + value[at:end])
        at = end
    return found


class ParameterizedMIMEHeader:
    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        kwds["value"], kwds["params"] = _parameters(_bare(value))
        cls.check(kwds)
        kwds["decoded"] = "; ".join([value.partition(";")[0], *['%s="%s"' % (name, quote(text)) for name, text in kwds["params"].items()]])

    @classmethod
    def check(cls, kwds):
        pass

    def init(self, *args, **kw):
        self._params, self._value = kw.pop("params"), kw.pop("value")
        super().init(*args, **kw)

    params = property(lambda self: MappingProxyType(self._params))

    def fold(self, *, policy):
        width = policy.max_line_length or 10**9
        parts = [self._value]
        for name, text in self._params.items():
            plain = '%s="%s"' % (name, quote(text))
            if getattr(policy, "utf8", False) or text.isascii() and len(plain) + 2 <= width:
                parts.append(plain)
            else:
                parts += _sections(name, text, width)
        return _folded_parts(self.name, [part + ";" for part in parts[:-1]] + parts[-1:], policy)


class ContentTypeHeader(ParameterizedMIMEHeader):
    @classmethod
    def check(cls, kwds):
        parts = [part.strip() for part in kwds["value"].split("/")]
        if not kwds["value"]:
            kwds["defects"].append(HeaderMissingRequiredValue("Missing content type specification"))
        elif len(parts) != 2 or not all(parts) or any([c in ' \t()<>@,;:\\"[]?=' for c in "".join(parts)]):
            kwds["defects"].append(InvalidHeaderDefect("Invalid content type"))
            kwds["value"] = "text/plain"
        else:
            kwds["value"] = "/".join(parts)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        main, slash, sub = self._value.partition("/")
        self._maintype, self._subtype = (main.lower(), sub.lower()) if slash and main and sub else ("text", "plain")

    maintype = property(lambda self: self._maintype)
    subtype = property(lambda self: self._subtype)
    content_type = property(lambda self: self._maintype + "/" + self._subtype)


class ContentDispositionHeader(ParameterizedMIMEHeader):
    content_disposition = property(lambda self: self._value.lower() or None)

    @classmethod
    def check(cls, kwds):
        if not kwds["value"]:
            kwds["defects"].append(HeaderMissingRequiredValue("Missing content disposition"))


class ContentTransferEncodingHeader:
    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        words = _bare(value).split()
        kwds["decoded"], kwds["cte"] = value, words[0].lower() if words else "7bit"
        if not words:
            kwds["defects"].append(HeaderMissingRequiredValue("Missing content transfer encoding"))
        elif len(words) > 1:
            kwds["defects"].append(InvalidHeaderDefect("Extra text after content transfer encoding"))

    def init(self, *args, **kw):
        self._cte = kw.pop("cte")
        super().init(*args, **kw)

    cte = property(lambda self: self._cte)


class MessageIDHeader:
    max_count = 1

    def fold(self, *, policy):
        # Nobody would know it again in several lines.
        return "%s: %s%s" % (self.name, self, policy.linesep)

    @classmethod
    def parse(cls, value, kwds):
        kwds["decoded"] = value


_default_header_map = {
    "subject": UniqueUnstructuredHeader,
    "date": UniqueDateHeader,
    "resent-date": DateHeader,
    "orig-date": UniqueDateHeader,
    "sender": UniqueSingleAddressHeader,
    "resent-sender": SingleAddressHeader,
    "to": UniqueAddressHeader,
    "resent-to": AddressHeader,
    "cc": UniqueAddressHeader,
    "resent-cc": AddressHeader,
    "bcc": UniqueAddressHeader,
    "resent-bcc": AddressHeader,
    "from": UniqueAddressHeader,
    "resent-from": AddressHeader,
    "reply-to": UniqueAddressHeader,
    "mime-version": MIMEVersionHeader,
    "content-type": ContentTypeHeader,
    "content-disposition": ContentDispositionHeader,
    "content-transfer-encoding": ContentTransferEncodingHeader,
    "message-id": MessageIDHeader,
}


class HeaderRegistry:
    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.registry = dict(_default_header_map) if use_default_map else {}
        self.base_class, self.default_class, self._made = base_class, default_class, {}

    def map_to_type(self, name, cls):
        self.registry[name.lower()] = cls
        self._made.clear()

    def __getitem__(self, name):
        name = name.lower()
        cls = self._made.get(name)
        if cls is None:
            kind = self.registry.get(name, self.default_class)
            cls = self._made[name] = type("_" + kind.__name__, (kind, self.base_class), {})
        return cls

    def max_count(self, name):
        return getattr(self.registry.get(name.lower(), self.default_class), "max_count", None)

    def __call__(self, name, value):
        return self[name](name, value)
