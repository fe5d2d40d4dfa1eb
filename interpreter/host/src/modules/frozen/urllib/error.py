"""What fails when addresses are opened."""

__all__ = ["ContentTooShortError", "HTTPError", "URLError"]


class URLError(OSError):
    def __init__(self, reason, filename=None):
        self.args = (reason,)
        self.reason = reason
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return "<urlopen error %s>" % (self.reason,)


class HTTPError(URLError):
    """A response that says no; it can be read as any response."""

    def __init__(self, url, code, msg, hdrs, fp):
        self.args = (url, code, msg, hdrs, fp)
        self.code, self.msg, self.hdrs, self.fp, self.filename = code, msg, hdrs, fp, url

    @property
    def reason(self):
        return self.msg

    @property
    def status(self):
        return self.code

    @property
    def headers(self):
        return self.hdrs

    @property
    def url(self):
        return self.filename

    def read(self, *args):
        return self.fp.read(*args) if self.fp is not None else b""

    def info(self):
        return self.hdrs

    def geturl(self):
        return self.filename

    def getcode(self):
        return self.code

    def close(self):
        if self.fp is not None:
            self.fp.close()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.close()

    def __str__(self):
        return "HTTP Error %s: %s" % (self.code, self.msg)

    def __repr__(self):
        return "<HTTPError %s: %r>" % (self.code, self.msg)


class ContentTooShortError(URLError):
    def __init__(self, message, content):
        URLError.__init__(self, message)
        self.content = content
