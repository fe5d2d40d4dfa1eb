"""Headers with other characters than ASCII: RFC 2047's encoded words."""

import re
from base64 import b64decode, b64encode
from binascii import Error as _Base64Error

from email._bytes import has_bytes, unescaped
from email.charset import BASE64, QP, UNKNOWN8BIT, Charset
from email.errors import HeaderParseError

__all__ = ["Header", "decode_header", "make_header"]

MAXLINELEN = 78
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
        end = start + 1
        # As many characters as there is room for.
        low, high = end, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if len(encoded_word(text[start:middle], charset, kind, bias)) > width:
                high = middle - 1
            else:
                low = middle
        words.append(encoded_word(text[start:low], charset, kind, bias))
        start = low
    return words


def decode_header(header):
    """Pairs of text or bytes and charset. A header without encoded words is one pair of a `str`."""
    if hasattr(header, "_chunks"):
        return [(unescaped(text) if has_bytes(text) else text.encode(charset.output_codec or "us-ascii"), str(charset)) for text, charset in header._chunks]
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
            codec = charset.input_codec or "us-ascii"
            s = s.decode("us-ascii", "surrogateescape") if codec == UNKNOWN8BIT else s.decode(codec, errors)
        out = charset.output_codec or "us-ascii"
        if out != UNKNOWN8BIT:
            try:
                s.encode(out, errors)
            except UnicodeEncodeError:
                if out != "us-ascii":
                    raise
                charset = Charset("utf-8")
        self._chunks.append((s, charset))

    def __str__(self):
        out, before, ended = [], None, False
        for text, charset in self._merged():
            shown = text
            if charset == UNKNOWN8BIT:
                shown = text.encode("ascii", "surrogateescape").decode("ascii", "replace")
            plain = charset == "us-ascii"
            # Between encoded words there is nothing, and elsewhere what the parts themselves do not have.
            if before is not None and text:
                begins = text[0] in " \t"
                if (not before and not begins and plain) or (not plain and before and not ended):
                    out.append(" ")
            out.append(shown)
            ended = text[-1:] in (" ", "\t") if text else False
            before = plain
        return "".join(out)

    def _merged(self):
        # What was appended in one encoding is one part, a space between.
        merged = []
        for text, charset in self._chunks:
            if merged and merged[-1][1] == charset:
                merged[-1] = merged[-1][0] + (" " if charset == "us-ascii" or merged[-1][0] else "") + text, charset
            else:
                merged.append((text, charset))
        return merged

    def __eq__(self, other):
        return other == str(self)

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        width = self._maxlinelen if maxlinelen is None else maxlinelen
        folder = _Folder(self._headerlen, width or 1000000, self._continuation_ws, splitchars)
        before, ended = None, False
        merged = self._merged()
        for text, charset in merged:
            plain = charset == "us-ascii"
            if before is not None:
                begins = text[:1] in (" ", "\t") if text else False
                if not before and (not begins or not plain) or before and not plain and not ended:
                    folder.space()
            ended = text[-1:] in (" ", "\t") if text else False
            before = plain
            lines = text.splitlines() or [""]
            folder.add("", lines[0], charset)
            for line in lines[1:]:
                folder.end()
                words = line.lstrip()
                if charset.header_encoding is None:
                    folder.add(line[: len(line) - len(words)], words, charset)
                else:
                    folder.add(self._continuation_ws, " " + words, charset)
            if len(lines) > 1:
                folder.end()
        if merged:
            folder.space()
        value = folder.text(linesep)
        if _EMBEDDED.search(value):
            raise HeaderParseError("header value appears to contain an embedded header: %r" % value)
        return value


# A line that would begin another header.
_EMBEDDED = re.compile(r"\n[^ \t]+:")
_SPACE = (" ", "")


class _Folder:
    """Fills lines with words, each with the white space in front of it; `used` columns of the first are taken."""

    def __init__(self, used, width, indent, splitchars):
        self.width, self.indent, self.splitchars = width, indent, splitchars
        self.lines, self.line, self.used = [], [], used

    def _size(self):
        return self.used + sum([len(space) + len(word) for space, word in self.line])

    def _shown(self):
        return "".join([space + word for space, word in self.line])

    def space(self):
        self.line.append(_SPACE)

    def text(self, linesep):
        self.end()
        return linesep.join(self.lines)

    def end(self):
        if self.line and self.line[-1] == _SPACE:
            self.line.pop()
        if self._size():
            shown = self._shown()
            if self.lines and (not shown or shown.isspace()):
                self.lines[-1] += shown
            else:
                self.lines.append(shown)
        self.line, self.used = [], 0

    def add(self, space, text, charset):
        if charset.header_encoding is None:
            words = re.split("([ \t]+)", space + text)
            if words[0]:
                words[:0] = [""]
            else:
                words.pop(0)
            for at in range(0, len(words), 2):
                self._word(words[at], words[at + 1] if at + 1 < len(words) else "")
            return
        encoded = charset.header_encode_lines(text, self._rooms())
        if not encoded:
            return
        first, *others = encoded
        if first is not None:
            self._word(space, first)
        if others:
            last = others.pop()
            self.end()
            self.line.append((self.indent, last))
            self.lines += [self.indent + line for line in others]

    def _rooms(self):
        yield self.width - self._size()
        while True:
            yield self.width - len(self.indent)

    def _word(self, space, word):
        self.line.append((space, word))
        if self._size() <= self.width:
            return
        at = self._best_break()
        if at is not None:
            rest = self.line[at:]
            del self.line[at:]
            self.lines.append(self._shown())
            self.line, self.used = rest, 0
        elif self.used:
            # No better place: the name of the header stands alone.
            self.line.pop()
            self.end()
            self.line.append((space or " ", word))

    def _best_break(self):
        """Where to begin a new line: behind the last of the signs that come first among those to split at."""
        for sign in self.splitchars:
            for at in range(len(self.line) - 1, 0, -1):
                if sign.isspace() and self.line[at][0].startswith(sign) or self.line[at - 1][1].endswith(sign):
                    return at
        return None


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
