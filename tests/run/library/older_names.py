# What has newer names or ways, and is still there: of unittest, configparser, urllib; servers that run programs; the standard of 2002.
# needs: import unittest, configparser, urllib.request, http.server, unicodedata, signal
import configparser
import http.server
import io
import os
import signal
import tempfile
import threading
import unicodedata
import unittest
import urllib.request
import warnings

warnings.simplefilter("ignore")


class Some(unittest.TestCase):
    def test_b(self):
        pass

    def test_a(self):
        pass

    def check_c(self):
        pass


print(unittest.getTestCaseNames(Some, "test"), unittest.makeSuite(Some, "check").countTestCases(), unittest.makeSuite(Some).countTestCases())
print(unittest.getTestCaseNames(Some, "test", lambda a, b: (a < b) - (a > b)))
# Whoever started this may ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
unittest.installHandler()
result = unittest.TestResult()
unittest.registerResult(result)
os.kill(os.getpid(), signal.SIGINT)
print(result.shouldStop, unittest.removeResult(result), unittest.removeResult(result))
try:
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000):
        pass
except KeyboardInterrupt:
    print("interrupted")
unittest.removeHandler()
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

parser = configparser.SafeConfigParser()
parser.readfp(io.StringIO("[a]\nb = %(c)s!\nc = 1\n"))
print(parser.get("a", "b"), configparser.ParsingError(filename="f").source)

old = unicodedata.ucd_3_2_0
print(old.unidata_version, old.category("\u0221"), unicodedata.category("\u0221"), old.category("a"), old.name("\u0220"), old.normalize("NFC", "e\u0301\u0221"))
print(old.name("\u0221", "none"), unicodedata.mirrored("("), unicodedata.mirrored("a"), old.bidirectional("\u05d0"), old.is_normalized("NFC", "a"))

folder = tempfile.mkdtemp()
# A server that root runs has others run the programs.
os.chmod(folder, 0o755)
os.mkdir(folder + "/cgi-bin")
with open(folder + "/cgi-bin/say.py", "w") as file:
    file.write(
        "#!/bin/sh\n"
        'echo "Content-Type: text/plain"\n'
        "echo\n"
        'echo "$REQUEST_METHOD $SCRIPT_NAME $PATH_INFO $QUERY_STRING $CONTENT_LENGTH"\n'
        'head -c "${CONTENT_LENGTH:-0}"\n'
    )
os.chmod(folder + "/cgi-bin/say.py", 0o755)
with open(folder + "/plain.txt", "w") as file:
    file.write("plain")


class Handler(http.server.CGIHTTPRequestHandler):
    def __init__(self, *args):
        super().__init__(*args, directory=folder)

    def log_message(self, format, *args):
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    print(urllib.request.urlopen(base + "/cgi-bin/say.py/more?a=1").read())
    print(urllib.request.urlopen(base + "/cgi-bin/say.py", b"body").read())
    print(urllib.request.urlopen(base + "/plain.txt").read())
    for place in ("/cgi-bin/none.py", "/none"):
        try:
            urllib.request.urlopen(base + place)
        except urllib.error.HTTPError as error:
            print(error.code)
    opener = urllib.request.URLopener({})
    with opener.open(base + "/plain.txt") as answer:
        print(answer.read(), answer.getcode(), answer.info()["content-length"])
    name, headers = opener.retrieve(base + "/plain.txt")
    with open(name) as file:
        print(file.read())
    opener.close()
    print(os.path.exists(name))
    try:
        opener.open(base + "/none")
    except urllib.error.HTTPError as error:
        print(error.code)
    fancy = urllib.request.FancyURLopener({})
    print(fancy.open(base + "/none").getcode(), fancy.open("file://" + folder + "/plain.txt").read())
    try:
        fancy.open("what:ever")
    except OSError as error:
        print(error.args[:2])
    server.shutdown()
    thread.join()
