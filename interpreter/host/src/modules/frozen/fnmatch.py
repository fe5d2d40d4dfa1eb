"""Names that a pattern of the shell matches."""

import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def translate(pat):
    """The regular expression that a pattern stands for."""
    # Parts between stars: each star but the last one takes the first place where the next part fits, and no other is tried.
    parts, at = [[]], 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if parts[-1] or len(parts) == 1:
                parts.append([])
            continue
        if c == "?":
            parts[-1].append(".")
        elif c == "[":
            end = at + (pat[at : at + 1] == "!")
            if pat[end : end + 1] == "]":
                end += 1
            end = pat.find("]", end)
            if end < 0:
                parts[-1].append("\\[")
                continue
            parts[-1].append(_one_of(pat[at:end]))
            at = end + 1
        else:
            parts[-1].append(_escape(c))
    if pat.endswith("*") and parts[-1]:
        parts.append([])
    texts = ["".join(part) for part in parts]
    out = texts[0]
    for text in texts[1:-1]:
        out += "(?>.*?" + text + ")"
    if len(texts) > 1:
        out += ".*" + texts[-1]
    return "(?s:" + out + ")\\Z"


def _one_of(body):
    """A set of characters, whose ranges may be empty."""
    pieces, at, negated = [], 0, body[0] == "!"
    if negated:
        at = 1
    while at < len(body):
        if at + 2 < len(body) and body[at + 1] == "-":
            if body[at] <= body[at + 2]:
                pieces.append(_in_set(body[at]) + "-" + _in_set(body[at + 2]))
            at += 3
        else:
            pieces.append(_in_set(body[at]))
            at += 1
    if not pieces:
        return "." if negated else "(?!)"
    return "[" + ("^" if negated else "") + "".join(pieces) + "]"


def _in_set(c):
    return "\\" + c if c in "\\]^-[&~|" else c


def _escape(c):
    return c if c.isalnum() or c in "_/ <>,:;=@!%\"'`" or ord(c) > 127 else "\\" + c


_known = {}


def _matcher(pat):
    """The method that says whether a name matches, of text and of bytes."""
    match = _known.get(pat)
    if match is None:
        if len(_known) > 256:
            _known.clear()
        if isinstance(pat, bytes):
            of_text = re.compile(translate(pat.decode("latin-1"))).match
            match = lambda name: of_text(name.decode("latin-1"))
        else:
            match = re.compile(translate(pat)).match
        _known[pat] = match
    return match


def _check(name, pat):
    kind = bytes if isinstance(pat, bytes) else str
    if not isinstance(pat, kind) or not isinstance(name, kind):
        raise TypeError("cannot use a %s pattern on a %s" % (("bytes", "string-like object") if kind is bytes else ("string", "bytes-like object")))


def fnmatchcase(name, pat):
    if not (isinstance(name, str) and isinstance(pat, str)):
        _check(name, pat)
    match = _known.get(pat) or _matcher(pat)
    return match(name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    match, kind = _matcher(pat), bytes if isinstance(pat, bytes) else str
    matching = []
    for name in names:
        if not isinstance(name, kind):
            _check(name, pat)
        if match(name) is not None:
            matching.append(name)
    return matching
