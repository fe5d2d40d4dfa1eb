"""UTF-7 (RFC 2152): text in bytes of 7 bits; what is not plain ASCII stands in base 64 between `+` and `-`."""

import codecs

_DIRECT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'(),-./:? \t\n\r!\"#$%&*;<=>@[]^_`{|}")
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_PLACES = {ord(sign): place for place, sign in enumerate(_BASE64)}


def encode(text, errors="strict"):
    """Every text has bytes: halves of surrogate pairs, too."""
    out, at = [], 0
    while at < len(text):
        if text[at] in _DIRECT or text[at] == "+":
            out.append("+-" if text[at] == "+" else text[at])
            at += 1
            continue
        end = at
        # A plus in a run of base 64 is one sign of it more.
        while end < len(text) and text[end] not in _DIRECT:
            end += 1
        out.append("+" + _packed(text[at:end]))
        if end == len(text) or text[end] in _BASE64 or text[end] == "-":
            out.append("-")
        at = end
    return "".join(out).encode("ascii"), len(text)


def _packed(text):
    """Units of 16 bits as digits of 6."""
    units = []
    for sign in text:
        code = ord(sign)
        units += [code] if code < 0x10000 else [0xD800 | code - 0x10000 >> 10, 0xDC00 | code & 0x3FF]
    number, count = 0, -(-len(units) * 16 // 6)
    for unit in units:
        number = number << 16 | unit
    number <<= count * 6 - len(units) * 16
    return "".join([_BASE64[number >> shift & 63] for shift in range((count - 1) * 6, -1, -6)])


def decode(data, errors="strict"):
    return _decoded(bytes(data), errors, True)


class _Run:
    """A run of base 64: its bits, and the text of whole units so far."""

    def __init__(self, start):
        self.start, self.bits, self.count, self.half, self.text = start, 0, 0, 0, []

    def add(self, digit):
        self.bits, self.count = self.bits << 6 | digit, self.count + 6
        if self.count >= 16:
            self.count -= 16
            self.unit(self.bits >> self.count)
            self.bits &= (1 << self.count) - 1

    def unit(self, unit):
        if self.half and 0xDC00 <= unit < 0xE000:
            self.text.append(chr(0x10000 + ((self.half & 0x3FF) << 10 | unit & 0x3FF)))
            self.half = 0
            return
        self.flush()
        if 0xD800 <= unit < 0xDC00:
            self.half = unit
        else:
            self.text.append(chr(unit))

    def flush(self):
        if self.half:
            self.text.append(chr(self.half))
            self.half = 0

    def wrong(self):
        """What is wrong with the run where it ends, or None."""
        if self.count >= 6:
            return "partial character in shift sequence"
        return "non-zero padding bits in shift sequence" if self.bits else None


def _decoded(data, errors, final):
    """The text, and how many bytes it took: a run that may go on is left."""
    out, at, run = [], 0, None

    def failed(start, end, reason):
        instead, position = codecs.lookup_error(errors or "strict")(UnicodeDecodeError("utf7", data, start, end, reason))
        out.append(instead)
        return position if position >= 0 else position + len(data)

    while at < len(data):
        byte = data[at]
        if run is not None:
            if byte in _PLACES:
                run.add(_PLACES[byte])
                at += 1
                continue
            reason = run.wrong()
            if not reason and byte < 0x80:
                run.flush()
            out += run.text
            start, run = run.start, None
            if reason:
                at = failed(start, at + 1, reason)
            elif byte == 0x2D:
                at += 1
            continue
        if byte == 0x2B:
            following = data[at + 1 : at + 2]
            if following == b"-":
                out.append("+")
                at += 2
            elif following and following[0] not in _PLACES:
                at = failed(at, at + 2, "ill-formed sequence")
            else:
                run = _Run(at)
                at += 1
        elif byte < 0x80:
            out.append(chr(byte))
            at += 1
        else:
            at = failed(at, at + 1, "unexpected special character")
    if run is None:
        return "".join(out), len(data)
    if not final:
        return "".join(out), run.start
    out += run.text
    if run.half or run.wrong():
        failed(run.start, len(data), "unterminated shift sequence")
    return "".join(out), len(data)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, text, final=False):
        return encode(text, self.errors)[0]


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, data, errors, final):
        return _decoded(bytes(data), errors, final)


class StreamWriter(codecs.StreamWriter):
    encode = staticmethod(encode)


class StreamReader(codecs.StreamReader):
    @staticmethod
    def decode(data, errors="strict"):
        return _decoded(bytes(data), errors, False)


def getregentry():
    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, "utf-7")
