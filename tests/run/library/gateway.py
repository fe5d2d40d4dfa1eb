# needs: import wsgiref.util
import threading, urllib.request, io
from wsgiref import simple_server, util, headers, handlers
def app(environ, start):
    start("200 OK", [("Content-Type", "text/plain"), ("X-Path", environ["PATH_INFO"])])
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return [environ["REQUEST_METHOD"].encode(), b" ", environ["QUERY_STRING"].encode(), b" ", environ.get("HTTP_X_A", "").encode(), body]
class Quiet(simple_server.WSGIRequestHandler):
    def log_message(self, *a): pass
s = simple_server.make_server("127.0.0.1", 0, app, handler_class=Quiet)
def ask(path, **k):
    t = threading.Thread(target=s.handle_request); t.start()
    with urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:%d%s" % (s.server_port, path), **k)) as r:
        print(r.status, r.headers["X-Path"], r.headers["Content-Type"], r.read())
    t.join()
ask("/a%20b?q=1", headers={"X-A": "z"}); ask("/p", data=b"posted")
s.server_close()
e = {"PATH_INFO": "/a/b/./c", "SCRIPT_NAME": "/s"}; util.setup_testing_defaults(e)
print(util.shift_path_info(e), e["SCRIPT_NAME"], e["PATH_INFO"], util.request_uri({**e, "QUERY_STRING": "x=1"}), util.application_uri(e), util.is_hop_by_hop("TE"))
h = headers.Headers([("A", "1")]); h["b"] = "2"; h.add_header("C", "form", filename='x"y', k=None); h.setdefault("a", "9"); del h["B"]
print(h, h.items(), h.get_all("a"), "c" in h, len(h), bytes(h))
out = io.BytesIO()
handlers.SimpleHandler(io.BytesIO(), out, io.StringIO(), {"SERVER_PROTOCOL": "HTTP/1.0"}).run(lambda e, s: (s("404 Not Found", [("Date", "now")]), [b"none"])[1])
print(out.getvalue())
err = io.StringIO(); out = io.BytesIO()
class Gateway(handlers.BaseCGIHandler):
    error_body = b"broken"
Gateway(io.BytesIO(), out, err, {"SERVER_PROTOCOL": "HTTP/1.0"}).run(lambda e, s: 1 / 0)
print(out.getvalue(), "ZeroDivisionError" in err.getvalue())
print(list(util.FileWrapper(io.BytesIO(b"abcdef"), 4)))
