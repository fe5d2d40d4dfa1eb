# needs: import ctypes
import array, http.client, socket, threading
# What a connection is made with, and what it does when the other side hangs up.
server = socket.create_server(("127.0.0.1", 0))
peers = []
def serve():
    for count in range(4):
        peer, address = server.accept()
        peers.append((peer, address))
        if count == 3:
            peer.recv(1000)
            peer.close()
thread = threading.Thread(target=serve)
thread.start()
place = server.getsockname()
c = http.client.HTTPConnection(*place, source_address=("127.0.0.2", 0))
c.connect()
print(c.sock.getsockname()[0])
c.close()
socket.setdefaulttimeout(30)
for options in {}, {"timeout": None}:
    c = http.client.HTTPConnection(*place, **options)
    c.connect()
    print(c.sock.gettimeout())
    c.close()
socket.setdefaulttimeout(None)
c = http.client.HTTPConnection(*place)
c.request("GET", "/")
try: c.getresponse()
except http.client.RemoteDisconnected as e: print(e, c.sock)
thread.join()
class Sink:
    data = b""
    def sendall(self, data): self.data += data
for host in "[fe80::%2]:81", "[fe80::]", "a.b":
    c = http.client.HTTPConnection(host)
    c.sock = Sink()
    c.putrequest("GET", "/")
    c.endheaders()
    c.send(array.array("b", b"sent")); c.send([b"in ", b"parts"])
    print(c.sock.data)
server.close()
for peer, _ in peers: peer.close()
