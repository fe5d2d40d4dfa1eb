"""Encodings in which a character takes several bytes: what is done about errors, and texts that come in parts."""

import _multibyte
import codecs

# So many characters are looked at after an error without being encoded again.
_PART = 4096

_OTHERS = {
    "gb2312": "chinese csiso58gb231280 euccn eucgb2312cn gb23121980 gb231280 isoir58",
    "gbk": "936 cp936 ms936",
    "gb18030": "gb180302000",
    "hz": "hzgb hzgb2312",
    "big5": "big5tw csbig5 xmactradchinese",
    "big5hkscs": "hkscs",
    "cp932": "932 ms932 mskanji windows31j",
    "cp949": "949 ms949 uhc",
    "cp950": "950 ms950",
    "johab": "cp1361 ms1361",
    "euc_jp": "ujis",
    "euc_jis_2004": "jisx0213",
    "euc_jisx0213": "",
    "euc_kr": "korean ksc5601 ksc56011987 ksx1001 cseuckr xmackorean",
    "iso2022_jp": "csiso2022jp",
    "iso2022_jp_1": "",
    "iso2022_jp_2": "",
    "iso2022_jp_2004": "",
    "iso2022_jp_3": "",
    "iso2022_jp_ext": "",
    "iso2022_kr": "csiso2022kr",
    "shift_jis": "csshiftjis sjis xmacjapanese",
    "shift_jis_2004": "sjis2004",
    "shift_jisx0213": "sjisx0213",
}
NAMES = {name.replace("_", ""): name for name in _OTHERS}
for _name, _others in _OTHERS.items():
    NAMES.update([(other, _name) for other in _others.split()])


def _position(answer, size, kind):
    # What an error handler answered: an instead, and where to go on.
    if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[0], kind) or not isinstance(answer[1], int):
        what = "decoding error handler must return (str, int) tuple" if kind is str else "encoding error handler must return (str, int) tuple"
        raise TypeError(what)
    position = answer[1] + size if answer[1] < 0 else answer[1]
    if not 0 <= position <= size:
        raise IndexError("position %d from error handler out of bounds" % answer[1])
    return position


def _instead(errors, replacement):
    # The text that stands for all that is wrong, with the two handlers that need not see it.
    if errors == "strict":
        return None
    handler = codecs.lookup_error(errors)
    return "" if handler is codecs.ignore_errors else replacement if handler is codecs.replace_errors else None


def _encoded(name, text, errors, state, last):
    """(bytes, how many characters that was, state)."""
    instead = _instead(errors, "?")
    out, at, size = bytearray(), 0, len(text)
    # What a handler sees is gone through in parts, since the rest of a part is looked at again after each error.
    part = size if instead is not None or errors == "strict" else _PART
    while at < size:
        end = min(at + part, size)
        data, taken, state, is_wrong = _multibyte.encode(name, text[at:end], state, last and end == size, instead)
        out += data
        at += taken
        if is_wrong:
            answer = codecs.lookup_error(errors)(UnicodeEncodeError(name, text, at, at + 1, "illegal multibyte sequence"))
            at = _position(answer, size, (str, bytes))
            if isinstance(answer[0], bytes):
                out += answer[0]
            else:
                data, _, state = _encoded(name, answer[0], "strict", state, True)
                out += data
        elif end == size:
            break
    return bytes(out), at, state


def _decoded(name, data, errors, state, last):
    """(text, how many bytes that was, state)."""
    parts, at, instead = [], 0, _instead(errors, "\ufffd")
    while True:
        text, at, state, trouble = _multibyte.decode(name, data, at, state, instead)
        parts.append(text)
        if not trouble or trouble < 0 and not last:
            return "".join(parts), at, state
        end, reason = (len(data), "incomplete multibyte sequence") if trouble < 0 else (at + trouble, "illegal multibyte sequence")
        answer = codecs.lookup_error(errors)(UnicodeDecodeError(name, data, at, end, reason))
        at = _position(answer, len(data), str)
        parts.append(answer[0])


def _text(value, what):
    if not isinstance(value, str):
        raise TypeError("couldn't convert the object to str." if what is None else what % type(value).__name__)
    return value


def _bytes(value):
    if isinstance(value, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(memoryview(value))


class MultibyteCodec:
    """An encoding as two functions."""

    def __init__(self, name):
        self.name = name

    def encode(self, input, errors=None):
        data, _, state = _encoded(self.name, _text(input, "encode() argument 'input' must be str, not %s"), errors or "strict", _multibyte.start(self.name), True)
        return data + _multibyte.finish(self.name, state)[0], len(input)

    def decode(self, input, errors=None):
        data = _bytes(input)
        return _decoded(self.name, data, errors or "strict", _multibyte.start(self.name), True)[0], len(data)


def __create_codec(name):
    return MultibyteCodec(name)


class _Part:
    def __init__(self, errors="strict"):
        if not isinstance(errors, str):
            raise TypeError("errors must be a string")
        self._errors = errors
        self._name = self.codec.name
        self._state = _multibyte.start(self._name)

    @property
    def errors(self):
        return self._errors

    @errors.setter
    def errors(self, errors):
        if not isinstance(errors, str):
            raise TypeError("errors must be a string")
        self._errors = errors

    @errors.deleter
    def errors(self):
        raise AttributeError("cannot delete attribute")


class _Encoding(_Part):
    def __init__(self, errors="strict"):
        super().__init__(errors)
        self._held = ""

    def _encode(self, input, final):
        text = self._held + _text(input, None)
        # What is held stays so if there is an error.
        data, taken, state = _encoded(self._name, text, self.errors, self._state, final)
        self._held, self._state = text[taken:], state
        if final:
            end, self._state = _multibyte.finish(self._name, state)
            data += end
        return data


class MultibyteIncrementalEncoder(_Encoding):
    def encode(self, input, final=False):
        return self._encode(input, final)

    def reset(self):
        self._held, self._state = "", _multibyte.start(self._name)

    def getstate(self):
        held = self._held.encode()
        if not held and self._state == 0:
            return 0
        state = self._state.to_bytes(8, "little")
        return int.from_bytes(bytes([len(held)]) + held + state, "little")

    def setstate(self, state):
        data = state.to_bytes(17, "little")
        if data[0] > 8:
            raise UnicodeError("pending buffer too large")
        self._held = data[1 : 1 + data[0]].decode()
        self._state = int.from_bytes(data[1 + data[0] : 9 + data[0]], "little")


class MultibyteIncrementalDecoder(_Part):
    def __init__(self, errors="strict"):
        super().__init__(errors)
        self._held = b""

    def decode(self, input, final=False):
        data = self._held + _bytes(input)
        text, taken, state = _decoded(self._name, data, self.errors, self._state, final)
        if len(data) - taken > 8:
            raise UnicodeError("pending buffer overflow")
        self._held, self._state = data[taken:], state
        return text

    def reset(self):
        self._held, self._state = b"", _multibyte.start(self._name)

    def getstate(self):
        return self._held, self._state

    def setstate(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument 1 must be tuple, not " + type(state).__name__)
        held, number = state
        if not isinstance(held, bytes) or not isinstance(number, int):
            raise TypeError("setstate() takes a tuple of bytes and int")
        if len(held) > 8:
            raise UnicodeError("pending buffer too large")
        self._held, self._state = held, number


class _Stream(_Part):
    def __init__(self, stream, errors="strict"):
        super().__init__(errors)
        self.stream = stream
        self._hold()


class MultibyteStreamReader(_Stream):
    def _hold(self):
        self.stream.read
        self._held = b""

    def _from(self, method, size):
        if size is not None and not isinstance(size, int):
            raise TypeError("arg 1 must be an integer")
        if size == 0:
            return ""
        at_most = -1 if size is None else size
        while True:
            read = method() if at_most < 0 else method(at_most)
            if not isinstance(read, bytes):
                raise TypeError("stream function returned a non-bytes object (%s)" % type(read).__name__)
            data = self._held + read
            # An end of the stream within a character is an error only if it is the end.
            last = not read or at_most < 0
            text, taken, self._state = _decoded(self._name, data, self.errors, self._state, last)
            self._held = data[taken:]
            if text or last:
                return text
            at_most = 1

    def read(self, size=None):
        return self._from(self.stream.read, size)

    def readline(self, size=None):
        return self._from(self.stream.readline, size)

    def readlines(self, sizehint=None):
        return self._from(self.stream.read, sizehint).splitlines(True)

    def reset(self):
        self._held, self._state = b"", _multibyte.start(self._name)


class MultibyteStreamWriter(_Stream, _Encoding):
    def _hold(self):
        self.stream.write
        self._held = ""

    def write(self, strobj):
        self.stream.write(self._encode(strobj, False))

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def reset(self):
        if self._held or self._state != _multibyte.start(self._name):
            data = self._encode("", True)
            if data:
                self.stream.write(data)


def parts(name):
    """What `encodings` has of an encoding: the name and the class of each part."""
    codec = MultibyteCodec(name)
    both = {"encode": codec.encode, "decode": codec.decode}
    fixed = {"codec": codec}
    return {
        "codec": codec,
        "Codec": type("Codec", (codecs.Codec,), {way: staticmethod(function) for way, function in both.items()}),
        "IncrementalEncoder": type("IncrementalEncoder", (MultibyteIncrementalEncoder, codecs.IncrementalEncoder), dict(fixed)),
        "IncrementalDecoder": type("IncrementalDecoder", (MultibyteIncrementalDecoder, codecs.IncrementalDecoder), dict(fixed)),
        "StreamReader": type("StreamReader", (MultibyteStreamReader, codecs.StreamReader), dict(fixed)),
        "StreamWriter": type("StreamWriter", (MultibyteStreamWriter, codecs.StreamWriter), dict(fixed)),
    }
