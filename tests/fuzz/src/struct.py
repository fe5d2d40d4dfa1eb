import struct

form, _, packed = data.partition(b"\0")
form = str(form, "utf-8")
size = struct.calcsize(form)
if size < 10000:
    values = struct.unpack_from(form, packed)
    assert len(struct.pack(form, *values)) == size
