# Streams of text in memory count characters, whatever bytes they lie in.
# needs: import pickle
import io

s = io.StringIO("añb€c\n🐍d")
print(s.tell(), s.read(2), s.tell(), s.read(2), s.tell(), repr(s.readline()), s.tell(), s.seek(6), s.read(), s.tell())
print(s.seek(1), s.read(), s.seek(0, 2), s.tell(), s.seek(0, 1))
print(s.seek(3), s.truncate(), repr(s.getvalue()), s.truncate(2), repr(s.getvalue()), s.tell())
print(s.seek(5), s.tell(), s.write("é"), s.tell(), repr(s.getvalue()))
for newline in ("", "\r", "\r\n", None):
    s = io.StringIO("é\rü\r\nö\n", newline)
    print([(line, s.tell()) for line in iter(s.readline, "")])
for wrong in ((-1,), (1, 1), (-1, 2), (0, 5), ("x",)):
    for stream in (io.StringIO("abc"), io.BytesIO(b"abc")):
        if wrong == (-1,) and isinstance(stream, io.BytesIO):
            continue  # an OSError, as of a file: MicroPython's streams of bytes have one error for it
        try:
            print(stream.seek(*wrong))
        except (ValueError, OSError, TypeError) as error:
            print(type(error).__name__, error)
b = io.BytesIO("añb".encode())
print(b.seek(2), b.tell(), b.read(1), b.seek(-1, 2), b.read(), b.seek(9), b.tell(), b.read())
