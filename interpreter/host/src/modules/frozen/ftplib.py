"""Files from and to servers: the client's half of FTP (RFC 959), and of the same over TLS (RFC 4217)."""

import re
import socket
import ssl
import sys
from _lineclient import LineClient

__all__ = ["FTP", "FTP_TLS", "error_reply", "error_temp", "error_perm", "error_proto", "all_errors"]

MSG_OOB = 1
FTP_PORT, MAXLINE = 21, 8192
CRLF, B_CRLF = "\r\n", b"\r\n"


class Error(Exception):
    pass


class error_reply(Error):
    """An answer that was not expected."""


class error_temp(Error):
    """4xx: not now."""


class error_perm(Error):
    """5xx: not so."""


class error_proto(Error):
    """An answer that begins with no digit from 1 to 5."""


all_errors = (Error, OSError, EOFError, ssl.SSLError)


class FTP(LineClient):
    debugging = 0
    host, port, maxline = "", FTP_PORT, MAXLINE
    sock = file = welcome = None
    passiveserver = True
    trust_server_pasv_ipv4_address = False

    def __init__(self, host="", user="", passwd="", acct="", timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, encoding="utf-8"):
        self.encoding, self.source_address, self.timeout = encoding, source_address, timeout
        if host:
            self.connect(host)
            if user:
                self.login(user, passwd, acct)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.sock is not None:
            try:
                self.quit()
            except (OSError, EOFError):
                pass
            finally:
                if self.sock is not None:
                    self.close()

    def connect(self, host="", port=0, timeout=-999, source_address=None):
        self.host, self.port = host or self.host, port if port > 0 else self.port
        if timeout != -999:
            self.timeout = timeout
        if self.timeout is not None and not self.timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        if source_address is not None:
            self.source_address = source_address
        self.sock = socket.create_connection((self.host, self.port), self.timeout, source_address=self.source_address)
        self.af = self.sock.family
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def getwelcome(self):
        if self.debugging:
            print("*welcome*", self.sanitize(self.welcome))
        return self.welcome

    def set_debuglevel(self, level):
        self.debugging = level

    debug = set_debuglevel

    def set_pasv(self, val):
        self.passiveserver = val

    def sanitize(self, s):
        """A command for a log: passwords are nobody's business."""
        if s[:5] in {"pass ", "PASS "}:
            end = len(s.rstrip("\r\n"))
            s = s[:5] + "*" * (end - 5) + s[end:]
        return repr(s)

    def putline(self, line):
        if "\r" in line or "\n" in line:
            raise ValueError("an illegal newline character should not be contained")
        line += CRLF
        if self.debugging > 1:
            print("*put*", self.sanitize(line))
        self.sock.sendall(line.encode(self.encoding))

    def putcmd(self, line):
        if self.debugging:
            print("*cmd*", self.sanitize(line))
        self.putline(line)

    def _limited(self, file):
        """A line, none of more bytes than a client keeps."""
        line = file.readline(self.maxline + 1)
        if len(line) > self.maxline:
            raise Error("got more than %d bytes" % self.maxline)
        return line

    def getline(self):
        line = self._limited(self.file)
        if self.debugging > 1:
            print("*get*", self.sanitize(line))
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def getmultiline(self):
        line = self.getline()
        if line[3:4] == "-":
            code = line[:3]
            while True:
                following = self.getline()
                line += "\n" + following
                if following[:3] == code and following[3:4] != "-":
                    break
        return line

    def getresp(self):
        answer = self.getmultiline()
        if self.debugging:
            print("*resp*", self.sanitize(answer))
        self.lastresp = answer[:3]
        kind = answer[:1]
        if kind in {"1", "2", "3"}:
            return answer
        raise {"4": error_temp, "5": error_perm}.get(kind, error_proto)(answer)

    def voidresp(self):
        answer = self.getresp()
        if answer[:1] != "2":
            raise error_reply(answer)
        return answer

    def abort(self):
        line = b"ABOR" + B_CRLF
        if self.debugging > 1:
            print("*put urgent*", self.sanitize(line))
        self.sock.sendall(line, MSG_OOB)
        answer = self.getmultiline()
        if answer[:3] not in {"426", "225", "226"}:
            raise error_proto(answer)
        return answer

    def sendcmd(self, cmd):
        self.putcmd(cmd)
        return self.getresp()

    def voidcmd(self, cmd):
        self.putcmd(cmd)
        return self.voidresp()

    def sendport(self, host, port):
        return self.voidcmd("PORT " + ",".join(host.split(".") + [str(port // 256), str(port % 256)]))

    def sendeprt(self, host, port):
        kind = {socket.AF_INET: 1, socket.AF_INET6: 2}.get(self.af)
        if kind is None:
            raise error_proto("unsupported address family")
        return self.voidcmd("EPRT |%d|%s|%d|" % (kind, host, port))

    def makeport(self):
        listener = socket.create_server(("", 0), family=self.af, backlog=1)
        port, host = listener.getsockname()[1], self.sock.getsockname()[0]
        if self.af == socket.AF_INET:
            self.sendport(host, port)
        else:
            self.sendeprt(host, port)
        if self.timeout is not socket._GLOBAL_DEFAULT_TIMEOUT:
            listener.settimeout(self.timeout)
        return listener

    def makepasv(self):
        if self.af != socket.AF_INET:
            return parse229(self.sendcmd("EPSV"), self.sock.getpeername())
        host, port = parse227(self.sendcmd("PASV"))
        # An address that the server invents may be anybody's.
        return (host if self.trust_server_pasv_ipv4_address else self.sock.getpeername()[0]), port

    def ntransfercmd(self, cmd, rest=None):
        """Begins a transfer: its connection, and how many bytes are expected if the server says so."""
        if self.passiveserver:
            host, port = self.makepasv()
            conn = socket.create_connection((host, port), self.timeout, source_address=self.source_address)
            try:
                answer = self._begin(cmd, rest)
            except BaseException:
                conn.close()
                raise
        else:
            with self.makeport() as listener:
                answer = self._begin(cmd, rest)
                conn, _ = listener.accept()
                if self.timeout is not socket._GLOBAL_DEFAULT_TIMEOUT:
                    conn.settimeout(self.timeout)
        return conn, parse150(answer) if answer[:3] == "150" else None

    def _begin(self, cmd, rest):
        if rest is not None:
            self.sendcmd("REST %s" % rest)
        answer = self.sendcmd(cmd)
        # Some say twice that it begins.
        if answer[:1] == "2":
            answer = self.getresp()
        if answer[:1] != "1":
            raise error_reply(answer)
        return answer

    def transfercmd(self, cmd, rest=None):
        return self.ntransfercmd(cmd, rest)[0]

    def login(self, user="", passwd="", acct=""):
        user = user or "anonymous"
        if user == "anonymous" and passwd in {"", "-"}:
            passwd += "anonymous@"
        answer = self.sendcmd("USER " + user)
        if answer[:1] == "3":
            answer = self.sendcmd("PASS " + passwd)
        if answer[:1] == "3":
            answer = self.sendcmd("ACCT " + acct)
        if answer[:1] != "2":
            raise error_reply(answer)
        return answer

    def _unwrapped(self, conn):
        pass

    def retrbinary(self, cmd, callback, blocksize=8192, rest=None):
        self.voidcmd("TYPE I")
        with self.transfercmd(cmd, rest) as conn:
            while True:
                data = conn.recv(blocksize)
                if not data:
                    break
                callback(data)
            self._unwrapped(conn)
        return self.voidresp()

    def retrlines(self, cmd, callback=None):
        callback = print if callback is None else callback
        self.sendcmd("TYPE A")
        with self.transfercmd(cmd) as conn, conn.makefile("r", encoding=self.encoding) as file:
            while True:
                line = self._limited(file)
                if self.debugging > 2:
                    print("*retr*", repr(line))
                if not line:
                    break
                callback(line.removesuffix("\n").removesuffix("\r"))
            self._unwrapped(conn)
        return self.voidresp()

    def storbinary(self, cmd, fp, blocksize=8192, callback=None, rest=None):
        self.voidcmd("TYPE I")
        with self.transfercmd(cmd, rest) as conn:
            while True:
                data = fp.read(blocksize)
                if not data:
                    break
                conn.sendall(data)
                if callback:
                    callback(data)
            self._unwrapped(conn)
        return self.voidresp()

    def storlines(self, cmd, fp, callback=None):
        self.voidcmd("TYPE A")
        with self.transfercmd(cmd) as conn:
            while True:
                data = self._limited(fp)
                if not data:
                    break
                if data[-2:] != B_CRLF:
                    data = (data[:-1] if data[-1] in B_CRLF else data) + B_CRLF
                conn.sendall(data)
                if callback:
                    callback(data)
            self._unwrapped(conn)
        return self.voidresp()

    def acct(self, password):
        return self.voidcmd("ACCT " + password)

    def nlst(self, *args):
        names = []
        self.retrlines(" ".join(["NLST", *args]), names.append)
        return names

    def dir(self, *args):
        callback = args[-1] if args and not isinstance(args[-1], str) else None
        words = args[:-1] if args and not isinstance(args[-1], str) else args
        self.retrlines(" ".join(["LIST"] + [word for word in words if word]), callback)

    def mlsd(self, path="", facts=()):
        """The entries of a folder: names with dicts of what is known of them."""
        if facts:
            self.sendcmd("OPTS MLST " + ";".join(facts) + ";")
        lines = []
        self.retrlines("MLSD %s" % path if path else "MLSD", lines.append)
        for line in lines:
            known, _, name = line.rstrip(CRLF).partition(" ")
            entry = {}
            for fact in known[:-1].split(";"):
                key, _, value = fact.partition("=")
                entry[key.lower()] = value
            yield name, entry

    def rename(self, fromname, toname):
        answer = self.sendcmd("RNFR " + fromname)
        if answer[:1] != "3":
            raise error_reply(answer)
        return self.voidcmd("RNTO " + toname)

    def delete(self, filename):
        answer = self.sendcmd("DELE " + filename)
        if answer[:3] in {"250", "200"}:
            return answer
        raise error_reply(answer)

    def cwd(self, dirname):
        if dirname == "..":
            try:
                return self.voidcmd("CDUP")
            except error_perm as error:
                if error.args[0][:3] != "500":
                    raise
        return self.voidcmd("CWD " + (dirname or "."))

    def size(self, filename):
        answer = self.sendcmd("SIZE " + filename)
        return int(answer[3:].strip()) if answer[:3] == "213" else None

    def mkd(self, dirname):
        answer = self.voidcmd("MKD " + dirname)
        return parse257(answer) if answer.startswith("257") else ""

    def rmd(self, dirname):
        return self.voidcmd("RMD " + dirname)

    def pwd(self):
        answer = self.voidcmd("PWD")
        return parse257(answer) if answer.startswith("257") else ""

    def quit(self):
        answer = self.voidcmd("QUIT")
        self.close()
        return answer


class FTP_TLS(FTP):
    ssl_version = ssl.PROTOCOL_TLS_CLIENT

    def __init__(
        self, host="", user="", passwd="", acct="", keyfile=None, certfile=None, context=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None,
        *, encoding="utf-8",
    ):
        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile or certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        self.context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if context is None else context
        self._prot_p = False
        super().__init__(host, user, passwd, acct, timeout, source_address, encoding=encoding)

    def login(self, user="", passwd="", acct="", secure=True):
        if secure and not isinstance(self.sock, ssl.SSLSocket):
            self.auth()
        return super().login(user, passwd, acct)

    def auth(self):
        if isinstance(self.sock, ssl.SSLSocket):
            raise ValueError("Already using TLS")
        answer = self.voidcmd("AUTH TLS")
        self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile(mode="r", encoding=self.encoding)
        return answer

    def ccc(self):
        if not isinstance(self.sock, ssl.SSLSocket):
            raise ValueError("not using TLS")
        answer = self.voidcmd("CCC")
        self.sock = self.sock.unwrap()
        return answer

    def prot_p(self):
        self.voidcmd("PBSZ 0")
        answer = self.voidcmd("PROT P")
        self._prot_p = True
        return answer

    def prot_c(self):
        answer = self.voidcmd("PROT C")
        self._prot_p = False
        return answer

    def ntransfercmd(self, cmd, rest=None):
        conn, size = super().ntransfercmd(cmd, rest)
        return (self.context.wrap_socket(conn, server_hostname=self.host) if self._prot_p else conn), size

    def _unwrapped(self, conn):
        if isinstance(conn, ssl.SSLSocket):
            conn.unwrap()

    def abort(self):
        self.sock.sendall(b"ABOR" + B_CRLF)
        answer = self.getmultiline()
        if answer[:3] not in {"426", "225", "226"}:
            raise error_proto(answer)
        return answer


def parse150(resp):
    """How many bytes an answer promises, or `None`."""
    if resp[:3] != "150":
        raise error_reply(resp)
    found = re.match(r"150 .* \((\d+) bytes\)", resp, re.IGNORECASE | re.ASCII)
    return int(found.group(1)) if found else None


def parse227(resp):
    if resp[:3] != "227":
        raise error_reply(resp)
    found = re.search(r"(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)", resp)
    if not found:
        raise error_proto(resp)
    numbers = found.groups()
    return ".".join(numbers[:4]), (int(numbers[4]) << 8) + int(numbers[5])


def parse229(resp, peer):
    if resp[:3] != "229":
        raise error_reply(resp)
    left = resp.find("(")
    right = resp.find(")", left + 1)
    if left < 0 or right < 0 or resp[left + 1] != resp[right - 1]:
        raise error_proto(resp)
    parts = resp[left + 1 : right].split(resp[left + 1])
    if len(parts) != 5:
        raise error_proto(resp)
    return peer[0], int(parts[3])


def parse257(resp):
    """The folder that an answer names between quotes, which are doubled within."""
    if resp[:3] != "257":
        raise error_reply(resp)
    if resp[3:5] != ' "':
        return ""
    name, at = "", 5
    while at < len(resp):
        character = resp[at]
        at += 1
        if character == '"':
            if resp[at : at + 1] != '"':
                break
            at += 1
        name += character
    return name


def print_line(line):
    print(line)
