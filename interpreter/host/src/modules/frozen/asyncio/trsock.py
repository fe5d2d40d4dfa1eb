"""The socket of a transport, for looking at: what would read from it or write to it is the transport's."""

# What goes to the socket as it was asked; what is not named here or below, nobody gets at.
_PASSED_ON = "dup fileno get_inheritable getpeername getsockbyname getsockname getsockopt setsockopt".split()
# What a socket is, which it stays when it is closed.
_KINDS = ("family", "type", "proto")


def _passed_on(name):
    def method(self, *args):
        return getattr(self._sock, name)(*args)

    method.__name__, method.__qualname__ = name, "TransportSocket." + name
    return method


class TransportSocket:
    """A socket that can be asked and set, and cannot be made to wait: its transport counts on that."""

    __slots__ = ("_sock", "_kind")

    def __init__(self, sock):
        self._sock, self._kind = sock, [getattr(sock, name) for name in _KINDS]

    def __repr__(self):
        number = self.fileno()
        told = [("fd", number), *zip(_KINDS, self._kind)]
        ends = {"laddr": "getsockname", "raddr": "getpeername"} if number != -1 else {}
        for name, method in ends.items():
            try:
                address = getattr(self, method)()
            except OSError:
                # One that is not connected has no such end.
                continue
            if address:
                told.append((name, address))
        return "<asyncio.TransportSocket %s>" % ", ".join("%s=%s" % (name, value) for name, value in told)

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def shutdown(self, how):
        self._sock.shutdown(how)

    def gettimeout(self):
        return 0

    def settimeout(self, value):
        if value != 0:
            raise ValueError("settimeout(): only 0 timeout is allowed on transport sockets")

    def setblocking(self, flag):
        if flag:
            raise ValueError("setblocking(): transport sockets cannot be blocking")


for _name in _PASSED_ON:
    setattr(TransportSocket, _name, _passed_on(_name))
for _index, _name in enumerate(_KINDS):
    setattr(TransportSocket, _name, property(lambda self, _index=_index: self._kind[_index]))
