"""Bytes as text: base 64, 32, 16 and 85."""

import struct
import sys
from array import array
from binascii import Error, a2b_base64, b2a_base64, hexlify, unhexlify

__all__ = [
    "a85decode", "a85encode", "b16decode", "b16encode", "b32decode", "b32encode", "b32hexdecode", "b32hexencode", "b64decode", "b64encode",
    "b85decode", "b85encode", "decode", "decodebytes", "encode", "encodebytes", "standard_b64decode", "standard_b64encode", "urlsafe_b64decode",
    "urlsafe_b64encode",
]

MAXLINESIZE, MAXBINSIZE = 76, 57


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, not %r" % type(s).__name__) from None


def _raw(s):
    """The bytes of whatever has some; text has none."""
    if isinstance(s, str):
        raise TypeError("memoryview: a bytes-like object is required, not 'str'")
    return memoryview(s).tobytes()


def _of_bytes(s):
    """What has bytes in a row, as bytes."""
    try:
        if isinstance(s, str):
            raise TypeError
        view = memoryview(s)
    except TypeError:
        raise TypeError("expected bytes-like object, not %s" % type(s).__name__) from None
    if view.format not in ("c", "b", "B"):
        raise TypeError("expected single byte elements, not %r from %s" % (view.format, type(s).__name__))
    if view.ndim != 1:
        raise TypeError("expected 1-D data, not %d-D data from %s" % (view.ndim, type(s).__name__))
    return view.tobytes()


def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    encoded = b2a_base64(s, newline=False)
    return encoded if altchars is None else encoded.translate(bytes.maketrans(b"+/", altchars))


def b64decode(s, altchars=None, validate=False):
    if altchars is not None:
        s = _bytes(s).translate(bytes.maketrans(_bytes(altchars), b"+/"))
    elif not isinstance(s, (bytes, bytearray)):
        s = _bytes(s)
    return a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _pairs(alphabet):
    """Two digits at once, by their number."""
    return [bytes([high, low]) for high in alphabet for low in alphabet]


# What an alphabet needs is made when it is first used.
_tables = {}


def _encode32(s, alphabet):
    pairs = _tables.get(alphabet)
    if pairs is None:
        pairs = _tables[alphabet] = _pairs(alphabet)
    s = s if type(s) is bytes else _raw(s)
    rest = len(s) % 5
    if rest:
        s += bytes(5 - rest)
    out, from_bytes = [], int.from_bytes
    for at in range(0, len(s), 5):
        group = from_bytes(s[at : at + 5], "big")
        out.append(pairs[group >> 30] + pairs[group >> 20 & 1023] + pairs[group >> 10 & 1023] + pairs[group & 1023])
    encoded = b"".join(out)
    if rest:
        used = (rest * 8 + 4) // 5
        encoded = encoded[: used - 8] + b"=" * (8 - used)
    return encoded


def _decode32(s, alphabet, casefold, map01):
    s = _bytes(s)
    if len(s) % 8:
        raise Error("Incorrect padding")
    if map01 is not None:
        s = s.replace(b"0", b"O").replace(b"1", _bytes(map01))
    if casefold:
        s = s.upper()
    plain = s.rstrip(b"=")
    missing = len(s) - len(plain)
    if missing not in (0, 1, 3, 4, 6):
        raise Error("Incorrect padding")
    if plain.translate(None, alphabet):
        raise Error("Non-base32 digit found")
    # Digits as `int` reads them; those that are missing count as 0.
    digits = (plain + alphabet[:1] * missing).translate(bytes.maketrans(alphabet, b"0123456789abcdefghijklmnopqrstuv"))
    data = b"".join([int(digits[at : at + 8], 32).to_bytes(5, "big") for at in range(0, len(digits), 8)])
    return data[: len(plain) * 5 // 8]


def b32encode(s):
    return _encode32(s, _B32)


def b32decode(s, casefold=False, map01=None):
    return _decode32(s, _B32, casefold, map01)


def b32hexencode(s):
    return _encode32(s, _B32HEX)


def b32hexdecode(s, casefold=False):
    return _decode32(s, _B32HEX, casefold, None)


def b16encode(s):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b"0123456789ABCDEF"):
        raise Error("Non-base16 digit found")
    return unhexlify(s)


_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_A85 = bytes(range(33, 118))


def _encode85(b, alphabet, pad, short=None, blanks=None):
    if alphabet not in _tables:
        _tables[alphabet] = [bytes([digit]) for digit in alphabet], _pairs(alphabet)
    ones, pairs = _tables[alphabet]
    b = b if type(b) is bytes else _raw(b)
    missing = -len(b) % 4
    if missing:
        b += bytes(missing)
    words = struct.unpack("!%dI" % (len(b) // 4), b)
    out = [ones[word // 52200625] + pairs[word // 7225 % 7225] + pairs[word % 7225] for word in words]
    if short and 0 in words:
        out = [group if word else b"z" for word, group in zip(words, out)]
    if blanks and 0x20202020 in words:
        out = [group if word != 0x20202020 else b"y" for word, group in zip(words, out)]
    if missing and not pad:
        if out[-1] == b"z":
            out[-1] = alphabet[:1] * 5
        out[-1] = out[-1][:-missing]
    return b"".join(out)


def _words85(b, alphabet):
    """The numbers of groups of five digits, the last filled up, and how many digits that took."""
    missing = -len(b) % 5
    digits = iter((b + alphabet[84:] * missing).translate(bytes.maketrans(alphabet, bytes(range(85)))))
    groups = zip(digits, digits, digits, digits, digits)
    return [(((a * 85 + b) * 85 + c) * 85 + d) * 85 + e for a, b, c, d, e in groups], missing


def _unpacked(words, missing):
    data = array("I", words)
    if sys.byteorder == "little":
        data.byteswap()
    data = data.tobytes()
    return data[: len(data) - missing] if missing else data


def _decode85(b, alphabet):
    bad = b.translate(None, alphabet)
    if bad:
        # A number before it that is too large is found first.
        _decode85(b[: b.index(bad[:1]) // 5 * 5], alphabet)
        raise ValueError("bad base85 character at position %d" % b.index(bad[:1]))
    words, missing = _words85(b, alphabet)
    for at, word in enumerate(words if words and max(words) > 0xFFFFFFFF else ()):
        if word > 0xFFFFFFFF:
            raise ValueError("base85 overflow in hunk starting at byte %d" % (5 * at))
    return _unpacked(words, missing)


def b85encode(b, pad=False):
    return _encode85(b, _B85, pad)


def b85decode(b):
    return _decode85(_bytes(b), _B85)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    out = _encode85(b, _A85, pad, True, b"    " if foldspaces else None)
    if adobe:
        out = b"<~" + out
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [out[at : at + wrapcol] for at in range(0, len(out), wrapcol)]
        if adobe and lines and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        out = b"\n".join(lines)
    return out + b"~>" if adobe else out


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    plain = b.translate(None, bytes([c for c in ignorechars if not 33 <= c <= 117 and c not in b"yz"]))
    parts = plain.split(b"z")
    if not plain.translate(None, _A85 + b"z") and not any([len(part) % 5 for part in parts[:-1]]):
        words, missing = _words85(b"!!!!!".join(parts), _A85)
        if not words or max(words) <= 0xFFFFFFFF:
            return _unpacked(words, missing)
    return _decode_ascii85(b, foldspaces, ignorechars)


def _decode_ascii85(b, foldspaces, ignorechars):
    """The same digit by digit: where there are blanks in short, or where something is wrong."""
    out, group = [], []
    for c in b + b"uuuu":
        if 33 <= c <= 117:
            group.append(c - 33)
            if len(group) == 5:
                first, second, third, fourth, fifth = group
                number = (((first * 85 + second) * 85 + third) * 85 + fourth) * 85 + fifth
                if number > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow")
                out.append(number.to_bytes(4, "big"))
                group.clear()
        elif c == 122 or foldspaces and c == 121:
            if group:
                raise ValueError("%s inside Ascii85 5-tuple" % chr(c))
            out.append(bytes(4) if c == 122 else b"    ")
        elif c not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % c)
    data = b"".join(out)
    # The last group was filled up with what was put behind the text.
    missing = 4 - len(group)
    return data[: len(data) - missing] if missing else data


def encodebytes(s):
    s = _of_bytes(s)
    return b"".join([b2a_base64(s[at : at + MAXBINSIZE]) for at in range(0, len(s), MAXBINSIZE)])


def decodebytes(s):
    return b64decode(_of_bytes(s))


def _main():
    import getopt

    usage = "usage: %s [-h|-d|-e|-u|-t] [file|-]\n  -h: this text\n  -d, -u: decode\n  -e: encode (default)\n  -t: a text there and back" % sys.argv[0]
    try:
        opts, args = getopt.getopt(sys.argv[1:], "hdeut")
    except getopt.error as error:
        sys.stdout = sys.stderr
        print(error)
        print(usage)
        sys.exit(2)
    function = encode
    for name, _ in opts:
        if name == "-h":
            print(usage)
            return
        if name == "-t":
            for text in (b"Aladdin:open sesame", encodebytes(b"Aladdin:open sesame")):
                print(repr(text))
            print(repr(decodebytes(text)))
            return
        function = encode if name == "-e" else decode
    if args and args[0] != "-":
        with open(args[0], "rb") as file:
            function(file, sys.stdout.buffer)
    else:
        function(sys.stdin.buffer, sys.stdout.buffer)


def encode(input, output):
    while chunk := input.read(MAXBINSIZE):
        output.write(b64encode(chunk) + b"\n")


def decode(input, output):
    output.write(b64decode(input.read()))


if __name__ == "__main__":
    _main()
