# Files that are made of a socket keep it open until the last of them is closed.
# needs: import socket, threading
import io
import socket


def pair():
    return socket.socketpair()


def ended(sock):
    sock.settimeout(0.001)
    try:
        return sock.recv(1) == b""
    except TimeoutError:
        return False


a, b = pair()
reader, writer = a.makefile("rb"), a.makefile("wb")
print(type(reader).__name__, type(writer).__name__, reader.readable(), reader.writable(), writer.writable())
a.close()
print(a.fileno() == reader.fileno(), ended(b))
b.sendall(b"one\ntwo\nrest")
print(reader.readline(), reader.readline())
writer.write(b"answer\n")
writer.flush()
print(b.recv(100))
reader.close()
print(ended(b), a.fileno() == -1)
writer.close()
print(ended(b), a.fileno(), reader.closed, writer.closed)
writer.close()

# A file that is closed leaves the socket as it is.
a, b = pair()
with a.makefile("rwb") as both:
    print(type(both).__name__)
    both.write(b"x")
a.sendall(b"y")
print(b.recv(1), b.recv(1), ended(b))
a.close()
print(ended(b))

# Without a buffer.
a, b = pair()
raw = a.makefile("rwb", 0)
print(isinstance(raw, socket.SocketIO), isinstance(raw, io.RawIOBase), raw.mode, raw.name == a.fileno(), raw.seekable())
b.sendall(b"some")
print(raw.read(100), raw.write(b"abc"), b.recv(10))
b.sendall(b"line\nmore")
room = bytearray(4)
print(raw.readline(), raw.readinto(room), room)
a.setblocking(False)
print(raw.read(3), raw.readinto(room))
a.settimeout(0.001)
for _ in range(2):
    try:
        raw.read(1)
    except OSError as error:
        print(type(error).__name__, error if not isinstance(error, TimeoutError) else "")
raw.close()
for use in (raw.fileno, lambda: raw.read(1), lambda: raw.write(b"")):
    try:
        use()
    except ValueError as error:
        print(error)
print(raw.name, raw.closed)

# Text, and what there is not.
a, b = pair()
lines = a.makefile("r")
a.close()
b.sendall("é\r\nb\n".encode())
b.close()
print(list(lines), lines.mode)
lines.close()
a, b = pair()
text = a.makefile("rw", encoding="latin-1", newline="\r\n")
text.write("é\n")
text.flush()
print(b.recv(10), text.encoding)
for arguments in (("x",), ("r", 0), ("rb+",)):
    try:
        a.makefile(*arguments)
    except ValueError as error:
        print(error)
try:
    socket.SocketIO(a, "x")
except ValueError as error:
    print(error)
try:
    a.makefile("w").read(1)
except io.UnsupportedOperation as error:
    print(error)


# A class of one's own.
class Told(socket.socket):
    pass


with Told() as told:
    file = told.makefile("rb")
print(told.fileno() >= 0)
file.close()
print(told.fileno())
a, b = pair()
file = a.makefile("rb")
with a:
    pass
print(a.fileno() >= 0)
number = a.detach()
print(number >= 0, a.fileno())
socket.socket(fileno=number).close()

# A file is sent; what else a connection says of itself.
import tempfile

a, b = socket.socketpair()
with tempfile.TemporaryFile() as file:
    file.write(b"0123456789")
    file.seek(0)
    print(a.sendfile(file), a.sendfile(file, 2, 3), file.tell(), b.recv(100))
    for arguments in ((file, 0, 0), (file, 0, "x")):
        try:
            a.sendfile(*arguments)
        except (TypeError, ValueError) as error:
            print(error)
a.settimeout(0.5)
copy = a.dup()
a.close()
print(copy.timeout, copy.get_inheritable())
copy.set_inheritable(True)
copy.sendall(b"still")
print(copy.get_inheritable(), b.recv(10))
