"""Messages as text and as bytes."""

import random
import re
from email._bytes import has_bytes, unescaped
from io import StringIO

__all__ = ["BytesGenerator", "DecodedGenerator", "Generator"]


class Generator:
    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        if mangle_from_ is None:
            mangle_from_ = True if policy is None else policy.mangle_from_
        self._fp, self._mangle_from_, self.maxheaderlen, self.policy = outfp, mangle_from_, maxheaderlen, policy

    def write(self, s):
        self._fp.write(s)

    def clone(self, fp):
        return type(self)(fp, self._mangle_from_, None, policy=self.policy)

    def flatten(self, msg, unixfrom=False, linesep=None):
        policy = msg.policy if self.policy is None else self.policy
        if linesep is not None:
            policy = policy.clone(linesep=linesep)
        if self.maxheaderlen is not None:
            policy = policy.clone(max_line_length=self.maxheaderlen)
        before = self.policy
        self.policy, self._end = policy, policy.linesep
        try:
            if unixfrom:
                import time

                self.write((msg.get_unixfrom() or "From nobody " + time.ctime()) + self._end)
            self._write(msg)
        finally:
            self.policy = before

    def _write(self, msg):
        # The body first: it may choose a boundary, which is in a header.
        out, self._fp = self._fp, StringIO()
        before, self._recoded = self._recoded, None
        try:
            self._body(msg)
        finally:
            body, self._fp = self._fp.getvalue(), out
            recoded, self._recoded = self._recoded, before
        self._write_headers(msg, recoded)
        self.write(body)

    # How the body was coded anew, if it was: what text cannot hold as it is.
    _recoded = None

    def _write_headers(self, msg, recoded=None):
        if recoded is not None:
            import copy

            coding, charset = recoded
            msg = copy.copy(msg)
            if msg.get("content-transfer-encoding") is None:
                msg["Content-Transfer-Encoding"] = coding
            else:
                msg._headers = list(msg._headers)
                msg.replace_header("content-transfer-encoding", coding)
            if msg.get_param("charset") is not None:
                msg._headers = list(msg._headers)
                msg.set_param("charset", charset, replace=True)
        for name, value in msg.raw_items():
            self.write(self._folded(name, value))
        self.write(self._end)

    def _folded(self, name, value):
        return self.policy.fold(name, value)

    def _body(self, msg):
        main, sub = msg.get_content_type().split("/")
        for kind in (main + "_" + sub, main):
            method = getattr(self, "_handle_" + kind.replace("-", "_"), None)
            if method is not None:
                return method(msg)
        return self._handle_text(msg)

    def _lines(self, text):
        parts = re.split(r"\r\n|\r|\n", text)
        for part in parts[:-1]:
            self.write(part + self._end)
        if parts[-1]:
            self.write(parts[-1])

    def _handle_text(self, msg):
        payload = msg._payload
        if payload is None:
            return
        if not isinstance(payload, str):
            raise TypeError("string payload expected: %s" % type(payload))
        self._text(msg, payload)

    def _text(self, msg, payload):
        if has_bytes(payload):
            charset = msg.get_param("charset")
            data = unescaped(payload)
            if charset is None:
                payload = data.decode("ascii", "replace")
            else:
                from email.charset import Charset

                coder = Charset(charset[2] if isinstance(charset, tuple) else charset)
                payload = coder.body_encode(data)
                coding = coder.get_body_encoding()
                if isinstance(coding, str):
                    self._recoded = coding, coder.output_charset
        if self._mangle_from_:
            payload = re.sub(r"(?m)^From ", ">From ", payload)
        self._lines(payload)

    def _handle_multipart(self, msg):
        parts = []
        payload = msg.get_payload()
        if payload is None:
            payload = []
        elif isinstance(payload, str):
            self._lines(payload)
            return
        elif not isinstance(payload, list):
            payload = [payload]
        for part in payload:
            out = StringIO()
            inner = self.clone(out)
            inner.policy, inner._end = self.policy, self._end
            inner._write(part)
            parts.append(out.getvalue())
        boundary = msg.get_boundary()
        if not boundary:
            boundary = self._make_boundary(self._end.join(parts))
            msg.set_boundary(boundary)
        if msg.preamble is not None:
            preamble = re.sub(r"(?m)^From ", ">From ", msg.preamble) if self._mangle_from_ else msg.preamble
            self._lines(preamble)
            self.write(self._end)
        self.write("--" + boundary + self._end)
        if parts:
            self.write(parts.pop(0))
        for part in parts:
            self.write(self._end + "--" + boundary + self._end + part)
        self.write(self._end + "--" + boundary + "--" + self._end)
        if msg.epilogue is not None:
            self._lines(re.sub(r"(?m)^From ", ">From ", msg.epilogue) if self._mangle_from_ else msg.epilogue)

    def _handle_multipart_signed(self, msg):
        # What is signed must stay as it is.
        before = self.policy
        self.policy = before.clone(max_line_length=0)
        try:
            self._handle_multipart(msg)
        finally:
            self.policy = before

    def _handle_message_delivery_status(self, msg):
        blocks = []
        for part in msg.get_payload():
            out = StringIO()
            inner = self.clone(out)
            inner.policy, inner._end = self.policy, self._end
            inner._write(part)
            text = out.getvalue()
            blocks.append(text.removesuffix(self._end) if text.endswith(self._end * 2) else text)
        self.write(self._end.join(blocks))

    def _handle_message(self, msg):
        payload = msg._payload
        if isinstance(payload, list):
            out = StringIO()
            inner = self.clone(out)
            inner.policy, inner._end = self.policy, self._end
            inner._write(payload[0])
            payload = out.getvalue()
        self.write(payload)

    @classmethod
    def _make_boundary(cls, text=None):
        boundary = "=" * 15 + "%019d" % random.randrange(10**19) + "=="
        if text is None:
            return boundary
        base, count = boundary, 0
        while re.search("(?m)^--" + re.escape(boundary) + "(--)?$", text):
            boundary = "%s.%d" % (base, count)
            count += 1
        return boundary


class BytesGenerator(Generator):
    """The same to a stream of bytes: what came as bytes leaves as it came."""

    def flatten(self, msg, unixfrom=False, linesep=None):
        sink, self._fp = self._fp, StringIO()
        try:
            super().flatten(msg, unixfrom, linesep)
            text = self._fp.getvalue()
        finally:
            self._fp = sink
        sink.write(unescaped(text))

    def _folded(self, name, value):
        return self.policy.fold_binary(name, value).decode("utf-8", "surrogateescape")

    def _text(self, msg, payload):
        if has_bytes(payload) and self.policy.cte_type == "7bit":
            return super()._text(msg, payload)
        if self._mangle_from_:
            payload = re.sub(r"(?m)^From ", ">From ", payload)
        self._lines(payload)


class DecodedGenerator(Generator):
    """The text of a message, with a line in the place of everything that is none."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, fmt=None, *, policy=None):
        super().__init__(outfp, mangle_from_, maxheaderlen, policy=policy)
        self._fmt = "[Non-text (%(type)s) part of message omitted, filename %(filename)s]" if fmt is None else fmt

    def _body(self, msg):
        for part in msg.walk():
            main = part.get_content_maintype()
            if main == "text":
                print(part.get_payload(decode=False), file=self)
            elif main != "multipart":
                print(
                    self._fmt
                    % {
                        "type": part.get_content_type(),
                        "maintype": main,
                        "subtype": part.get_content_subtype(),
                        "filename": part.get_filename("[no filename]"),
                        "description": part.get("Content-Description", "[no description]"),
                        "encoding": part.get("Content-Transfer-Encoding", "[no encoding]"),
                    },
                    file=self,
                )


_make_boundary = Generator._make_boundary  # by which CherryPy and others begin their own
