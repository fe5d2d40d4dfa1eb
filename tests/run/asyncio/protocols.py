# needs: import ctypes
import asyncio
class Echo(asyncio.Protocol):
    lost = asyncio.Queue()
    def connection_made(self, t): self.t = t; print("made", t.get_extra_info("peername") is not None)
    def data_received(self, d): self.t.write(d.upper())
    def eof_received(self): return False
    def connection_lost(self, e): self.lost.put_nowait(self)
class Client(asyncio.Protocol):
    def __init__(self, done): self.done = done; self.got = b""
    def connection_made(self, t): self.t = t; t.write(b"hello "); t.write(b"world" * 20000)
    def data_received(self, d):
        self.got += d
        if len(self.got) == 100006: self.t.close()
    def connection_lost(self, e): self.done.set_result(len(self.got))
class Buffered(asyncio.BufferedProtocol):
    def __init__(self, done): self.b = bytearray(16); self.done = done; self.n = b""
    def connection_made(self, t): t.write(b"abc"); self.t = t
    def get_buffer(self, hint): return self.b
    def buffer_updated(self, n): self.n += self.b[:n]; self.done.set_result(bytes(self.n)); self.t.abort()
class Dg(asyncio.DatagramProtocol):
    def __init__(self, f): self.f = f
    def connection_made(self, t): self.t = t
    def datagram_received(self, d, a): self.f(self.t, d, a)
async def main():
    loop = asyncio.get_running_loop()
    s = await loop.create_server(Echo, "127.0.0.1", 0)
    port = s.sockets[0].getsockname()[1]
    print(s.is_serving())
    done = loop.create_future()
    t, p = await loop.create_connection(lambda: Client(done), "127.0.0.1", port)
    print(await done, t.is_closing())
    done = loop.create_future()
    await loop.create_connection(lambda: Buffered(done), "127.0.0.1", port)
    print(await done)
    try: await loop.create_connection(lambda: Client(done), "127.0.0.1", 1)
    except OSError as e: print(type(e).__name__)
    for _ in range(2): await asyncio.wait_for(Echo.lost.get(), 10)
    s.close(); await s.wait_closed(); print(s.is_serving(), s.sockets)
    got = loop.create_future()
    a, _ = await loop.create_datagram_endpoint(lambda: Dg(lambda t, d, ad: t.sendto(d + b"!", ad)), local_addr=("127.0.0.1", 0))
    b, _ = await loop.create_datagram_endpoint(lambda: Dg(lambda t, d, ad: got.set_result(d)), remote_addr=a.get_extra_info("sockname"))
    b.sendto(b"ping"); print(await got); a.close(); b.close()
    import socket
    x, y = socket.socketpair(); x.setblocking(False); y.setblocking(False)
    ev = asyncio.Event()
    loop.add_reader(x, lambda: (print(x.recv(10)), loop.remove_reader(x), ev.set()))
    y.send(b"seen"); await asyncio.wait_for(ev.wait(), 5)
    await loop.sock_sendall(x, b"back"); print(await loop.sock_recv(y, 10)); x.close(); y.close()
    print(hasattr(loop, "nothing_such"))
asyncio.run(main())
