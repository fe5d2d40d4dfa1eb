"""Messages: headers in order, and a payload that is text or a list of parts."""

import binascii
from base64 import b64decode
from email import utils
from email._bytes import escaped, has_bytes, unescaped
from email.charset import Charset
from email.errors import HeaderParseError, InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email._policybase import compat32
from io import BytesIO, StringIO
from quopri import decodestring

__all__ = ["EmailMessage", "Message"]


def _parseparam(s):
    """`a; b="c;d"` in its parts."""
    parts, start, quoted, at = [], 0, False, 0
    while at < len(s):
        c = s[at]
        if c == "\\" and quoted:
            at += 1
        elif c == '"':
            quoted = not quoted
        elif c == ";" and not quoted:
            parts.append(s[start:at])
            start = at + 1
        at += 1
    parts.append(s[start:])
    out = []
    for i, part in enumerate(parts):
        name, sign, value = part.partition("=")
        part = name.strip().lower() + "=" + value.strip() if sign and i else part.strip()
        if part or not i:
            out.append(part)
    return out


def _formatparam(param, value=None, quote=True):
    if value is None or not len(value):
        return param
    if isinstance(value, tuple):
        return "%s*=%s" % (param, utils.encode_rfc2231(value[2], value[0], value[1]))
    if not value.isascii():
        return "%s*=%s" % (param, utils.encode_rfc2231(value, "utf-8", ""))
    if quote or any([c in ' \t()<>@,;:\\"/[]?=' for c in value]):
        return '%s="%s"' % (param, utils.quote(value))
    return "%s=%s" % (param, value)


class Message:
    def __init__(self, policy=compat32):
        self.policy, self._headers, self._unixfrom, self._payload = policy, [], None, None
        self._charset = self.preamble = self.epilogue = None
        self.defects, self._default_type = [], "text/plain"

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        from email.generator import Generator

        out = StringIO()
        Generator(out, mangle_from_=False, maxheaderlen=maxheaderlen, policy=self.policy if policy is None else policy).flatten(self, unixfrom)
        return out.getvalue()

    def __bytes__(self):
        return self.as_bytes()

    def as_bytes(self, unixfrom=False, policy=None):
        from email.generator import BytesGenerator

        out = BytesIO()
        BytesGenerator(out, mangle_from_=False, policy=self.policy if policy is None else policy).flatten(self, unixfrom)
        return out.getvalue()

    def is_multipart(self):
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    # The payload.

    def attach(self, payload):
        if self._payload is None:
            self._payload = [payload]
        else:
            try:
                self._payload.append(payload)
            except AttributeError:
                raise TypeError("Attach is not valid on a message with a non-multipart payload") from None

    def get_payload(self, i=None, decode=False):
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None and not isinstance(self._payload, list):
            raise TypeError("Expected list, got %s" % type(self._payload))
        payload = self._payload
        encoding = str(self.get("content-transfer-encoding", "")).lower()
        if not decode:
            if isinstance(payload, str) and has_bytes(payload):
                try:
                    return unescaped(payload).decode(self.get_content_charset("ascii"), "replace")
                except LookupError:
                    return unescaped(payload).decode("ascii", "replace")
            return payload
        if payload is None:
            return None
        if isinstance(payload, str):
            data = unescaped(payload, "raw-unicode-escape" if not has_bytes(payload) else "utf-8") if payload.isascii() or has_bytes(payload) else payload.encode("raw-unicode-escape")
        else:
            data = payload
        if encoding == "quoted-printable":
            return decodestring(data)
        if encoding == "base64":
            return self._from_base64(data)
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            try:
                return _uudecoded(data)
            except ValueError:
                return data
        return data

    def _from_base64(self, data):
        decoded, defects = _decoded_base64(b"".join(data.splitlines()))
        for defect in defects:
            self.policy.handle_defect(self, defect)
        return data if decoded is None else decoded

    def set_payload(self, payload, charset=None):
        if hasattr(payload, "encode"):
            if isinstance(charset, Charset):
                self._payload = escaped(payload.encode(charset.output_charset or "ascii"))
            elif charset:
                self._payload = escaped(payload.encode(Charset(charset).output_charset, "replace"))
            else:
                self._payload = payload
        elif isinstance(payload, (bytes, bytearray)):
            self._payload = escaped(payload)
        else:
            self._payload = payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        if charset is None:
            self.del_param("charset")
            self._charset = None
            return
        if not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        if "MIME-Version" not in self:
            self.add_header("MIME-Version", "1.0")
        if "Content-Type" not in self:
            self.add_header("Content-Type", "text/plain", charset=charset.get_output_charset())
        else:
            self.set_param("charset", charset.get_output_charset())
        if charset != charset.get_output_charset():
            self._payload = charset.body_encode(self._payload)
        if "Content-Transfer-Encoding" not in self:
            encoding = charset.get_body_encoding()
            if callable(encoding):
                encoding(self)
            else:
                payload = self._payload
                if payload:
                    payload = unescaped(payload, charset.output_charset)
                self._payload = charset.body_encode(payload)
                self.add_header("Content-Transfer-Encoding", encoding)

    def get_charset(self):
        return self._charset

    # Headers.

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, val):
        most = self.policy.header_max_count(name)
        if most:
            lower = name.lower()
            if len([1 for key, _ in self._headers if key.lower() == lower]) >= most:
                raise ValueError("There may be at most {} {} headers in a message".format(most, name))
        self._headers.append(self.policy.header_store_parse(name, val))

    def __delitem__(self, name):
        name = name.lower()
        self._headers = [pair for pair in self._headers if pair[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any([key.lower() == name for key, _ in self._headers])

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        return [name for name, _ in self._headers]

    def values(self):
        return [self.policy.header_fetch_parse(name, value) for name, value in self._headers]

    def items(self):
        return [(name, self.policy.header_fetch_parse(name, value)) for name, value in self._headers]

    def get(self, name, failobj=None):
        name = name.lower()
        for key, value in self._headers:
            if key.lower() == name:
                return self.policy.header_fetch_parse(key, value)
        return failobj

    def set_raw(self, name, value):
        self._headers.append((name, value))

    def raw_items(self):
        return iter(list(self._headers))

    def get_all(self, name, failobj=None):
        name = name.lower()
        found = [self.policy.header_fetch_parse(key, value) for key, value in self._headers if key.lower() == name]
        return found or failobj

    def add_header(self, _name, _value, **_params):
        parts = [] if _value is None else [_value]
        for name, value in _params.items():
            name = name.replace("_", "-")
            parts.append(name if value is None else _formatparam(name, value))
        self[_name] = "; ".join(parts)

    def replace_header(self, _name, _value):
        name = _name.lower()
        for i, (key, _) in enumerate(self._headers):
            if key.lower() == name:
                self._headers[i] = self.policy.header_store_parse(key, _value)
                return
        raise KeyError(_name)

    # What kind of content it is.

    def get_content_type(self):
        value = self.get("content-type")
        if value is None:
            return self.get_default_type()
        kind = str(value).partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        return self.get_content_type().split("/")[1]

    def get_default_type(self):
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def _params_of(self, header):
        value = self.get(header)
        if value is None:
            return None
        params = []
        for part in _parseparam(str(value)):
            name, sign, text = part.partition("=")
            params.append((name.strip(), text.strip() if sign else ""))
        return utils.decode_params(params)

    def get_params(self, failobj=None, header="content-type", unquote=True):
        params = self._params_of(header)
        if params is None:
            return failobj
        return [(name, _unquoted(value)) for name, value in params] if unquote else params

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        for name, value in self._params_of(header) or ():
            if name.lower() == param.lower():
                return _unquoted(value) if unquote else value
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        if not isinstance(value, tuple) and charset:
            value = (charset, language, value)
        old = self.get(header)
        if old is None:
            new = ("text/plain; " if header.lower() == "content-type" else "") + _formatparam(param, value, requote)
        elif self.get_param(param, header=header) is None:
            new = "%s; %s" % (old, _formatparam(param, value, requote)) if old else _formatparam(param, value, requote)
        else:
            parts = []
            for name, text in self.get_params(header=header, unquote=requote):
                parts.append(_formatparam(name, value, requote) if name.lower() == param.lower() else _formatparam(name, text, requote))
            new = "; ".join(parts)
        if new != old:
            if replace and header in self:
                self.replace_header(header, new)
            else:
                del self[header]
                self[header] = new

    def del_param(self, param, header="content-type", requote=True):
        if header not in self:
            return
        parts = [_formatparam(name, value, requote) for name, value in self.get_params(header=header, unquote=requote) if name.lower() != param.lower()]
        new = "; ".join(parts)
        if new != self.get(header):
            del self[header]
            self[header] = new

    def set_type(self, type, header="Content-Type", requote=True):
        if type.count("/") != 1:
            raise ValueError
        if header.lower() == "content-type":
            del self["mime-version"]
            self["MIME-Version"] = "1.0"
        if header not in self:
            self[header] = type
            return
        params = self.get_params(header=header, unquote=requote)
        del self[header]
        self[header] = type
        for name, value in params[1:]:
            self.set_param(name, value, header, requote)

    def get_filename(self, failobj=None):
        name = self.get_param("filename", None, "content-disposition")
        if name is None:
            name = self.get_param("name", None, "content-type")
        return failobj if name is None else utils.collapse_rfc2231_value(name).strip()

    def get_boundary(self, failobj=None):
        boundary = self.get_param("boundary")
        return failobj if boundary is None else utils.collapse_rfc2231_value(boundary).rstrip()

    def set_boundary(self, boundary):
        """The header keeps its place, and its other parameters as they are."""
        params = self._params_of("content-type")
        if params is None:
            raise HeaderParseError("No Content-Type header found")
        told, given = [], '"%s"' % boundary
        for name, value in params:
            if name.lower() == "boundary":
                value, given = given, None
            told.append((name, value))
        if given is not None:
            told.append(("boundary", given))
        parts = [name if isinstance(value, str) and not value else _formatparam(name, value, False) if isinstance(value, tuple) else "%s=%s" % (name, value) for name, value in told]
        text = "; ".join(parts)
        self._headers = [
            self.policy.header_store_parse(name, text) if name.lower() == "content-type" else (name, value) for name, value in self._headers
        ]

    def get_content_charset(self, failobj=None):
        charset = self.get_param("charset")
        if charset is None:
            return failobj
        if isinstance(charset, tuple):
            try:
                charset = charset[2].encode("latin-1").decode(charset[0] or "us-ascii")
            except (LookupError, UnicodeError):
                charset = charset[2]
        # A name in other characters is none.
        return charset.lower() if charset.isascii() else failobj

    def get_charsets(self, failobj=None):
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        value = self.get("content-disposition")
        return None if value is None else str(value).partition(";")[0].strip().lower()

    def walk(self):
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()


def _decoded_base64(data):
    """What base 64 that need not be right means, or `None`, and what is wrong with it."""
    missing = -len(data) % 4
    defects = [InvalidBase64PaddingDefect()] if missing else []
    try:
        return b64decode(data + b"=" * missing, validate=True), defects
    except binascii.Error:
        pass
    # Characters that do not belong there are skipped.
    clean = bytes([byte for byte in data if chr(byte) in _BASE64])
    defects = [InvalidBase64CharactersDefect()]
    if len(clean) % 4 == 1:
        return (None if len(clean) == len(data) else b64decode(clean[:-1])), [InvalidBase64LengthDefect()]
    if len(clean) % 4 and b"=" not in data:
        defects.append(InvalidBase64PaddingDefect())
    return b64decode(clean + b"=" * (-len(clean) % 4)), defects


_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


def _unquoted(value):
    if isinstance(value, tuple):
        return value[0], value[1], utils.unquote(value[2])
    return utils.unquote(value)


def _uudecoded(data):
    out, inside = b"", False
    for line in data.splitlines():
        if not inside:
            inside = line.startswith(b"begin ")
        elif line.strip() == b"end":
            break
        elif line:
            out += binascii.a2b_uu(line)
    if not inside:
        raise ValueError("no beginning")
    return out


class MIMEPart(Message):
    """A message of today's policies, which knows its body and its attachments."""

    def __init__(self, policy=None):
        if policy is None:
            from email.policy import default as policy
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        policy = self.policy if policy is None else policy
        return super().as_string(unixfrom, policy.max_line_length if maxheaderlen is None else maxheaderlen, policy)

    def __str__(self):
        return self.as_string(policy=self.policy.clone(utf8=True))

    def is_attachment(self):
        return self.get_content_disposition() == "attachment"

    def _candidates(self, part, preferences):
        if part.is_attachment():
            return
        main, sub = part.get_content_type().split("/")
        if main == "text":
            if sub in preferences:
                yield preferences.index(sub), part
            return
        if main != "multipart" or not part.is_multipart():
            return
        if sub != "related":
            for inner in part.iter_parts():
                yield from self._candidates(inner, preferences)
            return
        if "related" in preferences:
            yield preferences.index("related"), part
        start = part.get_param("start")
        root = None
        parts = part.get_payload()
        if start:
            root = next((inner for inner in parts if inner["content-id"] == start), None)
        if root is None and parts:
            root = parts[0]
        if root is not None:
            yield from self._candidates(root, preferences)

    def get_body(self, preferencelist=("related", "html", "plain")):
        best, found = len(preferencelist), None
        for rank, part in self._candidates(self, preferencelist):
            if rank < best:
                best, found = rank, part
                if not rank:
                    break
        return found

    def iter_attachments(self):
        main, sub = self.get_content_type().split("/")
        if main != "multipart" or sub == "alternative" or not self.is_multipart():
            return
        parts = list(self.get_payload())
        if sub == "related":
            start = self.get_param("start")
            if start:
                yield from [part for part in parts if part["content-id"] != start]
                return
            yield from parts[1:]
            return
        seen = set()
        for part in parts:
            kind = part.get_content_type()
            if kind in ("text/plain", "text/html", "multipart/related", "multipart/alternative") and not part.is_attachment() and kind not in seen:
                seen.add(kind)
                continue
            yield part

    def iter_parts(self):
        if self.is_multipart():
            yield from self.get_payload()

    def get_content(self, *args, content_manager=None, **kw):
        return (self.policy.content_manager if content_manager is None else content_manager).get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        (self.policy.content_manager if content_manager is None else content_manager).set_content(self, *args, **kw)

    def _make_multipart(self, subtype, disallowed, boundary):
        if self.get_content_maintype() == "multipart":
            existing = self.get_content_subtype()
            if existing in disallowed or existing == subtype:
                raise ValueError("Cannot convert {} to {}".format(existing, subtype))
        kept, moved = [], []
        for name, value in self._headers:
            (moved if name.lower().startswith("content-") else kept).append((name, value))
        if moved:
            part = type(self)(policy=self.policy)
            part._headers, part._payload = moved, self._payload
            self._payload = [part]
        else:
            self._payload = []
        self._headers = kept
        self["Content-Type"] = "multipart/" + subtype
        if boundary is not None:
            self.set_param("boundary", boundary)

    def make_related(self, boundary=None):
        self._make_multipart("related", ("alternative", "mixed"), boundary)

    def make_alternative(self, boundary=None):
        self._make_multipart("alternative", ("mixed",), boundary)

    def make_mixed(self, boundary=None):
        self._make_multipart("mixed", (), boundary)

    def _add(self, subtype, args, kw, disposition=None):
        if self.get_content_maintype() != "multipart" or self.get_content_subtype() != subtype:
            getattr(self, "make_" + subtype)()
        part = type(self)(policy=self.policy)
        part.set_content(*args, **kw)
        if disposition and "content-disposition" not in part:
            part["Content-Disposition"] = disposition
        self.attach(part)

    def add_related(self, *args, **kw):
        self._add("related", args, kw, "inline")

    def add_alternative(self, *args, **kw):
        self._add("alternative", args, kw)

    def add_attachment(self, *args, **kw):
        self._add("mixed", args, kw, "attachment")

    def clear(self):
        self._headers, self._payload = [], None

    def clear_content(self):
        self._headers = [pair for pair in self._headers if not pair[0].lower().startswith("content-")]
        self._payload = None


class EmailMessage(MIMEPart):
    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"
