# not CPython: the module is MicroPython's.
# Frames of a websocket, written to and read from memory.
import io
import websocket


def written(*messages, kind=1):
    raw = io.BytesIO()
    ws = websocket.websocket(raw)
    ws.ioctl(9, kind)
    for message in messages:
        print(ws.write(message))
    return raw.getvalue()


def read(data, *sizes):
    ws = websocket.websocket(io.BytesIO(data))
    return [ws.read(size) for size in sizes], ws.ioctl(8)


frames = written("text", b"\x00bytes", "x" * 200)
print(frames[:16], len(frames))
print(read(frames, 3, 4, 2, 1000))
print(read(b"\x82\x02\xff\xfe", 2))
print(written(b"\x01", kind=2))
print(read(b"\x81\x85\x01\x02\x03\x04" + bytes(a ^ b for a, b in zip(b"hello", b"\x01\x02\x03\x04\x01")), -1))
print(read(b"\x01\x02ab\x8a\x01p\x80\x02cd\x88\x02\x03\xe8ignored", -1, 1))
ws = websocket.websocket(io.BytesIO(b"\x81\x06one\ntw\x81\x02o\n"))
print(ws.readline(), ws.readline(), ws.readline())
buffer = bytearray(3)
ws = websocket.websocket(io.BytesIO(b"\x81\x05hello"))
print(ws.readinto(buffer), buffer, ws.readinto(buffer), buffer, ws.readinto(buffer))
for action in (lambda: ws.ioctl(-1), lambda: ws.write(bytes(70000)), lambda: read(b"\x81\x7f" + bytes(8), 1)):
    try:
        action()
    except OSError as error:
        print(error)
