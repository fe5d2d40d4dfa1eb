"""Cookies that a client keeps between requests."""

import re
import time
from email.utils import mktime_tz, parsedate_tz
from urllib.parse import urlsplit


def http2time(text):
    found = parsedate_tz(text)
    return None if found is None else float(mktime_tz(found))


class LoadError(OSError):
    pass


class Cookie:
    def __init__(
        self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path, path_specified, secure,
        expires, discard, comment, comment_url, rest, rfc2109=False,
    ):
        self.version, self.name, self.value, self.port, self.port_specified = version, name, value, port, port_specified
        self.domain, self.domain_specified, self.domain_initial_dot = domain.lower(), domain_specified, domain_initial_dot
        self.path, self.path_specified, self.secure, self.discard = path, path_specified, secure, discard
        self.expires = None if expires is None else int(float(expires))
        self.comment, self.comment_url, self.rfc2109, self._rest = comment, comment_url, rfc2109, dict(rest)

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        self._rest[name] = value

    def is_expired(self, now=None):
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        said = self.name if self.value is None else "%s=%s" % (self.name, self.value)
        return "<Cookie %s for %s%s>" % (said, self.domain + (":" + self.port if self.port else ""), self.path)

    def __repr__(self):
        return "Cookie(%s)" % ", ".join(["%s=%r" % (name, getattr(self, name)) for name in ("version", "name", "value", "domain", "path", "secure", "expires")])


class CookiePolicy:
    def set_ok(self, cookie, request):
        raise NotImplementedError

    def return_ok(self, cookie, request):
        raise NotImplementedError

    def domain_return_ok(self, domain, request):
        return True

    def path_return_ok(self, path, request):
        return True


def request_host(request):
    host = urlsplit(request.get_full_url()).hostname or request.get_header("Host", "").partition(":")[0]
    return host.lower()


def _effective(host):
    return host + ".local" if "." not in host else host


def domain_match(host, domain):
    host, domain = host.lower(), domain.lower()
    if host == domain:
        return True
    return domain.startswith(".") and host.endswith(domain) and not re.fullmatch(r"[\d.]+", host)


class DefaultCookiePolicy(CookiePolicy):
    def __init__(self, blocked_domains=None, allowed_domains=None, **settings):
        self._blocked, self._allowed = tuple(blocked_domains or ()), None if allowed_domains is None else tuple(allowed_domains)
        for name, value in settings.items():
            setattr(self, name, value)

    def is_blocked(self, domain):
        return any([domain_match(domain, one) or domain == one for one in self._blocked])

    def is_not_allowed(self, domain):
        return self._allowed is not None and not any([domain_match(domain, one) for one in self._allowed])

    def set_ok(self, cookie, request):
        host = _effective(request_host(request))
        if self.is_blocked(cookie.domain) or self.is_not_allowed(cookie.domain):
            return False
        if cookie.domain_specified:
            domain = cookie.domain
            if "." not in domain.strip(".") and domain != ".local":
                return False
            return host == domain.lstrip(".") or ("." + host).endswith("." + domain.lstrip("."))
        return True

    def return_ok(self, cookie, request):
        parts, host = urlsplit(request.get_full_url()), _effective(request_host(request))
        if cookie.is_expired() or cookie.secure and parts.scheme not in ("https", "wss"):
            return False
        fits = ("." + host).endswith(cookie.domain if cookie.domain.startswith(".") else "." + cookie.domain) if cookie.domain_specified else host == cookie.domain or request_host(request) == cookie.domain
        path = parts.path or "/"
        inside = path == cookie.path or path.startswith(cookie.path) and (cookie.path.endswith("/") or path[len(cookie.path)] == "/")
        return fits and inside


class CookieJar:
    def __init__(self, policy=None):
        self._policy, self._cookies = DefaultCookiePolicy() if policy is None else policy, {}

    def set_policy(self, policy):
        self._policy = policy

    def add_cookie_header(self, request):
        found = [cookie for cookie in self if self._policy.return_ok(cookie, request)]
        found.sort(key=lambda cookie: len(cookie.path), reverse=True)
        text = "; ".join([cookie.name if cookie.value is None else "%s=%s" % (cookie.name, cookie.value) for cookie in found])
        if text and not request.has_header("Cookie"):
            request.add_unredirected_header("Cookie", text)
        self.clear_expired_cookies()

    def make_cookies(self, response, request):
        made = []
        for line in response.info().get_all("Set-Cookie", []):
            parts = [part.strip() for part in line.split(";")]
            name, sign, value = parts[0].partition("=")
            if not name:
                continue
            attributes = {}
            for part in parts[1:]:
                key, _, text = part.partition("=")
                attributes[key.strip().lower()] = text.strip().strip('"')
            expires = None
            if attributes.get("max-age", "").lstrip("-").isdigit():
                expires = time.time() + int(attributes["max-age"])
            elif "expires" in attributes:
                expires = http2time(attributes["expires"])
            domain = attributes.get("domain", "").lower()
            if domain and not domain.startswith("."):
                domain = "." + domain
            path = attributes.get("path", "")
            own = urlsplit(request.get_full_url()).path.rpartition("/")[0] or "/"
            rest = {key: text for key, text in attributes.items() if key in ("httponly", "samesite")}
            if "httponly" in rest:
                rest = {"HttpOnly": None, **{key: text for key, text in rest.items() if key != "httponly"}}
            made.append(
                Cookie(
                    0, name.strip() if sign else "", value.strip() if sign else name, None, False, domain or _effective(request_host(request)),
                    bool(domain), domain.startswith("."), path if path.startswith("/") else own, path.startswith("/"), "secure" in attributes,
                    expires, expires is None, None, None, rest,
                )
            )
        return made

    def extract_cookies(self, response, request):
        for cookie in self.make_cookies(response, request):
            if self._policy.set_ok(cookie, request):
                if cookie.is_expired():
                    self._cookies.get(cookie.domain, {}).get(cookie.path, {}).pop(cookie.name, None)
                else:
                    self.set_cookie(cookie)

    def set_cookie_if_ok(self, cookie, request):
        if self._policy.set_ok(cookie, request):
            self.set_cookie(cookie)

    def set_cookie(self, cookie):
        self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def clear(self, domain=None, path=None, name=None):
        if name is not None:
            del self._cookies[domain][path][name]
        elif path is not None:
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def clear_session_cookies(self):
        for cookie in list(self):
            if cookie.discard:
                self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_expired_cookies(self):
        now = time.time()
        for cookie in list(self):
            if cookie.is_expired(now):
                self.clear(cookie.domain, cookie.path, cookie.name)

    def __iter__(self):
        for paths in self._cookies.values():
            for names in paths.values():
                yield from names.values()

    def __len__(self):
        return len(list(iter(self)))

    def __repr__(self):
        return "<%s[%s]>" % (type(self).__name__, ", ".join([repr(cookie) for cookie in self]))

    def __str__(self):
        return "<%s[%s]>" % (type(self).__name__, ", ".join([str(cookie) for cookie in self]))


class FileCookieJar(CookieJar):
    def __init__(self, filename=None, delayload=False, policy=None):
        super().__init__(policy)
        self.filename, self.delayload = filename, bool(delayload)

    def _name(self, filename):
        name = filename or self.filename
        if name is None:
            raise ValueError("a filename was not supplied (nor was the CookieJar instance initialised with one)")
        return name

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        before, self._cookies = self._cookies, {}
        try:
            self.load(filename, ignore_discard, ignore_expires)
        except OSError:
            self._cookies = before
            raise


class MozillaCookieJar(FileCookieJar):
    """A file with a line for each cookie, items between tabs, as `curl` has them as well."""

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        with open(self._name(filename)) as file:
            lines = file.read().split("\n")
        if not re.search("#( Netscape)? HTTP Cookie File", lines[0]):
            raise LoadError("%r does not look like a Netscape format cookies file" % filename)
        for line in lines[1:]:
            rest = {}
            if line.startswith("#HttpOnly_"):
                rest, line = {"HttpOnly": ""}, line[10:]
            if not line.strip() or line.startswith(("#", "$")):
                continue
            domain, specified, path, secure, expires, name, value = line.split("\t")
            if not name:
                name, value = value, None
            cookie = Cookie(
                0, name, value, None, False, domain, specified == "TRUE", domain.startswith("."), path, False, secure == "TRUE",
                expires or None, not expires, None, None, rest,
            )
            if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired()):
                self.set_cookie(cookie)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        with open(self._name(filename), "w") as file:
            file.write("# Netscape HTTP Cookie File\n# http://curl.haxx.se/rfc/cookie_spec.html\n# This is a generated file!  Do not edit.\n\n")
            for cookie in self:
                if not ignore_discard and cookie.discard or not ignore_expires and cookie.is_expired():
                    continue
                yes = lambda value: "TRUE" if value else "FALSE"
                name, value = ("", cookie.name) if cookie.value is None else (cookie.name, cookie.value)
                expires = "" if cookie.expires is None else str(cookie.expires)
                parts = [cookie.domain, yes(cookie.domain.startswith(".")), cookie.path, yes(cookie.secure), expires, name, value]
                file.write(("#HttpOnly_" if cookie.has_nonstandard_attr("HttpOnly") else "") + "\t".join(parts) + "\n")
