"""What `str` and `bytes` ask about encodings that they do not know."""

import codecs


def _check(encoding, way):
    if codecs._transform(codecs._plain(encoding)) and codecs._plain(encoding) != "charmap":
        raise LookupError(f"'{encoding}' is not a text encoding; use codecs.{way}() to handle arbitrary codecs")


def encode(text, encoding="utf-8", errors="strict"):
    _check(encoding, "encode")
    return codecs.encode(text, encoding, errors)


def decode(data, encoding="utf-8", errors="strict"):
    _check(encoding, "decode")
    return codecs.decode(data, encoding, errors)
