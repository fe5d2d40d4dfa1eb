"""Encodings of text in messages: how headers and bodies in them travel."""

__all__ = ["Charset", "add_alias", "add_charset", "add_codec"]

QP, BASE64, SHORTEST = 1, 2, 3
DEFAULT_CHARSET, UNKNOWN8BIT = "us-ascii", "unknown-8bit"
# (header, body, output): what is not here is base64 in both.
CHARSETS = {
    "us-ascii": (None, None, None), "utf-8": (SHORTEST, BASE64, "utf-8"), "big5": (BASE64, BASE64, None), "gb2312": (BASE64, BASE64, None),
    "euc-jp": (BASE64, None, "iso-2022-jp"), "shift_jis": (BASE64, None, "iso-2022-jp"), "iso-2022-jp": (BASE64, None, None),
    "koi8-r": (BASE64, BASE64, None),
}
_PARTS = [1, 2, 3, 4, 9, 10, 13, 14, 15, 16]
CHARSETS.update([("iso-8859-%d" % part, (QP, QP, None)) for part in _PARTS], **{"windows-1252": (QP, QP, None), "viscii": (QP, QP, None)})
ALIASES = {"latin_1": "iso-8859-1", "latin-1": "iso-8859-1", "ascii": "us-ascii", "utf8": "utf-8", "latin1": "iso-8859-1", "euc_jp": "euc-jp", "euc_kr": "euc-kr", "ks_c_5601-1987": "euc-kr"}
# The latin alphabets have numbers of their own.
for _alphabet, _part in zip((2, 3, 4, 5, 6, 7, 8, 9, 10), (2, 3, 4, 9, 10, 13, 14, 15, 16)):
    ALIASES["latin_%d" % _alphabet] = ALIASES["latin-%d" % _alphabet] = "iso-8859-%d" % _part
CODEC_MAP = {"us-ascii": None}


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    if body_enc == SHORTEST:
        raise ValueError("SHORTEST not allowed for body_enc")
    CHARSETS[charset] = header_enc, body_enc, output_charset


def add_alias(alias, canonical):
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    CODEC_MAP[charset] = codecname


class Charset:
    def __init__(self, input_charset=DEFAULT_CHARSET):
        if not input_charset.isascii():
            from email.errors import CharsetError

            raise CharsetError(input_charset)
        input_charset = input_charset.lower()
        self.input_charset = ALIASES.get(input_charset, input_charset)
        self.header_encoding, self.body_encoding, output = CHARSETS.get(self.input_charset, (SHORTEST, BASE64, None))
        self.output_charset = ALIASES.get(output, output) or self.input_charset
        self.input_codec, self.output_codec = (CODEC_MAP.get(name, name) for name in (self.input_charset, self.output_charset))

    def __repr__(self):
        return self.input_charset.lower()

    __str__ = __repr__

    def __eq__(self, other):
        return str(self) == str(other).lower()

    def get_body_encoding(self):
        if self.body_encoding == QP:
            return "quoted-printable"
        if self.body_encoding == BASE64:
            return "base64"
        from email.encoders import encode_7or8bit

        return encode_7or8bit

    def get_output_charset(self):
        return self.output_charset or self.input_charset

    def _codec(self):
        return self.output_codec or "us-ascii"

    def _header_bytes(self, string):
        return string.encode("ascii", "surrogateescape") if self._codec() == UNKNOWN8BIT else string.encode(self._codec())

    def header_encode(self, string):
        from email.header import encoded_word

        data = self._header_bytes(string)
        return encoded_word(data, self._codec(), self.header_encoding) if self.header_encoding else string

    def header_encode_lines(self, string, maxlengths):
        """Encoded words that fill lines of these lengths. The first is `None` if nothing of the text has room there."""
        from email.header import encoded_word

        kind, words, start = self.header_encoding, [], 0
        if kind == SHORTEST:
            # For all of its words alike.
            data = self._header_bytes(string)
            kind = QP if len(encoded_word(data, "", QP)) <= len(encoded_word(data, "", BASE64)) else BASE64
        while True:
            room = next(maxlengths)
            low, high = start, len(string)
            # As many characters as there is room for.
            while low < high:
                middle = (low + high + 1) // 2
                if len(encoded_word(self._header_bytes(string[start:middle]), self._codec(), kind)) > room:
                    high = middle - 1
                else:
                    low = middle
            if low == start and string:
                if not words:
                    words.append(None)
                    continue
                low = start + 1
            words.append(encoded_word(self._header_bytes(string[start:low]), self._codec(), kind))
            start = low
            if start >= len(string):
                return words

    def body_encode(self, string):
        if not string:
            return string
        data = string.encode(self.output_charset) if isinstance(string, str) else string
        if self.body_encoding == BASE64:
            from email.base64mime import body_encode

            return body_encode(data)
        if self.body_encoding == QP:
            from email.quoprimime import body_encode

            return body_encode(data.decode("latin-1"))
        return data.decode("ascii")
