"""What `str` and `bytes` ask about encodings that they do not know."""

import codecs
from _multibyte import decode_page, encode_page

# Code pages by the names that the program gave them.
_pages = {}


def _checked(encoding, way):
    """The code page of this name; None if it is another encoding of texts."""
    plain = codecs._plain(encoding)
    if codecs._transform(plain) and plain != "charmap":
        raise LookupError(f"'{encoding}' is not a text encoding; use codecs.{way}() to handle arbitrary codecs")
    page = None if plain.startswith("utf") else codecs._page(plain)
    if page is not None:
        if len(_pages) > 200:
            _pages.clear()
        _pages[encoding] = page
    return page


def encode(text, encoding="utf-8", errors="strict"):
    page = _pages.get(encoding) or _checked(encoding, "encode")
    data = encode_page(text, page) if page else None
    return codecs.encode(text, encoding, errors) if data is None else data


def decode(data, encoding="utf-8", errors="strict"):
    page = _pages.get(encoding) or _checked(encoding, "decode")
    text = decode_page(data, page) if page else None
    return codecs.decode(data, encoding, errors) if text is None else text
