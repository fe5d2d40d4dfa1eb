# The clients that speak lines with servers: smtplib, poplib, imaplib, ftplib, telnetlib, xmlrpc; against servers of a few lines.
# needs: import smtplib, poplib, imaplib, ftplib, telnetlib, xmlrpc.client, xmlrpc.server, threading
import warnings

warnings.simplefilter("ignore")
import ftplib
import imaplib
import os
import poplib
import re
import smtplib
import socket
import telnetlib
import threading
import xmlrpc.client
import xmlrpc.server
from email.message import EmailMessage


class Served:
    """A server of one connection: it answers each line with what `talk` says, and keeps the lines."""

    def __init__(self, talk, greeting=b""):
        self.talk, self.greeting, self.lines = talk, greeting, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        link, _ = self.listener.accept()
        with link, link.makefile("rwb") as file:
            file.write(self.greeting)
            file.flush()
            try:
                for line in file:
                    self.lines.append(line.rstrip(b"\r\n").decode("latin-1"))
                    file.write(self.talk(self.lines[-1], self))
                    file.flush()
            except ConnectionError:
                # Whoever has heard enough goes.
                pass
        self.listener.close()

    def told(self):
        self.thread.join(20)
        return self.lines


# Mail is sent.
def post(line, server):
    if getattr(server, "reads", False):
        server.reads = line != "."
        return b"" if server.reads else b"250 queued\r\n"
    word = line.split()[0].upper()
    if word == "EHLO":
        return b"250-here\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n"
    if word == "DATA":
        server.reads = True
        return b"354 go on\r\n"
    if word == "RCPT" and "nobody" in line:
        return b"550 nobody\r\n"
    return {"QUIT": b"221 bye\r\n", "AUTH": b"235 welcome\r\n"}.get(word, b"250 ok\r\n")


server = Served(post, b"220 ready\r\n")
message = EmailMessage()
message["From"], message["To"], message["Bcc"], message["Subject"] = "A <a@example.org>", "b@example.org, nobody@example.org", "c@example.org", "News"
message.set_content("one\n.two\n")
with smtplib.SMTP("127.0.0.1", server.port, local_hostname="there") as link:
    print(link.login("me", "secret"), link.has_extn("size"), link.esmtp_features["auth"].split())
    print(link.send_message(message))
    try:
        link.sendmail("a@example.org", ["nobody@example.org"], "x")
    except smtplib.SMTPRecipientsRefused as error:
        print(error.recipients)
    try:
        link.putcmd("noop\r\nquit")
    except ValueError:
        print("no lines in commands")
for line in server.told():
    print("  ", line)
try:
    smtplib.SMTP("127.0.0.1", server.port)
except OSError as error:
    print(type(error).__name__)
print(smtplib.quotedata("a\n.b\r\n"), smtplib.quoteaddr("X <y@z>"), smtplib.SMTPDataError(554, b"no").args)

# Mail is fetched.
LETTER = b"Subject: x\r\n\r\n..dot\r\n.\r\n"


def hand_out(line, server):
    word = line.split()[0]
    if word in ("STAT", "DELE"):
        return b"+OK 2 320\r\n"
    if word == "LIST":
        return b"+OK\r\n1 120\r\n2 200\r\n.\r\n" if line == "LIST" else b"+OK 2 200\r\n"
    if word == "RETR":
        return b"+OK\r\n" + LETTER if line.endswith("1") else b"-ERR no such message\r\n"
    return b"+OK\r\n"


server = Served(hand_out, b"+OK hello\r\n")
link = poplib.POP3("127.0.0.1", server.port)
print(link.getwelcome(), link.user("me"), link.pass_("secret"), link.stat(), link.list(), link.list(2))
print(link.retr(1))
try:
    link.retr(9)
except poplib.error_proto as error:
    print(error)
link.quit()
print(server.told())


def keep(line, server):
    tag, word = line.split()[:2]
    answers = {
        "CAPABILITY": "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "SELECT": "* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n", "SEARCH": "* SEARCH 1 3\r\n",
        "FETCH": "* 1 FETCH (FLAGS (\\Seen) BODY[] {5}\r\nhello)\r\n", "LIST": '* LIST (\\HasNoChildren) "/" INBOX\r\n', "LOGOUT": "* BYE later\r\n",
    }
    if word == "LOGIN" and "wrong" in line:
        return ("%s NO who are you\r\n" % tag).encode()
    return (answers.get(word, "") + "%s OK done\r\n" % tag).encode()


server = Served(keep, b"* OK ready\r\n")
link = imaplib.IMAP4("127.0.0.1", server.port)
try:
    link.login("me", "wrong")
except imaplib.IMAP4.error as error:
    print(error)
try:
    link.search(None, "ALL")
except imaplib.IMAP4.error as error:
    print(error)
print(link.login("me", 'se"cret'), link.select("INBOX"), link.search(None, "ALL"), link.list())
print(link.fetch("1", "(FLAGS BODY[])"), link.state)
print(link.logout())
print([re.sub(r"^\S+ ", "", line) for line in server.told()])
print(imaplib.ParseFlags(b"* 1 FETCH (FLAGS (\\Seen \\Draft))"), imaplib.Int2AP(4096), imaplib.Internaldate2tuple(b'* INTERNALDATE "01-Jan-2000 11:30:00 +0000"')[:1])


# Files.
def store(line, server):
    word = line.split()[0]
    if word == "PASV":
        server.data = socket.create_server(("127.0.0.1", 0))
        port = server.data.getsockname()[1]
        return ("227 here (127,0,0,1,%d,%d)\r\n" % divmod(port, 256)).encode()
    if word in ("RETR", "LIST", "NLST", "STOR", "MLSD"):
        link, _ = server.data.accept()
        server.data.close()
        with link:
            if word == "STOR":
                # The client ends this side when all is there.
                server.kept = b""
                server.pending = socket.socket(fileno=os.dup(link.fileno()))
                return b"150 go on\r\n" + finish(server)
            link.sendall({"RETR": b"12345", "LIST": b"-rw a\r\n-rw b\r\n", "NLST": b"a\r\nb\r\n", "MLSD": b"type=file;size=3; a\r\n"}[word])
        return b"150 opening (5 bytes)\r\n226 done\r\n"
    return {
        "USER": b"331 password\r\n", "PASS": b"230 in\r\n", "PWD": b'257 "/a ""b"""\r\n', "SIZE": b"213 5\r\n", "QUIT": b"221 bye\r\n", "CWD": b"550 no such place\r\n",
        "RNFR": b"350 and\r\n", "MKD": b'257 "/new" made\r\n',
    }.get(word, b"200 ok\r\n")


def finish(server):
    def take():
        with server.pending:
            while data := server.pending.recv(100):
                server.kept += data

    taker = threading.Thread(target=take)
    taker.start()
    server.taker = taker
    return b"226 done\r\n"


import io

server = Served(store, b"220-welcome\r\n220 to files\r\n")
link = ftplib.FTP()
print(link.connect("127.0.0.1", server.port))
print(link.login("me", "secret"), link.pwd(), link.size("a"), link.nlst(), link.mkd("new"))
parts = []
print(link.retrbinary("RETR a", parts.append), parts)
link.retrlines("LIST", parts.append)
print(parts, list(link.mlsd()), link.rename("a", "b"))
print(link.storbinary("STOR c", io.BytesIO(b"up" * 100)))
server.taker.join(20)
print(len(server.kept), link.sanitize("PASS secret"))
try:
    link.cwd("nowhere")
except ftplib.error_perm as error:
    print(error)
link.quit()
print(server.told())


# Lines of a terminal.
def talk(line, server):
    return b"\xff\xfb\x01name: " if line == "hello" else b"you said %s\r\n" % line.encode("latin-1")


server = Served(talk, b"login: ")
link = telnetlib.Telnet("127.0.0.1", server.port, 10)
print(link.read_until(b": ", 10))
link.write(b"hello\n")
print(link.expect([b"nothing", rb"n(.)me: "], 10)[::2])
link.write(b"x\n")
print(link.read_until(b"x\r\n", 10))
link.close()
server.told()


# Procedures.
class Things:
    def length(self, thing):
        return len(thing)

    def _hidden(self):
        return 1


served = xmlrpc.server.SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False, allow_none=True)
served.register_function(pow)
served.register_function(lambda *args: list(args), "echo")
served.register_instance(Things())
served.register_introspection_functions()
served.register_multicall_functions()
threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}).start()
with xmlrpc.client.ServerProxy("http://127.0.0.1:%d" % served.server_address[1], allow_none=True, use_builtin_types=True) as proxy:
    print(proxy.pow(2, 5), proxy.length([1, 2]), proxy.echo("<é&>", 1.5, True, None, b"bytes", {"a": [1, {}]}), proxy.system.listMethods()[:3])
    for call in (lambda: proxy.nothing(), lambda: proxy._hidden(), lambda: proxy.pow("a", 2)):
        try:
            call()
        except xmlrpc.client.Fault as fault:
            print(fault.faultCode, "TypeError" in fault.faultString, "not supported" in fault.faultString)
    several = xmlrpc.client.MultiCall(proxy)
    several.pow(2, 2)
    several.length("abc")
    print(list(several()))
served.shutdown()
served.server_close()
print(xmlrpc.client.dumps((1, "a<b"), "m"))
print(xmlrpc.client.loads(xmlrpc.client.dumps(({"x": [1.5, "t"]},), methodresponse=True)))
for wrong in ((2**40,), (None,), ({1: 2},)):
    try:
        xmlrpc.client.dumps(wrong)
    except (OverflowError, TypeError) as error:
        print(error)
