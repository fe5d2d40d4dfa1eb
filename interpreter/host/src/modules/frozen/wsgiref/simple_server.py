"""A server that runs an application for one request after another."""

import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

from .handlers import SimpleHandler

__version__ = "0.2"
__all__ = ["WSGIServer", "WSGIRequestHandler", "demo_app", "make_server"]
server_version = "WSGIServer/" + __version__
software_version = server_version + " " + sys.implementation.name + "/" + sys.version.split()[0].rstrip(";")


class ServerHandler(SimpleHandler):
    server_software = software_version

    def close(self):
        try:
            self.request_handler.log_request(self.status.split(" ", 1)[0], self.bytes_sent)
        finally:
            super().close()


class WSGIServer(HTTPServer):
    application = None

    def server_bind(self):
        super().server_bind()
        self.setup_environ()

    def setup_environ(self):
        self.base_environ = {
            "SERVER_NAME": self.server_name, "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PORT": str(self.server_port), "REMOTE_HOST": "",
            "CONTENT_LENGTH": "", "SCRIPT_NAME": "",
        }

    def get_app(self):
        return self.application

    def set_app(self, application):
        self.application = application


class WSGIRequestHandler(BaseHTTPRequestHandler):
    server_version = server_version

    def get_environ(self):
        environ = dict(self.server.base_environ)
        path, _, query = self.path.partition("?")
        environ.update(
            SERVER_PROTOCOL=self.request_version, SERVER_SOFTWARE=self.server_version, REQUEST_METHOD=self.command,
            PATH_INFO=urllib.parse.unquote(path, "iso-8859-1"), QUERY_STRING=query, REMOTE_ADDR=self.client_address[0],
        )
        host = self.address_string()
        if host != self.client_address[0]:
            environ["REMOTE_HOST"] = host
        environ["CONTENT_TYPE"] = self.headers.get("content-type") or self.headers.get_content_type()
        length = self.headers.get("content-length")
        if length:
            environ["CONTENT_LENGTH"] = length
        for name, value in self.headers.items():
            name = name.replace("-", "_").upper()
            if name not in environ:
                key = "HTTP_" + name
                environ[key] = environ[key] + "," + value.strip() if key in environ else value.strip()
        return environ

    def get_stderr(self):
        return sys.stderr

    def handle(self):
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if not self.parse_request():
            return
        handler = ServerHandler(self.rfile, self.wfile, self.get_stderr(), self.get_environ(), multithread=False)
        handler.request_handler = self
        handler.run(self.server.get_app())


def demo_app(environ, start_response):
    lines = ["Hello world!", ""] + ["%s = %r" % pair for pair in sorted(environ.items())]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["\n".join(lines + [""]).encode("utf-8")]


def make_server(host, port, app, server_class=WSGIServer, handler_class=WSGIRequestHandler):
    """A server that runs `app` there."""
    server = server_class((host, port), handler_class)
    server.set_app(app)
    return server
