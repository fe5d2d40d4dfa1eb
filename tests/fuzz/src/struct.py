import struct


def check(data):
    form, _, packed = data.partition(b"\0")
    try:
        form = str(form, "utf-8")
        size = struct.calcsize(form)
        if size >= 10000:
            return
        values = struct.unpack_from(form, packed)
    except (ValueError, OverflowError):
        return
    assert len(struct.pack(form, *values)) == size
