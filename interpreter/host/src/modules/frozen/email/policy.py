"""What headers are when a program looks at them, and how messages are written."""

import re

from email._policybase import Compat32, Policy, compat32
from email.contentmanager import raw_data_manager
from email.header import decode_header, encoded_word
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage

__all__ = ["Compat32", "EmailPolicy", "HTTP", "Policy", "SMTP", "SMTPUTF8", "compat32", "default", "strict"]

_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=")
_LINE_END = re.compile("\r\n|\r|\n")


class EmailPolicy(Policy):
    """Headers with attributes that say what they mean."""

    message_factory = EmailMessage
    utf8 = False
    refold_source = "long"
    header_factory = HeaderRegistry()
    content_manager = raw_data_manager

    def __init__(self, **kw):
        # Each has a registry of its own.
        if "header_factory" not in kw:
            self.__dict__["header_factory"] = HeaderRegistry()
        super().__init__(**kw)

    def header_max_count(self, name):
        return self.header_factory.max_count(name)

    def header_store_parse(self, name, value):
        if hasattr(value, "name") and value.name.lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        if hasattr(value, "name"):
            return value
        return self.header_factory(name, "".join(_LINE_END.split(value)))

    def _folded(self, name, value):
        if not hasattr(value, "name"):
            lines = _LINE_END.split(value)
            refold = self.refold_source == "all" or self.refold_source == "long" and any(
                [len(line) + (len(name) + 2) * (not i) > (self.max_line_length or 10**9) for i, line in enumerate(lines)]
            )
            if not refold and value.isascii():
                return "%s: %s" % (name, self.linesep.join(lines))
            value = self.header_factory(name, "".join(lines))
        return value.fold(policy=self).removesuffix(self.linesep)


def fold_words(name, text, policy):
    """A header's text as lines: words that are not ASCII are encoded, unless the policy lets them be, and those longer than a line."""
    width, utf8 = policy.max_line_length or 10**9, getattr(policy, "utf8", False)
    lines, encoded_from = [name + (": " if text else ":")], None
    for token in re.findall(r"[ \t]+|[^ \t]+", text):
        if token.isascii() or utf8:
            if len(lines[-1]) + len(token) <= width:
                lines[-1] += token
                continue
            if token[0] in " \t":
                lines.append(token)
                encoded_from = None
                continue
            kept = lines[-1].rstrip(" \t")
            if len(token) < width and len(kept) < len(lines[-1]):
                # It takes the white space in front of it along.
                lines.append(lines[-1][len(kept) :] + token)
                lines[-2], encoded_from = kept, None
                continue
        encoded_from = _add_encoded(lines, token, encoded_from, width)
    return policy.linesep.join(lines) + policy.linesep


def _meant(word):
    [(data, charset)] = decode_header(word[0])
    return data.decode("ascii", "surrogateescape") if charset == "unknown-8bit" else data.decode(charset)


def _add_encoded(lines, text, start, width):
    """Adds encoded words. What lies between the last one of this line, from `start`, and the text is encoded with it."""
    from email._bytes import has_bytes, unescaped

    if start is not None:
        text = _ENCODED.sub(_meant, lines[-1][start:]) + text
        lines[-1] = lines[-1][:start]
    charset = "unknown-8bit" if has_bytes(text) else "utf-8"
    chrome = len(charset) + 7
    if chrome + 1 >= width:
        from email.errors import HeaderParseError

        raise HeaderParseError("max_line_length is too small to fit an encoded word")
    begin = len(lines[-1]) if start is None else start
    while text:
        room = width - len(lines[-1])
        if room <= chrome:
            lines.append(" ")
            begin = 1
            continue
        count = min(len(text), room - chrome)
        while True:
            word = encoded_word(unescaped(text[:count]), charset, bias=4)
            if len(word) <= room or count <= 1:
                break
            count -= 1
        if len(word) > room and lines[-1] != " ":
            lines.append(" ")
            begin = 1
            continue
        lines[-1] += word
        text = text[count:]
        if text:
            lines.append(" ")
            begin = 1
    return begin


default = EmailPolicy()
# The class has one for it.
del default.__dict__["header_factory"]
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
HTTP = default.clone(linesep="\r\n", max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
