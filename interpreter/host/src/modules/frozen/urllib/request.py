"""Things at addresses: opened by handlers that each know a scheme or an error."""

import base64
import bisect
import hashlib
import http.client
import io
import os
import re
import socket
import sys
import time
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlparse, urlsplit
from urllib.response import addclosehook, addinfourl

__all__ = [
    "AbstractBasicAuthHandler", "AbstractDigestAuthHandler", "BaseHandler", "CacheFTPHandler", "DataHandler", "FTPHandler", "FancyURLopener",
    "FileHandler", "HTTPBasicAuthHandler",
    "HTTPCookieProcessor", "HTTPDefaultErrorHandler", "HTTPDigestAuthHandler", "HTTPErrorProcessor", "HTTPHandler", "HTTPPasswordMgr",
    "HTTPPasswordMgrWithDefaultRealm", "HTTPPasswordMgrWithPriorAuth", "HTTPRedirectHandler", "HTTPSHandler", "OpenerDirector",
    "ProxyBasicAuthHandler", "ProxyDigestAuthHandler", "ProxyHandler", "Request", "URLopener", "UnknownHandler", "build_opener", "getproxies", "install_opener",
    "pathname2url", "url2pathname", "urlcleanup", "urlopen", "urlretrieve",
]

__version__ = "%d.%d" % tuple(sys.version_info)[:2]
_opener = None


def urlopen(url, data=None, timeout=None, *, context=None, cafile=None, capath=None, cadefault=False):
    global _opener
    if context is not None:
        opener = build_opener(HTTPSHandler(context=context))
    else:
        if _opener is None:
            _opener = build_opener()
        opener = _opener
    return opener.open(url, data, timeout)


def install_opener(opener):
    global _opener
    _opener = opener


_temporary = []


def urlretrieve(url, filename=None, reporthook=None, data=None):
    import tempfile

    kind, _, path = url.partition(":")
    with urlopen(url, data) as source:
        headers = source.info()
        if kind == "file" and not filename:
            return os.path.normpath(url2pathname(path.removeprefix("//"))), headers
        if filename:
            target = open(filename, "wb")
        else:
            target = tempfile.NamedTemporaryFile(delete=False)
            filename = target.name
            _temporary.append(filename)
        with target:
            read, size = _copied(source, target, headers, reporthook)
    if 0 <= read < size:
        raise ContentTooShortError("retrieval incomplete: got only %i out of %i bytes" % (read, size), (filename, headers))
    return filename, headers


def _copied(source, target, headers, reporthook):
    """Copies what was opened, telling of each block; how many bytes there were, and how many there should be (-1: unknown)."""
    size = int(headers["Content-Length"]) if "content-length" in headers else -1
    read = number = 0
    if reporthook:
        reporthook(0, 8192, size)
    while True:
        block = source.read(8192)
        if not block:
            return read, size
        read += len(block)
        target.write(block)
        number += 1
        if reporthook:
            reporthook(number, 8192, size)


def urlcleanup():
    global _opener
    for name in _temporary:
        try:
            os.unlink(name)
        except OSError:
            pass
    _temporary.clear()
    _opener = None


def request_host(request):
    host = urlparse(request.full_url)[1] or request.get_header("Host", "")
    return re.sub(r":\d+$", "", host).lower()


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.headers, self.unredirected_hdrs, self._data, self._tunnel_host = url, {}, {}, None, None
        self.data = data
        for key, value in headers.items():
            self.add_header(key, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        return "%s#%s" % (self._full_url, self.fragment) if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        url = url.strip()
        if url.startswith("<") and url.endswith(">"):
            url = url[1:-1].strip()
        url = url.removeprefix("URL:")
        self._full_url, sign, self.fragment = url.partition("#")
        self.fragment = self.fragment if sign else None
        match = re.match(r"([^/:]+):(.*)$", self._full_url, re.DOTALL)
        if match is None:
            raise ValueError("unknown url type: %r" % self.full_url)
        self.type, rest = match.group(1).lower(), match.group(2)
        self.host, self.selector = None, rest
        if rest.startswith("//"):
            end = len(rest)
            for sign in "/?#":
                at = rest.find(sign, 2)
                if 0 <= at < end:
                    end = at
            self.host, self.selector = unquote(rest[2:end]), rest[end:]
            if self.selector[:1] == "?":
                self.selector = "/" + self.selector

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            if self.has_header("Content-length"):
                self.remove_header("Content-length")

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        return getattr(self, "method", "POST" if self.data is not None else "GET")

    def get_full_url(self):
        return self.full_url

    def set_proxy(self, host, type):
        if self.type == "https" and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        return self.selector == self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())


class OpenerDirector:
    """Asks its handlers in order: first those that change a request, then those that open, then those that look at the answer."""

    def __init__(self):
        self.addheaders = [("User-agent", "Python-urllib/%s" % __version__)]
        self.handlers, self.handle_open, self.handle_error = [], {}, {}
        self.process_response, self.process_request = {}, {}

    def add_handler(self, handler):
        if not hasattr(handler, "add_parent"):
            raise TypeError("expected BaseHandler instance, got %r" % type(handler))
        added = False
        for name in dir(handler):
            if name in ("redirect_request", "do_open", "proxy_open"):
                continue
            protocol, _, condition = name.partition("_")
            if condition.startswith("error"):
                kind = condition[6:]
                key = int(kind) if kind.isdigit() else kind
                lookup = self.handle_error.setdefault(protocol, {})
            elif condition in ("open", "response", "request"):
                key, lookup = protocol, {"open": self.handle_open, "response": self.process_response, "request": self.process_request}[condition]
            else:
                continue
            bisect.insort(lookup.setdefault(key, []), handler)
            added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        pass

    def _call_chain(self, chain, kind, name, *args):
        for handler in chain.get(kind, ()):
            result = getattr(handler, name)(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=None):
        if isinstance(fullurl, str):
            request = Request(fullurl, data)
        else:
            request = fullurl
            if data is not None:
                request.data = data
        request.timeout = timeout
        protocol = request.type
        for handler in self.process_request.get(protocol, ()):
            request = getattr(handler, protocol + "_request")(request)
        response = self._open(request, data)
        for handler in self.process_response.get(protocol, ()):
            response = getattr(handler, protocol + "_response")(request, response)
        return response

    def _open(self, request, data=None):
        return (
            self._call_chain(self.handle_open, "default", "default_open", request)
            or self._call_chain(self.handle_open, request.type, request.type + "_open", request)
            or self._call_chain(self.handle_open, "unknown", "unknown_open", request)
        )

    def error(self, proto, *args):
        is_http = proto in ("http", "https")
        chain = self.handle_error.get("http" if is_http else proto, {})
        kind, name = (args[2], "http_error_%s" % args[2]) if is_http else (proto, proto + "_error")
        result = self._call_chain(chain, kind, name, *args)
        if result:
            return result
        return self._call_chain(chain, "default", "http_error_default", *args) if is_http else None


def build_opener(*handlers):
    opener = OpenerDirector()
    defaults = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler, FileHandler, HTTPErrorProcessor, DataHandler, HTTPSHandler]
    for default in list(defaults):
        if any([issubclass(one, default) if isinstance(one, type) else isinstance(one, default) for one in handlers]):
            defaults.remove(default)
    for handler in (*defaults, *handlers):
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


class BaseHandler:
    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        pass

    def __lt__(self, other):
        return self.handler_order < other.handler_order if hasattr(other, "handler_order") else True


class HTTPErrorProcessor(BaseHandler):
    handler_order = 1000

    def http_response(self, request, response):
        if not 200 <= response.code < 300:
            response = self.parent.error("http", request, response, response.code, response.msg, response.info())
        return response

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    max_repeats, max_redirections = 4, 10
    inf_msg = "The HTTP server returned a redirect error that would lead to an infinite loop.\nThe last 30x error message was:\n"

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        method = req.get_method()
        if not (code in (301, 302, 303, 307, 308) and method in ("GET", "HEAD") or code in (301, 302, 303) and method == "POST"):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {key: value for key, value in req.headers.items() if key.lower() not in ("content-length", "content-type")}
        made = Request(newurl.replace(" ", "%20"), headers=kept, origin_req_host=req.origin_req_host, unverifiable=True)
        if method == "HEAD":
            made.method = "HEAD"
        return made

    def http_error_302(self, req, fp, code, msg, headers):
        target = headers.get("location") or headers.get("uri")
        if not target:
            return None
        parts = urlparse(target)
        if parts.scheme not in ("http", "https", "ftp", ""):
            raise HTTPError(target, code, "%s - Redirection to url '%s' is not allowed" % (msg, target), headers, fp)
        if not parts.path and parts.netloc:
            target = parts._replace(path="/").geturl()
        target = urljoin(req.full_url, quote(target, encoding="iso-8859-1", safe="!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
        new = self.redirect_request(req, fp, code, msg, headers, target)
        if new is None:
            return None
        visited = new.redirect_dict = getattr(req, "redirect_dict", {})
        req.redirect_dict = visited
        if visited.get(target, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[target] = visited.get(target, 0) + 1
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class ProxyHandler(BaseHandler):
    handler_order = 100

    def __init__(self, proxies=None):
        self.proxies = getproxies() if proxies is None else proxies
        for kind, url in self.proxies.items():
            kind = kind.lower()
            setattr(self, kind + "_open", lambda request, url=url, kind=kind: self.proxy_open(request, url, kind))

    def proxy_open(self, req, proxy, type):
        original = req.type
        parts = urlsplit(proxy if "://" in proxy else "//" + proxy, scheme=original)
        if req.host and proxy_bypass(req.host):
            return None
        if parts.username and parts.password is not None:
            said = "%s:%s" % (unquote(parts.username), unquote(parts.password))
            req.add_header("Proxy-authorization", "Basic " + base64.b64encode(said.encode()).decode("ascii"))
        req.set_proxy(unquote(parts.netloc.rpartition("@")[2]), parts.scheme)
        if original == parts.scheme or original == "https":
            return None
        return self.parent.open(req, timeout=req.timeout)


def getproxies_environment():
    found = {}
    for name, value in os.environ.items():
        if name.lower().endswith("_proxy") and value:
            found[name.lower()[:-6]] = value
    for name, value in os.environ.items():
        if name.endswith("_proxy"):
            if value:
                found[name[:-6].lower()] = value
            else:
                found.pop(name[:-6].lower(), None)
    if "REQUEST_METHOD" in os.environ:
        found.pop("http", None)
    return found


getproxies = getproxies_environment


def proxy_bypass_environment(host, proxies=None):
    proxies = getproxies_environment() if proxies is None else proxies
    excluded = proxies.get("no")
    if not excluded:
        return False
    if excluded == "*":
        return True
    host = host.lower()
    plain = re.sub(r":\d+$", "", host)
    for name in excluded.split(","):
        name = name.strip().lstrip(".").lower()
        if name and (name in (plain, host) or plain.endswith("." + name) or host.endswith("." + name)):
            return True
    return False


proxy_bypass = proxy_bypass_environment


class HTTPPasswordMgr:
    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        places = self.passwd.setdefault(realm, {})
        for default_port in (True, False):
            key = tuple([self.reduce_uri(one, default_port) for one in ([uri] if isinstance(uri, str) else uri)])
            places[key] = user, passwd

    def find_user_password(self, realm, authuri):
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uris, found in self.passwd.get(realm, {}).items():
                if any([self.is_suburi(uri, wanted) for uri in uris]):
                    return found
        return None, None

    def reduce_uri(self, uri, default_port=True):
        parts = urlsplit(uri)
        authority, path = (parts[1], parts[2] or "/") if parts[1] else (uri, "/")
        host, sign, port = authority.partition(":")
        if default_port and not sign and parts[0] in ("http", "https"):
            authority = "%s:%d" % (host, 80 if parts[0] == "http" else 443)
        return authority, path

    def is_suburi(self, base, test):
        if base == test:
            return True
        return base[0] == test[0] and (test[1] + ("" if test[1].endswith("/") else "/")).startswith(base[1] + ("" if base[1].endswith("/") else "/"))


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    def find_user_password(self, realm, authuri):
        user, password = super().find_user_password(realm, authuri)
        return (user, password) if user is not None else super().find_user_password(None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    def __init__(self, *args, **kwargs):
        self.authenticated = {}
        super().__init__(*args, **kwargs)

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        for one in [uri] if isinstance(uri, str) else uri:
            for default_port in (True, False):
                self.authenticated[self.reduce_uri(one, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uri in self.authenticated:
                if self.is_suburi(uri, wanted):
                    return self.authenticated[uri]
        return None


class AbstractBasicAuthHandler:
    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def http_error_auth_reqed(self, authreq, host, req, headers):
        schemes = []
        for header in headers.get_all(authreq) or ():
            scheme = header.split()[0] if header.split() else ""
            schemes.append(scheme)
            if scheme.lower() != "basic":
                continue
            match = re.search(r"realm=([\"']?)([^\"']*)\1", header, re.I)
            if match:
                return self.retry_http_basic_auth(host, req, match.group(2))
        if schemes and not any([scheme.lower() == "basic" for scheme in schemes]):
            raise ValueError("AbstractBasicAuthHandler does not support the following scheme: %r" % schemes[0])
        return None

    def retry_http_basic_auth(self, host, req, realm):
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        said = "Basic " + base64.b64encode(("%s:%s" % (user, password)).encode()).decode("ascii")
        if req.get_header(self.auth_header) == said:
            return None
        req.add_unredirected_header(self.auth_header, said)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        if not hasattr(self.passwd, "is_authenticated") or not self.passwd.is_authenticated(req.full_url):
            return req
        if not req.has_header("Authorization"):
            user, password = self.passwd.find_user_password(None, req.full_url)
            req.add_unredirected_header("Authorization", "Basic " + base64.standard_b64encode(("%s:%s" % (user, password)).encode()).decode())
        return req

    def http_response(self, req, response):
        if hasattr(self.passwd, "is_authenticated"):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request, https_response = http_request, http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Authorization"

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("www-authenticate", req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Proxy-authorization"

    def http_error_407(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)


class AbstractDigestAuthHandler:
    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password, self.retried, self.nonce_count, self.last_nonce = self.passwd.add_password, 0, 0, None

    def reset_retry_count(self):
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        said = headers.get(auth_header)
        if self.retried > 5:
            raise HTTPError(req.full_url, 401, "digest auth failed", headers, None)
        self.retried += 1
        if not said:
            return None
        scheme = said.split()[0]
        if scheme.lower() == "digest":
            return self.retry_http_digest_auth(req, said)
        if scheme.lower() != "basic":
            raise ValueError("AbstractDigestAuthHandler does not support the following scheme: '%s'" % scheme)
        return None

    def retry_http_digest_auth(self, req, auth):
        _, _, challenge = auth.partition(" ")
        authorization = self.get_authorization(req, parse_keqv_list([one for one in parse_http_list(challenge) if one]))
        if not authorization:
            return None
        value = "Digest " + authorization
        if req.headers.get(self.auth_header) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def get_authorization(self, req, chal):
        realm, nonce = chal.get("realm"), chal.get("nonce")
        if realm is None or nonce is None:
            return None
        algorithm, quality = chal.get("algorithm", "MD5"), chal.get("qop")
        make = {"MD5": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256}.get(algorithm)
        if make is None:
            raise ValueError("Unsupported digest authentication algorithm %r" % algorithm)
        digest = lambda text: make(text.encode("utf-8")).digest().hex()
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if user is None:
            return None
        first, second = digest("%s:%s:%s" % (user, realm, password)), digest("%s:%s" % (req.get_method(), req.selector))
        if quality is None:
            answer = digest("%s:%s:%s" % (first, nonce, second))
        elif "auth" in quality.split(","):
            self.nonce_count = self.nonce_count + 1 if nonce == self.last_nonce else 1
            self.last_nonce = nonce
            count, mine = "%08x" % self.nonce_count, os.urandom(8).hex()
            answer = digest("%s:%s:%s:%s:%s:%s" % (first, nonce, count, mine, "auth", second))
        else:
            raise URLError("qop '%s' is not supported." % quality)
        said = 'username="%s", realm="%s", nonce="%s", uri="%s", response="%s"' % (user, realm, nonce, req.selector, answer)
        if chal.get("opaque"):
            said += ', opaque="%s"' % chal["opaque"]
        said += ', algorithm="%s"' % algorithm
        if quality:
            said += ', qop=auth, nc=%s, cnonce="%s"' % (count, mine)
        return said


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    auth_header, handler_order = "Authorization", 490

    def http_error_401(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed("www-authenticate", urlparse(req.full_url)[1], req, headers)
        self.reset_retry_count()
        return answer


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    auth_header, handler_order = "Proxy-Authorization", 490

    def http_error_407(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)
        self.reset_retry_count()
        return answer


class AbstractHTTPHandler(BaseHandler):
    def __init__(self, debuglevel=0):
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        self._debuglevel = level

    def do_request_(self, request):
        if not request.host:
            raise URLError("no host given")
        if request.data is not None:
            data = request.data
            if isinstance(data, str):
                raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
            if not request.has_header("Content-type"):
                request.add_unredirected_header("Content-type", "application/x-www-form-urlencoded")
            if not request.has_header("Content-length") and not request.has_header("Transfer-encoding"):
                length = http.client.HTTPConnection._get_content_length(data, request.get_method())
                if length is not None:
                    request.add_unredirected_header("Content-length", str(length))
                else:
                    request.add_unredirected_header("Transfer-encoding", "chunked")
        host = urlsplit(request.selector).netloc if request.has_proxy() else request.host
        if not request.has_header("Host"):
            request.add_unredirected_header("Host", host or request.host)
        for name, value in self.parent.addheaders:
            if not request.has_header(name.capitalize()):
                request.add_unredirected_header(name.capitalize(), value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        if not req.host:
            raise URLError("no host given")
        if req.timeout is not None:
            http_conn_args["timeout"] = req.timeout
        connection = http_class(req.host, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = dict(req.unredirected_hdrs)
        headers.update({key: value for key, value in req.headers.items() if key not in headers})
        headers["Connection"] = "close"
        headers = {name.title(): value for name, value in headers.items()}
        if req._tunnel_host:
            tunnel = {}
            if "Proxy-Authorization" in headers:
                tunnel["Proxy-Authorization"] = headers.pop("Proxy-Authorization")
            connection.set_tunnel(req._tunnel_host, headers=tunnel)
        try:
            try:
                connection.request(req.get_method(), req.selector or "/", req.data, headers, encode_chunked=req.has_header("Transfer-encoding"))
            except OSError as error:
                raise URLError(error) from error
            response = connection.getresponse()
        except BaseException:
            connection.close()
            raise
        response.url, response.msg = req.get_full_url(), response.reason
        return response


class HTTPHandler(AbstractHTTPHandler):
    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


class HTTPSHandler(AbstractHTTPHandler):
    def __init__(self, debuglevel=0, context=None, check_hostname=None):
        super().__init__(debuglevel)
        self._context = context

    def https_open(self, req):
        return self.do_open(http.client.HTTPSConnection, req, context=self._context)

    https_request = AbstractHTTPHandler.do_request_


class HTTPCookieProcessor(BaseHandler):
    def __init__(self, cookiejar=None):
        if cookiejar is None:
            from http.cookiejar import CookieJar

            cookiejar = CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request, https_response = http_request, http_response


class UnknownHandler(BaseHandler):
    def unknown_open(self, req):
        raise URLError("unknown url type: %s" % req.type)


def parse_keqv_list(l):
    parsed = {}
    for one in l:
        name, value = one.split("=", 1)
        parsed[name] = value[1:-1] if value[:1] == '"' and value[-1:] == '"' else value
    return parsed


def parse_http_list(s):
    """A list with commas, some in quotes."""
    found, part, escaped, quoted = [], "", False, False
    for c in s:
        if escaped:
            part += c
            escaped = False
        elif quoted and c == "\\":
            escaped = True
        elif c == "," and not quoted:
            found.append(part)
            part = ""
        else:
            quoted ^= c == '"'
            part += c
    if part:
        found.append(part)
    return [one.strip() for one in found]


class FileHandler(BaseHandler):
    def file_open(self, req):
        if req.selector[:2] == "//" and req.selector[2:3] != "/" and req.host and req.host != "localhost":
            raise URLError("file:// scheme is supported only on localhost")
        return self.open_local_file(req)

    def open_local_file(self, req):
        import email.utils
        import mimetypes
        from email import message_from_string

        path = url2pathname(req.selector)
        if req.host and req.host != "localhost":
            raise URLError("file not on local host")
        try:
            about = os.stat(path)
            headers = message_from_string(
                "Content-type: %s\nContent-length: %d\nLast-modified: %s\n"
                % (mimetypes.guess_type(path)[0] or "text/plain", about.st_size, email.utils.formatdate(about.st_mtime, usegmt=True))
            )
            return addinfourl(open(path, "rb"), headers, "file://" + (req.host or "") + req.selector)
        except OSError as error:
            raise URLError(error) from error


class FTPHandler(BaseHandler):
    """Files and lists of directories of servers that speak FTP."""

    def ftp_open(self, req):
        import ftplib
        import mimetypes
        from email import message_from_string

        if not req.host:
            raise URLError("ftp error: no host given")
        user, _, place = req.host.rpartition("@")
        user, _, password = user.partition(":")
        name, _, port = place.partition(":")
        try:
            host = socket.gethostbyname(unquote(name))
        except OSError as error:
            raise URLError(error) from error
        path, *attributes = req.selector.split(";")
        folders = [unquote(part) for part in path.split("/")]
        file = folders.pop()
        if folders and not folders[0]:
            folders.pop(0)
        kind = "I" if file else "D"
        for attribute in attributes:
            key, _, value = attribute.partition("=")
            if key.lower() == "type" and value.upper() in ("A", "I", "D"):
                kind = value.upper()
        try:
            opened = self.connect_ftp(unquote(user), unquote(password), host, int(port or ftplib.FTP_PORT), folders, req.timeout)
            stream, length = opened.retrfile(file, kind)
        except ftplib.all_errors as error:
            raise URLError("ftp error: %s" % error) from error
        guessed = mimetypes.guess_type(req.full_url)[0]
        headers = "Content-type: %s\n" % guessed if guessed else ""
        if length is not None and length >= 0:
            headers += "Content-length: %d\n" % length
        return addinfourl(stream, message_from_string(headers), req.full_url)

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        return ftpwrapper(user, passwd, host, port, dirs, timeout, persistent=False)


class CacheFTPHandler(FTPHandler):
    """Keeps its connections for the next requests."""

    def __init__(self):
        self.cache, self.timeout, self.soonest, self.delay, self.max_conns = {}, {}, 0, 60, 16

    def setTimeout(self, t):
        self.delay = t

    def setMaxConns(self, m):
        self.max_conns = m

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        key = user, host, port, "/".join(dirs), timeout
        if key not in self.cache:
            self.cache[key] = ftpwrapper(user, passwd, host, port, dirs, timeout)
        self.timeout[key] = time.time() + self.delay
        self.check_cache()
        return self.cache[key]

    def _forget(self, key):
        del self.timeout[key]
        self.cache.pop(key).close()

    def check_cache(self):
        now = time.time()
        for key in [key for key, end in self.timeout.items() if end < now]:
            self._forget(key)
        if len(self.cache) > self.max_conns:
            self._forget(min(self.timeout, key=self.timeout.get))
        self.soonest = min(self.timeout.values(), default=0)

    def clear_cache(self):
        for key in list(self.cache):
            self._forget(key)


class ftpwrapper:
    """A connection to a server in one of its directories, and how many streams it still has."""

    def __init__(self, user, passwd, host, port, dirs, timeout=None, persistent=True):
        self.user, self.passwd, self.host, self.port, self.dirs, self.timeout = user, passwd, host, port, dirs, timeout
        self.refcount, self.keepalive = 0, persistent
        try:
            self.init()
        except BaseException:
            self.close()
            raise

    def init(self):
        import ftplib

        self.busy = 0
        self.ftp = ftplib.FTP()
        # A timeout that nobody gave is the one of new sockets.
        self.ftp.connect(self.host, self.port, *[] if self.timeout is None else [self.timeout])
        self.ftp.login(self.user, self.passwd)
        if self.dirs:
            self.ftp.cwd("/".join(self.dirs))

    def retrfile(self, file, type):
        import ftplib

        self.endtransfer()
        lists = type in ("d", "D")
        try:
            self.ftp.voidcmd("TYPE A" if lists else "TYPE " + type)
        except ftplib.all_errors:
            # The server has hung up meanwhile.
            self.init()
            self.ftp.voidcmd("TYPE A" if lists else "TYPE " + type)
        found = None
        if file and not lists:
            try:
                found = self.ftp.ntransfercmd("RETR " + file)
            except ftplib.error_perm as error:
                if str(error)[:3] != "550":
                    raise URLError("ftp error: %s" % error) from error
        if found is None:
            self.ftp.voidcmd("TYPE A")
            if file:
                # Only a directory can be listed.
                before = self.ftp.pwd()
                try:
                    self.ftp.cwd(file)
                except ftplib.error_perm as error:
                    raise URLError("ftp error: %r" % error) from error
                finally:
                    self.ftp.cwd(before)
            found = self.ftp.ntransfercmd("LIST " + file if file else "LIST")
        self.busy = 1
        connection, length = found
        stream = addclosehook(connection.makefile("rb"), self.file_close)
        self.refcount += 1
        connection.close()
        return stream, length

    def endtransfer(self):
        self.busy = 0

    def close(self):
        self.keepalive = False
        if self.refcount <= 0:
            self.real_close()

    def file_close(self):
        self.endtransfer()
        self.refcount -= 1
        if self.refcount <= 0 and not self.keepalive:
            self.real_close()

    def real_close(self):
        self.endtransfer()
        try:
            self.ftp.close()
        except (AttributeError, OSError):
            pass


class URLopener:
    """The older way to open addresses: a class whose `open_SCHEME` and `http_error_NUMBER` a program may add to."""

    version = "Python-urllib/%s" % __version__

    def __init__(self, proxies=None, **x509):
        import warnings

        warnings.warn(
            "%s style of invoking requests is deprecated. Use newer urlopen functions/methods" % type(self).__name__, DeprecationWarning, 3
        )
        self.proxies = getproxies() if proxies is None else proxies
        self.key_file, self.cert_file = x509.get("key_file"), x509.get("cert_file")
        self.addheaders = [("User-Agent", self.version), ("Accept", "*/*")]
        self.tempcache = None
        self._temporary = []

    def addheader(self, *args):
        self.addheaders.append(args)

    def open(self, fullurl, data=None):
        fullurl = quote(fullurl.strip().removeprefix("URL:"), safe="%/:=&?~#+!$,;'@()*[]|")
        scheme = fullurl.partition(":")[0] if ":" in fullurl else "file"
        method = getattr(self, "open_" + scheme.replace("-", "_"), None)
        if method is None or scheme == "unknown":
            return self.open_unknown(fullurl, data)
        rest = fullurl.partition(":")[2] if ":" in fullurl else fullurl
        try:
            return method(rest) if data is None else method(rest, data)
        except (HTTPError, URLError):
            raise
        except OSError as error:
            raise OSError("socket error", error) from error

    def open_unknown(self, fullurl, data=None):
        raise OSError("url error", "unknown url type", fullurl.partition(":")[0])

    def _opened(self, url, data=None):
        """Opened as other programs do it, but what the server answers is looked at here."""
        opener = OpenerDirector()
        for handler in (ProxyHandler(self.proxies), HTTPHandler(), HTTPSHandler(), FTPHandler(), DataHandler(), FileHandler()):
            opener.add_handler(handler)
        opener.addheaders = list(self.addheaders)
        return opener.open(url, data)

    def open_http(self, url, data=None):
        return self._answered("http:" + url, data)

    def open_https(self, url, data=None):
        return self._answered("https:" + url, data)

    def _answered(self, url, data):
        response = self._opened(url, data)
        if 200 <= response.code < 300:
            return addinfourl(response, response.info(), url, response.code)
        return self.http_error(url, response, response.code, response.msg, response.info(), data)

    def http_error(self, url, fp, errcode, errmsg, headers, data=None):
        method = getattr(self, "http_error_%d" % errcode, None)
        if method is not None:
            result = method(url, fp, errcode, errmsg, headers) if data is None else method(url, fp, errcode, errmsg, headers, data)
            if result:
                return result
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)

    def open_file(self, url):
        if not isinstance(url, str):
            raise URLError("file error: proxy support for file protocol currently not implemented")
        return self.open_local_file(url)

    def open_local_file(self, url):
        return self._opened("file:" + url if url.startswith("//") else "file://" + os.path.abspath(url2pathname(url)))

    def open_ftp(self, url):
        return self._opened("ftp:" + url)

    def open_data(self, url, data=None):
        return self._opened("data:" + url)

    def retrieve(self, url, filename=None, reporthook=None, data=None):
        import tempfile

        if self.tempcache and url in self.tempcache:
            return self.tempcache[url]
        with self.open(url, data) as source:
            headers = source.info()
            if filename:
                target = open(filename, "wb")
            else:
                handle, filename = tempfile.mkstemp(os.path.splitext(urlsplit(url).path)[1])
                self._temporary.append(filename)
                target = os.fdopen(handle, "wb")
            with target:
                read, size = _copied(source, target, headers, reporthook)
        result = filename, headers
        if self.tempcache is not None:
            self.tempcache[url] = result
        if 0 <= read < size:
            raise ContentTooShortError("retrieval incomplete: got only %i out of %i bytes" % (read, size), result)
        return result

    def close(self):
        self.cleanup()

    def cleanup(self):
        for name in self._temporary:
            try:
                os.unlink(name)
            except OSError:
                pass
        self._temporary.clear()
        if self.tempcache:
            self.tempcache.clear()


class FancyURLopener(URLopener):
    """Follows redirections, asks for passwords, and takes the page that tells of an error for an answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.auth_cache, self.tries, self.maxtries = {}, 0, 10

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        return addinfourl(fp, headers, url, errcode)

    def http_error_302(self, url, fp, errcode, errmsg, headers, data=None):
        self.tries += 1
        try:
            if self.maxtries and self.tries >= self.maxtries:
                meth = getattr(self, "http_error_500", self.http_error_default)
                return meth(url, fp, 500, "Internal Server Error: Redirect Recursion", headers)
            return self.redirect_internal(url, fp, errcode, errmsg, headers, data)
        finally:
            self.tries = 0

    def redirect_internal(self, url, fp, errcode, errmsg, headers, data):
        place = headers.get("location") or headers.get("uri")
        if not place:
            return None
        fp.close()
        place = urljoin(url, place)
        if urlparse(place).scheme not in ("http", "https", "ftp", ""):
            raise HTTPError(place, errcode, errmsg + " Redirection to url '%s' is not allowed." % place, headers, None)
        return self.open(place)

    http_error_301 = http_error_303 = http_error_302

    def http_error_307(self, url, fp, errcode, errmsg, headers, data=None):
        # What was sent must not be sent elsewhere without a question.
        return self.http_error_302(url, fp, errcode, errmsg, headers) if data is None else self.http_error_default(url, fp, errcode, errmsg, headers)

    http_error_308 = http_error_307

    def http_error_401(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        return self._authorised("Authorization", url, fp, errcode, errmsg, headers, data)

    def http_error_407(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        return self._authorised("Proxy-Authorization", url, fp, errcode, errmsg, headers, data)

    def _authorised(self, header, url, fp, errcode, errmsg, headers, data):
        wanted = headers.get("www-authenticate" if header == "Authorization" else "proxy-authenticate", "")
        match = re.match('[ \t]*([^ \t]+)[ \t]+realm="([^"]*)"', wanted)
        if not match or match[1].lower() != "basic" or any([name == header for name, _ in self.addheaders]):
            return URLopener.http_error_default(self, url, fp, errcode, errmsg, headers)
        user, password = self.get_user_passwd(urlsplit(url).netloc, match[2])
        if not (user or password):
            return None
        fp.close()
        said = base64.b64encode(("%s:%s" % (user, password)).encode()).decode("ascii")
        self.addheaders.append((header, "Basic " + said))
        try:
            return self.open(url) if data is None else self.open(url, data)
        finally:
            self.addheaders.pop()

    def get_user_passwd(self, host, realm, clear_cache=0):
        key = realm + "@" + host.lower()
        if clear_cache:
            self.auth_cache.pop(key, None)
        if key not in self.auth_cache:
            user, password = self.prompt_user_passwd(host, realm)
            if user or password:
                self.auth_cache[key] = user, password
            return user, password
        return self.auth_cache[key]

    def prompt_user_passwd(self, host, realm):
        import getpass

        try:
            user = input("Enter username for %s at %s: " % (realm, host))
            return user, getpass.getpass("Enter password for %s in %s at %s: " % (user, realm, host))
        except KeyboardInterrupt:
            print()
            return None, None


class DataHandler(BaseHandler):
    def data_open(self, req):
        from email import message_from_string

        kind, _, data = req.full_url.partition(":")[2].partition(",")
        data = unquote_to_bytes(data)
        if kind.endswith(";base64"):
            data, kind = base64.decodebytes(data), kind[:-7]
        headers = message_from_string("Content-type: %s\nContent-length: %d\n" % (kind or "text/plain;charset=US-ASCII", len(data)))
        return addinfourl(io.BytesIO(data), headers, req.full_url)


def url2pathname(pathname):
    return unquote(pathname)


def pathname2url(pathname):
    return quote(pathname)


def localhost():
    return socket.gethostbyname("localhost")


def thishost():
    return (socket.gethostbyname(socket.gethostname()),)
