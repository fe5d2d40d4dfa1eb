"""HTTP for clients: a request goes out, a response comes in."""

import io
import re
import socket
from email.message import Message
from email.parser import Parser
from http import HTTPStatus
from urllib.parse import urlsplit

__all__ = [
    "BadStatusLine", "CannotSendHeader", "CannotSendRequest", "HTTPConnection", "HTTPException", "HTTPResponse", "HTTPSConnection",
    "ImproperConnectionState", "IncompleteRead", "InvalidURL", "LineTooLong", "NotConnected", "RemoteDisconnected", "ResponseNotReady",
    "UnimplementedFileMode", "UnknownProtocol", "UnknownTransferEncoding", "error", "responses",
]

HTTP_PORT, HTTPS_PORT = 80, 443
_MAXLINE, _MAXHEADERS = 65536, 100
responses = {status: status.phrase for status in HTTPStatus}
globals().update(HTTPStatus.__members__)
_IDLE, _REQ_STARTED, _REQ_SENT = "Idle", "Request-started", "Request-sent"
_METHODS_WITH_BODY = {"PATCH", "POST", "PUT"}


class HTTPException(Exception):
    pass


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    def __init__(self, version):
        self.args = (version,)
        self.version = version


class UnknownTransferEncoding(HTTPException):
    pass


class UnimplementedFileMode(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial, self.expected = partial, expected

    def __repr__(self):
        more = "" if self.expected is None else ", %i more expected" % self.expected
        return "%s(%i bytes read%s)" % (type(self).__name__, len(self.partial), more)

    __str__ = __repr__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        line = line or repr(line)
        self.args = (line,)
        self.line = line


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        super().__init__("got more than %d bytes when reading %s" % (_MAXLINE, line_type))


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


error = HTTPException


class HTTPMessage(Message):
    def getallmatchingheaders(self, name):
        name = name.lower() + ":"
        return [key + ": " + value for key, value in self.items() if key.lower() + ":" == name]


def _line(fp, what):
    line = fp.readline(_MAXLINE + 1)
    if len(line) > _MAXLINE:
        raise LineTooLong(what)
    return line


def _read_headers(fp):
    headers = []
    while True:
        line = _line(fp, "header line")
        headers.append(line)
        if len(headers) > _MAXHEADERS:
            raise HTTPException("got more than %d headers" % _MAXHEADERS)
        if line in (b"\r\n", b"\n", b""):
            return headers


def parse_headers(fp, _class=HTTPMessage):
    text = b"".join(_read_headers(fp)).decode("iso-8859-1")
    return Parser(_class=_class).parsestr(text)


class HTTPResponse(io.BufferedIOBase):
    """What a server answers: `status`, `headers`, and the body as a stream."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp, self.debuglevel, self._method = sock.makefile("rb"), debuglevel, method
        self.headers = self.msg = None
        self.version = self.status = self.reason = "UNKNOWN"
        self.chunked = self.chunk_left = self.length = self.will_close = "UNKNOWN"
        self.code = "UNKNOWN"
        self.url = url

    def _read_status(self):
        line = _line(self.fp, "status line").decode("iso-8859-1")
        if not line:
            raise RemoteDisconnected("Remote end closed connection without response")
        parts = line.split(None, 2)
        version, status, reason = (parts + ["", "", ""])[:3]
        if not version.startswith("HTTP/"):
            self._close_conn()
            raise BadStatusLine(line)
        if not status.isdigit() or not 100 <= int(status) <= 999:
            raise BadStatusLine(line)
        return version, int(status), reason.strip()

    def begin(self):
        if self.headers is not None:
            return
        while True:
            version, status, reason = self._read_status()
            if status != 100:
                break
            _read_headers(self.fp)
        self.code = self.status = status
        self.reason = reason
        if version in ("HTTP/1.0", "HTTP/0.9"):
            self.version = 10
        elif version.startswith("HTTP/1."):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        self.chunked = (self.headers.get("transfer-encoding") or "").lower() == "chunked"
        self.chunk_left = None
        self.will_close = self._check_close()
        length = self.headers.get("content-length")
        self.length = int(length) if length and length.strip().isdigit() and not self.chunked else None
        if status in (204, 304) or 100 <= status < 200 or self._method == "HEAD":
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _check_close(self):
        connection = (self.headers.get("connection") or "").lower()
        if self.version == 11:
            return "close" in connection
        return not (self.headers.get("keep-alive") or "keep-alive" in connection or "keep-alive" in (self.headers.get("proxy-connection") or "").lower())

    def _close_conn(self):
        fp, self.fp = self.fp, None
        fp.close()

    def close(self):
        try:
            super().close()
        finally:
            if self.fp:
                self._close_conn()

    def flush(self):
        pass

    def readable(self):
        return True

    def isclosed(self):
        return self.fp is None

    def read(self, amt=None):
        if self.fp is None:
            return b""
        if self._method == "HEAD":
            self._close_conn()
            return b""
        if amt is not None and amt < 0:
            amt = None
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None:
            if self.length is not None and amt > self.length:
                amt = self.length
            data = self.fp.read(amt)
            if not data and amt:
                self._close_conn()
            elif self.length is not None:
                self.length -= len(data)
                if not self.length:
                    self._close_conn()
            return data
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._exactly(self.length)
            except IncompleteRead:
                self._close_conn()
                raise
            self.length = 0
        self._close_conn()
        return data

    def _exactly(self, amt):
        data = self.fp.read(amt)
        while len(data) < amt:
            more = self.fp.read(amt - len(data))
            if not more:
                raise IncompleteRead(data, amt - len(data))
            data += more
        return data

    def _chunk(self):
        """Bytes left in the chunk, after the next has been begun if need be; `None` at the end."""
        left = self.chunk_left
        if left:
            return left
        if left is not None:
            self._exactly(2)
        line = _line(self.fp, "chunk size").partition(b";")[0].strip()
        try:
            left = int(line, 16)
        except ValueError:
            self._close_conn()
            raise IncompleteRead(b"") from None
        if not left:
            while True:
                line = _line(self.fp, "trailer line")
                if line in (b"\r\n", b"\n", b""):
                    break
            self._close_conn()
            left = None
        self.chunk_left = left
        return left

    def _read_chunked(self, amt):
        parts = []
        try:
            while amt is None or amt > 0:
                left = self._chunk()
                if left is None:
                    break
                size = left if amt is None else min(left, amt)
                parts.append(self._exactly(size))
                self.chunk_left = left - size
                if amt is not None:
                    amt -= size
        except IncompleteRead as cut:
            raise IncompleteRead(b"".join(parts) + cut.partial if parts else cut.partial) from None
        return b"".join(parts)

    def read1(self, n=-1):
        if self.fp is None or self._method == "HEAD":
            return b""
        if self.chunked:
            left = self._chunk()
            if left is None:
                return b""
            return self._read_chunked(left if n < 0 else min(left, n))
        return self.read(n if n >= 0 else 8192 if self.length is None else self.length)

    def peek(self, n=-1):
        return b""

    def readline(self, limit=-1):
        if self.fp is None or self._method == "HEAD":
            return b""
        if self.chunked:
            line = b""
            while not line.endswith(b"\n") and (limit < 0 or len(line) < limit):
                byte = self.read(1)
                if not byte:
                    break
                line += byte
            return line
        if self.length is not None and (limit < 0 or limit > self.length):
            limit = self.length
        line = self.fp.readline(limit) if limit >= 0 else self.fp.readline()
        if not line and limit:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(line)
            if not self.length:
                self._close_conn()
        return line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def fileno(self):
        return self.fp.fileno()

    def getheader(self, name, default=None):
        if self.headers is None:
            raise ResponseNotReady()
        found = self.headers.get_all(name) or default
        return found if isinstance(found, str) or not hasattr(found, "__iter__") else ", ".join(found)

    def getheaders(self):
        if self.headers is None:
            raise ResponseNotReady()
        return list(self.headers.items())

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status


class HTTPConnection:
    _http_vsn, _http_vsn_str = 11, "HTTP/1.1"
    response_class, default_port, auto_open, debuglevel = HTTPResponse, HTTP_PORT, 1, 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout, self.source_address, self.blocksize = timeout, source_address, blocksize
        self.sock, self._buffer, self._response, self._state, self._method = None, [], None, _IDLE, None
        self._tunnel_host = self._tunnel_port = None
        self._tunnel_headers = {}
        self.host, self.port = self._get_hostport(host, port)
        if re.search(r"[\x00-\x20\x7f]", self.host):
            raise InvalidURL("URL can't contain control characters. %r (found at least %r)" % (self.host, re.search(r"[\x00-\x20\x7f]", self.host).group()))

    def _get_hostport(self, host, port):
        if port is None:
            at, bracket = host.rfind(":"), host.rfind("]")
            if at > bracket:
                text = host[at + 1 :]
                if text:
                    if not text.isdigit():
                        raise InvalidURL("nonnumeric port: '%s'" % text)
                    port = int(text)
                else:
                    port = self.default_port
                host = host[:at]
            else:
                port = self.default_port
        if host and host[0] == "[" and host[-1] == "]":
            host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        self.debuglevel = level

    def set_tunnel(self, host, port=None, headers=None):
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = dict(headers or {})

    def _tunnel(self):
        lines = ["CONNECT %s:%d HTTP/1.0\r\n" % (self._tunnel_host, self._tunnel_port)]
        lines += ["%s: %s\r\n" % pair for pair in self._tunnel_headers.items()]
        self.send(("".join(lines) + "\r\n").encode("latin-1"))
        response = self.response_class(self.sock, method=self._method)
        _, code, message = response._read_status()
        if code != 200:
            self.close()
            raise OSError("Tunnel connection failed: %d %s" % (code, message.strip()))
        _read_headers(response.fp)

    def _create_connection(self, address):
        return socket.create_connection(address, self.timeout, self.source_address)

    def connect(self):
        self.sock = self._create_connection((self.host, self.port))
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        self._state = _IDLE
        sock, self.sock = self.sock, None
        if sock:
            sock.close()
        response, self._response = self._response, None
        if response:
            response.close()

    def send(self, data):
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if hasattr(data, "read"):
            while True:
                part = data.read(self.blocksize)
                if not part:
                    return
                self.sock.sendall(part.encode("iso-8859-1") if isinstance(part, str) else part)
        try:
            memoryview(data)
        except TypeError:
            if not hasattr(data, "__iter__"):
                raise TypeError("data should be a bytes-like object or an iterable, got %r" % type(data)) from None
        else:
            self.sock.sendall(data)
            return
        for part in data:
            self.sock.sendall(part)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _IDLE:
            raise CannotSendRequest(self._state)
        self._state, self._method = _REQ_STARTED, method
        url = url or "/"
        wrong = re.search(r"[\x00-\x1f]", method)
        if wrong:
            raise ValueError("method can't contain control characters. %r (found at least %r)" % (method, wrong.group()))
        wrong = re.search(r"[\x00-\x20\x7f]", url)
        if wrong:
            raise InvalidURL("URL can't contain control characters. %r (found at least %r)" % (url, wrong.group()))
        self._output(("%s %s %s" % (method, url, self._http_vsn_str)).encode("ascii"))
        if skip_host:
            return
        netloc = urlsplit(url).netloc if url.startswith("http") else ""
        if netloc:
            self.putheader("Host", netloc)
        else:
            host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
            # Which of this computer's networks an address belongs to is nobody else's business.
            host = "[%s]" % host.partition("%")[0] if ":" in host else host
            self.putheader("Host", host if port == self.default_port else "%s:%s" % (host, port))
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")

    def _output(self, line):
        self._buffer.append(line)

    def putheader(self, header, *values):
        if self._state != _REQ_STARTED:
            raise CannotSendHeader()
        name = header.encode("ascii") if isinstance(header, str) else header
        if not re.match(rb"[^:\s][^:\r\n]*$", name):
            raise ValueError("Invalid header name %r" % (name,))
        values = [value.encode("latin-1") if isinstance(value, str) else str(value).encode("ascii") if isinstance(value, int) else value for value in values]
        for value in values:
            if re.search(rb"\n(?![ \t])|\r(?![ \t\n])", value):
                raise ValueError("Invalid header value %r" % (value,))
        self._output(name + b": " + b"\r\n\t".join(values))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        if self._state != _REQ_STARTED:
            raise CannotSendHeader()
        self._state = _REQ_SENT
        head = b"\r\n".join(self._buffer + [b"", b""])
        self._buffer = []
        self.send(head)
        if message_body is None:
            return
        for part in self._parts(message_body):
            if not part:
                continue
            self.send(b"%X\r\n" % len(part) + bytes(part) + b"\r\n" if encode_chunked else part)
        if encode_chunked:
            self.send(b"0\r\n\r\n")

    def _parts(self, body):
        if hasattr(body, "read"):
            while True:
                part = body.read(self.blocksize)
                if not part:
                    return
                yield part.encode("iso-8859-1") if isinstance(part, str) else part
        elif isinstance(body, (bytes, bytearray, memoryview)):
            yield body
        elif hasattr(body, "__iter__"):
            yield from body
        else:
            raise TypeError("message_body should be a bytes-like object or an iterable, got %r" % type(body))

    @staticmethod
    def _get_content_length(body, method):
        if body is None:
            return 0 if method.upper() in _METHODS_WITH_BODY else None
        if hasattr(body, "read"):
            return None
        if isinstance(body, (bytes, bytearray, memoryview)):
            return memoryview(body).nbytes
        return len(body) if isinstance(body, str) else None

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        names = {name.lower() for name in headers}
        skips = {"skip_host": 1} if "host" in names else {}
        if "accept-encoding" in names:
            skips["skip_accept_encoding"] = 1
        self.putrequest(method, url, **skips)
        if "content-length" not in names:
            if "transfer-encoding" not in names:
                encode_chunked = False
                length = self._get_content_length(body, method)
                if length is None:
                    if body is not None:
                        encode_chunked = True
                        self.putheader("Transfer-Encoding", "chunked")
                else:
                    self.putheader("Content-Length", str(length))
        else:
            encode_chunked = False
        for name, value in headers.items():
            self.putheader(name, value)
        if isinstance(body, str):
            body = body.encode("iso-8859-1")
        self.endheaders(body, encode_chunked=encode_chunked)

    def getresponse(self):
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _REQ_SENT or self._response:
            raise ResponseNotReady(self._state)
        response = self.response_class(self.sock, self.debuglevel, method=self._method)
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
            self._state = _IDLE
            if response.will_close:
                # The response keeps the connection open.
                self.close()
            else:
                self._response = response
            return response
        except BaseException:
            response.close()
            raise


class HTTPSConnection(HTTPConnection):
    default_port = HTTPS_PORT

    def __init__(self, host, port=None, *, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None, blocksize=8192, **old):
        super().__init__(host, port, timeout, source_address, blocksize)
        if context is None:
            import ssl

            context = ssl.create_default_context()
        self._context = context

    def connect(self):
        super().connect()
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._tunnel_host or self.host)
