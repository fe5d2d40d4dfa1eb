"""Bytes of no known encoding inside text.

A `str` here has no room for half surrogate pairs, so byte 0x80 and up becomes a character of a private area, and back.
"""

_BASE = 0xF700


def escaped(data):
    """The text of bytes that are mostly ASCII."""
    data = bytes(data)
    if data.isascii():
        return data.decode("ascii")
    return "".join([chr(byte) if byte < 0x80 else chr(_BASE + byte) for byte in data])


def has_bytes(text):
    return any([_BASE + 0x80 <= ord(c) <= _BASE + 0xFF for c in text]) if not text.isascii() else False


def unescaped(text, charset="utf-8"):
    """The bytes of such a text; other characters in `charset`."""
    if text.isascii():
        return text.encode("ascii")
    out = bytearray()
    for c in text:
        code = ord(c)
        if _BASE + 0x80 <= code <= _BASE + 0xFF:
            out.append(code - _BASE)
        elif code < 0x80:
            out.append(code)
        else:
            out += c.encode(charset, "replace")
    return bytes(out)
