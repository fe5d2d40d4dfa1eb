"""Mail that stays on its server: the client's half of IMAP4rev1 (RFC 3501)."""

import binascii
import calendar
import hmac
import random
import re
import socket
import ssl
import subprocess
import time
from datetime import datetime, timedelta, timezone

__all__ = ["IMAP4", "IMAP4_stream", "Internaldate2tuple", "Int2AP", "ParseFlags", "Time2Internaldate", "IMAP4_SSL"]

CRLF = b"\r\n"
Debug = 0
IMAP4_PORT, IMAP4_SSL_PORT = 143, 993
AllowedVersions = ("IMAP4REV1", "IMAP4")
_MAXLINE = 1000000

# In which states of a connection a command may be given.
_OUT, _IN, _CHOSEN, _ENDED = "NONAUTH", "AUTH", "SELECTED", "LOGOUT"
Commands = {}
for _states, _names in (
    ((_IN, _CHOSEN), "APPEND CREATE DELETE DELETEACL EXAMINE GETACL GETANNOTATION GETQUOTA GETQUOTAROOT MYRIGHTS LIST LSUB NAMESPACE RENAME SELECT "
                     "SETACL SETANNOTATION SETQUOTA STATUS SUBSCRIBE UNSUBSCRIBE"),
    ((_OUT,), "AUTHENTICATE LOGIN STARTTLS"),
    ((_OUT, _IN, _CHOSEN, _ENDED), "CAPABILITY LOGOUT NOOP"),
    ((_IN,), "ENABLE PROXYAUTH"),
    ((_CHOSEN,), "CHECK CLOSE COPY EXPUNGE FETCH MOVE PARTIAL SEARCH SORT STORE THREAD UID UNSELECT"),
):
    for _name in _names.split():
        Commands[_name] = _states
del _states, _names, _name

Continuation = re.compile(rb"\+( (?P<data>.*))?")
Flags = re.compile(rb".*FLAGS \((?P<flags>[^\)]*)\)")
InternalDate = re.compile(
    rb'.*INTERNALDATE "(?P<day>[ 0123][0-9])-(?P<mon>[A-Z][a-z][a-z])-(?P<year>[0-9][0-9][0-9][0-9]) '
    rb'(?P<hour>[0-9][0-9]):(?P<min>[0-9][0-9]):(?P<sec>[0-9][0-9]) (?P<zonen>[-+])(?P<zoneh>[0-9][0-9])(?P<zonem>[0-9][0-9])"'
)
Literal = re.compile(rb".*{(?P<size>\d+)}$")
Response_code = re.compile(rb"\[(?P<type>[A-Z-]+)( (?P<data>[^\]]*))?\]")
Untagged_response = re.compile(rb"\* (?P<type>[A-Z-]+)( (?P<data>.*))?")
Untagged_status = re.compile(rb"\* (?P<data>\d+) (?P<type>[A-Z-]+)( (?P<data2>.*))?")
MapCRLF = re.compile(rb"\r\n|\r|\n")

_MONTHS = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")


class IMAP4:
    class error(Exception):
        """Something is wrong, with the command most likely."""

    class abort(error):
        """The connection is of no use any more."""

    class readonly(abort):
        """The mailbox can no longer be written to."""

    def __init__(self, host="", port=IMAP4_PORT, timeout=None):
        self.debug, self.state, self.literal = Debug, _ENDED, None
        self.tagged_commands, self.untagged_responses = {}, {}
        self.continuation_response, self.is_readonly, self.tagnum, self._tls_established = "", False, 0, False
        self._encoding = "ascii"
        self.open(host, port, timeout)
        try:
            self._connect()
        except Exception:
            try:
                self.shutdown()
            except OSError:
                pass
            raise

    def _connect(self):
        self.tagpre = Int2AP(random.randint(4096, 65535))
        self.tagre = re.compile(rb"(?P<tag>" + self.tagpre + rb"\d+) (?P<type>[A-Z]+) (?P<data>.*)", re.ASCII)
        self.welcome = self._get_response()
        if "PREAUTH" in self.untagged_responses:
            self.state = _IN
        elif "OK" in self.untagged_responses:
            self.state = _OUT
        else:
            raise self.error(self.welcome)
        self._get_capabilities()
        for version in AllowedVersions:
            if version in self.capabilities:
                self.PROTOCOL_VERSION = version
                return
        raise self.error("server not IMAP4 compliant")

    def __getattr__(self, attr):
        if attr in Commands:
            return getattr(self, attr.lower())
        raise AttributeError("Unknown IMAP4 command: '%s'" % attr)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.state != _ENDED:
            try:
                self.logout()
            except OSError:
                pass

    # The connection.

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        address = (self.host or None, self.port)
        return socket.create_connection(address, timeout) if timeout is not None else socket.create_connection(address)

    def open(self, host="", port=IMAP4_PORT, timeout=None):
        self.host, self.port = host, port
        self.sock = self._create_socket(timeout)
        self.file = self.sock.makefile("rb")

    def read(self, size):
        return self.file.read(size)

    def readline(self):
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise self.error("got more than %d bytes" % _MAXLINE)
        return line

    def send(self, data):
        self.sock.sendall(data)

    def shutdown(self):
        self.file.close()
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        finally:
            self.sock.close()

    def socket(self):
        return self.sock

    # What was said beside the answers.

    def recent(self):
        kind, data = self._untagged_response("OK", [None], "RECENT")
        if data[-1]:
            return kind, data
        kind, _ = self.noop()
        return self._untagged_response(kind, [None], "RECENT")

    def response(self, code):
        return self._untagged_response(code, [None], code.upper())

    # Commands.

    def append(self, mailbox, flags, date_time, message):
        if not mailbox:
            mailbox = "INBOX"
        if flags and (flags[0], flags[-1]) != ("(", ")"):
            flags = "(%s)" % flags
        self.literal = MapCRLF.sub(CRLF, message)
        return self._simple_command("APPEND", mailbox, flags or None, Time2Internaldate(date_time) if date_time else None)

    def authenticate(self, mechanism, authobject):
        self.literal = _Authenticator(authobject).process
        kind, data = self._simple_command("AUTHENTICATE", mechanism.upper())
        if kind != "OK":
            raise self.error(data[-1].decode("utf-8", "replace"))
        self.state = _IN
        return kind, data

    def capability(self):
        kind, data = self._simple_command("CAPABILITY")
        return self._untagged_response(kind, data, "CAPABILITY")

    def check(self):
        return self._simple_command("CHECK")

    def close(self):
        try:
            return self._simple_command("CLOSE")
        finally:
            self.state = _IN

    def copy(self, message_set, new_mailbox):
        return self._simple_command("COPY", message_set, new_mailbox)

    def create(self, mailbox):
        return self._simple_command("CREATE", mailbox)

    def delete(self, mailbox):
        return self._simple_command("DELETE", mailbox)

    def deleteacl(self, mailbox, who):
        return self._simple_command("DELETEACL", mailbox, who)

    def enable(self, capability):
        if "ENABLE" not in self.capabilities:
            raise IMAP4.error("Server does not support ENABLE")
        kind, data = self._simple_command("ENABLE", capability)
        if kind == "OK" and "UTF8=ACCEPT" in capability.upper():
            self._encoding = "utf-8"
        return kind, data

    def expunge(self):
        return self._asked("EXPUNGE")

    def fetch(self, message_set, message_parts):
        return self._asked("FETCH", message_set, message_parts)

    def getacl(self, mailbox):
        kind, data = self._simple_command("GETACL", mailbox)
        return self._untagged_response(kind, data, "ACL")

    def getannotation(self, mailbox, entry, attribute):
        kind, data = self._simple_command("GETANNOTATION", mailbox, entry, attribute)
        return self._untagged_response(kind, data, "ANNOTATION")

    def getquota(self, root):
        kind, data = self._simple_command("GETQUOTA", root)
        return self._untagged_response(kind, data, "QUOTA")

    def getquotaroot(self, mailbox):
        kind, data = self._simple_command("GETQUOTAROOT", mailbox)
        kind, quota = self._untagged_response(kind, data, "QUOTA")
        kind, root = self._untagged_response(kind, data, "QUOTAROOT")
        return kind, [root, quota]

    def list(self, directory='""', pattern="*"):
        return self._asked("LIST", directory, pattern)

    def login(self, user, password):
        kind, data = self._simple_command("LOGIN", user, self._quote(password))
        if kind != "OK":
            raise self.error(data[-1])
        self.state = _IN
        return kind, data

    def login_cram_md5(self, user, password):
        self.user, self.password = user, password
        return self.authenticate("CRAM-MD5", self._cram_md5)

    def _cram_md5(self, challenge):
        secret = self.password.encode("utf-8") if isinstance(self.password, str) else self.password
        return self.user + " " + hmac.HMAC(secret, challenge, "md5").hexdigest()

    def logout(self):
        self.state = _ENDED
        kind, data = self._simple_command("LOGOUT")
        self.shutdown()
        return kind, data

    def lsub(self, directory='""', pattern="*"):
        return self._asked("LSUB", directory, pattern)

    def myrights(self, mailbox):
        return self._asked("MYRIGHTS", mailbox)

    def namespace(self):
        return self._asked("NAMESPACE")

    def noop(self):
        return self._simple_command("NOOP")

    def partial(self, message_num, message_part, start, length):
        kind, data = self._simple_command("PARTIAL", message_num, message_part, start, length)
        return self._untagged_response(kind, data, "FETCH")

    def proxyauth(self, user):
        return self._simple_command("PROXYAUTH", user)

    def rename(self, oldmailbox, newmailbox):
        return self._simple_command("RENAME", oldmailbox, newmailbox)

    def search(self, charset, *criteria):
        if charset:
            if self._encoding == "utf-8":
                raise IMAP4.error("Non-None charset not valid in UTF8 mode")
            criteria = ("CHARSET", charset, *criteria)
        return self._asked("SEARCH", *criteria)

    def select(self, mailbox="INBOX", readonly=False):
        self.untagged_responses, self.is_readonly = {}, readonly
        kind, data = self._simple_command("EXAMINE" if readonly else "SELECT", mailbox)
        if kind != "OK":
            self.state = _IN
            return kind, data
        self.state = _CHOSEN
        if "READ-ONLY" in self.untagged_responses and not readonly:
            raise self.readonly("%s is not writable" % mailbox)
        return kind, self.untagged_responses.get("EXISTS", [None])

    def setacl(self, mailbox, who, what):
        return self._simple_command("SETACL", mailbox, who, what)

    def setannotation(self, *args):
        kind, data = self._simple_command("SETANNOTATION", *args)
        return self._untagged_response(kind, data, "ANNOTATION")

    def setquota(self, root, limits):
        kind, data = self._simple_command("SETQUOTA", root, limits)
        return self._untagged_response(kind, data, "QUOTA")

    def sort(self, sort_criteria, charset, *search_criteria):
        if (sort_criteria[0], sort_criteria[-1]) != ("(", ")"):
            sort_criteria = "(%s)" % sort_criteria
        return self._asked("SORT", sort_criteria, charset, *search_criteria)

    def starttls(self, ssl_context=None):
        if self._tls_established:
            raise self.abort("TLS session already established")
        if "STARTTLS" not in self.capabilities:
            raise self.abort("TLS not supported by server")
        context = ssl._create_stdlib_context() if ssl_context is None else ssl_context
        kind, data = self._simple_command("STARTTLS")
        if kind != "OK":
            raise self.error("Couldn't establish TLS session")
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file, self._tls_established = self.sock.makefile("rb"), True
        self._get_capabilities()
        return self._untagged_response(kind, data, "STARTTLS")

    def status(self, mailbox, names):
        return self._asked("STATUS", mailbox, names)

    def store(self, message_set, command, flags):
        if (flags[0], flags[-1]) != ("(", ")"):
            flags = "(%s)" % flags
        kind, data = self._simple_command("STORE", message_set, command, flags)
        return self._untagged_response(kind, data, "FETCH")

    def subscribe(self, mailbox):
        return self._simple_command("SUBSCRIBE", mailbox)

    def thread(self, threading_algorithm, charset, *search_criteria):
        return self._asked("THREAD", threading_algorithm, charset, *search_criteria)

    def uid(self, command, *args):
        command = command.upper()
        if command not in Commands:
            raise self.error("Unknown IMAP4 UID command: %s" % command)
        if self.state not in Commands[command]:
            raise self.error("command %s illegal in state %s, only allowed in states %s" % (command, self.state, ", ".join(Commands[command])))
        kind, data = self._simple_command("UID", command, *args)
        return self._untagged_response(kind, data, command if command in ("SEARCH", "SORT", "THREAD") else "FETCH")

    def unsubscribe(self, mailbox):
        return self._simple_command("UNSUBSCRIBE", mailbox)

    def unselect(self):
        try:
            return self._simple_command("UNSELECT")
        finally:
            self.state = _IN

    def xatom(self, name, *args):
        name = name.upper()
        Commands.setdefault(name, (self.state,))
        return self._simple_command(name, *args)

    # How it is said.

    def _asked(self, name, *args):
        kind, data = self._simple_command(name, *args)
        return self._untagged_response(kind, data, name)

    def _append_untagged(self, kind, data):
        self.untagged_responses.setdefault(kind, []).append(b"" if data is None else data)

    def _check_bye(self):
        bye = self.untagged_responses.get("BYE")
        if bye:
            raise self.abort(bye[-1].decode(self._encoding, "replace"))

    def _command(self, name, *args):
        if self.state not in Commands[name]:
            self.literal = None
            raise self.error("command %s illegal in state %s, only allowed in states %s" % (name, self.state, ", ".join(Commands[name])))
        for kind in ("OK", "NO", "BAD"):
            self.untagged_responses.pop(kind, None)
        if "READ-ONLY" in self.untagged_responses and not self.is_readonly:
            raise self.readonly("mailbox status changed to READ-ONLY")
        tag = self.tagpre + str(self.tagnum).encode(self._encoding)
        self.tagnum += 1
        self.tagged_commands[tag] = None
        data = tag + b" " + name.encode(self._encoding)
        for arg in args:
            if arg is not None:
                data += b" " + (arg.encode(self._encoding) if isinstance(arg, str) else arg)
        literal, self.literal = self.literal, None
        answers = literal if callable(literal) else None
        if literal is not None and answers is None:
            form = b" UTF8 (~{%d}" if self._encoding == "utf-8" and name == "APPEND" else b" {%d}"
            data += form % len(literal)
        try:
            self.send(data + CRLF)
            while literal is not None:
                # The server says when it wants what does not fit into a line.
                while self._get_response():
                    if self.tagged_commands[tag]:
                        return tag
                self.send((answers(self.continuation_response) if answers else literal) + CRLF)
                if answers is None:
                    break
        except OSError as error:
            raise self.abort("socket error: %s" % error) from None
        return tag

    def _command_complete(self, name, tag):
        logout = name == "LOGOUT"
        if not logout:
            self._check_bye()
        try:
            kind, data = self._get_tagged_response(tag, expect_bye=logout)
        except self.abort as error:
            raise self.abort("command: %s => %s" % (name, error)) from None
        except self.error as error:
            raise self.error("command: %s => %s" % (name, error)) from None
        if not logout:
            self._check_bye()
        if kind == "BAD":
            raise self.error("%s command error: %s %s" % (name, kind, data))
        return kind, data

    def _get_capabilities(self):
        kind, data = self.capability()
        if data == [None]:
            raise self.error("no CAPABILITY response from server")
        self.capabilities = tuple(str(data[-1], self._encoding).upper().split())

    def _get_response(self):
        """Reads an answer; what it was, or `None` if the server wants more."""
        line = self._get_line()
        found = self.tagre.match(line)
        if found:
            tag = found.group("tag")
            if tag not in self.tagged_commands:
                raise self.abort("unexpected tagged response: %r" % line)
            kind = str(found.group("type"), self._encoding)
            data = found.group("data")
            self.tagged_commands[tag] = kind, [data]
        else:
            status = None
            found = Untagged_response.match(line) or Untagged_status.match(line)
            if found is None:
                found = Continuation.match(line)
                if found is None:
                    raise self.abort("unexpected response: %r" % line)
                self.continuation_response = found.group("data")
                return None
            status = found.groupdict().get("data2")
            kind, data = str(found.group("type"), self._encoding), found.group("data")
            data = b"" if data is None else data
            if status:
                data += b" " + status
            literal = Literal.match(data)
            while literal:
                self._append_untagged(kind, (data, self.read(int(literal.group("size")))))
                data = self._get_line()
                literal = Literal.match(data)
            self._append_untagged(kind, data)
        if kind in ("OK", "NO", "BAD"):
            code = Response_code.match(data)
            if code:
                self._append_untagged(str(code.group("type"), self._encoding), code.group("data"))
        return line

    def _get_tagged_response(self, tag, expect_bye=False):
        while True:
            result = self.tagged_commands[tag]
            if result is not None:
                del self.tagged_commands[tag]
                return result
            if expect_bye and "BYE" in self.untagged_responses:
                return "BYE", self.untagged_responses.pop("BYE")
            self._check_bye()
            self._get_response()

    def _get_line(self):
        line = self.readline()
        if not line:
            raise self.abort("socket error: EOF")
        if not line.endswith(CRLF):
            raise self.abort("socket error: unterminated line: %r" % line)
        return line[:-2]

    def _new_tag(self):
        tag = self.tagpre + str(self.tagnum).encode(self._encoding)
        self.tagnum += 1
        self.tagged_commands[tag] = None
        return tag

    def _quote(self, arg):
        return '"' + arg.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def _simple_command(self, name, *args):
        return self._command_complete(name, self._command(name, *args))

    def _untagged_response(self, kind, data, name):
        if kind == "NO":
            return kind, data
        return kind, self.untagged_responses.pop(name, [None])


class IMAP4_SSL(IMAP4):
    def __init__(self, host="", port=IMAP4_SSL_PORT, keyfile=None, certfile=None, ssl_context=None, timeout=None):
        if ssl_context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("ssl_context and keyfile or certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        self.ssl_context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if ssl_context is None else ssl_context
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout):
        return self.ssl_context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)


class IMAP4_stream(IMAP4):
    """A server that is a program of this computer."""

    def __init__(self, command):
        self.command = command
        super().__init__()

    def open(self, host=None, port=None, timeout=None):
        self.host = self.port = self.sock = self.file = None
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, shell=True)
        self.writefile, self.readfile = self.process.stdin, self.process.stdout

    def read(self, size):
        return self.readfile.read(size)

    def readline(self):
        return self.readfile.readline()

    def send(self, data):
        self.writefile.write(data)
        self.writefile.flush()

    def shutdown(self):
        self.readfile.close()
        self.writefile.close()
        self.process.wait()


class _Authenticator:
    """What answers a server's questions, in base64."""

    def __init__(self, mechinst):
        self.mech = mechinst

    def process(self, data):
        answer = self.mech(self.decode(data))
        return b"*" if answer is None else self.encode(answer)

    def encode(self, inp):
        return binascii.b2a_base64(inp.encode("utf-8") if isinstance(inp, str) else inp, newline=False)

    def decode(self, inp):
        return binascii.a2b_base64(inp) if inp else b""


def Internaldate2tuple(resp):
    """The moment in an answer, as the local `time.struct_time`."""
    found = InternalDate.match(resp)
    if not found:
        return None
    month = _MONTHS.index(found.group("mon").decode())
    zone = (int(found.group("zoneh")) * 60 + int(found.group("zonem"))) * 60
    fields = [int(found.group(name)) for name in ("hour", "min", "sec")]
    moment = calendar.timegm((int(found.group("year")), month, int(found.group("day")), *fields, -1, -1, -1))
    return time.localtime(moment - (-zone if found.group("zonen") == b"-" else zone))


def Int2AP(num):
    """A number as letters from A to P."""
    out, num = b"", int(abs(num))
    while num:
        num, digit = divmod(num, 16)
        out = b"ABCDEFGHIJKLMNOP"[digit : digit + 1] + out
    return out


def ParseFlags(resp):
    found = Flags.match(resp)
    return tuple(found.group("flags").split()) if found else ()


def Time2Internaldate(date_time):
    """A moment as IMAP writes it: a number, a tuple of local time, a `datetime` with a zone, or such a text between quotes."""
    if isinstance(date_time, (int, float)):
        moment = datetime.fromtimestamp(date_time, timezone.utc).astimezone()
    elif isinstance(date_time, tuple):
        offset = getattr(date_time, "tm_gmtoff", None)
        if offset is None:
            is_summer = time.daylight and time.localtime(time.mktime(tuple(date_time)))[8]
            offset = -(time.altzone if is_summer else time.timezone)
        moment = datetime(*date_time[:6], tzinfo=timezone(timedelta(seconds=offset)))
    elif isinstance(date_time, datetime):
        if date_time.tzinfo is None:
            raise ValueError("date_time must be aware")
        moment = date_time
    elif isinstance(date_time, str) and (date_time[0], date_time[-1]) == ('"', '"'):
        return date_time
    else:
        raise ValueError("date_time not of a known type")
    return moment.strftime('"%%d-%s-%%Y %%H:%%M:%%S %%z"' % _MONTHS[moment.month])
