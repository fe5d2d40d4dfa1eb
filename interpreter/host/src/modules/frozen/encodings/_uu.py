"""Bytes in lines of printable characters, as uuencode writes them: the encoding `uu`."""

import binascii


def encode(data):
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 666 <data>\n" + b"".join(lines) + b" \nend\n"


def decode(data):
    lines = iter(bytes(data).splitlines(True))
    for line in lines:
        if line.startswith(b"begin"):
            break
    else:
        raise ValueError('Missing "begin" line in input data')
    out = []
    for line in lines:
        if line == b"end\n" or line == b"end":
            return b"".join(out)
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders write more behind a line than its length says.
            out.append(binascii.a2b_uu(line[: ((line[0] - 32 & 63) * 4 + 5) // 3]))
    raise ValueError("Truncated input data")
