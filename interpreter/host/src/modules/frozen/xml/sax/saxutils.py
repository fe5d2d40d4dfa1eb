"""Text of XML: escaped, written by events, filtered."""

import codecs
import io
import os
import urllib.request

from . import handler, xmlreader


def _replaced(data, entities):
    for what, by in entities.items():
        data = data.replace(what, by)
    return data


def escape(data, entities={}):
    data = data.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return _replaced(data, entities)


def unescape(data, entities={}):
    data = data.replace("&lt;", "<").replace("&gt;", ">")
    return _replaced(data, entities).replace("&amp;", "&")


def quoteattr(data, entities={}):
    data = escape(data, {**entities, "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    if '"' not in data:
        return '"%s"' % data
    if "'" not in data:
        return "'%s'" % data
    return '"%s"' % data.replace('"', "&quot;")


def _text_writer(out, encoding):
    if out is None:
        import sys

        return sys.stdout
    if isinstance(out, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return out
    if hasattr(out, "mode") and "b" not in str(out.mode):
        return out
    if isinstance(out, (io.RawIOBase, io.BufferedIOBase)):
        return _Encoded(out, encoding)
    return out if hasattr(out, "encoding") else _Encoded(out, encoding)


class _Encoded:
    def __init__(self, out, encoding):
        self._out, self._encoding = out, encoding

    def write(self, text):
        self._out.write(text.encode(self._encoding, "xmlcharrefreplace"))

    def flush(self):
        if hasattr(self._out, "flush"):
            self._out.flush()


class XMLGenerator(handler.ContentHandler):
    """Writes a document by the events of one."""

    def __init__(self, out=None, encoding="iso-8859-1", short_empty_elements=False):
        super().__init__()
        out = _text_writer(out, encoding)
        self._write, self._flush = out.write, getattr(out, "flush", lambda: None)
        self._contexts, self._current, self._undeclared = [{}], {}, []
        self._encoding, self._short, self._pending = encoding, short_empty_elements, False

    def _qname(self, name):
        if not name[0]:
            return name[1]
        if name[0] == "http://www.w3.org/XML/1998/namespace":
            return "xml:" + name[1]
        prefix = self._current[name[0]]
        return prefix + ":" + name[1] if prefix else name[1]

    def _finish_pending(self):
        if self._pending:
            self._write(">")
            self._pending = False

    def startDocument(self):
        self._write('<?xml version="1.0" encoding="%s"?>\n' % self._encoding)

    def endDocument(self):
        self._flush()

    def startPrefixMapping(self, prefix, uri):
        self._contexts.append(self._current)
        self._current = {**self._current, uri: prefix}
        self._undeclared.append((prefix, uri))

    def endPrefixMapping(self, prefix):
        self._current = self._contexts.pop()

    def _begin(self, name, attributes):
        self._finish_pending()
        self._write("<" + name)
        for prefix, uri in self._undeclared:
            self._write(' xmlns:%s="%s"' % (prefix, uri) if prefix else ' xmlns="%s"' % uri)
        self._undeclared = []
        for key, value in attributes:
            self._write(" %s=%s" % (key, quoteattr(value)))
        if self._short:
            self._pending = True
        else:
            self._write(">")

    def _end(self, name):
        if self._pending:
            self._write("/>")
            self._pending = False
        else:
            self._write("</%s>" % name)

    def startElement(self, name, attrs):
        self._begin(name, attrs.items())

    def endElement(self, name):
        self._end(name)

    def startElementNS(self, name, qname, attrs):
        self._begin(self._qname(name), [(self._qname(key), value) for key, value in attrs.items()])

    def endElementNS(self, name, qname):
        self._end(self._qname(name))

    def characters(self, content):
        if content:
            self._finish_pending()
            self._write(escape(content if isinstance(content, str) else str(content, self._encoding)))

    def ignorableWhitespace(self, content):
        if content:
            self._finish_pending()
            self._write(content if isinstance(content, str) else str(content, self._encoding))

    def processingInstruction(self, target, data):
        self._finish_pending()
        self._write("<?%s %s?>" % (target, data))


class XMLFilterBase(xmlreader.XMLReader):
    """Stands between a parser and a program, and hands on what it hears."""

    def __init__(self, parent=None):
        super().__init__()
        self._parent = parent

    def parse(self, source):
        for which in ("ContentHandler", "ErrorHandler", "EntityResolver", "DTDHandler"):
            getattr(self._parent, "set" + which)(self)
        self._parent.parse(source)

    def getParent(self):
        return self._parent

    def setParent(self, parent):
        self._parent = parent

    def setLocale(self, locale):
        self._parent.setLocale(locale)

    def getFeature(self, name):
        return self._parent.getFeature(name)

    def setFeature(self, name, state):
        self._parent.setFeature(name, state)

    def getProperty(self, name):
        return self._parent.getProperty(name)

    def setProperty(self, name, value):
        self._parent.setProperty(name, value)


def _hand_on(name, to):
    def method(self, *args):
        return getattr(getattr(self, to), name)(*args)

    method.__name__ = name
    setattr(XMLFilterBase, name, method)


for _to, _names in (
    ("_err_handler", "error fatalError warning"),
    ("_ent_handler", "resolveEntity"),
    ("_dtd_handler", "notationDecl unparsedEntityDecl"),
    (
        "_cont_handler",
        "startDocument endDocument startPrefixMapping endPrefixMapping startElement endElement startElementNS endElementNS characters "
        "ignorableWhitespace processingInstruction skippedEntity",
    ),
):
    for _name in _names.split():
        _hand_on(_name, _to)


def _set_document_locator(self, locator):
    self._locator = locator
    self._cont_handler.setDocumentLocator(locator)


XMLFilterBase.setDocumentLocator = _set_document_locator


def prepare_input_source(source, base=""):
    """An `InputSource` with an open stream, of what a program names as source."""
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        source = xmlreader.InputSource(source)
    elif hasattr(source, "read"):
        file, source = source, xmlreader.InputSource()
        (source.setCharacterStream if isinstance(file.read(0), str) else source.setByteStream)(file)
        if isinstance(getattr(file, "name", None), str):
            source.setSystemId(file.name)
    if source.getCharacterStream() is None and source.getByteStream() is None:
        name = os.path.join(os.path.dirname(os.path.normpath(base)), source.getSystemId())
        if os.path.isfile(name):
            source.setSystemId(name)
            source.setByteStream(open(name, "rb"))
        else:
            source.setSystemId(urllib.request.urljoin(base, source.getSystemId()) if base else source.getSystemId())
            source.setByteStream(urllib.request.urlopen(source.getSystemId()))
    return source
