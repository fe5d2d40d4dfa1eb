"""Base64 as messages have it."""

from base64 import b64decode, b64encode, encodebytes

__all__ = ["body_decode", "body_encode", "decode", "decodestring", "header_encode", "header_length"]


def header_length(bytearray):
    return (len(bytearray) + 2) // 3 * 4


def header_encode(header_bytes, charset="iso-8859-1"):
    if not header_bytes:
        return ""
    data = header_bytes.encode(charset) if isinstance(header_bytes, str) else header_bytes
    return "=?%s?b?%s?=" % (charset, b64encode(data).decode("ascii"))


def body_encode(s, maxlinelen=76, eol="\n"):
    """Lines of at most this length; text stands for its characters' bytes in ASCII."""
    if not s:
        return ""
    data, part = s.encode() if isinstance(s, str) else s, maxlinelen * 3 // 4
    return "".join([b64encode(data[at : at + part]).decode("ascii") + eol for at in range(0, len(data), part)])


def decode(string):
    if not string:
        return b""
    return b64decode(string.encode("raw-unicode-escape") if isinstance(string, str) else string)


body_decode = decodestring = decode
