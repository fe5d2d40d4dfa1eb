import deflate
import io


def check(data):
    for form in (deflate.AUTO, deflate.RAW, deflate.ZLIB, deflate.GZIP):
        try:
            deflate.DeflateIO(io.BytesIO(data), form).read()
        except (OSError, EOFError, MemoryError):
            pass
    # Of nothing, nothing is written.
    if not data:
        return
    out = io.BytesIO()
    with deflate.DeflateIO(out, deflate.ZLIB) as packer:
        packer.write(data)
    assert deflate.DeflateIO(io.BytesIO(out.getvalue()), deflate.ZLIB).read() == data
