# Addresses that are no hosts: of the kernel, names of sockets beside the file system, and network interfaces.
# needs: import socket; socket.AF_NETLINK
import socket

kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
kernel.bind((0, 0))
number, groups = kernel.getsockname()
print(number > 0, groups)
for wrong in ((1,), "name"):
    try:
        kernel.bind(wrong)
    except TypeError:
        print("no address")

# It is asked for its interfaces: a header, and who asks.
import struct

kernel.sendto(struct.pack("=IHHIIBxHiII", 32, 18, 0x301, 1, 0, 0, 0, 0, 0, 0), (0, 0))
data, sender = kernel.recvfrom(1 << 16)
print(struct.unpack_from("=IH", data)[1], sender)
kernel.close()

for number, name in socket.if_nameindex():
    if (socket.if_nametoindex(name), socket.if_indextoname(number)) != (number, name):
        print("odd", number, name)
try:
    socket.if_nametoindex("no such interface")
except OSError as error:
    print(error)

server, client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
name = b"\0taipan of %d" % id(server)
server.bind(name)
print(server.getsockname() == name, client.getsockname())
client.sendto(b"hello", name)
print(server.recv(10))
client.connect(name.decode())
print(client.getpeername() == name)
