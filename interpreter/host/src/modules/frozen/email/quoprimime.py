"""Quoted-printable as messages have it."""

from email.header import _q_decoded, _q_encoded
from quopri import decodestring, encodestring

__all__ = ["body_encode", "decode", "decodestring", "header_decode", "header_encode", "quote", "unquote"]


def header_encode(header_bytes, charset="iso-8859-1"):
    return "=?%s?q?%s?=" % (charset, _q_encoded(header_bytes)) if header_bytes else ""


def _plain(byte):
    return 32 <= byte < 127 and byte != 61 or byte == 9


_BODY = ["%c" % byte if _plain(byte) else "=%02X" % byte for byte in range(256)]


def body_encode(body, maxlinelen=76, eol="\n"):
    """Text whose characters stand for bytes; lines that get too long go on in the next one."""
    if maxlinelen < 4:
        raise ValueError("maxlinelen must be at least 4")
    if not body:
        return body
    encoded = []
    for line in body.splitlines():
        signs = [_BODY[ord(sign)] for sign in line]
        last = signs.pop() if signs and line[-1] in " \t" else ""
        current, room = [], maxlinelen - 1
        for at, sign in enumerate(signs):
            # The last one needs no room for the sign that the line goes on.
            if len(sign) > room and not (at == len(signs) - 1 and not last and len(sign) == room + 1):
                encoded.append("".join(current) + "=")
                current, room = [], maxlinelen - 1
            current.append(sign)
            room -= len(sign)
        if last:
            # A space at the end may get lost on the way.
            if room >= 2:
                current.append(quote(last))
            elif room == 1:
                current.append(last + "=")
                encoded.append("".join(current))
                current = []
            else:
                encoded.append("".join(current) + "=")
                current = [quote(last)]
        encoded.append("".join(current))
    if body[-1] in "\r\n":
        encoded.append("")
    return eol.join(encoded)


def decode(encoded, eol="\n"):
    return decodestring(encoded.encode("latin-1")).decode("latin-1").replace("\n", eol) if encoded else encoded


def header_decode(s):
    return _q_decoded(s).decode("latin-1")


def quote(c):
    return "=%02X" % ord(c)


def unquote(s):
    return chr(int(s[1:3], 16))
