# gzip files and messages, by deflate.
import io
import deflate


def GzipFile(fileobj):
    return deflate.DeflateIO(fileobj, deflate.GZIP, 0)


def open(filename, mode="rb"):
    return deflate.DeflateIO(io.open(filename, mode), deflate.GZIP, 0, True)


def compress(data, wbits=15):
    out = io.BytesIO()
    with deflate.DeflateIO(out, deflate.GZIP, wbits) as stream:
        stream.write(data)
    return out.getvalue()


def decompress(data):
    return deflate.DeflateIO(io.BytesIO(data), deflate.GZIP).read()
