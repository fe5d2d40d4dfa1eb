"""Mail is fetched: the client's half of POP3 (RFC 1939)."""

import hashlib
import re
import socket
import ssl
from _lineclient import LineClient

__all__ = ["POP3", "error_proto", "POP3_SSL"]

POP3_PORT, POP3_SSL_PORT = 110, 995
CR, LF, CRLF = b"\r", b"\n", b"\r\n"
_MAXLINE = 2048
HAVE_SSL = True


class error_proto(Exception):
    """The server says no, or says what cannot be understood."""


class POP3(LineClient):
    encoding = "UTF-8"

    def __init__(self, host, port=POP3_PORT, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.host, self.port, self._tls_established, self._debugging = host, port, False, 0
        self.sock = self._create_socket(timeout)
        self.file = self.sock.makefile("rb")
        self.welcome = self._getresp()

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        return socket.create_connection((self.host, self.port), timeout)

    def _putline(self, line):
        if self._debugging > 1:
            print("*put*", repr(line))
        self.sock.sendall(line + CRLF)

    def _putcmd(self, line):
        if self._debugging:
            print("*cmd*", repr(line))
        self._putline(line.encode(self.encoding))

    def _getline(self):
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise error_proto("line too long")
        if self._debugging > 1:
            print("*get*", repr(line))
        if not line:
            raise error_proto("-ERR EOF")
        return line.strip(CRLF), len(line)

    def _getresp(self):
        answer, _ = self._getline()
        if self._debugging > 1:
            print("*resp*", repr(answer))
        if not answer.startswith(b"+"):
            raise error_proto(answer)
        return answer

    def _getlongresp(self):
        """An answer of many lines, up to one with a dot alone."""
        answer, lines, octets = self._getresp(), [], 0
        line, size = self._getline()
        while line != b".":
            if line.startswith(b".."):
                line, size = line[1:], size - 1
            octets += size
            lines.append(line)
            line, size = self._getline()
        return answer, lines, octets

    def _shortcmd(self, line):
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line):
        self._putcmd(line)
        return self._getlongresp()

    def getwelcome(self):
        return self.welcome

    def set_debuglevel(self, level):
        self._debugging = level

    def user(self, user):
        return self._shortcmd("USER %s" % user)

    def pass_(self, pswd):
        return self._shortcmd("PASS %s" % pswd)

    def stat(self):
        """How many mails there are, and their bytes."""
        words = self._shortcmd("STAT").split()
        return int(words[1]), int(words[2])

    def list(self, which=None):
        return self._longcmd("LIST") if which is None else self._shortcmd("LIST %s" % which)

    def retr(self, which):
        return self._longcmd("RETR %s" % which)

    def dele(self, which):
        return self._shortcmd("DELE %s" % which)

    def noop(self):
        return self._shortcmd("NOOP")

    def rset(self):
        return self._shortcmd("RSET")

    def quit(self):
        answer = self._shortcmd("QUIT")
        self.close()
        return answer

    def rpop(self, user):
        return self._shortcmd("RPOP %s" % user)

    timestamp = re.compile(rb"\+OK.[^<]*(<.*>)")

    def apop(self, user, password):
        found = self.timestamp.match(self.welcome)
        if not found:
            raise error_proto("-ERR APOP not supported by server")
        digest = hashlib.md5(found.group(1) + password.encode(self.encoding)).hexdigest()
        return self._shortcmd("APOP %s %s" % (user, digest))

    def top(self, which, howmuch):
        return self._longcmd("TOP %s %s" % (which, howmuch))

    def uidl(self, which=None):
        return self._longcmd("UIDL") if which is None else self._shortcmd("UIDL %s" % which)

    def utf8(self):
        return self._shortcmd("UTF8")

    def capa(self):
        """What the server can do: words by name."""
        found = {}
        for line in self._longcmd("CAPA")[1]:
            name, *words = line.decode("ascii").split()
            found[name] = words
        return found

    def stls(self, context=None):
        if self._tls_established:
            raise error_proto("-ERR TLS session already established")
        if "STLS" not in self.capa():
            raise error_proto("-ERR STLS not supported by server")
        context = ssl._create_stdlib_context() if context is None else context
        answer = self._shortcmd("STLS")
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file, self._tls_established = self.sock.makefile("rb"), True
        return answer


class POP3_SSL(POP3):
    def __init__(self, host, port=POP3_SSL_PORT, keyfile=None, certfile=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, context=None):
        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile or certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        self.context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if context is None else context
        super().__init__(host, port, timeout)
        self._tls_established = True

    def _create_socket(self, timeout):
        return self.context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)

    def stls(self, *args, **kwargs):
        raise error_proto("-ERR TLS session already established")
