"""Names of hosts in ASCII (RFC 3490), label by label."""

import codecs
import re
import stringprep
import unicodedata
from encodings.punycode import punycode_decode, punycode_encode

_DOTS = re.compile("[\u002e\u3002\uff0e\uff61]")
ace_prefix, sace_prefix = b"xn--", "xn--"


def nameprep(label):
    label = "".join([stringprep.map_table_b2(c) for c in label if not stringprep.in_table_b1(c)])
    label = unicodedata.normalize("NFKC", label)
    for c in label:
        for forbidden in (stringprep.in_table_c12, stringprep.in_table_c22, stringprep.in_table_c3, stringprep.in_table_c4,
                          stringprep.in_table_c5, stringprep.in_table_c6, stringprep.in_table_c7, stringprep.in_table_c8, stringprep.in_table_c9):
            if forbidden(c):
                raise UnicodeError("Invalid character %r" % c)
    if any([stringprep.in_table_d1(c) for c in label]):
        if any([stringprep.in_table_d2(c) for c in label]):
            raise UnicodeError("Violation of BIDI requirement 2")
        if not (stringprep.in_table_d1(label[0]) and stringprep.in_table_d1(label[-1])):
            raise UnicodeError("Violation of BIDI requirement 3")
    return label


def _sized(label):
    if not label:
        raise UnicodeError("label empty or too long")
    if len(label) >= 64:
        raise UnicodeError("label empty or too long" if isinstance(label, bytes) else "label too long")
    return label


def ToASCII(label):
    if label.isascii():
        return _sized(label.encode())
    label = nameprep(label)
    if label.isascii():
        return _sized(label.encode())
    if label.lower().startswith(sace_prefix):
        raise UnicodeError("Label starts with ACE prefix")
    return _sized(ace_prefix + punycode_encode(label))


def ToUnicode(label):
    if len(label) > 1024:
        raise UnicodeError("label way too long")
    if isinstance(label, bytes):
        label = label.decode("ascii")
    elif not label.isascii():
        label = nameprep(label)
        if not label.isascii():
            raise UnicodeError("Invalid character in IDN label")
    if not label.lower().startswith(sace_prefix):
        return label
    result = punycode_decode(label[len(sace_prefix) :])
    if label.lower() != ToASCII(result).decode():
        raise UnicodeError("IDNA does not round-trip", label, result)
    return result


def encode(name, errors="strict"):
    if errors != "strict":
        raise UnicodeError("unsupported error handling %s" % errors)
    if name.isascii():
        labels = name.encode().split(b".")
        for label in labels[:-1]:
            if not 0 < len(label) < 64:
                raise UnicodeError("label empty or too long")
        if len(labels[-1]) >= 64:
            raise UnicodeError("label too long")
        return name.encode()
    labels = _DOTS.split(name)
    end = b"." if labels and not labels[-1] else b""
    return b".".join([ToASCII(label) for label in labels[: -1 if end else None]]) + end


def decode(data, errors="strict"):
    if errors != "strict":
        raise UnicodeError("unsupported error handling %s" % errors)
    data = bytes(data)
    if not data:
        return ""
    if ace_prefix not in data.lower():
        try:
            return data.decode("ascii")
        except UnicodeDecodeError:
            pass
    labels = data.split(b".")
    end = "." if not labels[-1] else ""
    return ".".join([ToUnicode(label) for label in labels[: -1 if end else None]]) + end


class IncrementalEncoder(codecs.BufferedIncrementalEncoder):
    """Labels become bytes once what follows is known to be another label."""

    def _buffer_encode(self, input, errors, final):
        if errors != "strict":
            raise UnicodeError("unsupported error handling %s" % errors)
        if not input:
            return b"", 0
        labels = _DOTS.split(input)
        end = b""
        if not labels[-1]:
            end = b"."
            labels.pop()
        elif not final:
            labels.pop()
            end = b"." if labels else b""
        taken = sum([len(label) for label in labels]) + max(len(labels) - 1, 0) + len(end)
        return b".".join([ToASCII(label) for label in labels]) + end, taken


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input, errors, final):
        if errors != "strict":
            raise UnicodeError("Unsupported error handling: %s" % errors)
        if not input:
            return "", 0
        labels = bytes(input).decode("ascii").split(".")
        end = ""
        if not labels[-1]:
            end = "."
            labels.pop()
        elif not final:
            labels.pop()
            end = "." if labels else ""
        taken = sum([len(label) for label in labels]) + max(len(labels) - 1, 0) + len(end)
        return ".".join([ToUnicode(label) for label in labels]) + end, taken
