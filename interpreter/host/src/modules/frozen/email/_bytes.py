"""Bytes of no known encoding inside text: each is half of a surrogate pair there, as `surrogateescape` has it."""


def escaped(data):
    """The text of bytes that are mostly ASCII."""
    return bytes(data).decode("ascii", "surrogateescape")


def has_bytes(text):
    return not text.isascii() and any(["\udc80" <= c <= "\udcff" for c in text])


def unescaped(text, charset="utf-8"):
    """The bytes of such a text; other characters in `charset`."""
    if text.isascii():
        return text.encode("ascii")
    try:
        return text.encode(charset, "surrogateescape")
    except UnicodeError:
        return b"".join([bytes([ord(c) - 0xDC00]) if "\udc80" <= c <= "\udcff" else c.encode(charset, "replace") for c in text])
