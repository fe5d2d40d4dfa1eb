"""Punycode (RFC 3492): any text in ASCII's letters, digits and hyphens."""

import codecs

_BASE, _TMIN, _TMAX, _SKEW, _DAMP = 36, 1, 26, 38, 700
_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _adapt(delta, first, count):
    delta = delta // _DAMP if first else delta // 2
    delta += delta // count
    steps = 0
    while delta > (_BASE - _TMIN) * _TMAX // 2:
        delta //= _BASE - _TMIN
        steps += _BASE
    return steps + (_BASE - _TMIN + 1) * delta // (delta + _SKEW)


def punycode_encode(text):
    plain = [c for c in text if ord(c) < 128]
    out = plain + ["-"] * bool(plain)
    code, delta, bias, done = 128, 0, 72, len(plain)
    while done < len(text):
        following = min([ord(c) for c in text if ord(c) >= code])
        delta += (following - code) * (done + 1)
        code = following
        for c in text:
            if ord(c) < code:
                delta += 1
            elif ord(c) == code:
                left, at = delta, _BASE
                while True:
                    threshold = min(max(at - bias, _TMIN), _TMAX)
                    if left < threshold:
                        break
                    left, digit = divmod(left - threshold, _BASE - threshold)
                    out.append(_DIGITS[threshold + digit])
                    at += _BASE
                out.append(_DIGITS[left])
                bias = _adapt(delta, done == len(plain), done + 1)
                delta = 0
                done += 1
        delta += 1
        code += 1
    return "".join(out).encode("ascii")


def punycode_decode(data, errors="strict"):
    data = data.encode("ascii") if isinstance(data, str) else bytes(data)
    before, _, extended = data.rpartition(b"-")
    out, extended = list(before.decode("ascii", errors)), extended.decode("ascii").lower()
    code, at, bias, place = 128, 0, 72, 0
    while place < len(extended):
        first, weight, step = at, 1, _BASE
        while True:
            if place >= len(extended):
                if errors == "strict":
                    raise UnicodeError("incomplete punicode string")
                return "".join(out)
            digit = _DIGITS.find(extended[place])
            place += 1
            if digit < 0:
                if errors == "strict":
                    raise UnicodeError("Invalid extended code point '%s'" % extended[place - 1].upper())
                return "".join(out)
            at += digit * weight
            threshold = min(max(step - bias, _TMIN), _TMAX)
            if digit < threshold:
                break
            weight *= _BASE - threshold
            step += _BASE
        bias = _adapt(at - first, first == 0, len(out) + 1)
        code += at // (len(out) + 1)
        at %= len(out) + 1
        if code > 0x10FFFF:
            if errors == "strict":
                raise UnicodeError("Invalid character U+%x" % code)
            code = ord("?")
        out.insert(at, chr(code))
        at += 1
    return "".join(out)


def decode(data, errors="strict"):
    """As an encoding: no handlers but these."""
    if errors not in ("strict", "replace", "ignore"):
        raise UnicodeError("Unsupported error handling " + errors)
    return punycode_decode(data, errors)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return decode(input, self.errors)
