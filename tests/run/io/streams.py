# not CPython: streams written in Python answer ioctl, as MicroPython's do.
# Streams written in Python, and what reads and writes through them.
import io


class Sink(io.IOBase):
    def __init__(self):
        self.got = []
        self.fail = 0

    def write(self, data):
        if self.fail:
            self.fail -= 1
            return None
        self.got.append(bytes(data))
        return len(data)


sink = Sink()
writer = io.BufferedWriter(sink, 8)
print(writer.write(b"0123456"), sink.got)
print(writer.write(b"78901234567"), sink.got)
writer.flush()
writer.flush()
print(sink.got)
sink.fail = 2
writer.write(b"late")
for _ in range(3):
    try:
        writer.flush()
        print("flushed", sink.got[-1])
    except OSError as error:
        print(error.errno)
for make in (lambda: io.BufferedWriter(sink, 0),):
    try:
        make()
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
try:
    io.BytesIO().fileno()
except OSError as error:
    print(error.errno)
