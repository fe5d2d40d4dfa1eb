"""What a parser offers to programs, and what it hands to handlers."""

from . import handler
from ._exceptions import SAXNotRecognizedException, SAXNotSupportedException


class XMLReader:
    def __init__(self):
        self._cont_handler, self._dtd_handler = handler.ContentHandler(), handler.DTDHandler()
        self._ent_handler, self._err_handler = handler.EntityResolver(), handler.ErrorHandler()

    def parse(self, source):
        raise NotImplementedError("a reader has a parse() of its own")

    def getContentHandler(self):
        return self._cont_handler

    def setContentHandler(self, handler):
        self._cont_handler = handler

    def getDTDHandler(self):
        return self._dtd_handler

    def setDTDHandler(self, handler):
        self._dtd_handler = handler

    def getEntityResolver(self):
        return self._ent_handler

    def setEntityResolver(self, resolver):
        self._ent_handler = resolver

    def getErrorHandler(self):
        return self._err_handler

    def setErrorHandler(self, handler):
        self._err_handler = handler

    def setLocale(self, locale):
        raise SAXNotSupportedException("messages come in one language")

    def getFeature(self, name):
        raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def setFeature(self, name, state):
        raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def getProperty(self, name):
        raise SAXNotRecognizedException("Property '%s' not recognized" % name)

    def setProperty(self, name, value):
        raise SAXNotRecognizedException("Property '%s' not recognized" % name)


class IncrementalParser(XMLReader):
    """A parser that is fed piece by piece."""

    def __init__(self, bufsize=2**16):
        self._bufsize = bufsize
        super().__init__()

    def parse(self, source):
        from .saxutils import prepare_input_source

        source = prepare_input_source(source)
        self.prepareParser(source)
        file = source.getCharacterStream() or source.getByteStream()
        while piece := file.read(self._bufsize):
            self.feed(piece)
        self.close()

    def feed(self, data):
        raise NotImplementedError("a reader has a feed() of its own")

    def prepareParser(self, source):
        raise NotImplementedError("a reader has a prepareParser() of its own")

    def close(self):
        raise NotImplementedError("a reader has a close() of its own")

    def reset(self):
        raise NotImplementedError("a reader has a reset() of its own")


class Locator:
    def getColumnNumber(self):
        return -1

    def getLineNumber(self):
        return -1

    def getPublicId(self):
        return None

    def getSystemId(self):
        return None


class InputSource:
    """Where a document comes from: a name, bytes, or text."""

    def __init__(self, system_id=None):
        self._system, self._public, self._encoding, self._bytes, self._text = system_id, None, None, None, None

    def setPublicId(self, public_id):
        self._public = public_id

    def getPublicId(self):
        return self._public

    def setSystemId(self, system_id):
        self._system = system_id

    def getSystemId(self):
        return self._system

    def setEncoding(self, encoding):
        self._encoding = encoding

    def getEncoding(self):
        return self._encoding

    def setByteStream(self, bytefile):
        self._bytes = bytefile

    def getByteStream(self):
        return self._bytes

    def setCharacterStream(self, charfile):
        self._text = charfile

    def getCharacterStream(self):
        return self._text


class AttributesImpl:
    """The attributes of an element, by name."""

    def __init__(self, attrs):
        self._attrs = attrs

    def getLength(self):
        return len(self._attrs)

    def getType(self, name):
        return "CDATA"

    def getValue(self, name):
        return self._attrs[name]

    getValueByQName = getValue

    def getNameByQName(self, name):
        if name not in self._attrs:
            raise KeyError(name)
        return name

    getQNameByName = getNameByQName

    def getNames(self):
        return list(self._attrs)

    getQNames = keys = getNames

    def __len__(self):
        return len(self._attrs)

    def __getitem__(self, name):
        return self._attrs[name]

    def __contains__(self, name):
        return name in self._attrs

    def __iter__(self):
        return iter(self._attrs)

    def get(self, name, alternative=None):
        return self._attrs.get(name, alternative)

    def copy(self):
        return type(self)(self._attrs)

    def items(self):
        return list(self._attrs.items())

    def values(self):
        return list(self._attrs.values())


class AttributesNSImpl(AttributesImpl):
    """The same, by pairs of namespace and local name."""

    def __init__(self, attrs, qnames):
        super().__init__(attrs)
        self._qnames = qnames

    def getNameByQName(self, name):
        for pair, qualified in self._qnames.items():
            if qualified == name:
                return pair
        raise KeyError(name)

    def getValueByQName(self, name):
        return self._attrs[self.getNameByQName(name)]

    def getQNameByName(self, name):
        return self._qnames[name]

    def getQNames(self):
        return list(self._qnames.values())

    def copy(self):
        return type(self)(self._attrs, self._qnames)
