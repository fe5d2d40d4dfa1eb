"""Quoted-printable as messages have it."""

import re
from email.header import _SAFE, _q_decoded, _q_encoded

__all__ = [
    "body_decode", "body_encode", "body_length", "decode", "decodestring", "header_decode", "header_encode", "header_length", "quote", "unquote",
]


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
    """Lines without white space at their ends; what is no code stays as it is."""
    if not encoded:
        return encoded
    lines = encoded.splitlines()
    out = []
    for line in lines:
        line = line.rstrip()
        goes_on = line.endswith("=")
        line = re.sub("=([0-9A-Fa-f]{2})", lambda found: chr(int(found.group(1), 16)), line[:-1] if goes_on else line)
        out.append(line if goes_on else line + eol)
    text = "".join(out)
    return text[: -len(eol)] if encoded[-1] not in "\r\n" and text.endswith(eol) else text


body_decode = decodestring = decode


def header_check(octet):
    return chr(octet) not in _SAFE


def body_check(octet):
    return not _plain(octet)


def header_length(bytearray):
    return sum([1 if byte == 32 or chr(byte) in _SAFE else 3 for byte in bytearray])


def body_length(bytearray):
    return sum([len(_BODY[byte]) for byte in bytearray])


def header_decode(s):
    return _q_decoded(s).decode("latin-1")


def quote(c):
    return "=%02X" % ord(c)


def unquote(s):
    return chr(int(s[1:3], 16))
