"""Text in HTML."""

from html.entities import html5

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


# Numbers that mean characters of Windows' code page.
_WINDOWS = dict(zip(range(0x80, 0xA0), "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"))


def _number(text):
    try:
        code = int(text[1:], 16) if text[:1] in "xX" else int(text)
    except ValueError:
        return None
    if code in _WINDOWS:
        return _WINDOWS[code]
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    if code == 0x0D:
        return "\r"
    is_control = code < 0x20 and code not in (9, 10, 12) or 0x7F <= code < 0xA0
    return "" if is_control or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE or code == 0x0B else chr(code)


def unescape(s):
    if "&" not in s:
        return s
    out, at = [], 0
    while True:
        start = s.find("&", at)
        if start < 0:
            out.append(s[at:])
            return "".join(out)
        out.append(s[at:start])
        end = start + 1
        if s[end : end + 1] == "#":
            end += 2 if s[end + 1 : end + 2] in ("x", "X") else 1
            digits = "0123456789abcdefABCDEF" if s[end - 1] in "xX" else "0123456789"
            first = end
            while end < len(s) and s[end] in digits:
                end += 1
            value = _number(s[start + 2 : end]) if end > first else None
            at = end + (s[end : end + 1] == ";")
            out.append(value if value is not None else s[start:at])
            continue
        while end < len(s) and end - start <= 32 and s[end] not in "\t\n\f <&#;":
            end += 1
        if s[end : end + 1] == ";":
            end += 1
        name = s[start + 1 : end]
        if name in html5:
            out.append(html5[name])
            at = end
            continue
        # The longest beginning that is a name without a semicolon.
        for size in range(len(name) - 1, 1, -1):
            if name[:size] in html5:
                out.append(html5[name[:size]] + name[size:])
                break
        else:
            out.append("&" + name)
        at = end


def _replace_charref(match):
    """A reference as a match of its text, which some libraries have at hand."""
    return unescape("&" + match.group(1))
