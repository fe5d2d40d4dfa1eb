"""What opening an address answers: a stream with headers."""

__all__ = ["addbase", "addclosehook", "addinfo", "addinfourl"]


class addbase:
    def __init__(self, fp):
        self.fp = fp

    def __getattr__(self, name):
        if name == "fp":
            raise AttributeError(name)
        return getattr(self.fp, name)

    def __iter__(self):
        return iter(self.fp)

    def __repr__(self):
        return "<%s at %r whose fp = %r>" % (type(self).__name__, id(self), self.fp)

    def __enter__(self):
        if self.fp.closed:
            raise ValueError("I/O operation on closed file")
        return self

    def __exit__(self, *reason):
        self.close()

    def close(self):
        self.fp.close()


class addclosehook(addbase):
    def __init__(self, fp, closehook, *hookargs):
        super().__init__(fp)
        self.closehook, self.hookargs = closehook, hookargs

    def close(self):
        try:
            hook, self.closehook = self.closehook, None
            if hook:
                hook(*self.hookargs)
        finally:
            super().close()


class addinfo(addbase):
    def __init__(self, fp, headers):
        super().__init__(fp)
        self.headers = headers

    def info(self):
        return self.headers


class addinfourl(addinfo):
    def __init__(self, fp, headers, url, code=None):
        super().__init__(fp, headers)
        self.url, self.code = url, code

    @property
    def status(self):
        return self.code

    def getcode(self):
        return self.code

    def geturl(self):
        return self.url
