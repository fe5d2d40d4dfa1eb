# needs: import socket, tempfile
# Messages between sockets, and what is sent beside them.
import array
import os
import socket
import tempfile

one, other = socket.socketpair()
print(one.sendmsg([b"some ", bytearray(b"parts")]), other.recvmsg(100)[:2])
print(one.sendmsg((b"abcdefg",)), socket.CMSG_LEN(4), socket.CMSG_SPACE(4), socket.CMSG_SPACE(9))
parts = [bytearray(3), bytearray(2)]
print(other.recvmsg_into(parts)[:2], parts, other.recv(10))
with tempfile.TemporaryFile() as file:
    file.write(b"in a file")
    file.flush()
    print(socket.send_fds(one, [b"x"], [file.fileno()]))
    data, fds, flags, address = socket.recv_fds(other, 10, 3)
    print(data, len(fds), flags & socket.MSG_CTRUNC)
    os.lseek(fds[0], 3, 0)
    print(os.read(fds[0], 20), os.get_inheritable(fds[0]))
    os.close(fds[0])
    one.sendmsg([b"y"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file.fileno()] * 2))])
    data, items, flags, address = other.recvmsg(1, socket.CMSG_LEN(4))
    print(data, [(item[:2], len(item[2])) for item in items], flags & socket.MSG_CTRUNC != 0)
    os.close(int.from_bytes(items[0][2], "little"))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
print(sender.sendmsg([b"far too long"], [], 0, udp.getsockname()))
data, items, flags, address = udp.recvmsg(3)
print(data, items, flags & socket.MSG_TRUNC != 0, address[0])
buffer = bytearray(4)
sender.sendto(b"abc", udp.getsockname())
count, address = udp.recvfrom_into(buffer)
print(count, buffer, address == ("127.0.0.1", sender.getsockname()[1]))
other.settimeout(0.01)
for wrong in (lambda: one.sendmsg([1]), lambda: one.sendmsg([b"a"], [(1, 2)]), lambda: other.recvmsg(-1), lambda: other.recvmsg(1)):
    try:
        wrong()
    except (TypeError, ValueError, OverflowError, OSError) as error:
        print(type(error).__name__)
for each in (one, other, udp, sender):
    each.close()
