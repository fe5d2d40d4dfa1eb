# http and urllib: numbers, cookies, requests and responses over a socket in memory and over this computer's network.
import http, http.client, http.cookies, http.cookiejar, http.server, io, threading, urllib.error, urllib.request, urllib.robotparser
from http import HTTPStatus

print(HTTPStatus.NOT_FOUND, HTTPStatus(404).phrase, HTTPStatus.OK == 200, http.client.responses[418], repr(HTTPStatus.OK), HTTPStatus.FOUND.description)

class Wire:
    def __init__(self, answer):
        self.answer, self.sent = answer, b""
    def makefile(self, mode, *rest):
        return io.BytesIO(self.answer)
    def sendall(self, data):
        self.sent += bytes(data)
    def close(self):
        pass

def ask(answer, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("host", 8080)
    connection.sock = Wire(answer)
    wire = connection.sock
    connection.request(method, "/path?q", body, headers)
    response = connection.getresponse()
    return wire.sent, response

sent, response = ask(b"HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nX-A: 1\r\nX-A: 2\r\n\r\nhelloextra", Accept="*/*")
print(sent, response.status, response.reason, response.version, response.getheader("x-a"), response.getheader("no", "default"), response.read(2), response.read(), response.isclosed(), response.getheaders())
sent, response = ask(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n", "POST", "body")
print(sent, response.read())
sent, response = ask(b"HTTP/1.0 404 Not Found\r\n\r\nall\nthe rest", "PUT", iter([b"a", b"bc"]))
print(sent, response.status, response.readline(), response.read())
for answer in (b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"):
    try:
        print(ask(answer)[1].read())
    except (http.client.HTTPException, ConnectionError) as error:
        print(type(error).__name__, error)
jar = http.cookies.SimpleCookie("a=1; b=\"x y\"; c")
jar["d"] = "e;f"
jar["d"]["path"], jar["d"]["httponly"], jar["d"]["max-age"] = "/p", True, 5
print(sorted((key, morsel.value, morsel.coded_value) for key, morsel in jar.items()))
print(jar["d"].OutputString(), jar["d"].output(["path"], "X:"))
try:
    http.cookies.SimpleCookie()["a b"] = 1
except http.cookies.CookieError as error:
    print(error)
request = urllib.request.Request("http://u.example:81/a/b?c#d", b"x=1", {"x-y": "z"})
print(request.type, request.host, request.selector, request.fragment, request.get_method(), request.get_full_url(), request.header_items(), request.has_header("X-y"))
with urllib.request.urlopen("data:text/plain;base64,aGk=") as answer:
    print(answer.read(), answer.headers["content-type"])
rules = urllib.robotparser.RobotFileParser()
rules.parse("User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: bad\nDisallow: /\nSitemap: http://s".split("\n"))
print(rules.can_fetch("good", "/x"), rules.can_fetch("good", "/private/x"), rules.can_fetch("bad/1", "/x"), rules.crawl_delay("good"), rules.site_maps())

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/here")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.answer(200, (self.path + " " + str(self.headers.get("Cookie"))).encode())
    def do_POST(self):
        self.answer(201, self.rfile.read(int(self.headers["Content-Length"]))[::-1])
    def answer(self, status, data):
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Set-Cookie", "k=v; Path=/")
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, *args):
        pass

with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({}))
    for path in ("/x", "/away"):
        with opener.open(base + path, timeout=10) as answer:
            print(answer.status, answer.reason, answer.url[len(base):], answer.read())
    with opener.open(base + "/post", b"abc", timeout=10) as answer:
        print(answer.status, answer.read())
    try:
        opener.open(urllib.request.Request(base + "/", method="DELETE"), timeout=10)
    except urllib.error.HTTPError as error:
        print(error.code, error.reason, b"Unsupported method" in error.read())
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    for path in ("/one", "/two"):
        connection.request("GET", path)
        answer = connection.getresponse()
        print(answer.status, answer.read())
    connection.close()
    server.shutdown()
    thread.join()
try:
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open("nothing:x")
except urllib.error.URLError as error:
    print(error.reason)
