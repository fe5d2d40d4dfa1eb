"""Mailboxes taken off the front of a text, as programs ask for them by this name. Headers are read by `email.headerregistry`."""

from email.errors import HeaderParseError
from email.header import decoded
from email.utils import _Reader

_SPECIALS = '()<>[]:;@\\,."'


class Mailbox(str):
    """The text of a mailbox, and what it says. A part that is not there is None."""

    token_type = "mailbox"

    def __new__(cls, text, display_name, local_part, domain):
        self = super().__new__(cls, text)
        self.display_name, self.local_part, self.domain = display_name, local_part, domain
        return self

    @property
    def addr_spec(self):
        local = self.local_part
        if any(c in _SPECIALS and c != "." or c in " \t" for c in local):
            local = '"%s"' % local.replace("\\", "\\\\").replace('"', '\\"')
        return local + "@" + self.domain if self.domain is not None else local


def _word(reader, ends):
    return reader.quoted() if reader.peek() == '"' else reader.atom(ends)


def _address(reader, ends):
    # The two halves of an address; a local name may stand alone.
    words = []
    while reader.peek() not in ("", *"()<>[]:;@,"):
        word = _word(reader, ends)
        while reader.peek() == ".":
            reader.at += 1
            word += "." + _word(reader, ends)
        words.append(word)
        reader.blank()
    local = " ".join(words)
    if not local:
        raise HeaderParseError("expected local part but found %r" % reader.text[reader.at :])
    if reader.peek() != "@":
        return local, None
    reader.at += 1
    reader.blank()
    if reader.peek() == "[":
        domain = reader.atom("]") + "]"
        reader.at += 1
    else:
        domain = reader.atom(ends.replace(".", ""))
    if not domain:
        raise HeaderParseError("expected domain but found %r" % reader.text[reader.at :])
    return local, domain


def get_mailbox(value):
    """The mailbox with which the text begins, and what is left of the text.

    Raises HeaderParseError if it begins with none.
    """
    reader, ends = _Reader(value), _SPECIALS + " \t\r\n"
    reader.blank()
    start, name = reader.at, None
    if "<" in value:
        words = []
        while reader.peek() not in ("", "<", *",;:@)>"):
            words.append(_word(reader, ends.replace(".", "")))
            reader.blank()
        if reader.peek() == "<":
            reader.at += 1
            reader.blank()
            name = decoded(" ".join(words)) if words else None
            local, domain = _address(reader, ends)
            reader.blank()
            if reader.peek() not in ("", ">"):
                raise HeaderParseError("expected '>' but found %r" % value[reader.at :])
            reader.at += 1
            reader.blank()
            text = decoded(value[start : reader.at])
            return Mailbox(text, name, local, domain), value[reader.at :]
        reader.at = start
    local, domain = _address(reader, ends)
    reader.blank()
    return Mailbox(value[start : reader.at], None, local, domain), value[reader.at :]
