"""HTTP for servers: a handler for each connection."""

import datetime
import email.utils
import html
import http.client
import io
import mimetypes
import os
import posixpath
import shutil
import socket
import socketserver
import sys
import time
import urllib.parse
from http import HTTPStatus

__all__ = ["BaseHTTPRequestHandler", "CGIHTTPRequestHandler", "HTTPServer", "SimpleHTTPRequestHandler", "ThreadingHTTPServer"]

__version__ = "0.6"
DEFAULT_ERROR_MESSAGE = """<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
"""
DEFAULT_ERROR_CONTENT_TYPE = "text/html;charset=utf-8"


class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = 1

    def server_bind(self):
        super().server_bind()
        host, port = self.server_address[:2]
        self.server_name, self.server_port = socket.getfqdn(host) if hasattr(socket, "getfqdn") else host, port


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """Reads requests and calls `do_METHOD` for each."""

    sys_version = "Python/" + sys.version.split()[0]
    server_version = "BaseHTTP/" + __version__
    error_message_format, error_content_type = DEFAULT_ERROR_MESSAGE, DEFAULT_ERROR_CONTENT_TYPE
    default_request_version, protocol_version = "HTTP/0.9", "HTTP/1.0"
    MessageClass = http.client.HTTPMessage
    responses = {status: (status.phrase, status.description) for status in HTTPStatus}
    weekdayname = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    monthname = [None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    def parse_request(self):
        """Whether the request line and its headers make sense; if not, the error was sent."""
        self.command = None
        self.request_version = version = self.default_request_version
        self.close_connection = True
        self.requestline = self.raw_requestline.decode("iso-8859-1").rstrip("\r\n")
        words = self.requestline.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            number = version[5:].split(".")
            if not version.startswith("HTTP/") or len(number) != 2 or not all([part.isdigit() and len(part) <= 10 for part in number]):
                self.send_error(HTTPStatus.BAD_REQUEST, "Bad request version (%r)" % version)
                return False
            number = int(number[0]), int(number[1])
            if number >= (1, 1) and self.protocol_version >= "HTTP/1.1":
                self.close_connection = False
            if number >= (2, 0):
                self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "Invalid HTTP version (%s)" % version[5:])
                return False
            self.request_version = version
        if not 2 <= len(words) <= 3:
            self.send_error(HTTPStatus.BAD_REQUEST, "Bad request syntax (%r)" % self.requestline)
            return False
        command, path = words[:2]
        if len(words) == 2:
            self.close_connection = True
            if command != "GET":
                self.send_error(HTTPStatus.BAD_REQUEST, "Bad HTTP/0.9 request type (%r)" % command)
                return False
        # Two slashes in front would make a path of this server look like another server.
        self.command, self.path = command, "/" + path.lstrip("/") if path.startswith("//") else path
        try:
            self.headers = http.client.parse_headers(self.rfile, _class=self.MessageClass)
        except http.client.LineTooLong as error:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Line too long", str(error))
            return False
        except http.client.HTTPException as error:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Too many headers", str(error))
            return False
        connection = self.headers.get("Connection", "").lower()
        if connection == "close":
            self.close_connection = True
        elif connection == "keep-alive" and self.protocol_version >= "HTTP/1.1":
            self.close_connection = False
        if self.headers.get("Expect", "").lower() == "100-continue" and self.protocol_version >= "HTTP/1.1" and self.request_version >= "HTTP/1.1":
            return self.handle_expect_100()
        return True

    def handle_expect_100(self):
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def handle_one_request(self):
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if len(self.raw_requestline) > 65536:
                self.requestline = self.request_version = self.command = ""
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self.raw_requestline:
                self.close_connection = True
                return
            if not self.parse_request():
                return
            method = getattr(self, "do_" + self.command, None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, "Unsupported method (%r)" % self.command)
                return
            method()
            self.wfile.flush()
        except TimeoutError as error:
            self.log_error("Request timed out: %r", error)
            self.close_connection = True

    def handle(self):
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def send_error(self, code, message=None, explain=None):
        short, long = self.responses.get(code, ("???", "???"))
        message = short if message is None else message
        explain = long if explain is None else explain
        self.log_error("code %d, message %s", code, message)
        self.send_response(code, message)
        self.send_header("Connection", "close")
        body = None
        if code >= 200 and code not in (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED):
            said = {"code": code, "message": html.escape(message, quote=False), "explain": html.escape(explain, quote=False)}
            body = (self.error_message_format % said).encode("UTF-8", "replace")
            self.send_header("Content-Type", self.error_content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and body:
            self.wfile.write(body)

    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header("Server", self.version_string())
        self.send_header("Date", self.date_time_string())

    def _held(self):
        if not hasattr(self, "_headers_buffer"):
            self._headers_buffer = []
        return self._headers_buffer

    def send_response_only(self, code, message=None):
        if self.request_version != "HTTP/0.9":
            message = self.responses[code][0] if message is None and code in self.responses else message or ""
            self._held().append(("%s %d %s\r\n" % (self.protocol_version, code, message)).encode("latin-1", "strict"))

    def send_header(self, keyword, value):
        if self.request_version != "HTTP/0.9":
            self._held().append(("%s: %s\r\n" % (keyword, value)).encode("latin-1", "strict"))
        if keyword.lower() == "connection":
            if value.lower() == "close":
                self.close_connection = True
            elif value.lower() == "keep-alive":
                self.close_connection = False

    def end_headers(self):
        if self.request_version != "HTTP/0.9":
            self._held().append(b"\r\n")
            self.flush_headers()

    def flush_headers(self):
        if hasattr(self, "_headers_buffer"):
            self.wfile.write(b"".join(self._headers_buffer))
            self._headers_buffer = []

    def log_request(self, code="-", size="-"):
        self.log_message('"%s" %s %s', self.requestline, str(code.value if isinstance(code, HTTPStatus) else code), str(size))

    def log_error(self, format, *args):
        self.log_message(format, *args)

    def log_message(self, format, *args):
        text = "".join([c if ord(c) >= 32 and not 127 <= ord(c) < 160 and c != "\\" else "\\x%02x" % ord(c) if c != "\\" else "\\\\" for c in format % args])
        sys.stderr.write("%s - - [%s] %s\n" % (self.address_string(), self.log_date_time_string(), text))

    def version_string(self):
        return self.server_version + " " + self.sys_version

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() if timestamp is None else timestamp, usegmt=True)

    def log_date_time_string(self):
        year, month, day, hour, minute, second = time.localtime()[:6]
        return "%02d/%3s/%04d %02d:%02d:%02d" % (day, self.monthname[month], year, hour, minute, second)

    def address_string(self):
        return self.client_address[0]


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Serves the files below a directory."""

    server_version = "SimpleHTTP/" + __version__
    index_pages = ("index.html", "index.htm")
    extensions_map = {".gz": "application/gzip", ".Z": "application/octet-stream", ".bz2": "application/x-bzip2", ".xz": "application/x-xz"}

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(os.getcwd() if directory is None else directory)
        super().__init__(*args, **kwargs)

    def do_GET(self):
        file = self.send_head()
        if file:
            try:
                self.copyfile(file, self.wfile)
            finally:
                file.close()

    def do_HEAD(self):
        file = self.send_head()
        if file:
            file.close()

    def send_head(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urllib.parse.urlsplit(self.path)
            if not parts.path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", urllib.parse.urlunsplit((parts[0], parts[1], parts[2] + "/", parts[3], parts[4])))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            for name in self.index_pages:
                index = os.path.join(path, name)
                if os.path.isfile(index):
                    path = index
                    break
            else:
                return self.list_directory(path)
        if path.endswith("/"):
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        try:
            file = open(path, "rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        about = os.stat(path)
        if "If-Modified-Since" in self.headers and "If-None-Match" not in self.headers and self._is_unchanged(about):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            file.close()
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-type", self.guess_type(path))
        self.send_header("Content-Length", str(about[6]))
        self.send_header("Last-Modified", self.date_time_string(about.st_mtime))
        self.end_headers()
        return file

    def _is_unchanged(self, about):
        try:
            since = email.utils.parsedate_to_datetime(self.headers["If-Modified-Since"])
        except (TypeError, IndexError, OverflowError, ValueError):
            return False
        if since.tzinfo is None:
            since = since.replace(tzinfo=datetime.timezone.utc)
        return datetime.datetime.fromtimestamp(int(about.st_mtime), datetime.timezone.utc) <= since

    def list_directory(self, path):
        try:
            names = sorted(os.listdir(path), key=str.lower)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "No permission to list directory")
            return None
        title = "Directory listing for " + html.escape(urllib.parse.unquote(urllib.parse.urlsplit(self.path).path), quote=False)
        out = ["<!DOCTYPE HTML>", '<html lang="en">', "<head>", '<meta charset="utf-8">', "<title>%s</title>\n</head>" % title]
        out.append("<body>\n<h1>%s</h1>" % title)
        out.append("<hr>\n<ul>")
        for name in names:
            whole = os.path.join(path, name)
            shown = linked = name
            if os.path.isdir(whole):
                shown = linked = name + "/"
            if os.path.islink(whole):
                shown = name + "@"
            out.append('<li><a href="%s">%s</a></li>' % (urllib.parse.quote(linked), html.escape(shown, quote=False)))
        out.append("</ul>\n<hr>\n</body>\n</html>\n")
        data = "\n".join(out).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def translate_path(self, path):
        """The file that a path of the server means: nothing above its directory."""
        path = path.split("?", 1)[0].split("#", 1)[0]
        slash = path.rstrip().endswith("/")
        words = [word for word in posixpath.normpath(urllib.parse.unquote(path)).split("/") if word]
        path = self.directory
        for word in words:
            if not os.path.dirname(word) and word not in (os.curdir, os.pardir):
                path = os.path.join(path, word)
        return path + "/" if slash else path

    def copyfile(self, source, outputfile):
        shutil.copyfileobj(source, outputfile)

    def guess_type(self, path):
        ending = posixpath.splitext(path)[1]
        for one in (ending, ending.lower()):
            if one in self.extensions_map:
                return self.extensions_map[one]
        return mimetypes.guess_type(path)[0] or "application/octet-stream"


class CGIHTTPRequestHandler(SimpleHTTPRequestHandler):
    """Serves files, and of some directories the output of the programs there."""

    cgi_directories = ["/cgi-bin", "/htbin"]
    # The length of a body is what its program reads to.
    rbufsize = 0

    def do_POST(self):
        if self.is_cgi():
            self.run_cgi()
        else:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED, "Can only POST to CGI scripts")

    def send_head(self):
        return self.run_cgi() if self.is_cgi() else super().send_head()

    def is_cgi(self):
        """Whether the path is below such a directory; `cgi_info` is that, and the rest."""
        path, mark, query = self.path.partition("?")
        plain = posixpath.normpath("/" + urllib.parse.unquote(path).lstrip("/"))
        if path.endswith("/") and plain != "/":
            plain += "/"
        for directory in self.cgi_directories:
            if plain.startswith(directory + "/"):
                self.cgi_info = directory, plain[len(directory) + 1 :] + mark + query
                return True
        return False

    def is_executable(self, path):
        return os.access(path, os.X_OK)

    def is_python(self, path):
        return os.path.splitext(path)[1].lower() in (".py", ".pyw")

    def run_cgi(self):
        import select
        import subprocess

        directory, rest = self.cgi_info
        rest, _, query = rest.partition("?")
        # Directories below come first, then the program, then a path that it makes something of.
        script, slash, behind = rest.partition("/")
        while slash and os.path.isdir(self.translate_path(directory + "/" + script)):
            directory += "/" + script
            script, slash, behind = behind.partition("/")
        name = directory + "/" + script
        file = self.translate_path(name)
        if not os.path.exists(file):
            self.send_error(HTTPStatus.NOT_FOUND, "No such CGI script (%r)" % name)
            return
        if not os.path.isfile(file):
            self.send_error(HTTPStatus.FORBIDDEN, "CGI script is not a plain file (%r)" % name)
            return
        if not self.is_python(name) and not self.is_executable(file):
            self.send_error(HTTPStatus.FORBIDDEN, "CGI script is not executable (%r)" % name)
            return
        command = [file] if self.is_executable(file) else [sys.executable, "-u", file]
        if query and "=" not in query:
            command.append(urllib.parse.unquote_plus(query))
        length = int(self.headers.get("content-length") or 0) if self.command == "POST" else 0
        body = b""
        while len(body) < length:
            more = self.rfile.read(length - len(body))
            if not more:
                break
            body += more
        # What was sent beyond that is nobody's.
        while select.select([self.rfile], [], [], 0)[0] and self.connection.recv(1):
            pass
        self.send_response(HTTPStatus.OK, "Script output follows")
        self.flush_headers()
        done = subprocess.run(command, input=body, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._cgi_environment(name, slash + behind, query))
        self.wfile.write(done.stdout)
        if done.stderr:
            self.log_error("%s", done.stderr)
        if done.returncode:
            self.log_error("CGI script exit status %#x", done.returncode)
        else:
            self.log_message("CGI script exited OK")

    def _cgi_environment(self, name, behind, query):
        behind = urllib.parse.unquote(behind)
        environment = dict(
            os.environ,
            SERVER_SOFTWARE=self.version_string(),
            SERVER_NAME=self.server.server_name,
            GATEWAY_INTERFACE="CGI/1.1",
            SERVER_PROTOCOL=self.protocol_version,
            SERVER_PORT=str(self.server.server_port),
            REQUEST_METHOD=self.command,
            PATH_INFO=behind,
            PATH_TRANSLATED=self.translate_path(behind),
            SCRIPT_NAME=name,
            QUERY_STRING=query,
            REMOTE_ADDR=self.client_address[0],
            CONTENT_TYPE=self.headers.get("content-type") or self.headers.get_content_type(),
        )
        authorization = (self.headers.get("authorization") or "").split()
        if len(authorization) == 2:
            environment["AUTH_TYPE"] = authorization[0]
            if authorization[0].lower() == "basic":
                import base64
                import binascii

                try:
                    user = base64.b64decode(authorization[1]).decode("ascii").split(":")
                except (binascii.Error, UnicodeError):
                    user = []
                if len(user) == 2:
                    environment["REMOTE_USER"] = user[0]
        for variable, value in (
            ("CONTENT_LENGTH", self.headers.get("content-length")),
            ("HTTP_REFERER", self.headers.get("referer")),
            ("HTTP_ACCEPT", ",".join(self.headers.get_all("accept", ()))),
            ("HTTP_USER_AGENT", self.headers.get("user-agent")),
            ("HTTP_COOKIE", ", ".join(self.headers.get_all("cookie", ()))),
        ):
            if value:
                environment[variable] = value
            else:
                environment.setdefault(variable, "")
        return environment


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol="HTTP/1.0", port=8000, bind=None):
    HandlerClass.protocol_version = protocol
    with ServerClass((bind or "0.0.0.0", port), HandlerClass) as server:
        print("Serving HTTP on %s port %d ..." % server.socket.getsockname()[:2])
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nKeyboard interrupt received, exiting.")


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("-b", "--bind", metavar="ADDRESS", help="bind to this address (default: all interfaces)")
    parser.add_argument("--cgi", action="store_true", help="run as CGI server")
    parser.add_argument("-d", "--directory", default=os.getcwd(), help="serve this directory (default: current directory)")
    parser.add_argument("port", default=8000, type=int, nargs="?", help="bind to this port (default: 8000)")
    arguments = parser.parse_args()

    class _Here(CGIHTTPRequestHandler if arguments.cgi else SimpleHTTPRequestHandler):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, directory=arguments.directory, **kwargs)

    test(_Here, port=arguments.port, bind=arguments.bind)
