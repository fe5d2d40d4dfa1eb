"""What continues the builtin module `binascii`: quoted-printable, uuencode."""


class Error(ValueError):
    __module__ = "binascii"


class Incomplete(Exception):
    pass


def _bytes(data):
    if isinstance(data, str):
        if not data.isascii():
            raise ValueError("string argument should contain only ASCII characters")
        return data.encode()
    return bytes(data)


def a2b_qp(data, header=False):
    """Quoted-printable to bytes."""
    data = _bytes(data)
    if header:
        data = data.replace(b"_", b" ")
    out, start = bytearray(), 0
    while True:
        at = data.find(b"=", start)
        if at < 0:
            return bytes(out + data[start:])
        out += data[start:at]
        pair = data[at + 1 : at + 3]
        start = at + 1
        if pair[:1] in (b"\n", b"\r", b" ", b"\t", b""):
            # A line that goes on: blanks before the end mean nothing.
            end = data.find(b"\n", at)
            line = data[at + 1 : end if end >= 0 else len(data)]
            if not line.strip(b" \t\r"):
                start = end + 1 if end >= 0 else len(data)
                continue
            out += b"="
        elif pair[:1] == b"=":
            out += b"="
            start = at + 2
        else:
            try:
                out.append(int(pair.decode(), 16) if len(pair) == 2 and pair.isalnum() else -1)
                start = at + 3
            except ValueError:
                out += b"="


def b2a_qp(data, quotetabs=False, istext=True, header=False):
    """Bytes to quoted-printable."""
    data = _bytes(data)
    first = data.find(b"\n")
    ends = b"\r\n" if first > 0 and data[first - 1 : first] == b"\r" else b"\n"
    if istext:
        lines = data.replace(b"\r\n", b"\n").split(b"\n")
    else:
        lines = [data]
    return ends.join([_qp_line(line, quotetabs, istext, header, ends) for line in lines])


def _qp_line(line, quotetabs, istext, header, ends):
    out, used, pieces = bytearray(), 0, []
    for i, byte in enumerate(line):
        last = i + 1 == len(line)
        blank = byte in b" \t"
        if byte == 32 and header:
            piece = b"_"
        elif blank and not quotetabs and not last:
            piece = bytes([byte])
        elif blank or byte > 126 or byte < 33 or byte == 61 or header and byte == 95 or byte == 46 and len(line) == 1:
            piece = b"=%02X" % byte
        else:
            piece = bytes([byte])
        pieces.append(piece)
    for i, piece in enumerate(pieces):
        room = 76 if i + 1 == len(pieces) else 75
        if used + len(piece) > room:
            out += b"=" + ends
            used = 0
        out += piece
        used += len(piece)
    return bytes(out)


def a2b_uu(data):
    """A uuencoded line to bytes."""
    data = _bytes(data)
    count, bits, held, out = (data[0] - 32) & 63 if data else 0, 0, 0, bytearray()
    for byte in data[1:]:
        if byte in b"\r\n":
            byte = 32
        if not 32 <= byte <= 96:
            raise Error("Illegal char")
        if len(out) < count:
            bits, held = bits << 6 | (byte - 32) & 63, held + 6
            if held >= 8:
                held -= 8
                out.append(bits >> held & 255)
        elif byte not in b" `\n\r":
            raise Error("Trailing garbage")
    return bytes(out) + bytes(count - len(out))


def b2a_uu(data, *, backtick=False):
    """Up to 45 bytes to a uuencoded line."""
    data = bytes(data)
    if len(data) > 45:
        raise Error("At most 45 bytes at once")
    zero = 96 if backtick else 32
    sign = lambda value: value + 32 if value else zero
    out = bytearray([sign(len(data))])
    for i in range(0, len(data), 3):
        group = int.from_bytes(data[i : i + 3] + bytes(3 - len(data[i : i + 3])), "big")
        out += bytes([sign(group >> shift & 63) for shift in (18, 12, 6, 0)])
    return bytes(out) + b"\n"

