"""Mail is sent: the client's half of SMTP (RFC 5321), with authentication and TLS."""

import base64
import copy
import datetime
import email.base64mime
import email.generator
import email.message
import email.utils
import hmac
import io
import re
import socket
import ssl
import sys
from _lineclient import LineClient

__all__ = [
    "SMTPException", "SMTPNotSupportedError", "SMTPServerDisconnected", "SMTPResponseException", "SMTPSenderRefused", "SMTPRecipientsRefused",
    "SMTPDataError", "SMTPConnectError", "SMTPHeloError", "SMTPAuthenticationError", "quoteaddr", "quotedata", "SMTP", "SMTP_SSL", "LMTP",
]

SMTP_PORT, SMTP_SSL_PORT, LMTP_PORT = 25, 465, 2003
CRLF = "\r\n"
bCRLF = b"\r\n"
_MAXLINE = 8192
_MAXCHALLENGE = 5
OLDSTYLE_AUTH = re.compile(r"auth=(.*)", re.I)


class SMTPException(OSError):
    """Something went wrong; the base of the others."""


class SMTPNotSupportedError(SMTPException):
    """The server does not know what was asked of it."""


class SMTPServerDisconnected(SMTPException):
    """There is no connection, or no longer one."""


class SMTPResponseException(SMTPException):
    """The server answered with an error: `smtp_code` and `smtp_error`."""

    def __init__(self, code, msg):
        self.smtp_code, self.smtp_error, self.args = code, msg, (code, msg)


class SMTPSenderRefused(SMTPResponseException):
    def __init__(self, code, msg, sender):
        self.smtp_code, self.smtp_error, self.sender, self.args = code, msg, sender, (code, msg, sender)


class SMTPRecipientsRefused(SMTPException):
    """Nobody gets the mail: `recipients` has a code and a text for each."""

    def __init__(self, recipients):
        self.recipients, self.args = recipients, (recipients,)


class SMTPDataError(SMTPResponseException):
    pass


class SMTPConnectError(SMTPResponseException):
    pass


class SMTPHeloError(SMTPResponseException):
    pass


class SMTPAuthenticationError(SMTPResponseException):
    pass


def quoteaddr(addrstring):
    """An address between angle brackets, whatever stood around it."""
    name, address = email.utils.parseaddr(addrstring)
    if (name, address) == ("", ""):
        return addrstring if addrstring.strip().startswith("<") else "<%s>" % addrstring
    return "<%s>" % address


def _addr_only(addrstring):
    name, address = email.utils.parseaddr(addrstring)
    return addrstring if (name, address) == ("", "") else address


def _lines(data):
    return re.sub(r"(?:\r\n|\n|\r(?!\n))", CRLF, data)


def quotedata(data):
    """Text with the ends of lines that travel, and a dot more where a line begins with one."""
    return re.sub(r"(?m)^\.", "..", _lines(data))


def _quote_periods(data):
    return re.sub(rb"(?m)^\.", b"..", data)


_fix_eols = _lines


class SMTP(LineClient):
    debuglevel = 0
    sock = file = helo_resp = ehlo_resp = None
    ehlo_msg, does_esmtp, default_port = "ehlo", False, SMTP_PORT

    def __init__(self, host="", port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None):
        self._host, self.timeout, self.source_address = host, timeout, source_address
        self.esmtp_features, self.command_encoding, self._auth_challenge_count = {}, "ascii", 0
        if host:
            code, said = self.connect(host, port)
            if code != 220:
                self.close()
                raise SMTPConnectError(code, said)
        if local_hostname is not None:
            self.local_hostname = local_hostname
            return
        name = socket.getfqdn()
        if "." not in name:
            address = "127.0.0.1"
            try:
                address = socket.gethostbyname(socket.gethostname())
            except OSError:
                pass
            name = "[%s]" % address
        self.local_hostname = name

    def __enter__(self):
        return self

    def __exit__(self, *args):
        try:
            code, message = self.docmd("QUIT")
            if code != 221:
                raise SMTPResponseException(code, message)
        except SMTPServerDisconnected:
            pass
        finally:
            self.close()

    def set_debuglevel(self, debuglevel):
        self.debuglevel = debuglevel

    def _print_debug(self, *args):
        if self.debuglevel > 1:
            print(datetime.datetime.now().time(), *args, file=sys.stderr)
        else:
            print(*args, file=sys.stderr)

    def _get_socket(self, host, port, timeout):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        if self.debuglevel > 0:
            self._print_debug("connect: to", (host, port), self.source_address)
        return socket.create_connection((host, port), timeout, self.source_address)

    def connect(self, host="localhost", port=0, source_address=None):
        if source_address:
            self.source_address = source_address
        if not port and host.find(":") == host.rfind(":") and ":" in host:
            host, _, number = host.rpartition(":")
            try:
                port = int(number)
            except ValueError:
                raise OSError("nonnumeric port") from None
        port = port or self.default_port
        self.sock, self.file = self._get_socket(host, port, self.timeout), None
        code, said = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("connect:", repr(said))
        return code, said

    def send(self, s):
        if self.debuglevel > 0:
            self._print_debug("send:", repr(s))
        if not self.sock:
            raise SMTPServerDisconnected("please run connect() first")
        if isinstance(s, str):
            s = s.encode(self.command_encoding)
        try:
            self.sock.sendall(s)
        except OSError:
            self.close()
            raise SMTPServerDisconnected("Server not connected") from None

    def putcmd(self, cmd, args=""):
        line = cmd if args == "" else "%s %s" % (cmd, args)
        if "\r" in line or "\n" in line:
            line = line.replace("\n", "\\n").replace("\r", "\\r")
            raise ValueError("command and arguments contain prohibited newline characters: " + line)
        self.send(line + CRLF)

    def getreply(self):
        """The server's answer: a number, and the lines of text."""
        if self.file is None:
            self.file = self.sock.makefile("rb")
        said, code = [], -1
        while True:
            try:
                line = self.file.readline(_MAXLINE + 1)
            except OSError as error:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed: " + str(error)) from None
            if not line:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed")
            if self.debuglevel > 0:
                self._print_debug("reply:", repr(line))
            if len(line) > _MAXLINE:
                self.close()
                raise SMTPResponseException(500, "Line too long.")
            said.append(line[4:].strip(b" \t\r\n"))
            try:
                code = int(line[:3])
            except ValueError:
                code = -1
                break
            if line[3:4] != b"-":
                break
        said = b"\n".join(said)
        if self.debuglevel > 0:
            self._print_debug("reply: retcode (%s); Msg: %a" % (code, said))
        return code, said

    def docmd(self, cmd, args=""):
        self.putcmd(cmd, args)
        return self.getreply()

    def helo(self, name=""):
        self.putcmd("helo", name or self.local_hostname)
        code, self.helo_resp = self.getreply()
        return code, self.helo_resp

    def ehlo(self, name=""):
        self.esmtp_features = {}
        self.putcmd(self.ehlo_msg, name or self.local_hostname)
        code, said = self.getreply()
        if code == -1 and not said:
            self.close()
            raise SMTPServerDisconnected("Server not connected")
        self.ehlo_resp = said
        if code != 250:
            return code, said
        self.does_esmtp = True
        for line in said.decode("latin-1").split("\n")[1:]:
            old = OLDSTYLE_AUTH.match(line)
            if old:
                self.esmtp_features["auth"] = self.esmtp_features.get("auth", "") + " " + old.group(1)
                continue
            found = re.match(r"([A-Za-z0-9][A-Za-z0-9\-]*) ?", line)
            if found:
                feature, words = found.group(1).lower(), line[found.end(1) :].strip()
                if feature == "auth":
                    words = self.esmtp_features.get("auth", "") + " " + words
                self.esmtp_features[feature] = words
        return code, said

    def has_extn(self, opt):
        return opt.lower() in self.esmtp_features

    def help(self, args=""):
        self.putcmd("help", args)
        return self.getreply()[1]

    def rset(self):
        self.command_encoding = "ascii"
        return self.docmd("rset")

    def _rset(self):
        try:
            self.rset()
        except SMTPServerDisconnected:
            pass

    def noop(self):
        return self.docmd("noop")

    def mail(self, sender, options=()):
        words = ""
        if options and self.does_esmtp:
            if any([one.lower() == "smtputf8" for one in options]):
                if not self.has_extn("smtputf8"):
                    raise SMTPNotSupportedError("SMTPUTF8 not supported by server")
                self.command_encoding = "utf-8"
            words = " " + " ".join(options)
        self.putcmd("mail", "FROM:%s%s" % (quoteaddr(sender), words))
        return self.getreply()

    def rcpt(self, recip, options=()):
        words = " " + " ".join(options) if options and self.does_esmtp else ""
        self.putcmd("rcpt", "TO:%s%s" % (quoteaddr(recip), words))
        return self.getreply()

    def data(self, msg):
        self.putcmd("data")
        code, said = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("data:", (code, said))
        if code != 354:
            raise SMTPDataError(code, said)
        if isinstance(msg, str):
            msg = _lines(msg).encode("ascii")
        text = _quote_periods(msg)
        self.send(text + (b"" if text.endswith(bCRLF) else bCRLF) + b".\r\n")
        code, said = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("data:", (code, said))
        return code, said

    def verify(self, address):
        self.putcmd("vrfy", _addr_only(address))
        return self.getreply()

    vrfy = verify

    def expn(self, address):
        self.putcmd("expn", _addr_only(address))
        return self.getreply()

    def ehlo_or_helo_if_needed(self):
        if self.helo_resp is None and self.ehlo_resp is None and not 200 <= self.ehlo()[0] <= 299:
            code, said = self.helo()
            if not 200 <= code <= 299:
                raise SMTPHeloError(code, said)

    def auth(self, mechanism, authobject, *, initial_response_ok=True):
        mechanism, first = mechanism.upper(), authobject() if initial_response_ok else None
        if first is not None:
            code, said = self.docmd("AUTH", mechanism + " " + email.base64mime.body_encode(first.encode("ascii"), eol=""))
            self._auth_challenge_count = 1
        else:
            code, said = self.docmd("AUTH", mechanism)
            self._auth_challenge_count = 0
        while code == 334:
            self._auth_challenge_count += 1
            answer = authobject(base64.decodebytes(said)).encode("ascii")
            code, said = self.docmd(email.base64mime.body_encode(answer, eol=""))
            if self._auth_challenge_count > _MAXCHALLENGE:
                raise SMTPException("Server AUTH mechanism infinite loop. Last response: " + repr((code, said)))
        if code in (235, 503):
            return code, said
        raise SMTPAuthenticationError(code, said)

    def auth_cram_md5(self, challenge=None):
        if challenge is None:
            return None
        return self.user + " " + hmac.HMAC(self.password.encode("ascii"), challenge, "md5").hexdigest()

    def auth_plain(self, challenge=None):
        return "\0%s\0%s" % (self.user, self.password)

    def auth_login(self, challenge=None):
        return self.user if challenge is None or self._auth_challenge_count < 2 else self.password

    def login(self, user, password, *, initial_response_ok=True):
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("auth"):
            raise SMTPNotSupportedError("SMTP AUTH extension not supported by server.")
        offered = self.esmtp_features["auth"].split()
        chosen = [one for one in ("CRAM-MD5", "PLAIN", "LOGIN") if one in offered]
        if not chosen:
            raise SMTPException("No suitable authentication method found.")
        self.user, self.password = user, password
        failure = None
        for one in chosen:
            try:
                code, said = self.auth(one, getattr(self, "auth_" + one.lower().replace("-", "_")), initial_response_ok=initial_response_ok)
                if code in (235, 503):
                    return code, said
            except SMTPAuthenticationError as error:
                failure = error
        raise failure

    def starttls(self, keyfile=None, certfile=None, context=None):
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("starttls"):
            raise SMTPNotSupportedError("STARTTLS extension not supported by server.")
        code, said = self.docmd("STARTTLS")
        if code != 220:
            raise SMTPResponseException(code, said)
        if context is None:
            context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        # What was said in the clear counts for nothing.
        self.file = self.helo_resp = self.ehlo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False
        return code, said

    def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
        """Sends a mail to all who take it; answers those who do not, with the server's words."""
        self.ehlo_or_helo_if_needed()
        options = []
        if isinstance(msg, str):
            msg = _lines(msg).encode("ascii")
        if self.does_esmtp:
            if self.has_extn("size"):
                options.append("size=%d" % len(msg))
            options += mail_options
        code, said = self.mail(from_addr, options)
        if code != 250:
            self.close() if code == 421 else self._rset()
            raise SMTPSenderRefused(code, said, from_addr)
        refused = {}
        to_addrs = [to_addrs] if isinstance(to_addrs, str) else list(to_addrs)
        for one in to_addrs:
            code, said = self.rcpt(one, rcpt_options)
            if code not in (250, 251):
                refused[one] = code, said
            if code == 421:
                self.close()
                raise SMTPRecipientsRefused(refused)
        if len(refused) == len(to_addrs):
            self._rset()
            raise SMTPRecipientsRefused(refused)
        code, said = self.data(msg)
        if code != 250:
            self.close() if code == 421 else self._rset()
            raise SMTPDataError(code, said)
        return refused

    def send_message(self, msg, from_addr=None, to_addrs=None, mail_options=(), rcpt_options=()):
        """Sends a message of `email` to whom its header names."""
        self.ehlo_or_helo_if_needed()
        resent = msg.get_all("Resent-Date")
        if resent is not None and len(resent) > 1:
            raise ValueError("message has more than one 'Resent-' header block")
        prefix = "Resent-" if resent else ""
        if from_addr is None:
            sender = msg[prefix + "Sender"] if (prefix + "Sender") in msg else msg[prefix + "From"]
            from_addr = email.utils.getaddresses([sender])[0][1]
        if to_addrs is None:
            fields = [msg[prefix + name] for name in ("To", "Bcc", "Cc") if msg[prefix + name] is not None]
            to_addrs = [address for _, address in email.utils.getaddresses(fields)]
        msg_copy = copy.copy(msg)
        del msg_copy["Bcc"]
        del msg_copy["Resent-Bcc"]
        international = False
        try:
            "".join([from_addr, *to_addrs]).encode("ascii")
        except UnicodeEncodeError:
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError("One or more source or delivery addresses require internationalized email support, but the server does not advertise the required SMTPUTF8 capability")
            international = True
        out = io.BytesIO()
        if international:
            policy = msg.policy.clone(utf8=True)
            mail_options = (*mail_options, "SMTPUTF8", "BODY=8BITMIME")
        else:
            policy = msg.policy
        email.generator.BytesGenerator(out, policy=policy.clone(linesep="\r\n") if hasattr(policy, "clone") else None).flatten(msg_copy, linesep="\r\n")
        return self.sendmail(from_addr, to_addrs, out.getvalue(), mail_options, rcpt_options)

    def quit(self):
        answer = self.docmd("quit")
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False
        self.close()
        return answer


class SMTP_SSL(SMTP):
    """Over TLS from the first byte on."""

    default_port = SMTP_SSL_PORT

    def __init__(
        self, host="", port=0, local_hostname=None, keyfile=None, certfile=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None,
    ):
        self.keyfile, self.certfile = keyfile, certfile
        self.context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if context is None else context
        super().__init__(host, port, local_hostname, timeout, source_address)

    def _get_socket(self, host, port, timeout):
        return self.context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._host)


class LMTP(SMTP):
    """To a server that keeps mail, which answers for each who gets it (RFC 2033)."""

    ehlo_msg = "lhlo"

    def __init__(self, host="", port=LMTP_PORT, local_hostname=None, source_address=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        super().__init__(host, port, local_hostname, timeout, source_address)

    def connect(self, host="localhost", port=0, source_address=None):
        if host[0] != "/":
            return super().connect(host, port, source_address)
        self.sock, self.file = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), None
        self.sock.connect(host)
        return self.getreply()
