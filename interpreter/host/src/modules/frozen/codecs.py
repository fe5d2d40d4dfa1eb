"""Encodings beyond those that `str` and `bytes` know themselves, and ways to treat what cannot be coded."""

import _multibyte

__all__ = [
    "BOM", "BOM32_BE", "BOM32_LE", "BOM64_BE", "BOM64_LE", "BOM_BE", "BOM_LE", "BOM_UTF16", "BOM_UTF16_BE", "BOM_UTF16_LE", "BOM_UTF32",
    "BOM_UTF32_BE", "BOM_UTF32_LE", "BOM_UTF8", "Codec", "CodecInfo", "EncodedFile", "IncrementalDecoder", "IncrementalEncoder", "StreamReader",
    "StreamReaderWriter", "StreamRecoder", "StreamWriter", "backslashreplace_errors", "decode", "encode", "getdecoder", "getencoder",
    "getincrementaldecoder", "getincrementalencoder", "getreader", "getwriter", "ignore_errors", "iterdecode", "iterencode", "lookup", "lookup_error",
    "namereplace_errors", "open", "register", "register_error", "replace_errors", "strict_errors", "xmlcharrefreplace_errors",
]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = BOM_LE = b"\xff\xfe"
BOM_UTF16_BE = BOM_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_LE
BOM_UTF32 = BOM_UTF32_LE
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_LE, BOM_BE, BOM_UTF32_LE, BOM_UTF32_BE

# Code pages of one byte: the characters of 0x80 and up. Others are in `_codepages`.
_PAGES = {"ascii": "", "latin1": "".join([chr(code) for code in range(0x80, 0x100)])}
_NAMES = {
    "usascii": "ascii", "646": "ascii", "iso88591": "latin1", "8859": "latin1", "l1": "latin1",
    "u8": "utf8", "utf": "utf8", "utf16": "utf16",
    "u16": "utf16", "u32": "utf32", "cp65001": "utf8", "iso885911987": "latin1", "cp819": "latin1", "latin": "latin1",
    "iso88591": "latin1", "ansix3.41968": "ascii", "utf8ucs2": "utf8",
}


def _plain(encoding):
    found = _plain_names.get(encoding)
    if found is None:
        if len(_plain_names) > 200:
            _plain_names.clear()
        found = _plain_names[encoding] = _made_plain(encoding)
    return found


_plain_names = {}


def _made_plain(encoding):
    name = encoding.lower().replace("-", "").replace("_", "").replace(" ", "")
    return _NAMES.get(name, name)


def _page(name):
    """The code page of this name: the characters of all its bytes, `\ufffd` where there is none. `None` if it is no code page."""
    page = _whole_pages.get(name, "")
    if page == "":
        upper = _PAGES.get(name)
        if upper is None:
            from _codepages import ALIASES, PAGES

            upper = PAGES.get(ALIASES.get(name))
            if upper is None:
                _whole_pages[name] = None
                return None
        page = upper if len(upper) == 256 else "".join([chr(code) for code in range(0x80)]) + upper
        _whole_pages[name] = page
    return page


_whole_pages, _places = {}, {}
_handlers = {}


def register_error(name, handler):
    _handlers[name] = handler


def lookup_error(name):
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError("unknown error handler name %r" % name) from None


_ESCAPES = {"n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11, "\\": 92, "'": 39, '"': 34}


def escape_decode(data, errors="strict"):
    """Bytes as a literal of bytes says them."""
    text, out, at = bytes(data).decode("latin1"), bytearray(), 0
    while at < len(text):
        c = text[at]
        at += 1
        if c != "\\":
            out.append(ord(c))
            continue
        c = text[at : at + 1]
        if not c:
            raise ValueError("Trailing \\ in string")
        at += 1
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
        elif c == "x":
            digits = len(text[at : at + 2]) - len(text[at : at + 2].lstrip("0123456789abcdefABCDEF"))
            if digits == 2:
                out.append(int(text[at : at + 2], 16))
            elif errors == "strict" or errors is None:
                raise ValueError("invalid \\x escape at position %d" % (at - 2))
            elif errors == "replace":
                out += b"?"
            elif errors != "ignore":
                raise ValueError("decoding error; unknown error handling code: %.400s" % errors)
            at += digits
        elif c in "01234567":
            end = at
            while end < at + 2 and text[end : end + 1] and text[end] in "01234567":
                end += 1
            out.append(int(text[at - 1 : end], 8) & 0xFF)
            at = end
        elif c != "\n":
            out += bytes([92, ord(c)])
    return bytes(out), len(data)


def strict_errors(error):
    raise error


def ignore_errors(error):
    return "", error.end


def replace_errors(error):
    if isinstance(error, UnicodeEncodeError):
        return "?" * (error.end - error.start), error.end
    return "\ufffd", error.end


def _escape(code):
    return "\\x%02x" % code if code < 0x100 else "\\u%04x" % code if code < 0x10000 else "\\U%08x" % code


def backslashreplace_errors(error):
    part = error.object[error.start : error.end]
    if isinstance(error, UnicodeDecodeError):
        return "".join(["\\x%02x" % byte for byte in part]), error.end
    return "".join([_escape(ord(character)) for character in part]), error.end


def namereplace_errors(error):
    import unicodedata

    named = []
    for character in error.object[error.start : error.end]:
        name = unicodedata.name(character, None)
        named.append("\\N{%s}" % name if name else _escape(ord(character)))
    return "".join(named), error.end


def xmlcharrefreplace_errors(error):
    return "".join(["&#%d;" % ord(character) for character in error.object[error.start : error.end]]), error.end


for _name in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
    register_error(_name, globals()[_name + "_errors"])


def _escape_surrogates(error):
    # Bytes that are no text become halves of surrogate pairs, and those become bytes again.
    part = error.object[error.start : error.end]
    if isinstance(error, UnicodeDecodeError):
        wrong = next((at for at, byte in enumerate(part) if byte < 0x80), len(part))
        if wrong == 0:
            raise error
        return "".join([chr(0xDC00 + byte) for byte in part[:wrong]]), error.start + wrong
    if not all([0xDC80 <= ord(character) < 0xDD00 for character in part]):
        raise error
    return bytes([ord(character) - 0xDC00 for character in part]), error.end


def _pass_surrogates(error):
    if isinstance(error, UnicodeDecodeError):
        part = error.object[error.start : error.start + 3]
        if error.encoding.startswith("utf-8") and len(part) == 3 and part[0] == 0xED and part[1] >= 0xA0 and part[2] & 0xC0 == 0x80:
            return chr(0xD000 | (part[1] & 0x3F) << 6 | part[2] & 0x3F), error.start + 3
        if error.encoding[:6] in ("utf-16", "utf-32"):
            size = int(error.encoding[4:6]) // 8
            unit = error.object[error.start : error.start + size]
            code = int.from_bytes(unit, "big" if error.encoding.endswith("be") else "little")
            if len(unit) == size and 0xD800 <= code < 0xE000:
                return chr(code), error.start + size
        raise error
    part = error.object[error.start : error.end]
    if not all([0xD800 <= ord(character) < 0xE000 for character in part]):
        raise error
    if error.encoding == "utf-8":
        return b"".join([bytes([0xED, 0x80 | ord(half) >> 6 & 0x3F, 0x80 | ord(half) & 0x3F]) for half in part]), error.end
    size, order = int(error.encoding[4:6]) // 8, "big" if error.encoding.endswith("be") else "little"
    return b"".join([ord(half).to_bytes(size, order) for half in part]), error.end


register_error("surrogateescape", _escape_surrogates)
register_error("surrogatepass", _pass_surrogates)


def _unit(number, size, order):
    return number.to_bytes(size, order)


def _encode_utf8(text, handler):
    out = bytearray()
    position = 0
    while True:
        try:
            out += text[position:].encode()
            return bytes(out)
        except UnicodeEncodeError as error:
            start, end = position + error.start, position + error.end
            out += text[position:start].encode()
            if handler is _escape_surrogates and any([0xDC80 <= ord(c) < 0xDD00 for c in text[start:end]]):
                # What is one of these is treated before what is not is told of.
                while start < end and 0xDC80 <= ord(text[start]) < 0xDD00:
                    out.append(ord(text[start]) - 0xDC00)
                    start += 1
                if start == end or not 0xD800 <= ord(text[start]) < 0xE000:
                    position = start
                    continue
            instead, position = handler(UnicodeEncodeError("utf-8", text, start, end, error.reason))
            out += instead if isinstance(instead, bytes) else encode(instead, "utf-8")


def _encode_wide(text, size, order, handler, name):
    out = bytearray()
    for position, character in enumerate(text):
        code = ord(character)
        if 0xD800 <= code < 0xE000:
            error = UnicodeEncodeError(name, text, position, position + 1, "surrogates not allowed")
            instead = handler(error)[0]
            out += instead if isinstance(instead, bytes) else _encode_wide(instead, size, order, handler, name)
        elif size == 2 and code >= 0x10000:
            code -= 0x10000
            out += _unit(0xD800 | code >> 10, 2, order) + _unit(0xDC00 | code & 0x3FF, 2, order)
        else:
            out += _unit(code, size, order)
    return bytes(out)


def _wide(name):
    # ("utf16", size, byte order, whether a mark says or shall say the order)
    for prefix, size in (("utf16", 2), ("utf32", 4)):
        if name.startswith(prefix):
            order = {"": "little", "le": "little", "be": "big"}.get(name[len(prefix) :])
            if order:
                return size, order, name == prefix
    return None


def encode(obj, encoding="utf-8", errors="strict"):
    text, name = obj, _plain(encoding)
    handler = lookup_error(errors)
    if not isinstance(text, str):
        return _other(encoding, 0, text, errors)
    if name == "utf8" and errors == "strict":
        return text.encode()
    if name in ("utf8", "utf8sig"):
        return (BOM_UTF8 if name == "utf8sig" else b"") + _encode_utf8(text, handler)
    if _wide(name):
        size, order, mark = _wide(name)
        data = _multibyte.encode_wide(text, size, order == "big")
        return (_unit(0xFEFF, size, order) if mark else b"") + (_encode_wide(text, size, order, handler, _SHOWN[name]) if data is None else data)
    if name == "rawunicodeescape":
        return "".join([c if ord(c) < 0x100 else _escape(ord(c)) for c in text]).encode("latin-1")
    if name == "unicodeescape":
        return "".join([c if 32 <= ord(c) < 127 and c != "\\" else _C_ESCAPES.get(c) or _escape(ord(c)) for c in text]).encode()
    page = _page(name)
    if page is None:
        return _other(encoding, 0, text, errors)
    data = _multibyte.encode_page(text, page)
    if data is not None:
        return data
    places = _places.get(name)
    if places is None:
        places = _places[name] = {character: place for place, character in enumerate(page) if character != "\ufffd"}
    if handler is xmlcharrefreplace_errors or handler is backslashreplace_errors:
        # The signs of what is written instead are in every page that has ASCII.
        instead = (lambda code: "&#%d;" % code) if handler is xmlcharrefreplace_errors else _escape
        data = _multibyte.encode_page("".join([c if c in places else instead(ord(c)) for c in text]), page)
        if data is not None:
            return data
    out = bytearray()
    position = 0
    while position < len(text):
        place = places.get(text[position])
        if place is not None:
            out.append(place)
            position += 1
            continue
        reason = "ordinal not in range(%d)" % (128 if name == "ascii" else 256) if name in ("ascii", "latin1") else "character maps to <undefined>"
        shown = {"latin1": "latin-1", "ascii": "ascii"}.get(name, "charmap")
        instead, position = handler(UnicodeEncodeError(shown, text, position, position + 1, reason))
        out += instead if isinstance(instead, bytes) else encode(instead, encoding)
    return bytes(out)


_C_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def _other(encoding, which, value, errors):
    """What an encoding that the program registered, or one that is not between text and bytes, makes of it."""
    function = lookup(encoding)[which]
    try:
        answer = function(value, errors)
    except Exception as error:
        if not _is_plain(error):
            raise
        way = ("encoding", "decoding")[which]
        raise type(error)("%s with '%s' codec failed (%s: %s)" % (way, encoding, type(error).__name__, error)) from error
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise TypeError("%s must return a tuple (object, integer)" % ("encoder", "decoder")[which])
    return answer[0]


def _is_plain(error):
    """Whether another error of this type can be made that says more: one that has its text alone."""
    if len(error.args) > 1 or error.args and not isinstance(error.args[0], str) or getattr(error, "__dict__", None):
        return False
    if isinstance(error, (OSError, ImportError, SyntaxError, StopIteration, AttributeError, NameError, KeyError)):
        return False
    return not any([("__init__" in vars(kind) or "__new__" in vars(kind)) and kind.__module__ != "builtins" for kind in type(error).__mro__])


def decode(obj, encoding="utf-8", errors="strict"):
    data, name = obj, _plain(encoding)
    handler = lookup_error(errors)
    if isinstance(data, str):
        return _other(encoding, 1, data, errors)
    data = bytes(data)
    if name == "utf8" and errors == "strict":
        return data.decode()
    if name in ("utf8", "utf8sig"):
        return _decode_utf8(data[3:] if name == "utf8sig" and data.startswith(BOM_UTF8) else data, handler)
    if _wide(name):
        return _decode_wide(name, data, handler)
    if name in ("unicodeescape", "rawunicodeescape"):
        import _escapes

        return _escapes.decode(name, data, handler)
    page = _page(name)
    if page is None:
        return _other(encoding, 1, data, errors)
    text = _multibyte.decode_page(data, page)
    if text is not None:
        return text
    out = []
    for position, byte in enumerate(data):
        character = page[byte] if byte < len(page) else "\ufffd"
        if character == "\ufffd":
            reason = "ordinal not in range(128)" if name == "ascii" else "character maps to <undefined>"
            shown = "ascii" if name == "ascii" else "charmap"
            character, _ = handler(UnicodeDecodeError(shown, data, position, position + 1, reason))
        out.append(character)
    return "".join(out)


def _decode_utf8(data, handler):
    out = []
    position = 0
    while True:
        try:
            out.append(data[position:].decode())
            return "".join(out)
        except UnicodeDecodeError as error:
            start, end = position + error.start, position + error.end
            out.append(data[position:start].decode())
            instead, position = handler(UnicodeDecodeError("utf-8", data, start, end, error.reason))
            out.append(instead)


def _decode_wide(name, data, handler):
    size, order, mark = _wide(name)
    position = 0
    if mark and data[:size] in (_unit(0xFEFF, size, "little"), _unit(0xFEFF, size, "big")):
        order = "little" if data[:1] == b"\xff" else "big"
        position = size
    text = _multibyte.decode_wide(data[position:], size, order == "big")
    if text is not None:
        return text
    out, shown = [], "utf-%d-%s" % (8 * size, "le" if order == "little" else "be")
    while position < len(data):
        code = int.from_bytes(data[position : position + size], order)
        left = len(data) - position
        reason, step = "", size
        if left < size:
            reason, step = "truncated data", left
        elif size == 4:
            if code > 0x10FFFF:
                reason = "code point not in range(0x110000)"
            elif 0xD800 <= code < 0xE000:
                reason = "code point in surrogate code point range(0xd800, 0xe000)"
        elif 0xDC00 <= code < 0xE000:
            reason = "illegal encoding"
        elif 0xD800 <= code < 0xDC00:
            low = int.from_bytes(data[position + 2 : position + 4], order)
            if left < 4:
                reason, step = "unexpected end of data", left
            elif 0xDC00 <= low < 0xE000:
                code, step = 0x10000 + (code - 0xD800 << 10 | low - 0xDC00), 4
            else:
                reason = "illegal UTF-16 surrogate"
        if reason:
            instead, position = handler(UnicodeDecodeError(shown, data, position, position + step, reason))
            out.append(instead)
            continue
        out.append(chr(code))
        position += step
    return "".join(out)


class CodecInfo(tuple):
    """An encoding by name: its two functions, and classes for what comes in parts."""

    _is_text_encoding = True

    def __new__(
        cls,
        encode,
        decode,
        streamreader=None,
        streamwriter=None,
        incrementalencoder=None,
        incrementaldecoder=None,
        name=None,
        *,
        _is_text_encoding=None,
    ):
        self = super().__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.streamreader, self.streamwriter = streamreader, streamwriter
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return "<codecs.CodecInfo object for encoding %s at %#x>" % (self.name, id(self))


_SHOWN = {
    "utf8": "utf-8", "latin1": "iso8859-1", "ascii": "ascii", "utf16": "utf-16", "utf32": "utf-32", "utf8sig": "utf-8-sig", "utf16le": "utf-16-le",
    "utf16be": "utf-16-be", "utf32le": "utf-32-le", "utf32be": "utf-32-be",
    "unicodeescape": "unicode_escape", "rawunicodeescape": "raw_unicode_escape",
}
_search, _known = [], {}


def register(search_function):
    """The function is asked for encodings that are not known: it gives a `CodecInfo` or `None`."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _search.append(search_function)


def unregister(search_function):
    if search_function in _search:
        _search.remove(search_function)
        _known.clear()


def lookup(encoding):
    if not isinstance(encoding, str):
        raise TypeError("lookup() argument must be str, not %s" % type(encoding).__name__)
    found = _known.get(encoding)
    if found is None:
        found = _known[encoding] = _looked_up(encoding)
    return found


def _normal(encoding):
    """The name of an encoding as functions that search for one are asked for it."""
    kept = [c if c.isalnum() or c == "." else " " for c in encoding.lower()]
    return "_".join(["".join([c for c in part if c.isascii()]) for part in "".join(kept).split()])


def _shown(name):
    from _codepages import ALIASES

    return ALIASES.get(name, name).replace("_", "-")


def _looked_up(encoding):
    name = _plain(encoding)
    if _page(name) or name in ("utf8", "utf8sig", "unicodeescape", "rawunicodeescape") or _wide(name):
        shown = _SHOWN.get(name) or _shown(name)
        module = "encodings." + shown.replace("-", "_")
        parts = {"_encoding": name, "encode": _encoder(name), "decode": _decoder(name)}
        return CodecInfo(
            parts["encode"],
            parts["decode"],
            type("StreamReader", (StreamReader,), {"__module__": module, "_encoding": name, "decode": staticmethod(parts["decode"])}),
            type("StreamWriter", (StreamWriter,), {"__module__": module, "_encoding": name, "encode": staticmethod(parts["encode"])}),
            type("IncrementalEncoder", (_TextEncoder,), {"__module__": module, "_encoding": name}),
            type("IncrementalDecoder", (_TextDecoder,), {"__module__": module, "_encoding": name}),
            shown,
        )
    if name in ("idna", "punycode"):
        return _whole(name)
    if name == "undefined":
        return _transforming(name, _undefined, _undefined, True)
    if name in ("utf7", "unicode11utf7"):
        from encodings import utf_7

        return utf_7.getregentry()
    import _multibytecodec

    known = _multibytecodec.NAMES.get(name.replace(".", ""))
    if known:
        parts = _multibytecodec.parts(known)
        codec = parts["codec"]
        return CodecInfo(
            codec.encode,
            codec.decode,
            parts["StreamReader"],
            parts["StreamWriter"],
            parts["IncrementalEncoder"],
            parts["IncrementalDecoder"],
            known,
        )
    pair = _transform(name)
    if pair:
        return _transforming(name, *pair)
    for function in _search:
        found = function(_normal(encoding))
        if found is not None:
            if not isinstance(found, tuple) or len(found) != 4:
                raise TypeError("codec search functions must return 4-tuples")
            return found
    raise LookupError("unknown encoding: " + encoding)


def _undefined(value):
    raise UnicodeError("undefined encoding")


def _transforming(name, encode, decode, text=False):
    """The entry of an encoding whose two functions take a whole at once."""
    name = name.removesuffix("codec")
    encoded = lambda data, errors="strict": (encode(data), len(data))
    decoded = lambda data, errors="strict": (decode(data), len(data))
    # Turned text stays text; all others are between bytes.
    both = {"encode": staticmethod(encoded), "decode": staticmethod(decoded), "charbuffertype": str if name in ("rot13", "charmap") else bytes}
    return CodecInfo(
        encoded,
        decoded,
        type("StreamReader", (StreamReader,), both),
        type("StreamWriter", (StreamWriter,), both),
        type("IncrementalEncoder", (IncrementalEncoder,), {"encode": lambda self, data, final=False: encode(data)}),
        type("IncrementalDecoder", (IncrementalDecoder,), {"decode": lambda self, data, final=False: decode(data)}),
        name={"rot13": "rot-13", "zip": "zlib", "bzip2": "bz2", "quotedprintable": "quopri"}.get(name, name),
        _is_text_encoding=text or name == "charmap",
    )


def _whole(name):
    # Encodings of a name as a whole, in modules of their own.
    from encodings import idna, punycode

    encode, decode = (idna.encode, idna.decode) if name == "idna" else (lambda text, errors: punycode.punycode_encode(text), punycode.decode)
    encoded = lambda input, errors="strict": (encode(input, errors or "strict"), len(input))
    decoded = lambda input, errors="strict": (decode(input, errors or "strict"), len(input))
    return CodecInfo(
        encoded,
        decoded,
        type("StreamReader", (StreamReader,), {"_encoding": name, "decode": staticmethod(decoded)}),
        type("StreamWriter", (StreamWriter,), {"_encoding": name, "encode": staticmethod(encoded)}),
        idna.IncrementalEncoder if name == "idna" else type("IncrementalEncoder", (_TextEncoder,), {"_encoding": name}),
        idna.IncrementalDecoder if name == "idna" else punycode.IncrementalDecoder,
        name,
    )


def _encoder(name):
    def encode(input, errors="strict"):
        if not isinstance(input, str):
            raise TypeError("%s_encode() argument 1 must be str, not %s" % (_SHOWN.get(name, name).replace("-", "_"), type(input).__name__))
        return input.encode(name, errors or "strict"), len(input)

    return encode


def _decoder(name):
    def decode(input, errors="strict"):
        if isinstance(input, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(memoryview(input))
        return data.decode(name, errors or "strict"), len(data)

    return decode


def _transform(name):
    """The two functions of an encoding that is not between text and bytes."""
    name = name.removesuffix("codec")
    if name == "charmap":
        return lambda text: text.encode("latin1"), lambda data: bytes(data).decode("latin1")
    if name == "rot13":
        import string

        upper, lower = string.ascii_uppercase, string.ascii_lowercase
        table = str.maketrans(upper + lower, upper[13:] + upper[:13] + lower[13:] + lower[:13])
        turned = lambda text: text.translate(table)
        return turned, turned
    if name == "hex":
        import binascii

        return binascii.hexlify, binascii.unhexlify
    if name == "base64":
        import base64

        return base64.encodebytes, base64.decodebytes
    if name in ("quopri", "quotedprintable"):
        import quopri

        return (lambda data: quopri.encodestring(data, True)), quopri.decodestring
    if name in ("zlib", "zip"):
        import zlib

        return zlib.compress, zlib.decompress
    if name == "uu":
        from encodings import _uu

        return _uu.encode, _uu.decode
    if name in ("bz2", "bzip2"):
        import bz2

        return bz2.compress, bz2.decompress
    return None


def getencoder(encoding):
    return lookup(encoding)[0]


def getdecoder(encoding):
    return lookup(encoding)[1]


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def getincrementalencoder(encoding):
    found = lookup(encoding).incrementalencoder
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementaldecoder(encoding):
    found = lookup(encoding).incrementaldecoder
    if found is None:
        raise LookupError(encoding)
    return found


class Codec:
    """What an encoding of one's own derives from."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in parts."""

    def __init__(self, errors="strict"):
        self.errors, self.buffer = errors, ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An encoder that may leave the end of a part for later: `_buffer_encode` answers the bytes and how much it took."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data, taken = self._buffer_encode(self.buffer + input, self.errors, final)
        self.buffer = (self.buffer + input)[taken:]
        return data

    def reset(self):
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes that come in parts, which may end within a character."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + bytes(input)
        text, taken = self._buffer_decode(data, self.errors, final)
        self.buffer = data[taken:]
        return text

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


_MARKED = ("utf16", "utf32", "utf8sig")


class _TextEncoder(IncrementalEncoder):
    # A mark stands before the first part alone.
    _begun = False

    def encode(self, input, final=False):
        name = self._encoding
        if name in _MARKED:
            if self._begun:
                name = "utf8" if name == "utf8sig" else name + "le"
            elif input or final:
                self._begun = True
            else:
                return b""
        return input.encode(name, self.errors)

    def reset(self):
        self._begun = False

    def getstate(self):
        return 0 if self._begun or self._encoding not in _MARKED else 2

    def setstate(self, state):
        self._begun = state == 0


class _TextDecoder(BufferedIncrementalDecoder):
    _order = None

    def decode(self, input, final=False):
        if self._encoding == "utf8":
            # Most pieces end with a whole character.
            data = self.buffer + bytes(input)
            if final or not data or data[-1] < 0x80:
                text = data.decode("utf-8", self.errors)
                self.buffer = b""
                return text
        return super().decode(input, final)

    def _buffer_decode(self, data, errors, final):
        name, start = self._encoding, 0
        if name in _MARKED:
            if self._order is None:
                size = 3 if name == "utf8sig" else int(name[3:]) // 8
                if len(data) < size and not final and (name != "utf8sig" or BOM_UTF8.startswith(data)):
                    return "", 0
                marks = {"utf8sig": {BOM_UTF8: "utf8"}, "utf16": {BOM_LE: "utf16le", BOM_BE: "utf16be"}}.get(
                    name, {BOM_UTF32_LE: "utf32le", BOM_UTF32_BE: "utf32be"}
                )
                self._order = marks.get(data[:size])
                if self._order is not None:
                    start = size
                elif name == "utf8sig":
                    self._order = "utf8"
                elif len(data) < size:
                    # Less than a character, and no more to come.
                    return data.decode(name, errors), len(data)
                else:
                    raise UnicodeError("UTF-%s stream does not start with BOM" % name[3:])
            name = self._order
        text, taken = _whole_part(data[start:] if start else data, name, errors, final)
        return text, taken + start

    def reset(self):
        super().reset()
        self._order = None

    def getstate(self):
        flags = ("utf8", "utf16le", "utf16be", "utf32le", "utf32be")
        return self.buffer, 0 if self._order is None else flags.index(self._order) + 1

    def setstate(self, state):
        self.buffer = state[0]
        self._order = None if not state[1] else ("utf8", "utf16le", "utf16be", "utf32le", "utf32be")[state[1] - 1]


def _whole_part(data, name, errors, final):
    """What can be decoded of data that may be continued, and how many bytes that was."""
    if final or name in _PAGES or name != "utf8" and _page(name):
        return data.decode(name, errors), len(data)
    if name == "utf8":
        cut = _cut_utf8(data)
    elif name in ("unicodeescape", "rawunicodeescape"):
        import _escapes

        return _escapes.decode_part(name, data, lookup_error(errors), False)
    else:
        size = _wide(name)[0]
        cut = len(data) % size
        last = data[len(data) - cut - 2 : len(data) - cut]
        if size == 2 and len(last) == 2 and last[1 if name.endswith("le") else 0] & 0xFC == 0xD8:
            cut += 2
    end = len(data) - cut
    return data[:end].decode(name, errors), end


def _cut_utf8(data):
    """How many bytes at the end begin a character that goes on."""
    for back in (1, 2, 3):
        if back > len(data):
            return 0
        byte = data[-back]
        if byte < 0x80:
            return 0
        if byte >= 0xC0:
            if byte < 0xC2 or byte > 0xF4 or back >= (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4):
                return 0
            if back > 1:
                second = data[1 - back]
                low, high = {0xE0: (0xA0, 0xBF), 0xF0: (0x90, 0xBF), 0xF4: (0x80, 0x8F)}.get(byte, (0x80, 0xBF))
                if not low <= second <= high:
                    return 0
            return back
    return 0


class _Over:
    """What lies over a stream: what it does not know, the stream does."""

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.stream.close()

    def __reduce_ex__(self, protocol):
        raise TypeError("can't serialize %s" % type(self).__name__)


class StreamWriter(_Over, Codec):
    """A stream of text over one of bytes, for writing."""

    _encoder = None

    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors

    def write(self, object):
        if getattr(self, "_encoding", None) in _MARKED:
            # A mark stands before the first text alone.
            if self._encoder is None:
                self._encoder = lookup(self._encoding).incrementalencoder(self.errors)
            self.stream.write(self._encoder.encode(object))
        else:
            self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        self._encoder = None

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


class StreamReader(_Over, Codec):
    """The same for reading. The lines end where `str.splitlines` ends them."""

    _decoder = None
    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream, self.errors, self._text, self._held = stream, errors, self.charbuffertype(), b""

    @property
    def bytebuffer(self):
        return self._held if self._decoder is None else self._decoder.buffer

    @property
    def charbuffer(self):
        return self._text

    def _more(self, size=-1, firstline=False):
        """Decodes the next part; whether there was one. What is wrong behind a first line may wait."""
        if self._decoder is None and hasattr(type(self), "_encoding"):
            self._decoder = lookup(self._encoding).incrementaldecoder(self.errors)
        data = self.stream.read(size) if size > 0 else self.stream.read()
        if self._decoder is None:
            # An encoding of the program's: its `decode` says how much it took.
            self._held += data
            if not self._held:
                return False
            text, taken = self.decode(self._held, self.errors)
            self._text, self._held = self._text + text, self._held[taken:]
            return bool(data)
        try:
            self._text += self._decoder.decode(data, False)
        except UnicodeDecodeError as error:
            if not firstline or not error.start:
                raise
            self._decoder.buffer = b""
            text = self._text + self._decoder.decode(error.object[: error.start], False)
            if len(text.splitlines(True)) < 2:
                raise
            self._text, self._decoder.buffer = text, error.object[error.start :]
        return bool(data)

    def read(self, size=-1, chars=-1, firstline=False):
        """`size` is about how many bytes to read at a time, and how many characters unless `chars` says that."""
        if chars < 0:
            chars = size
        while chars < 0 or len(self._text) < chars:
            if not self._more(size, firstline) or size < 0:
                break
        end = len(self._text) if chars < 0 else chars
        text, self._text = self._text[:end], self._text[end:]
        return text

    def readline(self, size=None, keepends=True):
        carriage = "\r" if self.charbuffertype is str else b"\r"
        part = size or 72
        while True:
            lines = self._text.splitlines(True)
            if len(lines) > 1:
                break
            line = lines[0] if lines else self._text
            if line and not line.endswith(carriage) and line.splitlines()[0] != line:
                break
            # A line feed may follow.
            if not self._more(1 if line.endswith(carriage) else part, True):
                lines = self._text.splitlines(True)
                break
            if size is not None and len(self._text) >= size and not line.endswith(carriage):
                lines = self._text.splitlines(True)
                break
            part = min(part * 2, 8000)
        if not lines:
            return self.charbuffertype()
        self._text = self._text[len(lines[0]) :]
        return lines[0] if keepends else lines[0].splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def reset(self):
        self._text, self._decoder, self._held = self.charbuffertype(), None, b""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self


class StreamReaderWriter(_Over):
    """Both in one."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream, self.errors = stream, errors
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None, keepends=True):
        return self.reader.readlines(sizehint, keepends)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()


class StreamRecoder(_Over):
    """Bytes in one encoding, over a stream of bytes in another."""

    data_encode = data_decode = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        self.stream, self.encode, self.decode, self.errors = stream, encode, decode, errors
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def read(self, size=-1):
        return self.encode(self.reader.read(size), self.errors)[0]

    def readline(self, size=None):
        return self.encode(self.reader.readline() if size is None else self.reader.readline(size), self.errors)[0]

    def readlines(self, sizehint=None):
        return self.read().splitlines(keepends=True)

    def __next__(self):
        return self.encode(next(self.reader), self.errors)[0]

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b"".join(list))

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.reader.seek(offset, whence)
        self.writer.seek(offset, whence)


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins

    if encoding is None:
        return builtins.open(filename, mode)
    file = builtins.open(filename, mode if "b" in mode else mode + "b")
    try:
        info = lookup(encoding)
    except BaseException:
        file.close()
        raise
    made = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    made.encoding = encoding
    return made


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    outer, inner = lookup(data_encoding), lookup(file_encoding or data_encoding)
    made = StreamRecoder(file, outer.encode, outer.decode, inner.streamreader, inner.streamwriter, errors)
    made.data_encoding, made.file_encoding = data_encoding, file_encoding or data_encoding
    return made


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for part in iterator:
        data = encoder.encode(part)
        if data:
            yield data
    data = encoder.encode("", True)
    if data:
        yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for part in iterator:
        text = decoder.decode(part)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text


def charmap_encode(text, errors="strict", mapping=None):
    if mapping is None:
        return text.encode("latin-1", errors), len(text)
    out = bytearray()
    for at, character in enumerate(text):
        code = mapping.get(ord(character))
        if code is None:
            code, _ = lookup_error(errors)(UnicodeEncodeError("charmap", text, at, at + 1, "character maps to <undefined>"))
            code = code if isinstance(code, bytes) else b"".join([charmap_encode(c, "strict", mapping)[0] for c in code])
        out += bytes([code]) if isinstance(code, int) else code
    return bytes(out), len(text)


def charmap_decode(data, errors="strict", mapping=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if mapping is None:
        return bytes(data).decode("latin-1"), len(data)
    out = []
    for at, byte in enumerate(data):
        try:
            found = mapping[byte]
        except (IndexError, KeyError):
            found = None
        if isinstance(found, int) and not 0 <= found < 0x110000:
            raise TypeError("character mapping must be in range(0x110000)")
        if found is not None and not isinstance(found, (int, str)):
            raise TypeError("character mapping must return integer, None or str")
        if found is None or found == "\ufffe" or found == 0xFFFE:
            found, _ = lookup_error(errors)(UnicodeDecodeError("charmap", bytes(data), at, at + 1, "character maps to <undefined>"))
        out.append(found if isinstance(found, str) else chr(found))
    return "".join(out), len(data)


def charmap_build(table):
    return {ord(character): code for code, character in enumerate(table) if character != "\ufffe"}


def make_identity_dict(rng):
    return {code: code for code in rng}


def make_encoding_map(decoding_map):
    made = {}
    for code, character in decoding_map.items():
        made[character] = None if character in made else code
    return made


latin_1_encode, latin_1_decode = _encoder("latin1"), _decoder("latin1")
ascii_encode, ascii_decode = _encoder("ascii"), _decoder("ascii")


def _part_decoder(name):
    # What is left within a character is taken with what follows, unless nothing does.
    def decode(data, errors="strict", final=False):
        decoder = _TextDecoder()
        decoder._encoding = name
        return decoder._buffer_decode(bytes(memoryview(data)), errors or "strict", final)

    return decode


utf_8_encode, utf_8_decode = _encoder("utf8"), _part_decoder("utf8")
utf_16_le_encode, utf_16_le_decode = _encoder("utf16le"), _part_decoder("utf16le")
utf_16_be_encode, utf_16_be_decode = _encoder("utf16be"), _part_decoder("utf16be")
utf_32_le_encode, utf_32_le_decode = _encoder("utf32le"), _part_decoder("utf32le")
utf_32_be_encode, utf_32_be_decode = _encoder("utf32be"), _part_decoder("utf32be")
utf_16_decode, utf_32_decode = _part_decoder("utf16"), _part_decoder("utf32")
raw_unicode_escape_encode = _encoder("rawunicodeescape")


def unicode_escape_encode(text, errors="strict"):
    return text.encode("unicode_escape", errors or "strict"), len(text)


def _escapes_decoder(name):
    def decode(data, errors="strict", final=True):
        decoder = _TextDecoder()
        decoder._encoding = name
        return decoder._buffer_decode(data.encode() if isinstance(data, str) else bytes(data), errors or "strict", final)

    return decode


unicode_escape_decode, raw_unicode_escape_decode = _escapes_decoder("unicodeescape"), _escapes_decoder("rawunicodeescape")


def _ordered(size):
    def encode(text, errors="strict", byteorder=0):
        name = "utf%d" % size + ("" if not byteorder else "le" if byteorder < 0 else "be")
        return text.encode(name, errors or "strict"), len(text)

    def decode(data, errors="strict", byteorder=0, final=False):
        """(text, how many bytes that was, the byte order: -1 for little, 1 for big, 0 if nothing says)."""
        decoder = _TextDecoder()
        decoder._encoding = "utf%d" % size + ("" if not byteorder else "le" if byteorder < 0 else "be")
        data = bytes(memoryview(data))
        text, taken = decoder._buffer_decode(data, errors or "strict", final)
        if not byteorder and taken:
            marks = {16: (BOM_UTF16_LE, BOM_UTF16_BE), 32: (BOM_UTF32_LE, BOM_UTF32_BE)}[size]
            byteorder = -1 if data.startswith(marks[0]) else data.startswith(marks[1]) + 0
        return text, taken, byteorder

    return encode, decode


utf_16_encode, utf_16_ex_decode = _ordered(16)
utf_32_encode, utf_32_ex_decode = _ordered(32)


def utf_7_encode(text, errors="strict"):
    return lookup("utf-7").encode(text, errors or "strict")


def utf_7_decode(data, errors="strict", final=False):
    return lookup("utf-7").decode(data, errors or "strict")


def escape_encode(data, errors="strict"):
    """Bytes as a literal says them, without the quotes."""
    if not isinstance(data, bytes):
        raise TypeError("escape_encode() argument 1 must be bytes, not " + type(data).__name__)
    shown = {9: "\\t", 10: "\\n", 13: "\\r", 39: "\\'", 92: "\\\\"}
    text = "".join([shown.get(byte) or (chr(byte) if 32 <= byte < 127 else "\\x%02x" % byte) for byte in data])
    return text.encode(), len(data)


def readbuffer_encode(data, errors="strict"):
    data = data.encode() if isinstance(data, str) else bytes(memoryview(data))
    return data, len(data)
