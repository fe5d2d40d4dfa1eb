"""Quoted-printable as messages have it."""

from email.header import _q_decoded, _q_encoded
from quopri import decodestring, encodestring

__all__ = ["body_encode", "decode", "decodestring", "header_decode", "header_encode", "quote", "unquote"]


def header_encode(header_bytes, charset="iso-8859-1"):
    return "=?%s?q?%s?=" % (charset, _q_encoded(header_bytes)) if header_bytes else ""


def body_encode(body, maxlinelen=76, eol="\n"):
    return encodestring(body.encode("latin-1")).decode("ascii").replace("\n", eol)


def decode(encoded, eol="\n"):
    return decodestring(encoded.encode("latin-1")).decode("latin-1").replace("\n", eol) if encoded else encoded


def header_decode(s):
    return _q_decoded(s).decode("latin-1")


def quote(c):
    return "=%02X" % ord(c)


def unquote(s):
    return chr(int(s[1:3], 16))
