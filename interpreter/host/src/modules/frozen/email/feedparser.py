"""A parser that is given a message piece by piece."""

import re
from email import errors
from email._bytes import escaped
from email._policybase import compat32

__all__ = ["BytesFeedParser", "FeedParser"]

_HEADER = re.compile(r"(From |[!-9;-~]*:|[\t ])")


class FeedParser:
    def __init__(self, _factory=None, *, policy=compat32):
        self.policy, self._pieces, self._headers_only = policy, [], False
        if _factory is None:
            from email.message import Message

            _factory = policy.message_factory or Message
        try:
            _factory(policy=policy)
            self._factory = lambda: _factory(policy=policy)
        except TypeError:
            self._factory = _factory

    def _set_headersonly(self):
        self._headers_only = True

    def feed(self, data):
        self._pieces.append(data)

    def close(self):
        text = "".join(self._pieces)
        lines = _lines(text)
        root, _ = self._message(lines, 0, [], self._headers_only)
        if root.get_content_maintype() == "multipart" and not root.is_multipart() and not self._headers_only:
            self.policy.handle_defect(root, errors.MultipartInvariantViolationDefect())
        return root

    def _message(self, lines, at, ends, headers_only=False, default=None):
        """The message from line `at` to one that `ends` has (a function of the line), and where that is."""
        msg = self._factory()
        if default:
            msg.set_default_type(default)
        at = self._headers(msg, lines, at, ends)
        if headers_only:
            rest, at = self._text(lines, at, ends)
            msg.set_payload(rest)
            return msg, at
        kind = msg.get_content_type()
        if kind == "message/delivery-status":
            blocks = []
            while at < len(lines) and not _is_end(lines[at], ends):
                if not lines[at].strip():
                    at += 1
                    continue
                part = self._factory()
                at = self._headers(part, lines, at, ends)
                part.set_payload("")
                blocks.append(part)
            msg._payload = blocks
            return msg, at
        if msg.get_content_maintype() == "message":
            inner, at = self._message(lines, at, ends)
            msg.attach(inner)
            return msg, at
        if msg.get_content_maintype() == "multipart":
            boundary = msg.get_boundary()
            if boundary is None:
                self.policy.handle_defect(msg, errors.NoBoundaryInMultipartDefect())
                text, at = self._text(lines, at, ends)
                msg.set_payload(text)
                return msg, at
            if str(msg.get("content-transfer-encoding", "8bit")).strip().lower() not in ("7bit", "8bit", "binary"):
                self.policy.handle_defect(msg, errors.InvalidMultipartContentTransferEncodingDefect())
            return self._multipart(msg, lines, at, ends, boundary)
        text, at = self._text(lines, at, ends)
        msg.set_payload(text)
        return msg, at

    def _headers(self, msg, lines, at, ends):
        source, first = [], True

        def done():
            if source:
                msg.set_raw(*self.policy.header_source_parse(source))
                source.clear()

        while at < len(lines) and not _is_end(lines[at], ends):
            line = lines[at]
            if not line.strip("\r\n"):
                at += 1
                break
            if not _HEADER.match(line):
                self.policy.handle_defect(msg, errors.MissingHeaderBodySeparatorDefect())
                break
            if line[0] in " \t":
                if not source:
                    self.policy.handle_defect(msg, errors.FirstHeaderLineIsContinuationDefect(line))
                else:
                    source.append(line)
            elif line.startswith("From "):
                if first:
                    msg.set_unixfrom(line.rstrip("\r\n"))
                else:
                    done()
                    self.policy.handle_defect(msg, errors.MisplacedEnvelopeHeaderDefect(line))
            elif line.startswith(":"):
                self.policy.handle_defect(msg, errors.InvalidHeaderDefect("Missing header name."))
            else:
                done()
                source.append(line)
            first = False
            at += 1
        done()
        return at

    def _text(self, lines, at, ends):
        start = at
        while at < len(lines) and not _is_end(lines[at], ends):
            at += 1
        return "".join(lines[start:at]), at

    def _multipart(self, msg, lines, at, ends, boundary):
        mark = "--" + boundary
        kind = "message/rfc822" if msg.get_content_type() == "multipart/digest" else None
        inside = ends + [mark]
        preamble, at = self._text(lines, at, inside)
        msg._payload = []
        outer = at < len(lines) and _is_end(lines[at], ends)
        if at >= len(lines) or outer or lines[at].rstrip("\r\n \t") == mark + "--":
            # No part begins; what is outside of this message may have the same boundary.
            self.policy.handle_defect(msg, errors.StartBoundaryNotFoundDefect())
            msg.set_payload(preamble)
            if at < len(lines) and not outer:
                msg.epilogue, at = self._text(lines, at + 1, ends)
            return msg, at
        msg.preamble = _without_end(preamble) if preamble else None
        closed = False
        while at < len(lines) and _is_mark(lines[at], mark):
            closing = lines[at].rstrip("\r\n \t") == mark + "--"
            at += 1
            if closing:
                closed = True
                break
            if at < len(lines) and _is_mark(lines[at], mark):
                continue
            part, at = self._message(lines, at, inside, default=kind)
            _trim(part)
            msg._payload.append(part)
        if not closed:
            self.policy.handle_defect(msg, errors.CloseBoundaryNotFoundDefect())
            return msg, at
        before = lines[at - 1]
        epilogue, at = self._text(lines, at, ends)
        # The line end in front is the boundary's.
        if epilogue or before.endswith("\n"):
            msg.epilogue = epilogue
        return msg, at


def _lines(text):
    """Lines with their ends, which are those of mail alone."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def _is_mark(line, mark):
    return line.startswith(mark) and line.rstrip("\r\n \t") in (mark, mark + "--")


def _is_end(line, ends):
    return line.startswith("--") and any([_is_mark(line, mark) for mark in ends])


def _without_end(text):
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith(("\n", "\r")) else text


def _trim(part):
    """The line end before a boundary belongs to the boundary."""
    if part.is_multipart():
        if part.get_content_maintype() == "multipart":
            if part.epilogue == "":
                part.epilogue = None
            elif part.epilogue:
                part.epilogue = _without_end(part.epilogue)
        elif part._payload:
            _trim(part._payload[-1])
    elif isinstance(part._payload, str):
        part._payload = _without_end(part._payload)


class BytesFeedParser(FeedParser):
    def feed(self, data):
        super().feed(escaped(data))
