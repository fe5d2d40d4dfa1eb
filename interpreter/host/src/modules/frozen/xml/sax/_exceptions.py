"""What goes wrong in XML, and where."""


class SAXException(Exception):
    def __init__(self, msg, exception=None):
        self._msg, self._exception = msg, exception
        super().__init__(msg)

    def getMessage(self):
        return self._msg

    def getException(self):
        return self._exception

    def __str__(self):
        return self._msg

    def __getitem__(self, index):
        raise AttributeError("__getitem__")


class SAXParseException(SAXException):
    def __init__(self, msg, exception, locator):
        super().__init__(msg, exception)
        self._system, self._public = locator.getSystemId(), locator.getPublicId()
        self._line, self._column = locator.getLineNumber(), locator.getColumnNumber()

    def getColumnNumber(self):
        return self._column

    def getLineNumber(self):
        return self._line

    def getPublicId(self):
        return self._public

    def getSystemId(self):
        return self._system

    def __str__(self):
        shown = ["?" if it is None else it for it in (self._line, self._column)]
        return "%s:%s:%s: %s" % ("<unknown>" if self._system is None else self._system, shown[0], shown[1], self._msg)


class SAXNotRecognizedException(SAXException):
    pass


class SAXNotSupportedException(SAXException):
    pass


class SAXReaderNotAvailable(SAXNotSupportedException):
    pass
