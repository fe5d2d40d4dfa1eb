"""`json.decoder`: names that programs import from there."""

from _json import JSONDecodeError, JSONDecoder

__all__ = ["JSONDecodeError", "JSONDecoder"]


def scanstring(s, end, strict=True):
    """The text behind the quote before `end`, and where it ends."""
    from json import loads

    at = end
    while at < len(s) and s[at] != '"':
        at += 2 if s[at] == "\\" else 1
    if at >= len(s):
        raise JSONDecodeError("Unterminated string starting at", s, end - 1)
    try:
        return loads(s[end - 1 : at + 1], strict=strict), at + 1
    except JSONDecodeError as error:
        raise JSONDecodeError(error.msg, s, error.pos + end - 1) from None


py_scanstring = scanstring
