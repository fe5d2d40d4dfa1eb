"""Procedures of other computers, called by XML-RPC."""

import base64
import datetime
import decimal
import errno
import gzip
import http.client
import sys
import time
import urllib.parse
from io import BytesIO
from xml.parsers import expat

__version__ = "%d.%d" % tuple(sys.version_info)[:2]

MAXINT, MININT = 2**31 - 1, -(2**31)
PARSE_ERROR, SERVER_ERROR, APPLICATION_ERROR, SYSTEM_ERROR, TRANSPORT_ERROR = -32700, -32600, -32500, -32400, -32300
NOT_WELLFORMED_ERROR, UNSUPPORTED_ENCODING, INVALID_ENCODING_CHAR = -32700, -32701, -32702
INVALID_XMLRPC, METHOD_NOT_FOUND, INVALID_METHOD_PARAMS, INTERNAL_ERROR = -32600, -32601, -32602, -32603


def escape(s):
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Error(Exception):
    __str__ = object.__repr__


class ProtocolError(Error):
    """HTTP's own trouble."""

    def __init__(self, url, errcode, errmsg, headers):
        super().__init__()
        self.url, self.errcode, self.errmsg, self.headers = url, errcode, errmsg, headers

    def __repr__(self):
        return "<%s for %s: %s %s>" % (self.__class__.__name__, self.url, self.errcode, self.errmsg)

    __str__ = __repr__


class ResponseError(Error):
    """What came is no answer."""


class Fault(Error):
    """The procedure failed: a code and a text."""

    def __init__(self, faultCode, faultString, **extra):
        super().__init__()
        self.faultCode, self.faultString = faultCode, faultString

    def __repr__(self):
        return "<%s %s: %r>" % (self.__class__.__name__, self.faultCode, self.faultString)

    __str__ = __repr__


boolean = Boolean = bool


def _strftime(value):
    if isinstance(value, datetime.datetime):
        return "%04d%02d%02dT%02d:%02d:%02d" % (value.year, value.month, value.day, value.hour, value.minute, value.second)
    if not isinstance(value, (tuple, time.struct_time)):
        value = time.localtime(value or time.time())
    return "%04d%02d%02dT%02d:%02d:%02d" % tuple(value)[:6]


class DateTime:
    """A moment, as it is written."""

    def __init__(self, value=0):
        self.value = value if isinstance(value, str) else _strftime(value)

    def _both(self, other):
        if isinstance(other, DateTime):
            return self.value, other.value
        if isinstance(other, datetime.datetime):
            return self.value, _strftime(other)
        if isinstance(other, str):
            return self.value, other
        if hasattr(other, "timetuple"):
            return self.timetuple(), other.timetuple()
        raise TypeError("Can't compare %s and %s" % (self.__class__.__name__, type(other).__name__))

    def __lt__(self, other):
        one, two = self._both(other)
        return one < two

    def __le__(self, other):
        one, two = self._both(other)
        return one <= two

    def __gt__(self, other):
        one, two = self._both(other)
        return one > two

    def __ge__(self, other):
        one, two = self._both(other)
        return one >= two

    def __eq__(self, other):
        try:
            one, two = self._both(other)
        except TypeError:
            return NotImplemented
        return one == two

    def timetuple(self):
        return time.strptime(self.value, "%Y%m%dT%H:%M:%S")

    def __str__(self):
        return self.value

    def __repr__(self):
        return "<%s %r at %#x>" % (self.__class__.__name__, self.value, id(self))

    def decode(self, data):
        self.value = str(data).strip()

    def encode(self, out):
        out.write("<value><dateTime.iso8601>%s</dateTime.iso8601></value>\n" % self.value)


def _datetime(data):
    value = DateTime()
    value.decode(data)
    return value


def _datetime_type(data):
    return datetime.datetime.strptime(data, "%Y%m%dT%H:%M:%S")


class Binary:
    """Bytes that travel as base64."""

    def __init__(self, data=None):
        if data is None:
            data = b""
        elif not isinstance(data, (bytes, bytearray)):
            raise TypeError("expected bytes or bytearray, not %s" % data.__class__.__name__)
        self.data = bytes(data)

    def __str__(self):
        return str(self.data, "latin-1")

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Binary) else other)

    def decode(self, data):
        self.data = base64.decodebytes(data)

    def encode(self, out):
        out.write("<value><base64>\n%s</base64></value>\n" % base64.encodebytes(self.data).decode("ascii"))


def _binary(data):
    value = Binary()
    value.decode(data)
    return value


WRAPPERS = (DateTime, Binary)


class ExpatParser:
    def __init__(self, target):
        self._parser, self._target = expat.ParserCreate(None, None), target
        self._parser.StartElementHandler, self._parser.EndElementHandler = target.start, target.end
        self._parser.CharacterDataHandler = target.data
        target.xml(None, None)

    def feed(self, data):
        self._parser.Parse(data, False)

    def close(self):
        parser, self._parser = self._parser, None
        if parser is not None:
            parser.Parse(b"", True)


class Marshaller:
    """Values as XML."""

    dispatch = {}

    def __init__(self, encoding=None, allow_none=False):
        self.memo, self.data, self.encoding, self.allow_none = {}, None, encoding, allow_none

    def dumps(self, values):
        out = []
        if isinstance(values, Fault):
            out.append("<fault>\n")
            self._write({"faultCode": values.faultCode, "faultString": values.faultString}, out.append)
            out.append("</fault>\n")
        else:
            out.append("<params>\n")
            for value in values:
                out.append("<param>\n")
                self._write(value, out.append)
                out.append("</param>\n")
            out.append("</params>\n")
        return "".join(out)

    def _write(self, value, write):
        kind = type(value)
        form = self.dispatch.get(kind)
        if form is None:
            if not hasattr(value, "__dict__"):
                raise TypeError("cannot marshal %s objects" % kind)
            # What only looks like something that can travel does not: it would arrive as something else.
            if any([parent in self.dispatch for parent in kind.__mro__]):
                raise TypeError("cannot marshal %s objects" % kind)
            form = self.dispatch["_arbitrary_instance"]
        form(self, value, write)

    def dump_nil(self, value, write):
        if not self.allow_none:
            raise TypeError("cannot marshal None unless allow_none is enabled")
        write("<value><nil/></value>")

    def dump_bool(self, value, write):
        write("<value><boolean>%d</boolean></value>\n" % value)

    def dump_long(self, value, write):
        if not MININT <= value <= MAXINT:
            raise OverflowError("int exceeds XML-RPC limits")
        write("<value><int>%d</int></value>\n" % value)

    def dump_double(self, value, write):
        write("<value><double>%r</double></value>\n" % value)

    def dump_unicode(self, value, write, escape=escape):
        write("<value><string>%s</string></value>\n" % escape(value))

    def dump_bytes(self, value, write):
        write("<value><base64>\n%s</base64></value>\n" % base64.encodebytes(value).decode("ascii"))

    def _nested(self, value):
        if id(value) in self.memo:
            raise TypeError("cannot marshal recursive %s" % ("dictionaries" if isinstance(value, dict) else "sequences"))
        self.memo[id(value)] = None

    def dump_array(self, value, write):
        self._nested(value)
        write("<value><array><data>\n")
        for one in value:
            self._write(one, write)
        write("</data></array></value>\n")
        del self.memo[id(value)]

    def dump_struct(self, value, write, escape=escape):
        self._nested(value)
        write("<value><struct>\n")
        for name, one in value.items():
            if not isinstance(name, str):
                raise TypeError("dictionary key must be string")
            write("<member>\n<name>%s</name>\n" % escape(name))
            self._write(one, write)
            write("</member>\n")
        write("</struct></value>\n")
        del self.memo[id(value)]

    def dump_datetime(self, value, write):
        write("<value><dateTime.iso8601>%s</dateTime.iso8601></value>\n" % _strftime(value))

    def dump_instance(self, value, write):
        if value.__class__ not in WRAPPERS:
            self.dump_struct(value.__dict__, write)
            return
        self.write = write
        value.encode(self)
        del self.write

    dispatch.update({
        type(None): dump_nil, bool: dump_bool, int: dump_long, float: dump_double, str: dump_unicode, bytes: dump_bytes, bytearray: dump_bytes,
        tuple: dump_array, list: dump_array, dict: dump_struct, datetime.datetime: dump_datetime, DateTime: dump_instance, Binary: dump_instance,
        "_arbitrary_instance": dump_instance,
    })


class Unmarshaller:
    """XML as values: it is told of tags and text."""

    dispatch = {}

    def __init__(self, use_datetime=False, use_builtin_types=False):
        self._type, self._stack, self._marks, self._data, self._value, self._methodname = None, [], [], [], False, None
        self._encoding = "utf-8"
        self._use_datetime, self._use_bytes = use_builtin_types or use_datetime, use_builtin_types

    def close(self):
        if self._type is None or self._marks:
            raise ResponseError()
        if self._type == "fault":
            raise Fault(**self._stack[0])
        return tuple(self._stack)

    def getmethodname(self):
        return self._methodname

    def xml(self, encoding, standalone):
        self._encoding = encoding

    def start(self, tag, attrs):
        tag = tag.rpartition(":")[2]
        if tag in ("array", "struct"):
            self._marks.append(len(self._stack))
        self._data = []
        if self._value and tag not in self.dispatch:
            raise ResponseError("unknown tag %r" % tag)
        self._value = tag == "value"

    def data(self, text):
        self._data.append(text)

    def end(self, tag):
        form = self.dispatch.get(tag) or self.dispatch.get(tag.rpartition(":")[2])
        if form is not None:
            form(self, "".join(self._data))

    end_dispatch = None

    def _push(self, value):
        self._stack.append(value)
        self._value = False

    def _end_boolean(self, text):
        if text not in ("0", "1"):
            raise TypeError("bad boolean value")
        self._push(text == "1")

    def _end_array(self, text):
        mark = self._marks.pop()
        self._stack[mark:] = [self._stack[mark:]]
        self._value = False

    def _end_struct(self, text):
        mark = self._marks.pop()
        items = self._stack[mark:]
        self._stack[mark:] = [dict(zip(items[::2], items[1::2]))]
        self._value = False

    def _end_base64(self, text):
        value = _binary(text.encode("ascii"))
        self._push(value.data if self._use_bytes else value)

    def _end_dateTime(self, text):
        self._push(_datetime_type(text) if self._use_datetime else _datetime(text))

    def _end_value(self, text):
        # A value without a type is text.
        if self._value:
            self._push(text)

    def _end_params(self, text):
        self._type = "params"

    def _end_fault(self, text):
        self._type = "fault"

    def _end_methodName(self, text):
        self._methodname, self._type = text, "methodName"

    dispatch.update({
        "nil": lambda self, text: self._push(None), "boolean": _end_boolean, "string": lambda self, text: self._push(text),
        "name": lambda self, text: self._push(text), "array": _end_array, "struct": _end_struct, "base64": _end_base64, "dateTime.iso8601": _end_dateTime,
        "value": _end_value, "params": _end_params, "fault": _end_fault, "methodName": _end_methodName,
        "bigdecimal": lambda self, text: self._push(decimal.Decimal(text)),
    })
    for _name in ("i1", "i2", "i4", "i8", "int", "biginteger"):
        dispatch[_name] = lambda self, text: self._push(int(text))
    for _name in ("float", "double"):
        dispatch[_name] = lambda self, text: self._push(float(text))
    del _name


class _MultiCallMethod:
    def __init__(self, call_list, name):
        self.__call_list, self.__name = call_list, name

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, "%s.%s" % (self.__name, name))

    def __call__(self, *args):
        self.__call_list.append((self.__name, args))


class MultiCallIterator:
    """The answers of many calls, in order; one that failed raises when it is reached."""

    def __init__(self, results):
        self.results = results

    def __getitem__(self, i):
        item = self.results[i]
        if isinstance(item, dict):
            raise Fault(item["faultCode"], item["faultString"])
        if isinstance(item, list):
            return item[0]
        raise ValueError("unexpected type in multicall result")


class MultiCall:
    """Calls that are collected, and travel together."""

    def __init__(self, server):
        self.__server, self.__call_list = server, []

    def __repr__(self):
        return "<%s at %#x>" % (self.__class__.__name__, id(self))

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, name)

    def __call__(self):
        return MultiCallIterator(self.__server.system.multicall([{"methodName": name, "params": args} for name, args in self.__call_list]))


FastMarshaller = FastParser = FastUnmarshaller = None


def getparser(use_datetime=False, use_builtin_types=False):
    """What reads XML, and what it tells."""
    target = Unmarshaller(use_datetime, use_builtin_types)
    return ExpatParser(target), target


def dumps(params, methodname=None, methodresponse=None, encoding=None, allow_none=False):
    """A call, an answer (`methodresponse`) or bare values as XML."""
    if not isinstance(params, (tuple, Fault)):
        raise AssertionError("argument must be tuple or Fault instance")
    if isinstance(params, Fault):
        methodresponse = 1
    elif methodresponse and len(params) != 1:
        raise AssertionError("response tuple must be a singleton")
    encoding = encoding or "utf-8"
    data = Marshaller(encoding, allow_none).dumps(params)
    header = "<?xml version='1.0' encoding='%s'?>\n" % encoding if encoding != "utf-8" else "<?xml version='1.0'?>\n"
    if methodname:
        return "%s<methodCall>\n<methodName>%s</methodName>\n%s</methodCall>\n" % (header, escape(methodname), data)
    return "%s<methodResponse>\n%s</methodResponse>\n" % (header, data) if methodresponse else data


def loads(data, use_datetime=False, use_builtin_types=False):
    """The values, and the procedure's name or None; a fault is raised."""
    parser, target = getparser(use_datetime, use_builtin_types)
    parser.feed(data)
    parser.close()
    return target.close(), target.getmethodname()


def gzip_encode(data):
    return gzip.compress(data)


def gzip_decode(data, max_decode=20971520):
    with gzip.GzipFile(mode="rb", fileobj=BytesIO(data)) as file:
        try:
            out = file.read() if max_decode < 0 else file.read(max_decode + 1)
        except OSError:
            raise ValueError("invalid data") from None
    if max_decode >= 0 and len(out) > max_decode:
        raise ValueError("max gzipped payload length exceeded")
    return out


class _Method:
    def __init__(self, send, name):
        self.__send, self.__name = send, name

    def __getattr__(self, name):
        return _Method(self.__send, "%s.%s" % (self.__name, name))

    def __call__(self, *args):
        return self.__send(self.__name, args)


class Transport:
    user_agent = "Python-xmlrpc/%s" % __version__
    accept_gzip_encoding, encode_threshold = True, None

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=()):
        self._use_datetime, self._use_builtin_types = use_datetime, use_builtin_types
        self._connection, self._headers, self._extra_headers = (None, None), list(headers), []

    def request(self, host, handler, request_body, verbose=False):
        for again in (True, False):
            try:
                return self.single_request(host, handler, request_body, verbose)
            except http.client.RemoteDisconnected:
                if not again:
                    raise
            except OSError as error:
                # The server may have closed what was kept open.
                if not again or error.errno not in (errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE):
                    raise

    def single_request(self, host, handler, request_body, verbose=False):
        try:
            connection = self.send_request(host, handler, request_body, verbose)
            response = connection.getresponse()
            if response.status == 200:
                self.verbose = verbose
                return self.parse_response(response)
        except Fault:
            raise
        except Exception:
            self.close()
            raise
        if response.getheader("content-length", ""):
            response.read()
        raise ProtocolError(host + handler, response.status, response.reason, dict(response.getheaders()))

    def getparser(self):
        return getparser(self._use_datetime, self._use_builtin_types)

    def get_host_info(self, host):
        """The host, headers for it, and arguments of TLS."""
        words = {}
        if isinstance(host, tuple):
            host, words = host
        auth, at, rest = host.rpartition("@")
        if not at:
            return host, [], words
        auth = base64.b64encode(urllib.parse.unquote_to_bytes(auth)).decode("utf-8")
        return rest, [("Authorization", "Basic " + auth)], words

    def make_connection(self, host):
        if self._connection and host == self._connection[0]:
            return self._connection[1]
        chost, self._extra_headers, _ = self.get_host_info(host)
        self._connection = host, http.client.HTTPConnection(chost)
        return self._connection[1]

    def close(self):
        connection = self._connection[1]
        self._connection = None, None
        if connection is not None:
            connection.close()

    def send_request(self, host, handler, request_body, debug):
        connection = self.make_connection(host)
        headers = self._headers + self._extra_headers
        if debug:
            connection.set_debuglevel(1)
        if self.accept_gzip_encoding:
            connection.putrequest("POST", handler, skip_accept_encoding=True)
            headers.append(("Accept-Encoding", "gzip"))
        else:
            connection.putrequest("POST", handler)
        headers += [("Content-Type", "text/xml"), ("User-Agent", self.user_agent)]
        self.send_headers(connection, headers)
        self.send_content(connection, request_body)
        return connection

    def send_headers(self, connection, headers):
        for key, value in headers:
            connection.putheader(key, value)

    def send_content(self, connection, request_body):
        if self.encode_threshold is not None and self.encode_threshold < len(request_body):
            connection.putheader("Content-Encoding", "gzip")
            request_body = gzip_encode(request_body)
        connection.putheader("Content-Length", str(len(request_body)))
        connection.endheaders(request_body)

    def parse_response(self, response):
        data = response.read()
        if getattr(response, "getheader", None) and response.getheader("Content-Encoding", "") == "gzip":
            data = gzip_decode(data)
        parser, target = self.getparser()
        if self.verbose:
            print("body:", repr(data))
        parser.feed(data)
        parser.close()
        return target.close()


class SafeTransport(Transport):
    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=(), context=None):
        super().__init__(use_datetime, use_builtin_types, headers=headers)
        self.context = context

    def make_connection(self, host):
        if self._connection and host == self._connection[0]:
            return self._connection[1]
        chost, self._extra_headers, words = self.get_host_info(host)
        self._connection = host, http.client.HTTPSConnection(chost, None, context=self.context, **(words or {}))
        return self._connection[1]


class ServerProxy:
    """A server: what is called on it is called there."""

    def __init__(
        self, uri, transport=None, encoding=None, verbose=False, allow_none=False, use_datetime=False, use_builtin_types=False, *, headers=(), context=None,
    ):
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme not in ("http", "https"):
            raise OSError("unsupported XML-RPC protocol")
        self.__host = parts.netloc
        self.__handler = urllib.parse.urlunsplit(["", "", *parts[2:]]) or "/RPC2"
        if transport is None:
            kind, words = (SafeTransport, {"context": context}) if parts.scheme == "https" else (Transport, {})
            transport = kind(use_datetime=use_datetime, use_builtin_types=use_builtin_types, headers=headers, **words)
        self.__transport, self.__encoding, self.__verbose, self.__allow_none = transport, encoding or "utf-8", verbose, allow_none

    def __close(self):
        self.__transport.close()

    def __request(self, methodname, params):
        body = dumps(params, methodname, encoding=self.__encoding, allow_none=self.__allow_none).encode(self.__encoding, "xmlcharrefreplace")
        answer = self.__transport.request(self.__host, self.__handler, body, verbose=self.__verbose)
        return answer[0] if len(answer) == 1 else answer

    def __repr__(self):
        return "<%s for %s%s>" % (self.__class__.__name__, self.__host, self.__handler)

    def __getattr__(self, name):
        return _Method(self.__request, name)

    def __call__(self, attr):
        """What belongs to the proxy itself: "close", "transport"."""
        if attr == "close":
            return self.__close
        if attr == "transport":
            return self.__transport
        raise AttributeError("Attribute %r not found" % (attr,))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.__close()


Server = ServerProxy
