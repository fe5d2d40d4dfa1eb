"""What `codecs` knows of text whose characters are escaped: `unicode_escape` and `raw_unicode_escape`."""

from codecs import _ESCAPES
import unicodedata

_DIGITS = {"x": 2, "u": 4, "U": 8}


def decode(name, data, handler):
    return decode_part(name, data, handler, True)[0]


def _warn(text):
    import warnings

    warnings.warn(text, DeprecationWarning, stacklevel=3)


def decode_part(name, data, handler, final):
    """The text and how many bytes it took: an escape that may go on is left unless this is the end. Text in which characters are escaped as in a literal; the raw form knows `\\u` and `\\U` alone, behind an odd number of backslashes."""
    text, raw, shown = data.decode("latin1"), name[0] == "r", name
    out, at, size = [], 0, len(text)
    while at < size:
        start = text.find("\\", at)
        if start < 0:
            start = size
        out.append(text[at:start])
        if start == size:
            break
        kind, at = text[start + 1 : start + 2], start + 2
        reason = None
        if not kind and not final:
            return "".join(out), start
        if raw and kind not in ("u", "U"):
            out.append(text[start:at])
        elif kind in _DIGITS:
            digits = text[at : at + _DIGITS[kind]]
            count = next((i for i, c in enumerate(digits) if c not in "0123456789abcdefABCDEF"), len(digits))
            at += count
            code = int(digits[:count] or "0", 16)
            if count < _DIGITS[kind] and at == size and not final:
                return "".join(out), start
            if count < _DIGITS[kind]:
                reason = "truncated \\" + kind + "X" * _DIGITS[kind] + " escape"
            elif code > 0x10FFFF:
                reason = "\\Uxxxxxxxx out of range" if raw else "illegal Unicode character"
            else:
                out.append(chr(code))
        elif kind == "N":
            end = text.find("}", at) if text[at : at + 1] == "{" else -1
            if end < 0 and not final and text[at : at + 1] in ("", "{"):
                return "".join(out), start
            if end < 0:
                reason = "malformed \\N character escape"
            else:
                try:
                    out.append(unicodedata.lookup(text[at + 1 : end]))
                except KeyError:
                    reason = "unknown Unicode character name"
                at = end + 1
        elif not kind:
            at, reason = size, "\\ at end of string"
        elif kind in _ESCAPES:
            out.append(chr(_ESCAPES[kind]))
        elif kind in "01234567":
            end = start + 2
            while end < start + 4 and text[end : end + 1] and text[end] in "01234567":
                end += 1
            if end == size and end < start + 4 and not final:
                return "".join(out), start
            if int(text[start + 1 : end], 8) > 0o377:
                _warn("invalid octal escape sequence '\\%s'" % text[start + 1 : end])
            out.append(chr(int(text[start + 1 : end], 8)))
            at = end
        elif kind != "\n":
            _warn("invalid escape sequence '\\%s'" % kind)
            out.append("\\" + kind)
        if reason:
            character, at = handler(UnicodeDecodeError(shown, data, start, at, reason))
            out.append(character)
    return "".join(out), size
