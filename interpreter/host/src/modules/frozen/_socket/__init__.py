"""What continues the builtin module `socket`: connecting by name, errors and numbers under their names, bytes in network order."""

import io
import socket
from errno import EAGAIN
from _socket_numbers import *
from socket import (
    AF_INET, AF_INET6, CMSG_SPACE, SCM_RIGHTS, SO_REUSEADDR, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, _native_getaddrinfo, gethostname, inet_ntop,
    inet_pton,
)

timeout = TimeoutError
error = OSError
SocketType = socket.socket
has_ipv6 = True


class herror(OSError):
    pass


class gaierror(OSError):
    __module__ = "socket"


IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP = 20, 21
AI_PASSIVE = 1
NI_MAXSERV = 32
EAI_ADDRFAMILY = -9

_default_timeout = None


def getdefaulttimeout():
    """How long the operations of a new socket wait, in seconds; None for ever."""
    return _default_timeout


def setdefaulttimeout(timeout):
    global _default_timeout
    socket._be_patient(timeout)
    _default_timeout = None if timeout is None else float(timeout)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if isinstance(host, (bytes, bytearray)):
        host = host.decode("idna")
    if isinstance(port, (bytes, bytearray)):
        port = port.decode()
    if isinstance(port, str) and not port.isdigit():
        port = getservbyname(port)
    if host is None and flags & AI_PASSIVE:
        host = "::" if family == AF_INET6 else "0.0.0.0"
    if flags & AI_NUMERICHOST and host and not _is_number(host):
        raise gaierror(EAI_NONAME, "Name or service not known")
    try:
        found = _native_getaddrinfo(host, port, family, type, proto, flags)
    except OSError as error:
        if error.errno is None or error.errno > 0:
            raise
        raise gaierror(error.errno, "Name or service not known") from None
    return [entry for entry in found if not proto or entry[2] == proto]


def _is_number(host):
    for family in (AF_INET, AF_INET6):
        try:
            inet_pton(family, host)
            return True
        except OSError:
            pass
    return False


def gethostbyname(hostname):
    return getaddrinfo(hostname or "0.0.0.0", 0, AF_INET, SOCK_STREAM)[0][4][0]


def gethostbyname_ex(hostname):
    return hostname, [], [entry[4][0] for entry in getaddrinfo(hostname, 0, AF_INET, SOCK_STREAM)]


def _named(address):
    # What the file of this computer's hosts says of an address.
    try:
        with open("/etc/hosts") as lines:
            for line in lines:
                words = line.partition("#")[0].split()
                if len(words) > 1 and words[0] == address:
                    return words[1:]
    except OSError:
        pass


def gethostbyaddr(ip_address):
    address = gethostbyname(ip_address) if not _is_number(ip_address) else ip_address
    names = _named(address)
    if names is None:
        raise herror(1, "Unknown host")
    return names[0], names[1:], [address]


def getnameinfo(sockaddr, flags):
    host, port = sockaddr[:2]
    names = None if flags & NI_NUMERICHOST else _named(host)
    if names is None and flags & NI_NAMEREQD:
        raise gaierror(EAI_NONAME, "Name or service not known")
    service = str(port)
    if not flags & NI_NUMERICSERV:
        try:
            service = getservbyport(port)
        except OSError:
            pass
    return names[0] if names else host, service


def getfqdn(name=""):
    name = name.strip()
    if not name or name in ("0.0.0.0", "::"):
        name = gethostname()
    try:
        hostname, aliases, _ = gethostbyaddr(name)
    except OSError:
        return name
    for each in [hostname] + aliases:
        if "." in each:
            return each
    return hostname


_SERVICES = {
    "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "time": 37, "domain": 53, "tftp": 69, "http": 80, "pop3": 110, "ntp": 123,
    "imap2": 143, "snmp": 161, "ldap": 389, "https": 443, "submission": 587, "ldaps": 636, "ftps": 990, "imaps": 993, "pop3s": 995, "mqtt": 1883,
}


def getservbyname(servicename, protocolname=None):
    if servicename not in _SERVICES:
        raise OSError("service/proto not found")
    return _SERVICES[servicename]


def getservbyport(port, protocolname=None):
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError("port/proto not found")


def getprotobyname(protocolname):
    known = {"ip": 0, "icmp": 1, "tcp": 6, "udp": 17, "ipv6": 41, "ipv6-icmp": 58}
    if protocolname not in known:
        raise OSError("protocol not found")
    return known[protocolname]


def inet_aton(ip_string):
    parts = ip_string.split(".")
    try:
        numbers = [int(part, 0) for part in parts]
        if not 1 <= len(numbers) <= 4 or any([not 0 <= number < 256 for number in numbers[:-1]]):
            raise ValueError
        rest = numbers.pop()
        return bytes(numbers) + rest.to_bytes(4 - len(numbers), "big")
    except (ValueError, OverflowError):
        raise OSError("illegal IP address string passed to inet_aton") from None


def inet_ntoa(packed_ip):
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return inet_ntop(AF_INET, packed_ip)


def _swapped(size):
    def swap(x):
        if x < 0 or x >> 8 * size:
            raise OverflowError("%d does not fit in %d bytes" % (x, size))
        return int.from_bytes(x.to_bytes(size, "big"), _order())

    return swap


def _order():
    import sys

    return sys.byteorder


ntohs = htons = _swapped(2)
ntohl = htonl = _swapped(4)


def close(fd):
    import os

    os.close(fd)


def fromfd(fd, family, type, proto=0):
    import os

    return socket.socket(family, type, proto, fileno=os.dup(fd))


_GLOBAL_DEFAULT_TIMEOUT = object()


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Sends buffers, and descriptors of files beside them, over a socket of this computer (AF_UNIX)."""
    import array

    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, array.array("i", fds))], flags, address)


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receives them: (bytes, list of descriptors, flags, address)."""
    import array

    fds = array.array("i")
    data, items, flags, address = sock.recvmsg(bufsize, CMSG_SPACE(maxfds * fds.itemsize), flags)
    for level, kind, content in items:
        if (level, kind) == (SOL_SOCKET, SCM_RIGHTS):
            fds.frombytes(content[: len(content) - len(content) % fds.itemsize])
    return data, list(fds), flags, address


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """A connection to (host, port), over the first of the host's addresses that answers."""
    host, port = address
    errors = []
    for family, kind, proto, _, each in getaddrinfo(host, port, 0, SOCK_STREAM):
        made = None
        try:
            made = socket.socket(family, kind, proto)
            made.settimeout(_default_timeout if timeout is _GLOBAL_DEFAULT_TIMEOUT else timeout)
            if source_address:
                made.bind(source_address)
            made.connect(each)
            return made
        except OSError as error:
            errors.append(error)
            if made is not None:
                made.close()
    if not errors:
        raise OSError("getaddrinfo returns an empty list")
    if all_errors:
        raise ExceptionGroup("create_connection failed", errors)
    raise errors[0]


def has_dualstack_ipv6():
    return True


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    made = socket.socket(family, SOCK_STREAM)
    try:
        made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            made.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            made.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        made.bind(address)
        made.listen(128 if backlog is None else backlog)
        return made
    except OSError:
        made.close()
        raise


_ENUMS = {"AddressFamily": "AF_", "SocketKind": "SOCK_", "AddressInfo": "AI_", "MsgFlag": "MSG_"}


def __getattr__(name):
    """Enumerations are made when somebody asks for them: most programs know the numbers by their own names."""
    if name not in _ENUMS:
        raise AttributeError("module 'socket' has no attribute %r" % name)
    from enum import IntEnum, IntFlag

    prefix = _ENUMS[name]
    numbers = {key: getattr(socket, key) for key in dir(socket) + list(globals()) if key.startswith(prefix)}
    made = globals()[name] = (IntFlag if name in ("AddressInfo", "MsgFlag") else IntEnum)(name, numbers, module="socket")
    return made


class SocketIO(io.RawIOBase):
    """The bytes of a socket as a file without a buffer. `makefile` has the socket count it."""

    __module__ = "socket"
    _counted = True

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError("invalid mode: %r" % (mode,))
        super().__init__()
        self._sock, self._mode, self._reads, self._writes, self._gave_up = sock, mode if "b" in mode else mode + "b", "r" in mode, "w" in mode, False

    def readinto(self, b):
        self._checkClosed()
        self._checkReadable()
        if self._gave_up:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except OSError as error:
            if error.errno == EAGAIN:
                return None
            # What has come of the piece that was waited for is not known.
            self._gave_up = isinstance(error, TimeoutError)
            raise

    def write(self, b):
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except OSError as error:
            if error.errno == EAGAIN:
                return None
            raise

    def readable(self):
        self._check_open()
        return self._reads

    def writable(self):
        self._check_open()
        return self._writes

    def seekable(self):
        self._check_open()
        return False

    def fileno(self):
        self._check_open()
        return self._sock.fileno()

    @property
    def name(self):
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        return self._mode

    def close(self):
        if not self.closed:
            super().close()
            if self._counted:
                self._sock._decref_socketios()
            self._sock = None


def _make_file(self, mode="rb", buffering=None, *, encoding=None, errors=None, newline=None):
    if not set(mode) <= set("rwb"):
        raise ValueError("invalid mode %r (only r, w, b allowed)" % (mode,))
    reads, writes, binary = "r" in mode or "w" not in mode, "w" in mode, "b" in mode
    size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
    if size == 0 and not binary:
        raise ValueError("unbuffered streams must be binary")
    raw = SocketIO(self, "r" * reads + "w" * writes)
    if size == 0:
        # MicroPython's scripts make such a file, close the socket alone, and count on that for the other end to be told.
        raw._counted = False
        return raw
    self._made_file()
    if reads and writes:
        buffer = io.BufferedRWPair(raw, raw, size)
    else:
        buffer = io.BufferedReader(raw, size) if reads else io.BufferedWriter(raw, size)
    if binary:
        return buffer
    text = io.TextIOWrapper(buffer, encoding, errors, newline)
    text.mode = mode
    return text


def _send_file(self, file, offset=0, count=None):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if getattr(self, "type", SOCK_STREAM) != SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    if count is not None and not isinstance(count, int):
        raise TypeError("count must be a positive integer (got %r)" % (count,))
    if count is not None and count <= 0:
        raise ValueError("count must be a positive integer (got %r)" % (count,))
    if self.gettimeout() == 0:
        raise ValueError("non-blocking sockets are not supported")
    if offset:
        file.seek(offset)
    sent = 0
    try:
        while part := file.read(65536 if count is None else min(65536, count - sent)):
            self.sendall(part)
            sent += len(part)
        return sent
    finally:
        # Behind what was sent, as it would be after a call of the system.
        if sent and hasattr(file, "seek"):
            file.seek(offset + sent)


__all__ = [name for name in [*vars(socket), *globals()] if name[0] != "_" and name not in ("socket", "io")] + ["socket"]
