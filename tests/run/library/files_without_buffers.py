# As MicroPython's servers do it: a file without a buffer is made of a connection, and the connection alone is closed.
# needs: import socket, threading
# not CPython: there the connection stays open until its file is collected, and a file is text where nobody says otherwise
import socket

server, client = socket.socketpair()
client.sendall(b"GET / HTTP/1.0\r\nHost: board\r\n\r\n")
file = server.makefile("rwb", 0)
while True:
    line = file.readline()
    print(line)
    if not line or line == b"\r\n":
        break
file.write(b"HTTP/1.0 200 OK\r\n\r\nhello")
server.close()
answer = b""
while True:
    part = client.recv(100)
    if not part:
        break
    answer += part
print(answer)
try:
    file.read(1)
except OSError as error:
    print("closed", error.errno)
file.close()
client.close()

server, client = socket.socketpair()
client.sendall(b"one\ntwo")
client.close()
lines = server.makefile()
server.close()
print(list(lines), lines.closed)
lines.close()
