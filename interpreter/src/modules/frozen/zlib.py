# Whole messages compressed by deflate, with zlib's header, gzip's, or none.
import io
import deflate

_MAX = 15


def _format(wbits):
    # As in CPython: less than 0 is no header, from 25 on gzip's.
    if wbits < 0:
        return deflate.RAW, -wbits
    if wbits > 24:
        return deflate.GZIP, wbits - 16
    return deflate.ZLIB, wbits


def compress(data, level=-1, wbits=_MAX):
    out = io.BytesIO()
    with deflate.DeflateIO(out, *_format(wbits)) as stream:
        stream.write(data)
    return out.getvalue()


def decompress(data, wbits=_MAX):
    return deflate.DeflateIO(io.BytesIO(data), *_format(wbits)).read()
