"""XML as a tree of elements: an element has a tag, attributes, text, children, and the text behind it."""

import _markup
import collections.abc
import io
import re
import weakref
from xml.etree import ElementPath

__all__ = [
    "Comment", "dump", "Element", "ElementTree", "canonicalize", "fromstring", "fromstringlist", "indent", "iselement", "iterparse", "parse",
    "ParseError", "PI", "ProcessingInstruction", "QName", "SubElement", "tostring", "tostringlist", "TreeBuilder", "VERSION", "XML", "XMLID",
    "XMLParser", "XMLPullParser", "register_namespace", "C14NWriterTarget",
]
VERSION = "1.3.0"


class ParseError(SyntaxError):
    """`code` says what is wrong, `position` where: line and column."""


def iselement(element):
    return hasattr(element, "tag")


class Element:
    tag = attrib = text = tail = None

    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError("attrib must be dict, not %s" % type(attrib).__name__)
        self.tag, self.attrib, self._children = tag, {**attrib, **extra} if extra else attrib.copy(), []

    def __repr__(self):
        return "<%s %r at %#x>" % (type(self).__name__, self.tag, id(self))

    def makeelement(self, tag, attrib):
        return type(self)(tag, attrib)

    def __copy__(self):
        made = self.makeelement(self.tag, self.attrib)
        made.text, made.tail = self.text, self.tail
        made._children = list(self._children)
        return made

    copy = __copy__

    def __deepcopy__(self, memo):
        made = self.makeelement(self.tag, dict(self.attrib))
        made.text, made.tail = self.text, self.tail
        made._children = [child.__deepcopy__(memo) for child in self._children]
        return made

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        import warnings

        warnings.warn("The behavior of this method will change in future versions.  Use specific 'len(elem)' or 'elem is not None' test instead.", FutureWarning, stacklevel=2)
        return len(self._children) != 0

    def __getitem__(self, index):
        return self._children[index]

    def __setitem__(self, index, element):
        if isinstance(index, slice):
            element = list(element)
            for one in element:
                self._check(one)
        else:
            self._check(element)
        self._children[index] = element

    def __delitem__(self, index):
        del self._children[index]

    def __iter__(self):
        return iter(self._children)

    def _check(self, element):
        if not isinstance(element, Element):
            raise TypeError("expected an Element, not %s" % type(element).__name__)

    def append(self, subelement):
        self._check(subelement)
        self._children.append(subelement)

    def extend(self, elements):
        for element in elements:
            self.append(element)

    def insert(self, index, subelement):
        self._check(subelement)
        self._children.insert(index, subelement)

    def remove(self, subelement):
        for i, child in enumerate(self._children):
            if child is subelement or child == subelement:
                del self._children[i]
                return
        raise ValueError("list.remove(x): x not in list")

    # A path that is a tag is looked for at once.

    def find(self, path, namespaces=None):
        if namespaces is None and type(path) is str and path.isidentifier():
            for child in self._children:
                if child.tag == path:
                    return child
            return None
        return ElementPath.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        if namespaces is None and type(path) is str and path.isidentifier():
            for child in self._children:
                if child.tag == path:
                    return child.text or ""
            return default
        return ElementPath.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        if namespaces is None and type(path) is str and path.isidentifier():
            return [child for child in self._children if child.tag == path]
        return ElementPath.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        return ElementPath.iterfind(self, path, namespaces)

    def clear(self):
        self.attrib.clear()
        self._children = []
        self.text = self.tail = None

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value):
        self.attrib[key] = value

    def keys(self):
        return self.attrib.keys()

    def items(self):
        return self.attrib.items()

    def iter(self, tag=None):
        if tag == "*":
            tag = None
        # A stack of iterators: trees may be deep.
        if tag is None or self.tag == tag:
            yield self
        ways, way = [], iter(self._children)
        while True:
            for child in way:
                if tag is None or child.tag == tag:
                    yield child
                if child._children:
                    ways.append(way)
                    way = iter(child._children)
                    break
            else:
                if not ways:
                    return
                way = ways.pop()

    def itertext(self):
        if not isinstance(self.tag, str) and self.tag is not None:
            return
        if self.text:
            yield self.text
        for child in self._children:
            yield from child.itertext()
            if child.tail:
                yield child.tail


def SubElement(parent, tag, attrib={}, **extra):
    element = parent.makeelement(tag, {**attrib, **extra})
    parent.append(element)
    return element


def Comment(text=None):
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    element = Element(ProcessingInstruction)
    element.text = target + " " + text if text else target
    return element


PI = ProcessingInstruction


class QName:
    def __init__(self, text_or_uri, tag=None):
        self.text = "{%s}%s" % (text_or_uri, tag) if tag else text_or_uri

    def __str__(self):
        return self.text

    def __repr__(self):
        return "<%s %r>" % (type(self).__name__, self.text)

    def __hash__(self):
        return hash(self.text)

    def _compare(self, other, how):
        return how(self.text, other.text if isinstance(other, QName) else other)

    def __eq__(self, other):
        return self._compare(other, lambda a, b: a == b)

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)


class ElementTree:
    """A document: its root element, read and written."""

    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        close = not hasattr(source, "read")
        if close:
            source = open(source, "rb")
        try:
            parser = XMLParser() if parser is None else parser
            while True:
                data = source.read(65536)
                if not data:
                    break
                parser.feed(data)
            self._root = parser.close()
            return self._root
        finally:
            if close:
                source.close()

    def iter(self, tag=None):
        return self._root.iter(tag)

    def _relative(self, path):
        if path[:1] == "/":
            path = "." + path
            import warnings

            warnings.warn("This search is broken in 1.3 and earlier, and will be fixed in a future version.  If you rely on the current behaviour, change it to %r" % path, FutureWarning, stacklevel=3)
        return path

    def find(self, path, namespaces=None):
        return self._root.find(self._relative(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(self._relative(path), default, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(self._relative(path), namespaces)

    def iterfind(self, path, namespaces=None):
        return self._root.iterfind(self._relative(path), namespaces)

    def write(self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *, short_empty_elements=True):
        method = method or "xml"
        if method not in ("xml", "html", "text", "c14n"):
            raise ValueError("unknown method %r" % method)
        encoding = encoding or ("utf-8" if method == "c14n" else "us-ascii")
        is_text = encoding.lower() == "unicode"
        out = []
        declared = "utf-8" if is_text else encoding
        if method == "xml" and (xml_declaration or xml_declaration is None and not is_text and encoding.lower() not in ("utf-8", "us-ascii")):
            out.append("<?xml version='1.0' encoding='%s'?>\n" % declared)
        if method == "text":
            out.extend(self._root.itertext())
        else:
            names, namespaces = _namespaces(self._root, default_namespace)
            if method == "html":
                _serialize_html(out.append, self._root, names, namespaces)
            else:
                _serialize_xml(out.append, self._root, names, namespaces, short_empty_elements=short_empty_elements)
        text = "".join(out)
        if hasattr(file_or_filename, "write"):
            write = file_or_filename.write
            if is_text:
                write(text)
            else:
                write(text.encode(encoding, "xmlcharrefreplace"))
        elif is_text:
            with open(file_or_filename, "w", encoding="utf-8", errors="xmlcharrefreplace") as file:
                file.write(text)
        else:
            with open(file_or_filename, "wb") as file:
                file.write(text.encode(encoding, "xmlcharrefreplace"))

    def write_c14n(self, file):
        return self.write(file, method="c14n")


_namespace_map = {
    "http://www.w3.org/XML/1998/namespace": "xml", "http://www.w3.org/1999/xhtml": "html", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://schemas.xmlsoap.org/wsdl/": "wsdl", "http://www.w3.org/2001/XMLSchema": "xs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi", "http://purl.org/dc/elements/1.1/": "dc",
}


def register_namespace(prefix, uri):
    if re.match(r"ns\d+$", prefix):
        raise ValueError("Prefix format reserved for internal use")
    for known, name in list(_namespace_map.items()):
        if known == uri or name == prefix:
            del _namespace_map[known]
    _namespace_map[uri] = prefix


register_namespace._namespace_map = _namespace_map


def _wrong(text):
    raise TypeError("cannot serialize %r (type %s)" % (text, type(text).__name__))


def _namespaces(root, default_namespace):
    """What names look like with prefixes, and which prefixes there are."""
    names, namespaces = {None: None}, {}
    if default_namespace:
        namespaces[default_namespace] = ""

    def note(name):
        if name[:1] == "{":
            uri, _, tag = name[1:].rpartition("}")
            prefix = namespaces.get(uri)
            if prefix is None:
                prefix = _namespace_map.get(uri)
                if prefix is None:
                    prefix = "ns%d" % len(namespaces)
                if prefix != "xml":
                    namespaces[uri] = prefix
            names[name] = "%s:%s" % (prefix, tag) if prefix else tag
        else:
            if default_namespace:
                raise ValueError("cannot use non-qualified names with default_namespace option")
            names[name] = name

    for element in root.iter():
        tag = element.tag
        if tag not in names:
            if isinstance(tag, QName):
                tag = tag.text
            if isinstance(tag, str):
                if tag not in names:
                    note(tag)
            elif tag is not Comment and tag is not PI:
                _wrong(tag)
        if element.attrib:
            for key, value in element.items():
                key = key.text if isinstance(key, QName) else key
                if not isinstance(key, str):
                    _wrong(key)
                if key not in names:
                    note(key)
                if type(value) is not str and isinstance(value, QName) and value.text not in names:
                    note(value.text)
        text = element.text
        if text is not None and type(text) is not str and isinstance(text, QName) and text.text not in names:
            note(text.text)
    return names, namespaces


HTML_EMPTY = {"area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex", "link", "meta", "param", "source", "track", "wbr"}


def _serialize_xml(write, elem, qnames, namespaces, short_empty_elements, **kwargs):
    tag, text = elem.tag, elem.text
    if tag is Comment:
        write("<!--%s-->" % text)
    elif tag is ProcessingInstruction:
        write("<?%s?>" % text)
    else:
        tag, count = qnames[tag.text if isinstance(tag, QName) else tag], len(elem)
        if tag is not None:
            closes = text or count or not short_empty_elements
            if namespaces or elem.attrib:
                _serialize_start(write, elem, tag, qnames, namespaces, _escape_attrib)
                write(">" if closes else " />")
            else:
                write("<%s>" % tag if closes else "<%s />" % tag)
        if text:
            write(_escape_cdata(text) if type(text) is str or not isinstance(text, QName) else qnames[text.text])
        if count:
            for child in elem:
                _serialize_xml(write, child, qnames, None, short_empty_elements=short_empty_elements)
        if tag is not None and closes:
            write("</%s>" % tag)
    if elem.tail:
        write(_escape_cdata(elem.tail))


def _serialize_html(write, elem, qnames, namespaces, **kwargs):
    tag, text = elem.tag, elem.text
    if tag is Comment:
        write("<!--%s-->" % _escape_cdata(text))
    elif tag is ProcessingInstruction:
        write("<?%s?>" % _escape_cdata(text))
    else:
        tag = qnames[tag.text if isinstance(tag, QName) else tag]
        if tag is not None:
            _serialize_start(write, elem, tag, qnames, namespaces, _escape_attrib_html)
            write(">")
        if text:
            write(text if tag is not None and tag.lower() in ("script", "style") else _escape_cdata(text))
        for child in elem:
            _serialize_html(write, child, qnames, None)
        if tag is not None and tag.lower() not in HTML_EMPTY:
            write("</%s>" % tag)
    if elem.tail:
        write(_escape_cdata(elem.tail))


def _serialize_start(write, elem, tag, qnames, namespaces, escape):
    write("<" + tag)
    for uri, prefix in sorted(namespaces.items(), key=lambda pair: pair[1]) if namespaces else ():
        write(' xmlns%s="%s"' % (":" + prefix if prefix else "", _escape_attrib(uri)))
    for key, value in elem.items():
        key = key.text if isinstance(key, QName) else key
        write(' %s="%s"' % (qnames[key], qnames[value.text] if isinstance(value, QName) else escape(value)))


def _escape_cdata(text):
    if not isinstance(text, str):
        _wrong(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape_attrib(text):
    return _escape_cdata(text).replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")


def _escape_attrib_html(text):
    if not isinstance(text, str):
        _wrong(text)
    return text.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True):
    out = io.StringIO() if encoding == "unicode" else io.BytesIO()
    ElementTree(element).write(out, encoding, xml_declaration, default_namespace, method, short_empty_elements=short_empty_elements)
    return out.getvalue()


def tostringlist(element, encoding=None, method=None, **options):
    return [tostring(element, encoding, method, **options)]


def dump(elem):
    import sys

    if not isinstance(elem, ElementTree):
        elem = ElementTree(elem)
    elem.write(sys.stdout, encoding="unicode")
    tail = elem.getroot().tail
    if not tail or tail[-1] != "\n":
        sys.stdout.write("\n")


def indent(tree, space="  ", level=0):
    if isinstance(tree, ElementTree):
        tree = tree.getroot()
    if level < 0:
        raise ValueError("Initial indentation level must be >= 0, got %d" % level)
    if len(tree):
        _indented(tree, "\n" + level * space, space)


def _indented(element, margin, space):
    inner = margin + space
    if not element.text or not element.text.strip():
        element.text = inner
    for child in element:
        if len(child):
            _indented(child, inner, space)
        if not child.tail or not child.tail.strip():
            child.tail = inner
    if not child.tail.strip():
        child.tail = margin


def parse(source, parser=None):
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def iterparse(source, events=None, parser=None):
    """Events as a file is read; its `root` is there at the end."""
    pull = XMLPullParser(events=events, _parser=parser)
    if hasattr(source, "read"):
        opened = None
    else:
        opened = source = open(source, "rb")

    def walk():
        try:
            while True:
                yield from pull.read_events()
                data = source.read(16384)
                if not data:
                    break
                pull.feed(data)
            root = pull._close_and_return_root()
            yield from pull.read_events()
            found = reference()
            if found is not None:
                found.root = root
        finally:
            if opened is not None:
                opened.close()

    class Events(collections.abc.Iterator):
        root = None

        def __init__(self, steps):
            self._steps = steps

        def __next__(self):
            return next(self._steps)

        def close(self):
            self._steps.close()
            if opened is not None:
                opened.close()

    made = Events(walk())
    reference = weakref.ref(made)
    return made


class XMLPullParser:
    def __init__(self, events=None, *, _parser=None):
        self._events = collections.deque()
        self._parser = _parser or XMLParser(target=TreeBuilder())
        self._parser._setevents(self._events, ("end",) if events is None else events)

    def feed(self, data):
        if self._parser is None:
            raise ValueError("feed() called after end of stream")
        if data:
            try:
                self._parser.feed(data)
            except SyntaxError as error:
                self._events.append(error)

    def _close_and_return_root(self):
        parser, self._parser = self._parser, None
        return parser.close()

    def close(self):
        self._close_and_return_root()

    def flush(self):
        pass

    def read_events(self):
        while self._events:
            event = self._events.popleft()
            if isinstance(event, Exception):
                raise event
            yield event


def XML(text, parser=None):
    parser = parser or XMLParser(target=TreeBuilder())
    parser.feed(text)
    return parser.close()


fromstring = XML


def XMLID(text, parser=None):
    tree = XML(text, parser)
    return tree, {element.get("id"): element for element in tree.iter() if element.get("id")}


def fromstringlist(sequence, parser=None):
    parser = parser or XMLParser(target=TreeBuilder())
    for text in sequence:
        parser.feed(text)
    return parser.close()


class TreeBuilder:
    """Makes elements of events."""

    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False):
        self._data, self._elem, self._last, self._root, self._tail = [], [], None, None, None
        self._comment_factory, self._pi_factory = comment_factory or Comment, pi_factory or ProcessingInstruction
        self.insert_comments, self.insert_pis = insert_comments, insert_pis
        self._factory = element_factory or Element

    def close(self):
        if self._elem:
            raise AssertionError("missing end tags")
        if self._root is None:
            raise AssertionError("missing toplevel element")
        return self._root

    def _flush(self):
        if self._data:
            if self._last is not None:
                text = "".join(self._data)
                if self._tail:
                    self._last.tail = text
                else:
                    self._last.text = text
            self._data = []

    def data(self, data):
        self._data.append(data)

    def start(self, tag, attrs):
        if self._data:
            self._flush()
        self._last = element = self._factory(tag, attrs)
        if self._elem:
            self._elem[-1].append(element)
        elif self._root is None:
            self._root = element
        self._elem.append(element)
        self._tail = 0
        return element

    def end(self, tag):
        if self._data:
            self._flush()
        self._last = self._elem.pop()
        self._tail = 1
        return self._last

    def comment(self, text):
        return self._single(self._comment_factory, self.insert_comments, text)

    def pi(self, target, text=None):
        return self._single(self._pi_factory, self.insert_pis, target, text)

    def _single(self, factory, insert, *args):
        element = factory(*args)
        if insert:
            self._flush()
            self._last = element
            if self._elem:
                self._elem[-1].append(element)
            self._tail = 1
        return element


_PIECE = 1 << 16


class XMLParser:
    """Reads XML and tells a target of it, which makes something of it."""

    def __init__(self, *, target=None, encoding=None):
        from xml.parsers import expat

        self._expat = expat
        parser = self.parser = self._parser = expat.ParserCreate(encoding, "}")
        self.target = self._target = TreeBuilder() if target is None else target
        self.entity, self._names, self.version = {}, {}, "Expat 2.5.0"
        target = self.target
        parser.DefaultHandlerExpand = self._default
        if hasattr(target, "start"):
            parser.StartElementHandler = self._start
        if hasattr(target, "end"):
            parser.EndElementHandler = self._end
        if hasattr(target, "start_ns"):
            parser.StartNamespaceDeclHandler = lambda prefix, uri: target.start_ns(prefix or "", uri or "")
        if hasattr(target, "end_ns"):
            parser.EndNamespaceDeclHandler = lambda prefix: target.end_ns(prefix or "")
        if hasattr(target, "data"):
            parser.CharacterDataHandler = target.data
        if hasattr(target, "comment"):
            parser.CommentHandler = target.comment
        if hasattr(target, "pi"):
            parser.ProcessingInstructionHandler = target.pi
        if hasattr(target, "doctype"):
            parser.StartDoctypeDeclHandler = lambda name, system, public, internal: target.doctype(name, public, system)
        parser.buffer_text = True
        if type(target) is TreeBuilder and target._factory is Element:
            self._own = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
            parser._grow = self._grow

    def _grow(self, text):
        """Makes elements of what is plain in the parser's text, natively; whether there was something."""
        parser, target = self._parser, self._target
        if target._data or parser._doctype or (parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler) != self._own:
            return False
        space = parser._scopes[-1].get("")
        prefix = "{%s}" % space if space else ""
        done = _markup.build(text, parser._at, target._elem, parser._open, parser._scopes, Element, prefix, target._last, target._tail)
        if done is None:
            return False
        parser._at, target._last, target._tail = done
        return True

    def _setevents(self, queue, events):
        parser, add = self._parser, queue.append
        parser._grow = None
        for name in events:
            if name == "start":
                parser.StartElementHandler = lambda tag, attributes: add(("start", self._start(tag, attributes)))
            elif name == "end":
                parser.EndElementHandler = lambda tag: add(("end", self._end(tag)))
            elif name == "start-ns":
                if hasattr(self.target, "start_ns"):
                    parser.StartNamespaceDeclHandler = lambda prefix, uri: add(("start-ns", self.target.start_ns(prefix or "", uri or "")))
                else:
                    parser.StartNamespaceDeclHandler = lambda prefix, uri: add(("start-ns", (prefix or "", uri or "")))
            elif name == "end-ns":
                if hasattr(self.target, "end_ns"):
                    parser.EndNamespaceDeclHandler = lambda prefix: add(("end-ns", self.target.end_ns(prefix or "")))
                else:
                    parser.EndNamespaceDeclHandler = lambda prefix: add(("end-ns", None))
            elif name == "comment":
                parser.CommentHandler = lambda text: add(("comment", self.target.comment(text)))
            elif name == "pi":
                parser.ProcessingInstructionHandler = lambda target, text: add(("pi", self.target.pi(target, text)))
            else:
                raise ValueError("unknown event %r" % name)

    def _fixed(self, name):
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = "{" + name if "}" in name else name
        return found

    def _start(self, tag, attributes):
        if attributes:
            attributes = {self._fixed(key): value for key, value in attributes.items()}
        return self.target.start(self._fixed(tag), attributes)

    def _end(self, tag):
        return self.target.end(self._fixed(tag))

    def _default(self, text):
        if text[:1] == "&":
            value = self.entity.get(text[1:-1])
            if value is None:
                error = self._expat.ExpatError(
                    "undefined entity %s: line %d, column %d" % (text, self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber)
                )
                error.code, error.lineno, error.offset = 11, self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber
                raise error
            if hasattr(self.target, "data"):
                self.target.data(value)

    def _raise(self, error):
        made = ParseError(str(error))
        made.code, made.position = error.code, (error.lineno, error.offset)
        raise made from None

    def feed(self, data):
        try:
            # A text in pieces: what is looked at for the sake of one odd place must not be all of it.
            if isinstance(data, str) and len(data) > _PIECE:
                for start in range(0, len(data), _PIECE):
                    self.parser.Parse(data[start : start + _PIECE], False)
            else:
                self.parser.Parse(data, False)
        except self._expat.ExpatError as error:
            self._raise(error)

    def flush(self):
        pass

    def close(self):
        try:
            self.parser.Parse(b"", True)
        except self._expat.ExpatError as error:
            self._raise(error)
        close = getattr(self.target, "close", None)
        return None if close is None else close()


def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    if xml_data is None and from_file is None:
        raise ValueError("Either 'xml_data' or 'from_file' must be provided as input")
    sink = io.StringIO() if out is None else out
    parser = XMLParser(target=C14NWriterTarget(sink.write, **options))
    if xml_data is not None:
        parser.feed(xml_data)
        parser.close()
    else:
        parse(from_file, parser=parser)
    return sink.getvalue() if out is None else None


class C14NWriterTarget:
    """Writes the canonical form (C14N 2.0) of what it is told."""

    def __init__(
        self, write, *, with_comments=False, strip_text=False, rewrite_prefixes=False, qname_aware_tags=None, qname_aware_attrs=None,
        exclude_attrs=None, exclude_tags=None,
    ):
        self._write, self._data, self._with_comments, self._strip = write, [], with_comments, strip_text
        self._rewrite, self._aware_tags, self._aware_attributes = rewrite_prefixes, set(qname_aware_tags or ()), set(qname_aware_attrs or ())
        self._no_attributes, self._no_tags = set(exclude_attrs or ()), set(exclude_tags or ())
        # What is declared here and has been written: a frame for each element.
        self._declared, self._shown, self._new = [{"http://www.w3.org/XML/1998/namespace": "xml"}], [{}], []
        self._preserve, self._ignored, self._rooted, self._done, self._prefixes = [False], 0, False, False, {}

    def start_ns(self, prefix, uri):
        if not self._ignored:
            self._flush()
            self._new.append((prefix, uri))

    def data(self, data):
        if not self._ignored:
            self._data.append(data)

    def _flush(self):
        text, self._data = "".join(self._data), []
        if self._strip and not self._preserve[-1]:
            text = text.strip()
        if text and self._rooted:
            self._write(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;"))

    def _prefix(self, uri, scope):
        if self._rewrite:
            return self._prefixes.setdefault(uri, "n%d" % len(self._prefixes)) if uri else ""
        for prefix, known in reversed(list(scope.items())):
            if known == uri:
                return prefix
        raise ValueError("Namespace %r is not declared in scope" % uri)

    def start(self, tag, attrs):
        if self._ignored or tag in self._no_tags:
            self._ignored += 1
            return
        self._flush()
        scope = dict(self._shown[-1].get("scope", {"xml": "http://www.w3.org/XML/1998/namespace"}))
        for prefix, uri in self._new:
            scope.pop(prefix, None)
            scope[prefix] = uri
        self._new = []
        written, used = dict(self._shown[-1].get("written", {})), []

        def name(qname, is_element):
            uri, brace, local = qname[1:].rpartition("}") if qname[:1] == "{" else ("", "", qname)
            if not brace:
                if is_element and written.get("", ""):
                    used.append(("", ""))
                return local
            if uri == "http://www.w3.org/XML/1998/namespace":
                return "xml:" + local
            choices = [prefix for prefix, known in scope.items() if known == uri and (is_element or prefix)] if not self._rewrite else [self._prefix(uri, scope)]
            prefix = "" if is_element and "" in choices else choices[-1]
            if written.get(prefix) != uri:
                used.append((prefix, uri))
            return "%s:%s" % (prefix, local) if prefix else local

        shown = name(tag, True)
        pairs = [(key, value) for key, value in attrs.items() if key not in self._no_attributes]
        rows = []
        for key, value in pairs:
            uri, _, local = key[1:].rpartition("}") if key[:1] == "{" else ("", "", key)
            rows.append((uri, local, name(key, False), value))
        rows.sort(key=lambda row: row[:2])
        spaces = sorted(dict(used).items())
        written.update(dict(used))
        out = ["<" + shown]
        for prefix, uri in spaces:
            out.append(' xmlns%s="%s"' % (":" + prefix if prefix else "", _c14n_value(uri)))
        out += [' %s="%s"' % (key, _c14n_value(value)) for _, _, key, value in rows]
        self._write("".join(out) + ">")
        keep = attrs.get("{http://www.w3.org/XML/1998/namespace}space")
        self._preserve.append(keep == "preserve" if keep else self._preserve[-1])
        self._shown.append({"scope": scope, "written": written, "name": shown})
        self._rooted = True

    def end(self, tag):
        if self._ignored:
            self._ignored -= 1
            return
        self._flush()
        self._write("</%s>" % self._shown.pop()["name"])
        self._preserve.pop()
        self._done = len(self._shown) == 1
        if self._done:
            self._rooted = False

    def comment(self, text):
        if self._with_comments and not self._ignored:
            self._single("<!--%s-->" % text.replace("\r", "&#xD;"))

    def pi(self, target, data):
        if not self._ignored:
            self._single("<?%s %s?>" % (target, data.replace("\r", "&#xD;")) if data else "<?%s?>" % target)

    def _single(self, text):
        if self._done:
            self._write("\n")
        elif self._rooted:
            self._flush()
        self._write(text)
        if not self._rooted and not self._done:
            self._write("\n")


def _c14n_value(text):
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\t", "&#x9;"), ("\n", "&#xA;"), ("\r", "&#xD;")):
        text = text.replace(sign, instead)
    return text
