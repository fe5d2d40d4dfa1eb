"""Encodings beyond those that `str` and `bytes` know themselves, and ways to treat what cannot be coded."""

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = BOM_LE = b"\xff\xfe"
BOM_UTF16_BE = BOM_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_LE

# Code pages of one byte: the characters of 0x80 and up.
_LATIN = "".join([chr(code) for code in range(0xA0, 0x100)])
_PAGES = {
    "ascii": "",
    "latin1": "".join([chr(code) for code in range(0x80, 0x100)]),
    "cp1252": "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ" + _LATIN,
    "iso885915": "".join([chr(code) for code in range(0x80, 0xA0)])
    + _LATIN.translate({0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ"}),
    "cp437": "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0",
    "cp1251": "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\xa0ЎўЈ¤Ґ¦§Ё©Є«¬\xad®Ї°±Ііґµ¶·ё№є»јЅѕї"
    + "".join([chr(code) for code in range(0x410, 0x450)]),
    "koi8r": "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\xa0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©"
    "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
}
_NAMES = {
    "usascii": "ascii", "646": "ascii", "iso88591": "latin1", "8859": "latin1", "l1": "latin1", "windows1252": "cp1252", "1252": "cp1252",
    "windows1251": "cp1251", "latin9": "iso885915", "ibm437": "cp437", "437": "cp437", "u8": "utf8", "utf": "utf8", "utf16": "utf16",
    "u16": "utf16", "u32": "utf32", "cp65001": "utf8",
}


def _plain(encoding):
    name = encoding.lower().replace("-", "").replace("_", "").replace(" ", "")
    return _NAMES.get(name, name)


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
            out.append(int(text[at : at + 2], 16))
            at += 2
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


def xmlcharrefreplace_errors(error):
    return "".join(["&#%d;" % ord(character) for character in error.object[error.start : error.end]]), error.end


for _name in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
    register_error(_name, globals()[_name + "_errors"])
# No text here holds half a surrogate pair, which is what this would make of bytes: it treats them as `strict` does.
register_error("surrogateescape", strict_errors)
register_error("surrogatepass", strict_errors)


def _unit(number, size, order):
    return number.to_bytes(size, order)


def _encode_wide(text, size, order):
    out = bytearray()
    for character in text:
        code = ord(character)
        if size == 2 and code >= 0x10000:
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


def encode(text, encoding="utf-8", errors="strict"):
    name = _plain(encoding)
    handler = lookup_error(errors)
    if name in ("utf8", "utf8sig"):
        return (BOM_UTF8 if name == "utf8sig" else b"") + text.encode()
    if _wide(name):
        size, order, mark = _wide(name)
        return (_unit(0xFEFF, size, order) if mark else b"") + _encode_wide(text, size, order)
    if name == "unicodeescape" or name == "rawunicodeescape":
        return "".join([c if 32 <= ord(c) < 127 and c != "\\" else _C_ESCAPES.get(c) or _escape(ord(c)) for c in text]).encode()
    if name == "hex":
        return text.hex().encode()
    try:
        page = _PAGES[name]
    except KeyError:
        raise LookupError("unknown encoding: " + encoding) from None
    out = bytearray()
    position = 0
    while position < len(text):
        character = text[position]
        code = ord(character)
        place = code if code < 0x80 else page.find(character)
        if code >= 0x80:
            place = place + 0x80 if place >= 0 and character != "\ufffd" else -1
        if place >= 0:
            out.append(place)
            position += 1
            continue
        reason = "ordinal not in range(%d)" % (128 if name == "ascii" else 256) if name in ("ascii", "latin1") else "character maps to <undefined>"
        shown = {"latin1": "latin-1", "ascii": "ascii"}.get(name, "charmap")
        instead, position = handler(UnicodeEncodeError(shown, text, position, position + 1, reason))
        out += instead if isinstance(instead, bytes) else instead.encode()
    return bytes(out)


_C_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def decode(data, encoding="utf-8", errors="strict"):
    name = _plain(encoding)
    handler = lookup_error(errors)
    data = bytes(data)
    if name in ("utf8", "utf8sig"):
        return _decode_utf8(data[3:] if name == "utf8sig" and data.startswith(BOM_UTF8) else data, handler)
    if _wide(name):
        return _decode_wide(name, data, handler)
    if name == "unicodeescape":
        return eval('"' + data.decode().replace('"', '\\"') + '"')
    if name == "hex":
        return bytes.fromhex(data.decode())
    try:
        page = _PAGES[name]
    except KeyError:
        raise LookupError("unknown encoding: " + encoding) from None
    out = []
    for position, byte in enumerate(data):
        character = chr(byte) if byte < 0x80 else page[byte - 0x80] if byte - 0x80 < len(page) else "\ufffd"
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
    out = []
    while position < len(data):
        step = size
        code = int.from_bytes(data[position : position + size], order)
        if len(data) - position < size:
            code = -1
        elif size == 2 and 0xD800 <= code < 0xDC00 and len(data) - position >= 4:
            low = int.from_bytes(data[position + 2 : position + 4], order)
            code, step = (0x10000 + (code - 0xD800 << 10 | low - 0xDC00), 4) if 0xDC00 <= low < 0xE000 else (-1, 2)
        if code < 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            end = min(position + size, len(data))
            instead, position = handler(UnicodeDecodeError(name, data, position, end, "illegal encoding"))
            out.append(instead)
            continue
        out.append(chr(code))
        position += step
    return "".join(out)


class CodecInfo(tuple):
    def __new__(cls, name):
        self = super().__new__(cls, (lambda text, errors="strict": (encode(text, name, errors), len(text)),
                                     lambda data, errors="strict": (decode(data, name, errors), len(data))))
        self.name = name
        self.encode, self.decode = self
        return self


def lookup(encoding):
    name = _plain(encoding)
    if name not in _PAGES and name not in ("utf8", "utf8sig", "unicodeescape", "hex") and not _wide(name):
        raise LookupError("unknown encoding: " + encoding)
    return CodecInfo({"utf8": "utf-8", "latin1": "iso8859-1", "utf16": "utf-16", "utf32": "utf-32", "utf8sig": "utf-8-sig"}.get(name, name))


def getencoder(encoding):
    return lookup(encoding)[0]


def getdecoder(encoding):
    return lookup(encoding)[1]


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins

    return builtins.open(filename, mode)


class IncrementalEncoder:
    """Encodes a text that comes in parts."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def encode(self, input, final=False):
        return input.encode(self._encoding, self.errors)

    def reset(self):
        pass


class IncrementalDecoder:
    """Decodes bytes that come in parts, which may end within a character."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self._kept = b""

    def decode(self, input, final=False):
        data = self._kept + bytes(input)
        if final:
            self._kept = b""
            return data.decode(self._encoding, self.errors)
        for cut in range(min(4, len(data) + 1)):
            try:
                text = data[: len(data) - cut].decode(self._encoding)
            except UnicodeDecodeError:
                continue
            self._kept = data[len(data) - cut :]
            return text
        self._kept = b""
        return data.decode(self._encoding, self.errors)

    def reset(self):
        self._kept = b""

    def getstate(self):
        return self._kept, 0

    def setstate(self, state):
        self._kept = state[0]


def getincrementalencoder(encoding):
    return type("IncrementalEncoder", (IncrementalEncoder,), {"_encoding": lookup(encoding).name})


def getincrementaldecoder(encoding):
    return type("IncrementalDecoder", (IncrementalDecoder,), {"_encoding": lookup(encoding).name})
