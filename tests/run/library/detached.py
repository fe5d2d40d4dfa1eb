# needs: import ctypes
# A socket that is detached leaves its descriptor as it is.
import socket
a, b = socket.socketpair()
b.settimeout(5)
f, number = a.makefile("rb"), a.fileno()
a.close()
s = socket.socket(fileno=number)
s.send(b"x")
print(s.detach() == number, s.fileno(), b.recv(1))
f.close()
print(b.recv(1))
c, d = socket.socketpair()
number = c.detach()
print(c.fileno(), socket.close(number), d.recv(1))
