"""What `get_content` and `set_content` make of a part, by its type and by what it is given."""

import binascii
from base64 import encodebytes
from quopri import encodestring


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
            for key in (kind, "%s.%s" % (kind.__module__, kind.__qualname__), kind.__name__):
                if key in self.set_handlers:
                    msg.clear_content()
                    self.set_handlers[key](msg, obj, *args, **kw)
                    return
        if None in self.set_handlers:
            msg.clear_content()
            self.set_handlers[None](msg, obj, *args, **kw)
            return
        raise KeyError(type(obj).__qualname__)


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
        if isinstance(header, str):
            name, _, value = header.partition(":")
            header = msg.policy.header_factory(name, value.strip())
        msg[header.name] = header


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


def _encoded_text(string, charset, cte, policy):
    lines = string.encode(charset).splitlines()
    data = b"\n".join(lines) + b"\n"
    if cte is None:
        longest = max([len(line) for line in lines], default=0)
        fits = longest <= (policy.max_line_length or longest)
        if fits and data.isascii():
            return "7bit", data.decode("ascii")
        sample = b"".join(lines[:10])
        quoted = encodestring(sample)
        based = len(binascii.b2a_base64(sample))
        cte = "base64" if len(quoted) > based else "quoted-printable"
        if longest <= 1000 and policy.cte_type == "8bit" and fits:
            from email._bytes import escaped

            return "8bit", escaped(data)
    if cte == "7bit":
        return cte, data.decode("ascii")
    if cte == "8bit":
        from email._bytes import escaped

        return cte, escaped(data)
    if cte == "quoted-printable":
        return cte, encodestring(data).decode("ascii")
    if cte == "base64":
        return cte, encodebytes(data).decode("ascii")
    raise ValueError("Unknown content transfer encoding {}".format(cte))


def set_text_content(msg, string, subtype="plain", charset="utf-8", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None):
    _prepare(msg, "text", subtype, headers)
    cte, payload = _encoded_text(string, charset, cte, msg.policy)
    msg.set_payload(payload)
    msg.set_param("charset", charset, replace=True)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None, headers=None):
    from email._bytes import escaped

    _prepare(msg, maintype, subtype, headers)
    data = bytes(data)
    if cte == "base64":
        payload = encodebytes(data).decode("ascii")
    elif cte == "quoted-printable":
        payload = encodestring(data).decode("ascii")
    else:
        payload = data.decode("ascii") if cte == "7bit" else escaped(data)
    msg.set_payload(payload)
    msg["Content-Transfer-Encoding"] = cte
    _finish(msg, disposition, filename, cid, params)


def set_message_content(msg, message, subtype="rfc822", cte=None, disposition=None, filename=None, cid=None, params=None, headers=None):
    if subtype == "partial":
        raise ValueError("message/partial is not supported for Message objects")
    if subtype == "rfc822" and cte not in (None, "7bit", "8bit", "binary"):
        raise ValueError("message/rfc822 parts do not support cte={}".format(cte))
    _prepare(msg, "message", subtype, headers)
    msg.set_payload([message])
    msg["Content-Transfer-Encoding"] = "8bit" if cte is None else cte
    _finish(msg, disposition, filename, cid, params)


raw_data_manager.add_set_handler(str, set_text_content)
for _kind in (bytes, bytearray, memoryview):
    raw_data_manager.add_set_handler(_kind, set_bytes_content)
raw_data_manager.add_set_handler("email.message.EmailMessage", set_message_content)
raw_data_manager.add_set_handler("email.message.Message", set_message_content)
