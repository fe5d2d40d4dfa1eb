"""Cookies that a client keeps between requests: what servers set, which of it a policy takes, and what goes with a request."""

import copy
import os
import re
import threading
import time
import warnings

from http._cookietext import *
from http._cookietext import eff_request_host, escape_path, is_HDN, liberal_is_HDN, request_path, request_port, strip_quotes

__all__ = ["Cookie", "CookieJar", "CookiePolicy", "DefaultCookiePolicy", "FileCookieJar", "LWPCookieJar", "LoadError", "MozillaCookieJar"]

debug, logger = False, None
DEFAULT_HTTP_PORT, HTTPONLY_ATTR, HTTPONLY_PREFIX = "80", "HTTPOnly", "#HttpOnly_"
MISSING_FILENAME_TEXT = "a filename was not supplied (nor was the CookieJar instance initialised with one)"
_VALUES = ("version", "expires", "domain", "path", "port", "comment", "commenturl", "max-age")
_FLAGS = ("discard", "secure")


class LoadError(OSError):
    """A file of cookies cannot be read."""


class Cookie:
    """A cookie. It may be as Netscape's (version 0) or as RFC 2965 has them (version 1)."""

    def __init__(
        self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path, path_specified, secure,
        expires, discard, comment, comment_url, rest, rfc2109=False,
    ):
        if port is None and port_specified is True:
            raise ValueError("if port is None, port_specified must be false")
        self.version = None if version is None else int(version)
        self.name, self.value, self.port, self.port_specified = name, value, port, port_specified
        self.domain, self.domain_specified, self.domain_initial_dot = domain.lower(), domain_specified, domain_initial_dot
        self.path, self.path_specified, self.secure = path, path_specified, secure
        self.expires, self.discard = None if expires is None else int(float(expires)), discard
        self.comment, self.comment_url, self.rfc2109, self._rest = comment, comment_url, rfc2109, copy.copy(rest)

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
        return "<Cookie %s for %s%s%s>" % (said, self.domain, "" if self.port is None else ":" + self.port, self.path)

    def __repr__(self):
        names = ("version", "name", "value", "port", "port_specified", "domain", "domain_specified", "domain_initial_dot", "path", "path_specified",
                 "secure", "expires", "discard", "comment", "comment_url")
        said = ["%s=%r" % (name, getattr(self, name)) for name in names]
        return "%s(%s)" % (type(self).__name__, ", ".join(said + ["rest=%r" % self._rest, "rfc2109=%r" % self.rfc2109]))


class CookiePolicy:
    """Says which cookies are taken, and which go with a request."""

    def set_ok(self, cookie, request):
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        return True

    def path_return_ok(self, path, request):
        return True


def _dotted(domain):
    return domain if not domain or domain.startswith(".") else "." + domain


class DefaultCookiePolicy(CookiePolicy):
    """The rules of both kinds of cookies; the arguments of its constructor say how strict they are."""

    DomainStrictNoDots, DomainStrictNonDomain, DomainRFC2965Match = 1, 2, 4
    DomainLiberal, DomainStrict = 0, 3

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False, rfc2109_as_netscape=None, hide_cookie2=False,
                 strict_domain=False, strict_rfc2965_unverifiable=True, strict_ns_unverifiable=False, strict_ns_domain=DomainLiberal,
                 strict_ns_set_initial_dollar=False, strict_ns_set_path=False, secure_protocols=("https", "wss")):
        self.netscape, self.rfc2965, self.rfc2109_as_netscape, self.hide_cookie2 = netscape, rfc2965, rfc2109_as_netscape, hide_cookie2
        self.strict_domain, self.strict_rfc2965_unverifiable = strict_domain, strict_rfc2965_unverifiable
        self.strict_ns_unverifiable, self.strict_ns_domain = strict_ns_unverifiable, strict_ns_domain
        self.strict_ns_set_initial_dollar, self.strict_ns_set_path = strict_ns_set_initial_dollar, strict_ns_set_path
        self.secure_protocols, self._now = secure_protocols, 0
        self.set_blocked_domains(blocked_domains or ())
        self.set_allowed_domains(allowed_domains)

    def blocked_domains(self):
        return self._blocked_domains

    def set_blocked_domains(self, blocked_domains):
        self._blocked_domains = tuple(blocked_domains)

    def is_blocked(self, domain):
        return any([user_domain_match(domain, each) for each in self._blocked_domains])

    def allowed_domains(self):
        return self._allowed_domains

    def set_allowed_domains(self, allowed_domains):
        self._allowed_domains = None if allowed_domains is None else tuple(allowed_domains)

    def is_not_allowed(self, domain):
        return self._allowed_domains is not None and not any([user_domain_match(domain, each) for each in self._allowed_domains])

    def set_ok(self, cookie, request):
        checks = (self.set_ok_version, self.set_ok_verifiability, self.set_ok_name, self.set_ok_path, self.set_ok_domain, self.set_ok_port)
        return all(check(cookie, request) for check in checks)

    def set_ok_version(self, cookie, request):
        return cookie.version is not None and self.return_ok_version(cookie, request)

    def set_ok_verifiability(self, cookie, request):
        if not (request.unverifiable and is_third_party(request)):
            return True
        return not (self.strict_rfc2965_unverifiable if cookie.version > 0 else self.strict_ns_unverifiable)

    def set_ok_name(self, cookie, request):
        return not (cookie.version == 0 and self.strict_ns_set_initial_dollar and cookie.name.startswith("$"))

    def set_ok_path(self, cookie, request):
        is_strict = cookie.version > 0 or self.strict_ns_set_path
        return not (cookie.path_specified and is_strict) or self.path_return_ok(cookie.path, request)

    def set_ok_domain(self, cookie, request):
        if self.is_blocked(cookie.domain) or self.is_not_allowed(cookie.domain):
            return False
        if not cookie.domain_specified:
            return True
        host, effective = eff_request_host(request)
        domain = cookie.domain
        if self.strict_domain and _is_public(domain):
            return False
        undotted = domain.removeprefix(".")
        if "." not in undotted and not effective.endswith(".local"):
            return False
        if cookie.version == 0 and not effective.endswith((domain, undotted + ".local")) and not ("." + effective).endswith(domain):
            return False
        if (cookie.version > 0 or self.strict_ns_domain & self.DomainRFC2965Match) and not domain_match(effective, domain):
            return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainStrictNoDots:
            return not ("." in host[: -len(domain)] and is_HDN(host))
        return True

    def set_ok_port(self, cookie, request):
        if not cookie.port_specified:
            return True
        ports = cookie.port.split(",")
        return all([port.isdigit() for port in ports]) and (request_port(request) or "80") in ports

    def return_ok(self, cookie, request):
        checks = (self.return_ok_version, self.return_ok_verifiability, self.return_ok_secure, self.return_ok_expires, self.return_ok_port,
                  self.return_ok_domain)
        return all(check(cookie, request) for check in checks)

    def return_ok_version(self, cookie, request):
        return not (cookie.version > 0 and not self.rfc2965 or cookie.version == 0 and not self.netscape)

    return_ok_verifiability = set_ok_verifiability

    def return_ok_secure(self, cookie, request):
        return not cookie.secure or request.type in self.secure_protocols

    def return_ok_expires(self, cookie, request):
        return not cookie.is_expired(self._now)

    def return_ok_port(self, cookie, request):
        return not cookie.port or (request_port(request) or "80") in cookie.port.split(",")

    def return_ok_domain(self, cookie, request):
        _, effective = eff_request_host(request)
        if cookie.version > 0:
            return domain_match(effective, cookie.domain)
        if self.strict_ns_domain & self.DomainStrictNonDomain and not cookie.domain_specified and cookie.domain != effective:
            return False
        return ("." + effective).endswith(_dotted(cookie.domain))

    def domain_return_ok(self, domain, request):
        # Asked before the cookies of a domain are looked at one by one.
        if not any([_dotted(host).endswith(_dotted(domain)) for host in eff_request_host(request)]):
            return False
        return not (self.is_blocked(domain) or self.is_not_allowed(domain))

    def path_return_ok(self, path, request):
        asked = request_path(request)
        return asked == path or asked.startswith(path) and (path.endswith("/") or asked[len(path)] == "/")


_PUBLIC = frozenset("co ac com edu org net gov mil int aero biz cat coop info jobs mobi museum name pro travel eu".split())


def _is_public(domain):
    """Whether a domain is one like `.co.uk`, below which others register theirs."""
    parts = domain.split(".")
    return len(parts) == 3 and not parts[0] and parts[1].lower() in _PUBLIC and len(parts[2]) == 2


def deepvalues(mapping):
    """The values of dicts in dicts."""
    for value in list(mapping.values()):
        if hasattr(value, "items"):
            yield from deepvalues(value)
        else:
            yield value


class CookieJar:
    """Cookies by domain, path and name."""

    non_word_re, quote_re = re.compile(r"\W"), re.compile(r"([\"\\])")

    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._cookies_lock, self._cookies, self._now = threading.RLock(), {}, int(time.time())

    def set_policy(self, policy):
        self._policy = policy

    def _cookies_for_request(self, request):
        found = []
        for domain in list(self._cookies):
            if self._policy.domain_return_ok(domain, request):
                for path in list(self._cookies[domain]):
                    if self._policy.path_return_ok(path, request):
                        found += [cookie for cookie in self._cookies[domain][path].values() if self._policy.return_ok(cookie, request)]
        return found

    def _cookie_attrs(self, cookies):
        """What a request says of cookies, those of the longest path first."""
        cookies.sort(key=lambda cookie: len(cookie.path), reverse=True)
        said, has_version = [], False
        for cookie in cookies:
            if not has_version:
                has_version = True
                if cookie.version > 0:
                    said.append("$Version=%s" % cookie.version)
            value = cookie.value
            if value is not None and cookie.version > 0 and self.non_word_re.search(value):
                value = self.quote_re.sub(r"\\\1", value)
            said.append(cookie.name if value is None else "%s=%s" % (cookie.name, value))
            if cookie.version > 0:
                if cookie.path_specified:
                    said.append('$Path="%s"' % cookie.path)
                if cookie.domain.startswith("."):
                    said.append('$Domain="%s"' % (cookie.domain if cookie.domain_initial_dot else cookie.domain[1:]))
                if cookie.port is not None:
                    said.append("$Port" + ('="%s"' % cookie.port if cookie.port_specified else ""))
        return said

    def add_cookie_header(self, request):
        """Puts into a request what goes with it."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            cookies = self._cookies_for_request(request)
            said = self._cookie_attrs(cookies)
            if said and not request.has_header("Cookie"):
                request.add_unredirected_header("Cookie", "; ".join(said))
            shows = self._policy.rfc2965 and not self._policy.hide_cookie2 and not request.has_header("Cookie2")
            if shows and any([cookie.version != 1 for cookie in cookies]):
                request.add_unredirected_header("Cookie2", '$Version="1"')
        self.clear_expired_cookies()

    def _normalized(self, pairs):
        """A cookie of a header: its name, its value, what is known of it, the rest; None if it is broken."""
        name, value = pairs[0]
        known, rest, has_age = {}, {}, False
        for key, said in pairs[1:]:
            lowered = key.lower()
            key = lowered if lowered in _VALUES or lowered in _FLAGS else key
            said = True if key in _FLAGS and said is None else said
            if key in known or key == "expires" and (has_age or said is None):
                continue
            if key == "domain":
                if said is None:
                    return None
                said = said.lower()
            if key == "max-age":
                has_age = True
                try:
                    said = self._now + int(said)
                except (TypeError, ValueError):
                    return None
                key = "expires"
            if key in _VALUES or key in _FLAGS:
                if said is None and key not in ("port", "comment", "commenturl"):
                    return None
                known[key] = said
            else:
                rest[key] = said
        return name, value, known, rest

    def _cookie(self, found, request):
        """The cookie that a header's words and the request make together; None if it is one to be forgotten."""
        name, value, known, rest = found
        version = known.get("version")
        if version is not None:
            try:
                version = int(strip_quotes(version))
            except ValueError:
                return None
        path, is_path_given = known.get("path"), bool(known.get("path"))
        if is_path_given:
            path = escape_path(path)
        else:
            path = request_path(request)
            path = path[: path.rfind("/") + (version != 0)] or "/"
        domain = known.get("domain")
        has_domain, has_dot = domain is not None, domain is not None and domain.startswith(".")
        domain = _dotted(domain) if has_domain else eff_request_host(request)[1]
        port, has_port = None, known.get("port") is not None
        if "port" in known:
            port = re.sub(r"\s+", "", known["port"]) if has_port else request_port(request)
        expires, discard = known.get("expires"), known.get("discard", False)
        if "expires" not in known:
            discard = True
        elif expires <= self._now:
            # A cookie that is over takes away the one before it.
            try:
                self.clear(domain, path, name)
            except KeyError:
                pass
            return None
        return Cookie(version, name, value, port, has_port, domain, has_domain, has_dot, path, is_path_given, known.get("secure", False), expires,
                      discard, known.get("comment"), known.get("commenturl"), rest)

    def _cookies_of(self, headers, request):
        found = [self._normalized(pairs) for pairs in headers]
        made = [self._cookie(each, request) for each in found if each is not None]
        return [cookie for cookie in made if cookie is not None]

    def _process_rfc2109_cookies(self, cookies):
        as_netscape = self._policy.rfc2109_as_netscape
        as_netscape = not self._policy.rfc2965 if as_netscape is None else as_netscape
        for cookie in cookies:
            if cookie.version == 1:
                cookie.rfc2109 = True
                cookie.version = 0 if as_netscape else 1

    def make_cookies(self, response, request):
        """The cookies that a response sets, whether the policy takes them or not."""
        headers, policy = response.info(), self._policy
        new, old = headers.get_all("Set-Cookie2", []), headers.get_all("Set-Cookie", [])
        self._policy._now = self._now = int(time.time())
        cookies = []
        if new and policy.rfc2965:
            cookies = self._read(split_header_words, new, request)
        if old and policy.netscape:
            more = self._read(parse_ns_headers, old, request)
            self._process_rfc2109_cookies(more)
            # What both headers set is as the newer one says.
            known = {(cookie.domain, cookie.path, cookie.name) for cookie in cookies}
            cookies += [cookie for cookie in more if (cookie.domain, cookie.path, cookie.name) not in known]
        return cookies

    def _read(self, read, headers, request):
        try:
            return self._cookies_of(read(headers), request)
        except Exception as error:
            warnings.warn("http.cookiejar bug!\n%r" % error, stacklevel=3)
            return []

    def set_cookie_if_ok(self, cookie, request):
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        with self._cookies_lock:
            self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def extract_cookies(self, response, request):
        """Keeps the cookies that a response sets and the policy takes."""
        with self._cookies_lock:
            for cookie in self.make_cookies(response, request):
                if self._policy.set_ok(cookie, request):
                    self.set_cookie(cookie)

    def clear(self, domain=None, path=None, name=None):
        """Forgets all cookies, or those of a domain, of a path there, or one."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError("domain and path must be given to remove a cookie by name")
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError("domain must be given to remove cookies by path")
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def clear_session_cookies(self):
        with self._cookies_lock:
            for cookie in self:
                if cookie.discard:
                    self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_expired_cookies(self):
        with self._cookies_lock:
            now = time.time()
            for cookie in self:
                if cookie.is_expired(now):
                    self.clear(cookie.domain, cookie.path, cookie.name)

    def __iter__(self):
        return deepvalues(self._cookies)

    def __len__(self):
        return sum([1 for _ in self])

    def __repr__(self):
        return "<%s[%s]>" % (type(self).__name__, ", ".join(map(repr, self)))

    def __str__(self):
        return "<%s[%s]>" % (type(self).__name__, ", ".join(map(str, self)))


class FileCookieJar(CookieJar):
    """Cookies that can be kept in a file."""

    def __init__(self, filename=None, delayload=False, policy=None):
        super().__init__(policy)
        self.filename, self.delayload = None if filename is None else os.fspath(filename), bool(delayload)

    def _name(self, filename):
        filename = self.filename if filename is None else filename
        if filename is None:
            raise ValueError(MISSING_FILENAME_TEXT)
        return filename

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        raise NotImplementedError()

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        filename = self._name(filename)
        with open(filename) as file:
            self._really_load(file, filename, ignore_discard, ignore_expires)

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Loads anew. If that fails, the cookies are what they were."""
        with self._cookies_lock:
            before, self._cookies = copy.deepcopy(self._cookies), {}
            try:
                self.load(self._name(filename), ignore_discard, ignore_expires)
            except OSError:
                self._cookies = before
                raise

    def _kept(self, ignore_discard, ignore_expires):
        """The cookies that go into a file."""
        now = time.time()
        return [cookie for cookie in self if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now))]

    def _take(self, cookie, ignore_discard, ignore_expires, now):
        if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
            self.set_cookie(cookie)


def _write_private(filename, text):
    """Cookies are nobody else's business."""
    with os.fdopen(os.open(filename, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def lwp_cookie_str(cookie):
    """A cookie as a line of libwww-perl's files."""
    said = [(cookie.name, cookie.value), ("path", cookie.path), ("domain", cookie.domain)]
    said += [("port", cookie.port)] if cookie.port is not None else []
    flags = (("path_spec", cookie.path_specified), ("port_spec", cookie.port_specified), ("domain_dot", cookie.domain_initial_dot), ("secure", cookie.secure))
    said += [(name, None) for name, is_so in flags if is_so]
    said += [("expires", time2isoz(float(cookie.expires)))] if cookie.expires else []
    said += [("discard", None)] if cookie.discard else []
    said += [("comment", cookie.comment)] if cookie.comment else []
    said += [("commenturl", cookie.comment_url)] if cookie.comment_url else []
    said += [(name, str(cookie._rest[name])) for name in sorted(cookie._rest)]
    return join_header_words([said + [("version", str(cookie.version))]])


class LWPCookieJar(FileCookieJar):
    """Cookies in a file of libwww-perl's, which keeps all of each."""

    def as_lwp_str(self, ignore_discard=True, ignore_expires=True):
        lines = ["Set-Cookie3: " + lwp_cookie_str(cookie) for cookie in self._kept(ignore_discard, ignore_expires)]
        return "\n".join(lines + [""])

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        _write_private(self._name(filename), "#LWP-Cookies-2.0\n" + self.as_lwp_str(ignore_discard, ignore_expires))

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not re.match(r"#LWP-Cookies-(\d+\.\d+)", f.readline()):
            raise LoadError("%r does not look like a Set-Cookie3 (LWP) format file" % filename)
        now = time.time()
        try:
            for line in f:
                if line.startswith("Set-Cookie3:"):
                    for pairs in split_header_words([line[12:].strip()]):
                        self._take(_of_lwp(pairs), ignore_discard, ignore_expires, now)
        except OSError:
            raise
        except Exception as error:
            raise LoadError("invalid Set-Cookie3 format file %r: %r" % (filename, line)) from error


def _of_lwp(pairs):
    (name, value), *more = pairs
    known, flags, rest = {}, dict.fromkeys(("port_spec", "path_spec", "domain_dot", "secure", "discard"), False), {}
    for key, said in more:
        lowered = key.lower()
        if lowered in flags:
            flags[lowered] = True
        elif lowered in _VALUES:
            known[lowered] = said
        else:
            rest[key] = said
    expires = known.get("expires")
    if expires is not None:
        expires = iso2time(expires)
    discard = flags["discard"] or expires is None
    domain = known["domain"]
    return Cookie(known["version"], name, value, known.get("port"), flags["port_spec"], domain, domain.startswith("."), flags["domain_dot"],
                  known.get("path"), flags["path_spec"], flags["secure"], expires, discard, known.get("comment"), known.get("commenturl"), rest)


class MozillaCookieJar(FileCookieJar):
    """Cookies in a file as browsers and `curl` have it, which keeps less of each."""

    _HEADER = "# Netscape HTTP Cookie File\n# http://curl.haxx.se/rfc/cookie_spec.html\n# This is a generated file!  Do not edit.\n\n"

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not re.match(r"#( Netscape)? HTTP Cookie File", f.readline()):
            raise LoadError("%r does not look like a Netscape format cookies file" % filename)
        now = time.time()
        try:
            for line in f:
                rest = {}
                if line.startswith(HTTPONLY_PREFIX):
                    rest[HTTPONLY_ATTR], line = "", line[len(HTTPONLY_PREFIX) :]
                line = line.rstrip("\n")
                if line.strip() and not line.strip().startswith(("#", "$")):
                    self._take(_of_mozilla(line, rest), ignore_discard, ignore_expires, now)
        except OSError:
            raise
        except Exception as error:
            raise LoadError("invalid Netscape format cookies file %r: %r" % (filename, line)) from error

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        lines = [self._HEADER]
        for cookie in self._kept(ignore_discard, ignore_expires):
            truth = lambda value: "TRUE" if value else "FALSE"
            name, value = ("", cookie.name) if cookie.value is None else (cookie.name, cookie.value)
            domain = (HTTPONLY_PREFIX if cookie.has_nonstandard_attr(HTTPONLY_ATTR) else "") + cookie.domain
            expires = "" if cookie.expires is None else str(cookie.expires)
            fields = [domain, truth(cookie.domain.startswith(".")), cookie.path, truth(cookie.secure), expires, name, value]
            lines.append("\t".join(fields) + "\n")
        _write_private(self._name(filename), "".join(lines))


def _of_mozilla(line, rest):
    domain, has_domain, path, secure, expires, name, value = line.split("\t")
    has_domain, has_dot = has_domain == "TRUE", domain.startswith(".")
    assert has_domain == has_dot
    if name == "":
        name, value = value, None
    return Cookie(0, name, value, None, False, domain, has_domain, has_dot, path, False, secure == "TRUE", expires or None, not expires, None, None, rest)
