"""What applications and servers want of the environment of a request."""

import posixpath
from urllib.parse import quote

__all__ = ["FileWrapper", "application_uri", "guess_scheme", "is_hop_by_hop", "request_uri", "setup_testing_defaults", "shift_path_info"]

_HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailers transfer-encoding upgrade".split()
)


class FileWrapper:
    """A file in blocks."""

    def __init__(self, filelike, blksize=8192):
        self.filelike, self.blksize = filelike, blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if not data:
            raise StopIteration
        return data


def guess_scheme(environ):
    return "https" if environ.get("HTTPS") in ("yes", "on", "1") else "http"


def application_uri(environ):
    """Where the application lies, without its path and query."""
    scheme = environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST")
    if not host:
        host = environ["SERVER_NAME"]
        if environ["SERVER_PORT"] != ("443" if scheme == "https" else "80"):
            host += ":" + environ["SERVER_PORT"]
    return scheme + "://" + host + quote(environ.get("SCRIPT_NAME") or "/", encoding="latin1")


def request_uri(environ, include_query=True):
    """What was asked for."""
    uri = application_uri(environ)
    path = quote(environ.get("PATH_INFO", ""), safe="/;=,", encoding="latin1")
    uri += path if environ.get("SCRIPT_NAME") else path[1:]
    if include_query and environ.get("QUERY_STRING"):
        uri += "?" + environ["QUERY_STRING"]
    return uri


def shift_path_info(environ):
    """Moves the first part of the path to the application's place; answers it, or None."""
    path = environ.get("PATH_INFO", "")
    if not path:
        return None
    parts = path.split("/")
    parts[1:-1] = [part for part in parts[1:-1] if part and part != "."]
    name = parts[1]
    del parts[1]
    script = posixpath.normpath(environ.get("SCRIPT_NAME", "") + "/" + name)
    if script.endswith("/"):
        script = script[:-1]
    if not name and not script.endswith("/"):
        script += "/"
    environ["SCRIPT_NAME"], environ["PATH_INFO"] = script, "/".join(parts)
    return None if name == "." else name


def setup_testing_defaults(environ):
    """Fills an environment with what a test needs at least."""
    from io import BytesIO, StringIO

    for name, value in (
        ("SERVER_NAME", "127.0.0.1"), ("SERVER_PROTOCOL", "HTTP/1.0"), ("HTTP_HOST", environ.get("SERVER_NAME", "127.0.0.1")), ("REQUEST_METHOD", "GET"),
    ):
        environ.setdefault(name, value)
    if "SCRIPT_NAME" not in environ and "PATH_INFO" not in environ:
        environ.setdefault("SCRIPT_NAME", "")
        environ.setdefault("PATH_INFO", "/")
    for name, value in (
        ("wsgi.version", (1, 0)), ("wsgi.run_once", 0), ("wsgi.multithread", 0), ("wsgi.multiprocess", 0), ("wsgi.input", BytesIO()),
        ("wsgi.errors", StringIO()), ("wsgi.url_scheme", guess_scheme(environ)),
    ):
        environ.setdefault(name, value)
    environ.setdefault("SERVER_PORT", "443" if environ["wsgi.url_scheme"] == "https" else "80")


def is_hop_by_hop(header_name):
    return header_name.lower() in _HOP_BY_HOP
