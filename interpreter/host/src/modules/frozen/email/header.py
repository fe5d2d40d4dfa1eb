"""Headers with other characters than ASCII: RFC 2047's encoded words."""

import re
from base64 import b64decode, b64encode
from binascii import Error as _Base64Error

from email._bytes import has_bytes, unescaped
from email.charset import BASE64, QP, Charset
from email.errors import HeaderParseError

__all__ = ["Header", "decode_header", "make_header"]

MAXLINELEN = 76
_WORD = re.compile(r"=\?([^?]*)\?([qQbB])\?([^?]*)\?=")
_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-!*+/"


def _q_encoded(data):
    return "".join(["_" if byte == 32 else chr(byte) if chr(byte) in _SAFE else "=%02X" % byte for byte in data])


def _q_decoded(text):
    out, at = bytearray(), 0
    while at < len(text):
        c = text[at]
        if c == "=" and at + 2 < len(text):
            try:
                out.append(int(text[at + 1 : at + 3], 16))
                at += 3
                continue
            except ValueError:
                pass
        out += b" " if c == "_" else c.encode("utf-8")
        at += 1
    return bytes(out)


def encoded_word(text, charset="utf-8", kind=None, bias=0):
    """A text as one word: as base64 where that is shorter by more than `bias`."""
    data = text.encode(charset) if isinstance(text, str) else text
    quoted, based = _q_encoded(data), b64encode(data).decode("ascii")
    use_q = kind == QP or kind != BASE64 and len(quoted) <= len(based) + bias
    return "=?%s?%s?%s?=" % (charset, "q" if use_q else "b", quoted if use_q else based)


def encoded_words(text, charset="utf-8", kind=None, width=75, bias=0):
    """The words that a text becomes, none of them longer than `width`."""
    words, start = [], 0
    while start < len(text):
        end = len(text)
        while end > start + 1 and len(encoded_word(text[start:end], charset, kind, bias)) > width:
            end = start + max(1, (end - start) * 3 // 4)
        words.append(encoded_word(text[start:end], charset, kind, bias))
        start = end
    return words


def decode_header(header):
    """Pairs of text or bytes and charset. A header without encoded words is one pair of a `str`."""
    if hasattr(header, "_chunks"):
        return [(unescaped(text) if has_bytes(text) else str(charset) and text.encode(charset.output_codec or "us-ascii"), str(charset)) for text, charset in header._chunks]
    header = str(header)
    if not _WORD.search(header):
        return [(header, None)]
    parts = []
    for line in header.splitlines():
        at, first = 0, True
        for match in _WORD.finditer(line):
            plain = line[at : match.start()]
            if first:
                plain = plain.lstrip()
                first = False
            if plain.strip() or plain and not (parts and parts[-1][1] is not None):
                parts.append((plain, None))
            charset, kind, text = match.groups()
            charset = charset.partition("*")[0].lower()
            if kind in "qQ":
                data = _q_decoded(text)
            else:
                try:
                    data = b64decode(text + "=" * (-len(text) % 4))
                except (_Base64Error, ValueError):
                    raise HeaderParseError("Base64 decoding error") from None
            parts.append((data, charset))
            at = match.end()
        rest = line[at:]
        if rest.strip() or rest and not parts:
            parts.append((rest, None))
    joined = []
    for data, charset in parts:
        data = data.encode("raw-unicode-escape") if isinstance(data, str) else data
        if joined and joined[-1][1] == charset:
            joined[-1] = joined[-1][0] + (b" " if charset is None else b"") + data, charset
        else:
            joined.append((data, charset))
    return joined


def decoded(header):
    """The text that a header means."""
    if "=?" not in header:
        return header
    out = []
    for data, charset in decode_header(header):
        if isinstance(data, str):
            out.append(data)
            continue
        try:
            out.append(data.decode(charset or "ascii", "replace"))
        except LookupError:
            out.append(data.decode("latin-1"))
    return "".join(out)


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=" "):
    made = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        if charset is not None and not isinstance(charset, Charset):
            charset = Charset(charset)
        made.append(text, charset)
    return made


class Header:
    """A header of parts in several encodings."""

    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=" ", errors="strict"):
        self._charset = Charset("us-ascii") if charset is None else charset if isinstance(charset, Charset) else Charset(charset)
        self._continuation_ws, self._chunks = continuation_ws, []
        self._maxlinelen = MAXLINELEN if maxlinelen is None else maxlinelen
        self._headerlen = 0 if header_name is None else len(header_name) + 2
        if s is not None:
            self.append(s, charset, errors)

    def append(self, s, charset=None, errors="strict"):
        charset = self._charset if charset is None else charset if isinstance(charset, Charset) else Charset(charset)
        if not isinstance(s, str):
            s = s.decode(charset.input_codec or "us-ascii", errors)
        if charset.output_charset == "us-ascii" and not s.isascii() and not has_bytes(s):
            charset = Charset("utf-8")
        self._chunks.append((s, charset))

    def __str__(self):
        out, before = [], None
        for text, charset in self._chunks:
            plain = charset == "us-ascii"
            if out and (plain or before) and not out[-1][-1:].isspace() and not text[:1].isspace():
                out.append(" ")
            out.append(text)
            before = plain
        return "".join(out)

    def __eq__(self, other):
        return other == str(self)

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        width = self._maxlinelen if maxlinelen is None else maxlinelen
        if width == 0:
            width = 1000000
        words = []
        for text, charset in self._chunks:
            if charset.header_encoding is None or charset == "us-ascii":
                words.extend(_words_of(text))
            else:
                words.extend(encoded_words(text, charset.output_codec or "us-ascii", charset.header_encoding, min(75, width - 2)))
        return folded(words, self._headerlen, width, self._continuation_ws, linesep)


def _words_of(text):
    """Words, each with the white space before it, so that nothing is lost."""
    found = re.findall(r"[ \t]*[^ \t\n]+|[ \t]+$", "".join(text.splitlines()) if "\n" not in text else text.replace("\n", ""))
    return found or [text]


def folded(words, used, width, indent=" ", linesep="\n"):
    """Words as lines of at most `width`, if that can be; the first has `used` columns of something else."""
    lines, line = [], ""
    for word in words:
        piece = word if word[:1] in " \t" or not line else " " + word
        if line and used + len(line) + len(piece) > width:
            lines.append(line)
            line, used = indent + piece.lstrip(" \t"), 0
        else:
            line += piece if line or lines else piece.lstrip(" \t") if not used else piece
    lines.append(line)
    return linesep.join(lines)
