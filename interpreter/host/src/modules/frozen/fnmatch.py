"""Names that a pattern of the shell matches."""

import re


def translate(pat):
    out = []
    at = 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not out or out[-1] != ".*":
                out.append(".*")
        elif c == "?":
            out.append(".")
        elif c == "[":
            end = at + (pat[at : at + 1] == "!")
            if pat[end : end + 1] == "]":
                end += 1
            end = pat.find("]", end)
            if end < 0:
                out.append("\\[")
                continue
            body = pat[at:end].replace("\\", "\\\\")
            at = end + 1
            if body[0] == "!":
                body = "^" + body[1:]
            elif body[0] in "^[":
                body = "\\" + body
            out.append("[" + body + "]")
        else:
            out.append(_escape(c))
    return "(?s:" + "".join(out) + ")\\Z"


def _escape(c):
    return c if c.isalnum() or c in "_/ <>,:;=@!%\"'`" or ord(c) > 127 else "\\" + c


_known = {}


def _compiled(pat):
    if pat not in _known:
        if len(_known) > 256:
            _known.clear()
        _known[pat] = re.compile(_plain(pat))
    return _known[pat]


# The engine has neither `(?s:` nor `\\Z`: a dot becomes a class of everything.
def _plain(pat):
    body = translate(pat)[4:-3]
    out, at, inside = [], 0, False
    while at < len(body):
        c = body[at]
        if c == "\\":
            out.append(body[at : at + 2])
            at += 2
            continue
        inside = c == "[" or inside and c != "]"
        out.append("[\\s\\S]" if c == "." and not inside else c)
        at += 1
    return "^(?:" + "".join(out) + ")$"


def fnmatchcase(name, pat):
    if isinstance(name, bytes):
        name, pat = name.decode("latin-1"), pat.decode("latin-1")
    return not name.endswith("\n") and _compiled(pat).match(name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
