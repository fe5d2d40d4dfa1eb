"""Encodings of text in messages: how headers and bodies in them travel."""

__all__ = ["Charset", "add_alias", "add_charset", "add_codec"]

QP, BASE64, SHORTEST = 1, 2, 3
DEFAULT_CHARSET, UNKNOWN8BIT = "us-ascii", "unknown-8bit"
# (header, body, output): what is not here is base64 in both.
CHARSETS = {
    "iso-8859-1": (QP, QP, None), "iso-8859-2": (QP, QP, None), "iso-8859-15": (QP, QP, None), "windows-1252": (QP, QP, None),
    "us-ascii": (None, None, None), "utf-8": (SHORTEST, BASE64, "utf-8"), "big5": (BASE64, BASE64, None), "gb2312": (BASE64, BASE64, None),
}
ALIASES = {"latin_1": "iso-8859-1", "latin-1": "iso-8859-1", "ascii": "us-ascii", "utf8": "utf-8", "latin1": "iso-8859-1"}
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
        self.output_charset = output or self.input_charset
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

    def header_encode(self, string):
        from email.header import encoded_word

        return encoded_word(string, self.output_codec or "us-ascii", self.header_encoding) if self.header_encoding else string

    def body_encode(self, string):
        if not string:
            return string
        data = string.encode(self.output_charset) if isinstance(string, str) else string
        if self.body_encoding == BASE64:
            from base64 import encodebytes

            return encodebytes(data).decode("ascii")
        if self.body_encoding == QP:
            from quopri import encodestring

            return encodestring(data).decode("ascii")
        return data.decode("ascii")
