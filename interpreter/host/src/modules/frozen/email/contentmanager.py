"""What `get_content` and `set_content` make of a part, by its type and by what it is given."""

import binascii
from email import charset as _charsets
from email import errors, quoprimime


class ContentManager:
    def __init__(self):
        self.get_handlers, self.set_handlers = {}, {}

    def add_get_handler(self, key, handler):
        self.get_handlers[key] = handler

    def add_set_handler(self, typekey, handler):
        self.set_handlers[typekey] = handler

    def get_content(self, msg, *args, **kw):
        for key in (msg.get_content_type(), msg.get_content_maintype(), ""):
            if key in self.get_handlers:
                return self.get_handlers[key](msg, *args, **kw)
        raise KeyError(msg.get_content_type())

    def set_content(self, msg, obj, *args, **kw):
        if msg.get_content_maintype() == "multipart":
            raise TypeError("set_content not valid on multipart")
        for kind in type(obj).__mro__:
            for key in (kind, _whole_name(kind), kind.__qualname__, kind.__name__):
                if key in self.set_handlers:
                    msg.clear_content()
                    self.set_handlers[key](msg, obj, *args, **kw)
                    return
        if None in self.set_handlers:
            msg.clear_content()
            self.set_handlers[None](msg, obj, *args, **kw)
            return
        raise KeyError(_whole_name(type(obj)))


def _whole_name(kind):
    return "%s.%s" % (kind.__module__, kind.__qualname__)


raw_data_manager = ContentManager()


def get_text_content(msg, errors="replace"):
    content = msg.get_payload(decode=True)
    return content.decode(msg.get_param("charset", "ASCII"), errors)


def _get_bytes(msg):
    return msg.get_payload(decode=True)


def _get_message(msg):
    return msg.get_payload(0)


raw_data_manager.add_get_handler("text", get_text_content)
for _kind in ("audio", "image", "video", "application"):
    raw_data_manager.add_get_handler(_kind, _get_bytes)
raw_data_manager.add_get_handler("message/rfc822", _get_message)
raw_data_manager.add_get_handler("message/external-body", _get_message)
raw_data_manager.add_get_handler("message", lambda msg: bytes(msg.get_payload(0)))


def _prepare(msg, maintype, subtype, headers):
    msg["Content-Type"] = "%s/%s" % (maintype, subtype)
    for header in headers or ():
        if not hasattr(header, "name"):
            header = msg.policy.header_factory(*msg.policy.header_source_parse([header]))
        try:
            if header.defects:
                raise header.defects[0]
            msg[header.name] = header
        except errors.HeaderDefect as error:
            raise ValueError("Invalid header: %s" % header.fold(policy=msg.policy)) from error


def _finish(msg, disposition, filename, cid, params):
    if disposition is None and filename is not None:
        disposition = "attachment"
    if disposition is not None:
        msg["Content-Disposition"] = disposition
    if filename is not None:
        msg.set_param("filename", filename, header="Content-Disposition", replace=True)
    if cid is not None:
        msg["Content-ID"] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


def _based(data, length):
    """Bytes in base64, in lines of at most so many signs."""
    each = length // 4 * 3
    return "".join([binascii.b2a_base64(data[at : at + each]).decode("ascii") for at in range(0, len(data), each)])


def _encoded_text(string, charset, cte, policy):
    lines = string.encode(charset).splitlines()
    data = b"\n".join(lines) + b"\n"
    length = policy.max_line_length or 76
    if cte is None:
        longest = max([len(line) for line in lines], default=0)
        if longest <= (policy.max_line_length or longest):
            if data.isascii():
                return "7bit", data.decode("ascii")
            if policy.cte_type == "8bit":
                return "8bit", _escaped(data)
        # The first lines tell which is the shorter way.
        sample = b"\n".join(lines[:10]) + b"\n"
        quoted = quoprimime.body_encode(sample.decode("latin-1"), length)
        cte = "base64" if len(quoted) > len(binascii.b2a_base64(sample)) else "quoted-printable"
    if cte == "7bit":
        return cte, data.decode("ascii")
    if cte == "8bit":
        return cte, _escaped(data)
    if cte == "quoted-printable":
        return cte, quoprimime.body_encode(data.decode("latin-1"), length)
    if cte == "base64":
        return cte, _based(data, length)
    raise ValueError("Unknown content transfer encoding {}".format(cte))


def _escaped(data):
    from email._bytes import escaped

    return escaped(data)


def set_text_content(msg, string, subtype="plain", charset="utf-8", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None):
    _prepare(msg, "text", subtype, headers)
    cte, payload = _encoded_text(string, charset, cte, msg.policy)
    msg.set_payload(payload)
    msg.set_param("charset", _charsets.ALIASES.get(charset, charset), replace=True)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None, headers=None):
    _prepare(msg, maintype, subtype, headers)
    data = bytes(data)
    if cte == "base64":
        payload = _based(data, msg.policy.max_line_length or 76)
    elif cte == "quoted-printable":
        payload = binascii.b2a_qp(data, istext=False, header=False, quotetabs=True).decode("ascii")
    else:
        payload = data.decode("ascii") if cte == "7bit" else _escaped(data)
    msg.set_payload(payload)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_message_content(msg, message, subtype="rfc822", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None):
    if subtype == "partial":
        raise ValueError("message/partial is not supported for Message objects")
    if subtype == "rfc822" and cte not in (None, "7bit", "8bit", "binary"):
        raise ValueError("message/rfc822 parts do not support cte={}".format(cte))
    if subtype == "external-body":
        # What it tells of is elsewhere.
        if cte not in (None, "7bit"):
            raise ValueError("message/external-body parts do not support cte={}".format(cte))
        cte = "7bit"
    _prepare(msg, "message", subtype, headers)
    msg.set_payload([message])
    msg["Content-Transfer-Encoding"] = "8bit" if cte is None else cte
    _finish(msg, disposition, filename, cid, params)


raw_data_manager.add_set_handler(str, set_text_content)
for _kind in (bytes, bytearray, memoryview):
    raw_data_manager.add_set_handler(_kind, set_bytes_content)
raw_data_manager.add_set_handler("email.message.EmailMessage", set_message_content)
raw_data_manager.add_set_handler("email.message.Message", set_message_content)
