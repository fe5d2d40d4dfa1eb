"""A layer between a WSGI server and an application that holds both to PEP 3333."""

import re
import sys
import warnings

__all__ = ["validator"]

_HEADER = re.compile(r"[a-zA-Z][a-zA-Z0-9\-_]*$")
_CONTROL = re.compile(r"[\000-\037]")
_NEEDED = (
    "REQUEST_METHOD SERVER_NAME SERVER_PORT wsgi.version wsgi.input wsgi.errors wsgi.multithread wsgi.multiprocess wsgi.run_once"
).split()
_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PATCH", "PUT", "DELETE", "TRACE")


class WSGIWarning(Warning):
    """What is allowed and looks wrong."""


def _hold(condition, *text):
    if not condition:
        raise AssertionError(*text)


def _string(value, what):
    if type(value) is str:
        return value
    raise AssertionError("%s must be of type str (got %r)" % (what, value))


def validator(application):
    """The application, watched."""

    def watched(*args, **kwargs):
        _hold(len(args) == 2, "Two arguments required")
        _hold(not kwargs, "No keyword arguments allowed")
        environ, start_response = args
        _check_environ(environ)
        started = []

        def start(*args, **kwargs):
            _hold(len(args) in (2, 3), "Invalid number of arguments: %s" % (args,))
            _hold(not kwargs, "No keyword arguments allowed")
            status, headers = args[:2]
            _check_status(status)
            _check_headers(headers)
            _check_content_type(status, headers)
            if len(args) == 3:
                _hold(args[2] is None or isinstance(args[2], tuple), "exc_info (%r) is not a tuple: %r" % (args[2], type(args[2])))
            started.append(None)
            return _Writer(start_response(*args))

        environ["wsgi.input"] = _Input(environ["wsgi.input"])
        environ["wsgi.errors"] = _Errors(environ["wsgi.errors"])
        given = application(environ, start)
        _hold(given is not None and given != False, "The application must return an iterator, if only an empty list")
        _hold(not isinstance(given, (str, bytes)), "The application must return a list of bytes, not a text: %r" % (given,))
        return _Parts(given, started)

    return watched


class _Input:
    def __init__(self, stream):
        self.input = stream

    def _bytes(self, data):
        _hold(type(data) is bytes, "wsgi.input must give bytes")
        return data

    def read(self, *args):
        _hold(len(args) == 1, "wsgi.input.read() needs a size")
        return self._bytes(self.input.read(*args))

    def readline(self, *args):
        _hold(len(args) <= 1, "wsgi.input.readline() takes a size at most")
        return self._bytes(self.input.readline(*args))

    def readlines(self, *args):
        _hold(len(args) <= 1, "wsgi.input.readlines() takes a hint at most")
        lines = self.input.readlines(*args)
        _hold(type(lines) is list, "wsgi.input.readlines() must give a list")
        return [self._bytes(line) for line in lines]

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def close(self):
        raise AssertionError("input.close() must not be called")


class _Errors:
    def __init__(self, stream):
        self.errors = stream

    def write(self, text):
        self.errors.write(_string(text, "what is written to wsgi.errors"))

    def flush(self):
        self.errors.flush()

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def close(self):
        raise AssertionError("errors.close() must not be called")


class _Writer:
    def __init__(self, write):
        self.writer = write

    def __call__(self, data):
        _hold(type(data) is bytes, "write() takes bytes")
        self.writer(data)


class _Parts:
    """What the application gave, one part after the other."""

    def __init__(self, given, started):
        self.given, self.iterator, self.started, self.closed = given, iter(given), started, False

    def __iter__(self):
        return self

    def __next__(self):
        _hold(not self.closed, "Iterator read after closed")
        part = next(self.iterator)
        _hold(type(part) is bytes, "Iterator yielded non-bytestring (%r)" % (part,))
        if self.started is not None:
            _hold(self.started, "The application returns and we started iterating over its body, but start_response has not yet been called")
            self.started = None
        return part

    def close(self):
        self.closed = True
        if hasattr(self.given, "close"):
            self.given.close()

    def __del__(self):
        if not self.closed:
            sys.stderr.write("Iterator garbage collected without being closed\n")


def _check_environ(environ):
    _hold(type(environ) is dict, "Environment is not of the right type: %r (environment: %r)" % (type(environ), environ))
    for key in _NEEDED:
        _hold(key in environ, "Environment missing required key: %r" % (key,))
    for key in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
        _hold(key not in environ, "Environment should not have the key: %s (use %s instead)" % (key, key[5:]))
    if "QUERY_STRING" not in environ:
        warnings.warn("QUERY_STRING is not in the WSGI environment; the cgi module will use sys.argv when this variable is missing", WSGIWarning)
    for key in environ:
        if "." not in key:
            _string(environ[key], "Environmental variable %s" % key)
    _hold(type(environ["wsgi.version"]) is tuple, "wsgi.version should be a tuple (%r)" % (environ["wsgi.version"],))
    _hold(environ["wsgi.url_scheme"] in ("http", "https"), "wsgi.url_scheme unknown: %r" % environ["wsgi.url_scheme"])
    for name, methods in (("wsgi.input", ("read", "readline", "readlines", "__iter__")), ("wsgi.errors", ("flush", "write", "writelines"))):
        for method in methods:
            _hold(hasattr(environ[name], method), "%s (%r) doesn't have the attribute %s" % (name, environ[name], method))
    if environ["REQUEST_METHOD"] not in _METHODS:
        warnings.warn("Unknown REQUEST_METHOD: %s" % environ["REQUEST_METHOD"], WSGIWarning)
    script, path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
    _hold(not script or script.startswith("/"), "SCRIPT_NAME doesn't start with /: %r" % script)
    _hold(not path or path.startswith("/"), "PATH_INFO doesn't start with /: %r" % path)
    if environ.get("CONTENT_LENGTH"):
        _hold(int(environ["CONTENT_LENGTH"]) >= 0, "Invalid CONTENT_LENGTH: %r" % environ["CONTENT_LENGTH"])
    if not script:
        _hold("PATH_INFO" in environ, "One of SCRIPT_NAME or PATH_INFO are required (PATH_INFO should at least be '/' if SCRIPT_NAME is empty)")
    _hold(script != "/", "SCRIPT_NAME cannot be '/'; it should instead be '', and PATH_INFO should be '/'")


def _check_status(status):
    code = _string(status, "Status").split(None, 1)[0]
    _hold(len(code) == 3, "Status codes must be three characters: %r" % code)
    _hold(int(code) >= 100, "Status code is invalid: %r" % int(code))
    if len(status) < 4 or status[3] != " ":
        warnings.warn("The status string (%r) should be a three-digit integer followed by a single space and a status explanation" % status, WSGIWarning)


def _check_headers(headers):
    _hold(type(headers) is list, "Headers (%r) must be of type list: %r" % (headers, type(headers)))
    for item in headers:
        _hold(type(item) is tuple, "Individual headers (%r) must be of type tuple: %r" % (item, type(item)))
        _hold(len(item) == 2)
        name, value = _string(item[0], "Header name"), _string(item[1], "Header value")
        _hold(name.lower() != "status", "The Status header cannot be used; it conflicts with CGI script, and HTTP status is not given through headers (value: %r)." % value)
        _hold("\n" not in name and ":" not in name, "Header names may not contain ':' or '\\n': %r" % name)
        _hold(_HEADER.search(name), "Bad header name: %r" % name)
        _hold(not name.endswith(("-", "_")), "Names may not end in '-' or '_': %r" % name)
        bad = _CONTROL.search(value)
        _hold(not bad, "Bad header value: %r (bad char: %r)" % (value, bad and bad.group(0)))


def _check_content_type(status, headers):
    without = int(status.split(None, 1)[0]) in (204, 304)
    if any([name.lower() == "content-type" for name, _ in headers]):
        _hold(not without, "Content-Type header found in a %s response, which must not return content." % status.split(None, 1)[0])
    else:
        _hold(without, "No Content-Type header found in headers (%s)" % headers)
