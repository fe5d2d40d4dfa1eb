"""A document read event by event, of which one may ask for whole parts as trees."""

import xml.sax
import xml.sax.handler

START_ELEMENT, END_ELEMENT, COMMENT = "START_ELEMENT", "END_ELEMENT", "COMMENT"
START_DOCUMENT, END_DOCUMENT = "START_DOCUMENT", "END_DOCUMENT"
PROCESSING_INSTRUCTION, IGNORABLE_WHITESPACE, CHARACTERS = "PROCESSING_INSTRUCTION", "IGNORABLE_WHITESPACE", "CHARACTERS"

_XMLNS = "http://www.w3.org/2000/xmlns/"
# Bytes of a document that are read at a time.
default_bufsize = (2**14) - 20


class PullDOM(xml.sax.ContentHandler):
    """Makes a pair of an event and a node of each event of the parser. Nodes have parents; children they get by `expandNode`."""

    _locator = document = None

    def __init__(self, documentFactory=None):
        self.documentFactory = documentFactory
        # What happened and nobody has taken yet.
        self.events = []
        self.elementStack, self.pending_events = [], []
        self._ns_contexts = [{"http://www.w3.org/XML/1998/namespace": "xml"}]
        self._current_context, self._xmlns_attrs = self._ns_contexts[-1], []

    def pop(self):
        return self.elementStack.pop()

    def setDocumentLocator(self, locator):
        self._locator = locator

    def startPrefixMapping(self, prefix, uri):
        self._xmlns_attrs.append((prefix or "xmlns", uri))
        self._ns_contexts.append(self._current_context.copy())
        self._current_context[uri] = prefix or None

    def endPrefixMapping(self, prefix):
        self._current_context = self._ns_contexts.pop()

    def _made(self, uri, tag):
        """An element, in the document that begins with it if there is none yet."""
        if self.document:
            return self.document.createElementNS(uri, tag) if uri else self.document.createElement(tag)
        return self.buildDocument(uri, tag)

    def _qualified(self, uri, local, name):
        if name is not None:
            return name
        prefix = self._current_context[uri] if uri else None
        return prefix + ":" + local if prefix else local

    def startElementNS(self, name, tagName, attrs):
        uri, local = name
        node = self._made(uri or None, self._qualified(uri, local, tagName))
        declared = [((_XMLNS, prefix), value) for prefix, value in self._xmlns_attrs]
        self._xmlns_attrs = []
        for (its_uri, its_local), value in declared + list(attrs.items()):
            if its_uri == _XMLNS:
                written = its_local if its_local == "xmlns" else "xmlns:" + its_local
            else:
                written = self._qualified(its_uri, its_local, None)
            attribute = self.document.createAttributeNS(its_uri, written) if its_uri else self.document.createAttribute(its_local)
            if its_uri:
                node.setAttributeNodeNS(attribute)
            else:
                node.setAttributeNode(attribute)
            attribute.value = value
        self._add(START_ELEMENT, node)
        self.push(node)

    def endElementNS(self, name, tagName):
        self._add(END_ELEMENT, self.pop())

    def startElement(self, name, attrs):
        node = self._made(None, name)
        for key, value in attrs.items():
            attribute = self.document.createAttribute(key)
            attribute.value = value
            node.setAttributeNode(attribute)
        self._add(START_ELEMENT, node)
        self.push(node)

    def endElement(self, name):
        self._add(END_ELEMENT, self.pop())

    def _add(self, event, node):
        self.events.append((event, node))

    def _told(self, event, make, *args):
        """An event with a node; one before the first element waits for the document to be made."""
        if self.document is None:
            self.pending_events.append((event, make, args))
        else:
            self._add(event, getattr(self.document, make)(*args))

    def comment(self, s):
        self._told(COMMENT, "createComment", s)

    def processingInstruction(self, target, data):
        self._told(PROCESSING_INSTRUCTION, "createProcessingInstruction", target, data)

    def ignorableWhitespace(self, chars):
        self._add(IGNORABLE_WHITESPACE, self.document.createTextNode(chars))

    def characters(self, chars):
        self._add(CHARACTERS, self.document.createTextNode(chars))

    def startDocument(self):
        if self.documentFactory is None:
            import xml.dom.minidom

            self.documentFactory = xml.dom.minidom.Document.implementation

    def buildDocument(self, uri, tagname):
        node = self.documentFactory.createDocument(uri, tagname, None)
        self.document = node
        self._add(START_DOCUMENT, node)
        self.push(node)
        for event, make, args in self.pending_events:
            self._add(event, getattr(node, make)(*args))
        self.pending_events = []
        return node.firstChild

    def endDocument(self):
        self._add(END_DOCUMENT, self.document)
        self.pop()

    def push(self, node):
        self.elementStack.append(node)

    def clear(self):
        """Lets go of what was read."""
        self.document = None


class ErrorHandler:
    def warning(self, exception):
        print(exception)

    def error(self, exception):
        raise exception

    fatalError = error


class DOMEventStream:
    """The events of a document, one at a time."""

    def __init__(self, stream, parser, bufsize):
        self.stream, self.parser, self.bufsize = stream, parser, bufsize
        if not hasattr(parser, "feed"):
            # A parser that takes no pieces reads all at once.
            self.getEvent = self._slurp
        self.reset()

    def reset(self):
        self.pulldom = PullDOM()
        self.parser.setFeature(xml.sax.handler.feature_namespaces, 1)
        self.parser.setContentHandler(self.pulldom)

    def __iter__(self):
        return self

    def __next__(self):
        event = self.getEvent()
        if event:
            return event
        raise StopIteration

    def getEvent(self):
        """The next event with its node, or None behind the last."""
        while not self.pulldom.events:
            data = self.stream.read(self.bufsize)
            if not data:
                # What closing tells is told to nobody, as ever.
                self.parser.close()
                return None
            self.parser.feed(data)
        return self.pulldom.events.pop(0)

    def _slurp(self):
        self.parser.parse(self.stream)
        self.getEvent = self._emit
        return self._emit()

    def _emit(self):
        return self.pulldom.events.pop(0) if self.pulldom.events else None

    def expandNode(self, node):
        """Reads on to the end of an element, and puts all that is in it below the node."""
        parents = [node]
        while event := self.getEvent():
            kind, current = event
            if current is node:
                return
            if kind != END_ELEMENT:
                parents[-1].appendChild(current)
            if kind == START_ELEMENT:
                parents.append(current)
            elif kind == END_ELEMENT:
                parents.pop()

    def clear(self):
        """Lets go of what was read."""
        self.pulldom.clear()
        del self.pulldom
        self.parser = self.stream = None


class SAX2DOM(PullDOM):
    """Makes a whole tree of a parser's events."""

    def startElementNS(self, name, tagName, attrs):
        PullDOM.startElementNS(self, name, tagName, attrs)
        self.elementStack[-2].appendChild(self.elementStack[-1])

    def startElement(self, name, attrs):
        PullDOM.startElement(self, name, attrs)
        self.elementStack[-2].appendChild(self.elementStack[-1])

    def processingInstruction(self, target, data):
        PullDOM.processingInstruction(self, target, data)
        # One before the first element is told, but has no place yet.
        if self.elementStack:
            self.elementStack[-1].appendChild(self.events[-1][1])

    def ignorableWhitespace(self, chars):
        PullDOM.ignorableWhitespace(self, chars)
        self.elementStack[-1].appendChild(self.events[-1][1])

    def characters(self, chars):
        PullDOM.characters(self, chars)
        self.elementStack[-1].appendChild(self.events[-1][1])


def parse(stream_or_string, parser=None, bufsize=None):
    """The events of a file, given itself or by its name."""
    stream = open(stream_or_string, "rb") if isinstance(stream_or_string, str) else stream_or_string
    return DOMEventStream(stream, parser or xml.sax.make_parser(), bufsize or default_bufsize)


def parseString(string, parser=None):
    """The events of a text."""
    import io

    return DOMEventStream(io.StringIO(string), parser or xml.sax.make_parser(), len(string))
