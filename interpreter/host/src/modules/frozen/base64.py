"""Bytes as text: base 64, 32, 16 and 85."""

from binascii import Error, a2b_base64, b2a_base64, hexlify, unhexlify

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
    encoded = b2a_base64(s)[:-1]
    return encoded if altchars is None else encoded.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    plain = bytes([c for c in s if c in _B64])
    if validate and (plain + b"=" * (len(s) - len(plain)) != s or len(s) - len(plain) > 2):
        raise Error("Only base64 data is allowed")
    if len(plain) % 4 == 1:
        raise Error("Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4" % len(plain))
    missing = -len(plain) % 4
    if s.count(b"=") < missing:
        raise Error("Incorrect padding")
    return a2b_base64(plain + b"=" * missing)


_B64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


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


def _encode32(s, alphabet):
    s = _raw(s)
    out = bytearray()
    for at in range(0, len(s), 5):
        part = s[at : at + 5]
        number = int.from_bytes(part + bytes(5 - len(part)), "big")
        digits = bytes([alphabet[number >> shift & 31] for shift in range(35, -1, -5)])
        used = (len(part) * 8 + 4) // 5
        out += digits[:used] + b"=" * (8 - used)
    return bytes(out)


def _decode32(s, alphabet, casefold, map01):
    s = _bytes(s)
    if len(s) % 8:
        raise Error("Incorrect padding")
    if map01 is not None:
        s = s.replace(b"0", b"O").replace(b"1", _bytes(map01))
    if casefold:
        s = s.upper()
    plain = s.rstrip(b"=")
    if len(s) - len(plain) not in (0, 1, 3, 4, 6):
        raise Error("Incorrect padding")
    number = 0
    for c in plain:
        place = alphabet.find(bytes([c]))
        if place < 0:
            raise Error("Non-base32 digit found")
        number = number << 5 | place
    count = len(plain) * 5 // 8
    return (number >> len(plain) * 5 - count * 8).to_bytes(count, "big")


def b32encode(s):
    return _encode32(s, _B32)


def b32decode(s, casefold=False, map01=None):
    return _decode32(s, _B32, casefold, map01)


def b32hexencode(s):
    return _encode32(s, _B32HEX)


def b32hexdecode(s, casefold=False):
    return _decode32(s, _B32HEX, casefold, None)


def b16encode(s):
    return hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if any([c not in b"0123456789ABCDEF" for c in s]):
        raise Error("Non-base16 digit found")
    return unhexlify(s)


_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_A85 = bytes(range(33, 118))


def _encode85(b, alphabet, pad, short=None, blanks=None):
    b = _raw(b)
    missing = -len(b) % 4
    b += bytes(missing)
    out = []
    for at in range(0, len(b), 4):
        number = int.from_bytes(b[at : at + 4], "big")
        if short and not number:
            out.append(b"z")
            continue
        if blanks and b[at : at + 4] == blanks:
            out.append(b"y")
            continue
        digits = []
        for _ in range(5):
            number, digit = divmod(number, 85)
            digits.append(alphabet[digit])
        out.append(bytes(reversed(digits)))
    if missing and not pad:
        if out[-1] == b"z":
            out[-1] = alphabet[:1] * 5
        out[-1] = out[-1][:-missing]
    return b"".join(out)


def _decode85(b, alphabet):
    missing = -len(b) % 5
    b += alphabet[84:] * missing
    out = []
    for at in range(0, len(b), 5):
        number = 0
        for c in b[at : at + 5]:
            place = alphabet.find(bytes([c]))
            if place < 0:
                raise ValueError("bad base85 character at position %d" % b.index(bytes([c])))
            number = number * 85 + place
        if number > 0xFFFFFFFF:
            raise ValueError("base85 overflow in hunk starting at byte %d" % at)
        out.append(number.to_bytes(4, "big"))
    data = b"".join(out)
    return data[: len(data) - missing] if missing else data


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
    out, group = [], []
    for c in b + b"u" * 4:
        if 33 <= c <= 117:
            group.append(c)
            if len(group) == 5:
                number = 0
                for digit in group:
                    number = 85 * number + digit - 33
                group = []
                if number > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow")
                out.append(number.to_bytes(4, "big"))
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
    import sys

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
        output.write(b2a_base64(chunk))


def decode(input, output):
    output.write(b64decode(input.read()))


if __name__ == "__main__":
    _main()
