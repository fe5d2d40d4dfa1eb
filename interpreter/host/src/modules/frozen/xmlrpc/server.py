"""Procedures that other computers may call by XML-RPC."""

import http.server
import pydoc
import re
import socketserver
import sys
import traceback
from xmlrpc.client import Fault, dumps, gzip_decode, gzip_encode, loads


def resolve_dotted_attribute(obj, attr, allow_dotted_names=True):
    """What a name, with dots if they are allowed, means on an object; nothing private."""
    for name in attr.split(".") if allow_dotted_names else [attr]:
        if name.startswith("_"):
            raise AttributeError("attempt to access private attribute %r" % name)
        obj = getattr(obj, name)
    return obj


def list_public_methods(obj):
    return [name for name in dir(obj) if not name.startswith("_") and callable(getattr(obj, name))]


class SimpleXMLRPCDispatcher:
    def __init__(self, allow_none=False, encoding=None, use_builtin_types=False):
        self.funcs, self.instance = {}, None
        self.allow_none, self.encoding, self.use_builtin_types = allow_none, encoding or "utf-8", use_builtin_types

    def register_instance(self, instance, allow_dotted_names=False):
        self.instance, self.allow_dotted_names = instance, allow_dotted_names

    def register_function(self, function=None, name=None):
        if function is None:
            return lambda function: self.register_function(function, name)
        self.funcs[function.__name__ if name is None else name] = function
        return function

    def register_introspection_functions(self):
        self.funcs.update({
            "system.listMethods": self.system_listMethods, "system.methodSignature": self.system_methodSignature, "system.methodHelp": self.system_methodHelp,
        })

    def register_multicall_functions(self):
        self.funcs["system.multicall"] = self.system_multicall

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        """The answer to a call, both as XML."""
        try:
            params, method = loads(data, use_builtin_types=self.use_builtin_types)
            answer = self._dispatch(method, params) if dispatch_method is None else dispatch_method(method, params)
            text = dumps((answer,), methodresponse=1, allow_none=self.allow_none, encoding=self.encoding)
        except Fault as fault:
            text = dumps(fault, allow_none=self.allow_none, encoding=self.encoding)
        except BaseException as error:
            text = dumps(Fault(1, "%s:%s" % (type(error), error)), encoding=self.encoding, allow_none=self.allow_none)
        return text.encode(self.encoding, "xmlcharrefreplace")

    def system_listMethods(self):
        names = set(self.funcs)
        if self.instance is not None:
            if hasattr(self.instance, "_listMethods"):
                names |= set(self.instance._listMethods())
            elif not hasattr(self.instance, "_dispatch"):
                names |= set(list_public_methods(self.instance))
        return sorted(names)

    def system_methodSignature(self, method_name):
        return "signatures not supported"

    def system_methodHelp(self, method_name):
        method = self.funcs.get(method_name)
        if method is None and self.instance is not None:
            if hasattr(self.instance, "_methodHelp"):
                return self.instance._methodHelp(method_name)
            if not hasattr(self.instance, "_dispatch"):
                try:
                    method = resolve_dotted_attribute(self.instance, method_name, self.allow_dotted_names)
                except AttributeError:
                    pass
        return "" if method is None else pydoc.getdoc(method)

    def system_multicall(self, call_list):
        answers = []
        for call in call_list:
            try:
                answers.append([self._dispatch(call["methodName"], call["params"])])
            except Fault as fault:
                answers.append({"faultCode": fault.faultCode, "faultString": fault.faultString})
            except BaseException as error:
                answers.append({"faultCode": 1, "faultString": "%s:%s" % (type(error), error)})
        return answers

    def _dispatch(self, method, params):
        func = self.funcs.get(method)
        if func is not None:
            return func(*params)
        if method not in self.funcs and self.instance is not None:
            if hasattr(self.instance, "_dispatch"):
                return self.instance._dispatch(method, params)
            try:
                func = resolve_dotted_attribute(self.instance, method, self.allow_dotted_names)
            except AttributeError:
                pass
            if func is not None:
                return func(*params)
        raise Exception('method "%s" is not supported' % method)


class SimpleXMLRPCRequestHandler(http.server.BaseHTTPRequestHandler):
    rpc_paths = ("/", "/RPC2", "/pydoc.css")
    encode_threshold = 1400
    wbufsize, disable_nagle_algorithm = -1, True
    aepattern = re.compile(r"\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([0-9.]+))?", re.IGNORECASE)

    def accept_encodings(self):
        found = {}
        for one in self.headers.get("Accept-Encoding", "").split(","):
            match = self.aepattern.match(one)
            if match:
                found[match.group(1)] = float(match.group(2)) if match.group(2) else 1.0
        return found

    def is_rpc_path_valid(self):
        return not self.rpc_paths or self.path in self.rpc_paths

    def do_POST(self):
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        try:
            data = self.decode_request_content(self.rfile.read(int(self.headers["content-length"])))
            if data is None:
                return
            answer = self.server._marshaled_dispatch(data, getattr(self, "_dispatch", None), self.path)
        except Exception as error:
            self.send_response(500)
            if getattr(self.server, "_send_traceback_header", False):
                self.send_header("X-exception", str(error))
                self.send_header("X-traceback", str(traceback.format_exc().encode("ASCII", "backslashreplace"), "ASCII"))
            self.send_header("Content-length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-type", "text/xml")
        if self.encode_threshold is not None and len(answer) > self.encode_threshold and self.accept_encodings().get("gzip", 0):
            answer = gzip_encode(answer)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def decode_request_content(self, data):
        encoding = self.headers.get("content-encoding", "identity").lower()
        if encoding == "identity":
            return data
        if encoding == "gzip":
            try:
                return gzip_decode(data)
            except ValueError:
                self.send_response(400, "error decoding gzip content")
        else:
            self.send_response(501, "encoding %r not supported" % encoding)
        self.send_header("Content-length", "0")
        self.end_headers()
        return None

    def report_404(self):
        answer = b"No such page"
        self.send_response(404)
        self.send_header("Content-type", "text/plain")
        self.send_header("Content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_request(self, code="-", size="-"):
        if self.server.logRequests:
            super().log_request(code, size)


class SimpleXMLRPCServer(socketserver.TCPServer, SimpleXMLRPCDispatcher):
    allow_reuse_address, _send_traceback_header = True, False

    def __init__(
        self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False, encoding=None, bind_and_activate=True, use_builtin_types=False,
    ):
        self.logRequests = logRequests
        SimpleXMLRPCDispatcher.__init__(self, allow_none, encoding, use_builtin_types)
        socketserver.TCPServer.__init__(self, addr, requestHandler, bind_and_activate)


class MultiPathXMLRPCServer(SimpleXMLRPCServer):
    """A server with other procedures at each path."""

    def __init__(
        self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False, encoding=None, bind_and_activate=True, use_builtin_types=False,
    ):
        super().__init__(addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate, use_builtin_types)
        self.dispatchers = {}

    def add_dispatcher(self, path, dispatcher):
        self.dispatchers[path] = dispatcher
        return dispatcher

    def get_dispatcher(self, path):
        return self.dispatchers[path]

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        try:
            return self.dispatchers[path]._marshaled_dispatch(data, dispatch_method, path)
        except BaseException as error:
            return dumps(Fault(1, "%s:%s" % (type(error), error)), encoding=self.encoding, allow_none=self.allow_none).encode(self.encoding, "xmlcharrefreplace")


class CGIXMLRPCRequestHandler(SimpleXMLRPCDispatcher):
    """Calls that a web server hands over by standard input."""

    def handle_xmlrpc(self, request_text):
        answer = self._marshaled_dispatch(request_text)
        print("Content-Type: text/xml")
        print("Content-Length: %d" % len(answer))
        print()
        sys.stdout.flush()
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()

    def handle_get(self):
        text = "<html><body>Error response: 400 Bad Request</body></html>".encode()
        print("Status: 400 Bad Request")
        print("Content-Type: text/html")
        print("Content-Length: %d" % len(text))
        print()
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()

    def handle_request(self, request_text=None):
        import os

        if request_text is None and os.environ.get("REQUEST_METHOD") == "GET":
            self.handle_get()
            return
        if request_text is None:
            try:
                length = int(os.environ.get("CONTENT_LENGTH"))
            except (ValueError, TypeError):
                length = -1
            request_text = sys.stdin.read(length)
        self.handle_xmlrpc(request_text)
