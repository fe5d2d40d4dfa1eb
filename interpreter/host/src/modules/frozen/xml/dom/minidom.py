"""A small implementation of the W3C's document objects: made of text, changed, and written as text again."""

import io
import xml.dom
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, XMLNS_NAMESPACE, Node as _Kinds


class NodeList(list):
    __slots__ = ()

    def item(self, index):
        return self[index] if 0 <= index < len(self) else None

    length = property(len)


class Node(_Kinds):
    namespaceURI = parentNode = ownerDocument = nextSibling = previousSibling = prefix = localName = nodeValue = attributes = None

    def __bool__(self):
        return True

    @property
    def childNodes(self):
        try:
            return self._children
        except AttributeError:
            self._children = NodeList()
            return self._children

    @property
    def firstChild(self):
        return self.childNodes[0] if self.childNodes else None

    @property
    def lastChild(self):
        return self.childNodes[-1] if self.childNodes else None

    def hasChildNodes(self):
        return bool(self.childNodes)

    # What may stand under a node, by kind.
    _may_have = ()

    def _check(self, new):
        if new.nodeType not in self._may_have:
            raise xml.dom.HierarchyRequestErr("%r cannot be child of %r" % (new, self))

    def _place(self, index, new):
        """Puts a node, or all of a fragment, among the children."""
        if new.nodeType == self.DOCUMENT_FRAGMENT_NODE:
            for offset, child in enumerate(list(new.childNodes)):
                self._place(index + offset, child)
            return new
        self._check(new)
        if new.parentNode is not None:
            if new.parentNode is self and self.childNodes.index(new) < index:
                index -= 1
            new.parentNode.removeChild(new)
        self.childNodes.insert(index, new)
        new.parentNode = self
        before = self.childNodes[index - 1] if index else None
        after = self.childNodes[index + 1] if index + 1 < len(self.childNodes) else None
        new.previousSibling, new.nextSibling = before, after
        if before is not None:
            before.nextSibling = new
        if after is not None:
            after.previousSibling = new
        return new

    def appendChild(self, node):
        if node.parentNode is not None and node.nodeType != self.DOCUMENT_FRAGMENT_NODE:
            node.parentNode.removeChild(node)
        return self._place(len(self.childNodes), node)

    def insertBefore(self, newChild, refChild):
        if refChild is None:
            return self.appendChild(newChild)
        return self._place(self._index(refChild), newChild)

    def _index(self, child):
        for index, each in enumerate(self.childNodes):
            if each is child:
                return index
        raise xml.dom.NotFoundErr()

    def replaceChild(self, newChild, oldChild):
        if newChild is oldChild:
            return None
        index = self._index(oldChild)
        if newChild.nodeType != self.DOCUMENT_FRAGMENT_NODE:
            self._check(newChild)
        after = oldChild.nextSibling
        self.removeChild(oldChild)
        if newChild.nodeType == self.DOCUMENT_FRAGMENT_NODE or newChild.parentNode is None:
            self._place(index, newChild)
        else:
            self.insertBefore(newChild, after)
        return oldChild

    def removeChild(self, oldChild):
        del self.childNodes[self._index(oldChild)]
        before, after = oldChild.previousSibling, oldChild.nextSibling
        if before is not None:
            before.nextSibling = after
        if after is not None:
            after.previousSibling = before
        oldChild.parentNode = oldChild.nextSibling = oldChild.previousSibling = None
        return oldChild

    def normalize(self):
        """Joins neighbouring texts, here and below; empty ones go."""
        for child in list(self.childNodes):
            if child.nodeType != self.TEXT_NODE:
                child.normalize()
            elif not child.data:
                self.removeChild(child)
            else:
                before = child.previousSibling
                if before is not None and before.nodeType == self.TEXT_NODE:
                    before.data += child.data
                    self.removeChild(child)

    def cloneNode(self, deep):
        return _clone(self, deep, self.ownerDocument or self)

    def isSupported(self, feature, version):
        return _IMPLEMENTATION.hasFeature(feature, version)

    def isSameNode(self, other):
        return self is other

    def getInterface(self, feature):
        return self if self.isSupported(feature, None) else None

    def getUserData(self, key):
        return getattr(self, "_user_data", {}).get(key, (None,))[0]

    def setUserData(self, key, data, handler):
        known = self.__dict__.setdefault("_user_data", {})
        old = known.pop(key, (None,))[0]
        if data is not None:
            known[key] = data, handler
        return old

    def toxml(self, encoding=None, standalone=None):
        return self.toprettyxml("", "", encoding, standalone)

    def toprettyxml(self, indent="\t", newl="\n", encoding=None, standalone=None):
        out = io.StringIO()
        if self.nodeType == self.DOCUMENT_NODE:
            self.writexml(out, "", indent, newl, encoding, standalone)
        else:
            self.writexml(out, "", indent, newl)
        return out.getvalue() if encoding is None else out.getvalue().encode(encoding, "xmlcharrefreplace")

    def unlink(self):
        for child in list(self.childNodes):
            child.unlink()
        self._children = NodeList()
        self.parentNode = self.ownerDocument = self.nextSibling = self.previousSibling = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.unlink()


_CONTENT = (
    Node.ELEMENT_NODE,
    Node.PROCESSING_INSTRUCTION_NODE,
    Node.COMMENT_NODE,
    Node.TEXT_NODE,
    Node.CDATA_SECTION_NODE,
    Node.ENTITY_REFERENCE_NODE,
    Node.NOTATION_NODE,
)


def _split(name):
    prefix, colon, local = name.partition(":")
    return (prefix, local) if colon else (EMPTY_PREFIX, name)


def _write_data(writer, data):
    if data:
        writer.write(data.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace(">", "&gt;"))


class DocumentFragment(Node):
    nodeType, nodeName = Node.DOCUMENT_FRAGMENT_NODE, "#document-fragment"
    _may_have = _CONTENT


class Attr(Node):
    nodeType = Node.ATTRIBUTE_NODE
    specified = False
    _may_have = (Node.TEXT_NODE, Node.ENTITY_REFERENCE_NODE)
    ownerElement = None

    def __init__(self, qName, namespaceURI=EMPTY_NAMESPACE, localName=None, prefix=None):
        self.nodeName = self.name = qName
        self.namespaceURI = namespaceURI
        self._local, self._prefix, self._value = localName, prefix, ""

    localName = property(lambda self: self._local or _split(self.name)[1])

    @property
    def prefix(self):
        return self._prefix or _split(self.name)[0]

    @prefix.setter
    def prefix(self, prefix):
        if prefix == "xmlns" and self.namespaceURI and self.namespaceURI != XMLNS_NAMESPACE:
            raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix for the wrong namespace")
        self._prefix = prefix
        self.nodeName = self.name = self.localName if prefix is None else "%s:%s" % (prefix, self.localName)

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = value
        self.childNodes[:] = []
        text = Text()
        text.data, text.ownerDocument, text.parentNode = value, self.ownerDocument, self
        self.childNodes.append(text)

    nodeValue = value
    isId = property(lambda self: self.ownerElement is not None and self.name in self.ownerElement._ids)


class NamedNodeMap:
    """The attributes of an element: by name, and by namespace and local name."""

    def __init__(self, element):
        self._element, self._nodes = element, element._attributes

    def _all(self):
        return list(self._nodes.values())

    length = property(lambda self: len(self._nodes))

    def item(self, index):
        nodes = self._all()
        return nodes[index] if 0 <= index < len(nodes) else None

    def items(self):
        return [(node.nodeName, node.value) for node in self._all()]

    def itemsNS(self):
        return [((node.namespaceURI, node.localName), node.value) for node in self._all()]

    def keys(self):
        return [node.nodeName for node in self._all()]

    def keysNS(self):
        return [(node.namespaceURI, node.localName) for node in self._all()]

    def values(self):
        return self._all()

    def get(self, name, value=None):
        return self._nodes.get(name, value)

    def getNamedItem(self, name):
        return self._nodes.get(name)

    def getNamedItemNS(self, namespaceURI, localName):
        return self._element.getAttributeNodeNS(namespaceURI, localName)

    def setNamedItem(self, node):
        if not isinstance(node, Attr):
            raise xml.dom.HierarchyRequestErr("%s cannot be child of %s" % (repr(node), repr(self)))
        return self._element.setAttributeNode(node)

    setNamedItemNS = setNamedItem

    def removeNamedItem(self, name):
        node = self._nodes.get(name)
        if node is None:
            raise xml.dom.NotFoundErr()
        return self._element.removeAttributeNode(node)

    def removeNamedItemNS(self, namespaceURI, localName):
        node = self.getNamedItemNS(namespaceURI, localName)
        if node is None:
            raise xml.dom.NotFoundErr()
        return self._element.removeAttributeNode(node)

    def __len__(self):
        return len(self._nodes)

    def __iter__(self):
        return iter(self.keys())

    def __contains__(self, key):
        return key in self._nodes if isinstance(key, str) else self.getNamedItemNS(*key) is not None

    def __getitem__(self, key):
        if isinstance(key, tuple):
            node = self.getNamedItemNS(*key)
            if node is None:
                raise KeyError(key)
            return node
        return self._nodes[key]

    def __setitem__(self, name, value):
        if isinstance(value, str):
            self._element.setAttribute(name, value)
        elif isinstance(value, Attr):
            self.setNamedItem(value)
        else:
            raise TypeError("value must be a string or Attr object")

    def __delitem__(self, name):
        self.removeNamedItem(name)

    def __eq__(self, other):
        return isinstance(other, NamedNodeMap) and self._nodes is other._nodes

    __hash__ = None


AttributeList = NamedNodeMap


class Element(Node):
    nodeType = Node.ELEMENT_NODE
    _may_have = _CONTENT

    def __init__(self, tagName, namespaceURI=EMPTY_NAMESPACE, prefix=EMPTY_PREFIX, localName=None):
        self.tagName = self.nodeName = tagName
        self.namespaceURI, self.prefix, self._local = namespaceURI, prefix, localName
        self._attributes, self._ids = {}, set()

    localName = property(lambda self: self._local or _split(self.tagName)[1])
    attributes = property(NamedNodeMap)

    def __repr__(self):
        return "<DOM Element: %s at %#x>" % (self.tagName, id(self))

    def hasAttributes(self):
        return bool(self._attributes)

    def getAttribute(self, attname):
        node = self._attributes.get(attname)
        return "" if node is None else node.value

    def setAttribute(self, attname, value):
        node = self._attributes.get(attname)
        if node is None:
            node = Attr(attname)
            node.ownerDocument = self.ownerDocument
            self._keep(node)
        node.value = value

    def _keep(self, node):
        self._attributes[node.name] = node
        node.ownerElement = self

    def hasAttribute(self, name):
        return name in self._attributes

    def removeAttribute(self, name):
        if name not in self._attributes:
            raise xml.dom.NotFoundErr()
        self.removeAttributeNode(self._attributes[name])

    def getAttributeNode(self, attrname):
        return self._attributes.get(attrname)

    def setAttributeNode(self, attr):
        if attr.ownerElement not in (None, self):
            raise xml.dom.InuseAttributeErr("attribute node already owned")
        old = self.getAttributeNodeNS(attr.namespaceURI, attr.localName) if attr.namespaceURI else self._attributes.get(attr.name)
        if old is attr:
            return None
        if old is not None:
            self.removeAttributeNode(old)
        self._keep(attr)
        return old

    setAttributeNodeNS = setAttributeNode

    def removeAttributeNode(self, node):
        if node is None or self._attributes.get(node.name) is not node:
            raise xml.dom.NotFoundErr()
        del self._attributes[node.name]
        node.ownerElement = None
        return node

    removeAttributeNodeNS = removeAttributeNode

    def getAttributeNodeNS(self, namespaceURI, localName):
        for node in self._attributes.values():
            if node.namespaceURI == namespaceURI and node.localName == localName:
                return node
        return None

    def getAttributeNS(self, namespaceURI, localName):
        node = self.getAttributeNodeNS(namespaceURI, localName)
        return "" if node is None else node.value

    def hasAttributeNS(self, namespaceURI, localName):
        return self.getAttributeNodeNS(namespaceURI, localName) is not None

    def setAttributeNS(self, namespaceURI, qualifiedName, value):
        prefix, local = _split(qualifiedName)
        node = self.getAttributeNodeNS(namespaceURI, local)
        if node is None:
            node = Attr(qualifiedName, namespaceURI, local, prefix)
            node.ownerDocument = self.ownerDocument
            self._keep(node)
        elif prefix != node.prefix:
            del self._attributes[node.name]
            node.prefix = prefix
            self._attributes[node.name] = node
        node.value = value

    def removeAttributeNS(self, namespaceURI, localName):
        node = self.getAttributeNodeNS(namespaceURI, localName)
        if node is None:
            raise xml.dom.NotFoundErr()
        self.removeAttributeNode(node)

    def setIdAttribute(self, name):
        if name not in self._attributes:
            raise xml.dom.NotFoundErr()
        self._ids.add(name)

    def setIdAttributeNode(self, node):
        self.setIdAttribute(node.name)

    def setIdAttributeNS(self, namespaceURI, localName):
        node = self.getAttributeNodeNS(namespaceURI, localName)
        if node is None:
            raise xml.dom.NotFoundErr()
        self._ids.add(node.name)

    def getElementsByTagName(self, name):
        return NodeList(each for each in _below(self) if name in ("*", each.tagName))

    def getElementsByTagNameNS(self, namespaceURI, localName):
        return _by_namespace(self, namespaceURI, localName)

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(indent + "<" + self.tagName)
        for name, node in self._attributes.items():
            writer.write(' %s="' % name)
            _write_data(writer, node.value)
            writer.write('"')
        if not self.childNodes:
            writer.write("/>" + newl)
            return
        writer.write(">")
        if len(self.childNodes) == 1 and self.childNodes[0].nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            self.childNodes[0].writexml(writer, "", "", "")
        else:
            writer.write(newl)
            for child in self.childNodes:
                child.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write("</%s>%s" % (self.tagName, newl))


def _below(node):
    """All elements below, in the order of the document."""
    for child in node.childNodes:
        if child.nodeType == Node.ELEMENT_NODE:
            yield child
            yield from _below(child)


def _by_namespace(node, uri, local):
    return NodeList(each for each in _below(node) if local in ("*", each.localName) and uri in ("*", each.namespaceURI))


class Childless:
    """What has nothing below it."""

    attributes = firstChild = lastChild = None
    childNodes = ()

    def hasChildNodes(self):
        return False

    def appendChild(self, node):
        raise xml.dom.HierarchyRequestErr(self.nodeName + " nodes cannot have children")

    def insertBefore(self, newChild, refChild):
        raise xml.dom.HierarchyRequestErr(self.nodeName + " nodes do not have children")

    def removeChild(self, oldChild):
        raise xml.dom.NotFoundErr(self.nodeName + " nodes do not have children")

    def replaceChild(self, newChild, oldChild):
        raise xml.dom.HierarchyRequestErr(self.nodeName + " nodes do not have children")

    def normalize(self):
        pass

    def unlink(self):
        self.parentNode = self.ownerDocument = self.nextSibling = self.previousSibling = None


class ProcessingInstruction(Childless, Node):
    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        self.target = self.nodeName = target
        self.data = data

    nodeValue = property(lambda self: self.data, lambda self, data: setattr(self, "data", data))

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write("%s<?%s %s?>%s" % (indent, self.target, self.data, newl))


class CharacterData(Childless, Node):
    data = ""
    nodeValue = property(lambda self: self.data, lambda self, data: setattr(self, "data", data))
    length = property(lambda self: len(self.data))

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return '<DOM %s node "%r%s">' % (type(self).__name__, self.data[:10], "..." if len(self.data) > 10 else "")

    def _range(self, offset, count=0):
        if offset < 0:
            raise xml.dom.IndexSizeErr("offset cannot be negative")
        if offset > len(self.data) or offset == len(self.data) and count:
            raise xml.dom.IndexSizeErr("offset cannot be beyond end of data")
        if count < 0:
            raise xml.dom.IndexSizeErr("count cannot be negative")

    def substringData(self, offset, count):
        self._range(offset, count)
        return self.data[offset : offset + count]

    def appendData(self, arg):
        self.data += arg

    def insertData(self, offset, arg):
        self._range(offset)
        self.data = self.data[:offset] + arg + self.data[offset:]

    def deleteData(self, offset, count):
        self._range(offset, count)
        self.data = self.data[:offset] + self.data[offset + count :]

    def replaceData(self, offset, count, arg):
        self._range(offset, count)
        self.data = self.data[:offset] + arg + self.data[offset + count :]


class Text(CharacterData):
    nodeType, nodeName = Node.TEXT_NODE, "#text"

    def splitText(self, offset):
        if not 0 <= offset <= len(self.data):
            raise xml.dom.IndexSizeErr("illegal offset value")
        new = type(self)()
        new.data, new.ownerDocument = self.data[offset:], self.ownerDocument
        if self.parentNode is not None:
            self.parentNode.insertBefore(new, self.nextSibling)
        self.data = self.data[:offset]
        return new

    def writexml(self, writer, indent="", addindent="", newl=""):
        _write_data(writer, indent + self.data + newl)

    def _run(self):
        """The neighbouring texts, this one among them."""
        first = self
        while first.previousSibling is not None and isinstance(first.previousSibling, Text):
            first = first.previousSibling
        while first is not None and isinstance(first, Text):
            yield first
            first = first.nextSibling

    wholeText = property(lambda self: "".join([node.data for node in self._run()]))

    def replaceWholeText(self, content):
        for node in list(self._run()):
            if node is not self or not content:
                node.parentNode.removeChild(node)
        if not content:
            return None
        self.data = content
        return self


class Comment(CharacterData):
    nodeType, nodeName = Node.COMMENT_NODE, "#comment"

    def __init__(self, data):
        self.data = data

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "--" in self.data:
            raise ValueError("'--' is not allowed in a comment node")
        writer.write("%s<!--%s-->%s" % (indent, self.data, newl))


class CDATASection(Text):
    nodeType, nodeName = Node.CDATA_SECTION_NODE, "#cdata-section"

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "]]>" in self.data:
            raise ValueError("']]>' not allowed in a CDATA section")
        writer.write("<![CDATA[%s]]>" % self.data)


class DocumentType(Childless, Node):
    nodeType = Node.DOCUMENT_TYPE_NODE
    publicId = systemId = internalSubset = None

    def __init__(self, qualifiedName):
        self.name = self.nodeName = qualifiedName
        self.entities, self.notations = {}, {}

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write("<!DOCTYPE " + self.name)
        if self.publicId:
            writer.write("%s  PUBLIC '%s'%s  '%s'" % (newl, self.publicId, newl, self.systemId))
        elif self.systemId:
            writer.write("%s  SYSTEM '%s'" % (newl, self.systemId))
        if self.internalSubset is not None:
            writer.write(" [%s]" % self.internalSubset)
        writer.write(">" + newl)


class DOMImplementation:
    _features = ("core", "1.0"), ("core", "2.0"), ("core", None), ("xml", "1.0"), ("xml", "2.0"), ("xml", None)

    def hasFeature(self, feature, version):
        return (feature.lower(), version or None) in self._features

    def createDocument(self, namespaceURI, qualifiedName, doctype):
        if doctype is not None and doctype.parentNode is not None:
            raise xml.dom.WrongDocumentErr("doctype object owned by another DOM tree")
        document = Document()
        if doctype is not None:
            document._own(doctype)
        if qualifiedName:
            prefix, _ = _split(qualifiedName)
            if prefix == "xml" and namespaceURI != xml.dom.XML_NAMESPACE:
                raise xml.dom.NamespaceErr("illegal use of 'xml' prefix")
            if prefix and not namespaceURI:
                raise xml.dom.NamespaceErr("illegal use of prefix without namespaces")
            element = document.createElementNS(namespaceURI, qualifiedName)
            if doctype is not None:
                document.appendChild(doctype)
            document.appendChild(element)
        elif doctype is not None:
            document.appendChild(doctype)
        elif namespaceURI is not None:
            raise xml.dom.InvalidCharacterErr("Element with no name")
        document.implementation = self
        return document

    def createDocumentType(self, qualifiedName, publicId, systemId):
        doctype = DocumentType(qualifiedName)
        doctype.publicId, doctype.systemId = publicId, systemId
        return doctype

    def getInterface(self, feature):
        return self if self.hasFeature(feature, None) else None


_IMPLEMENTATION = DOMImplementation()


class Document(Node):
    nodeType, nodeName = Node.DOCUMENT_NODE, "#document"
    implementation = _IMPLEMENTATION
    encoding = standalone = version = actualEncoding = documentURI = None
    strictErrorChecking = False
    _may_have = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.DOCUMENT_TYPE_NODE)

    def _first(self, kind):
        for child in self.childNodes:
            if child.nodeType == kind:
                return child
        return None

    documentElement = property(lambda self: self._first(self.ELEMENT_NODE))
    doctype = property(lambda self: self._first(self.DOCUMENT_TYPE_NODE))

    def _check(self, new):
        super()._check(new)
        if new.nodeType == self.ELEMENT_NODE and self.documentElement not in (None, new):
            raise xml.dom.HierarchyRequestErr("two document elements disallowed")

    def _own(self, node):
        node.ownerDocument = self
        return node

    def createDocumentFragment(self):
        return self._own(DocumentFragment())

    def createElement(self, tagName):
        return self._own(Element(tagName))

    def createElementNS(self, namespaceURI, qualifiedName):
        return self._own(Element(qualifiedName, namespaceURI, _split(qualifiedName)[0]))

    def createTextNode(self, data):
        if not isinstance(data, str):
            raise TypeError("node contents must be a string")
        text = self._own(Text())
        text.data = data
        return text

    def createCDATASection(self, data):
        if not isinstance(data, str):
            raise TypeError("node contents must be a string")
        section = self._own(CDATASection())
        section.data = data
        return section

    def createComment(self, data):
        return self._own(Comment(data))

    def createProcessingInstruction(self, target, data):
        return self._own(ProcessingInstruction(target, data))

    def createAttribute(self, qName):
        attribute = self._own(Attr(qName))
        attribute.value = ""
        return attribute

    def createAttributeNS(self, namespaceURI, qualifiedName):
        prefix, local = _split(qualifiedName)
        attribute = self._own(Attr(qualifiedName, namespaceURI, local, prefix))
        attribute.value = ""
        return attribute

    def getElementById(self, id):
        for element in _below(self):
            if any(element.getAttribute(name) == id for name in element._ids):
                return element
        return None

    def getElementsByTagName(self, name):
        return NodeList(each for each in _below(self) if name in ("*", each.tagName))

    def getElementsByTagNameNS(self, namespaceURI, localName):
        return _by_namespace(self, namespaceURI, localName)

    def importNode(self, node, deep):
        if node.nodeType in (self.DOCUMENT_NODE, self.DOCUMENT_TYPE_NODE):
            raise xml.dom.NotSupportedErr("cannot import document nodes" if node.nodeType == self.DOCUMENT_NODE else "cannot import document type nodes")
        return _clone(node, deep, self)

    def renameNode(self, n, namespaceURI, name):
        if n.ownerDocument is not self:
            raise xml.dom.WrongDocumentErr("cannot rename nodes from other documents")
        if n.nodeType not in (self.ELEMENT_NODE, self.ATTRIBUTE_NODE):
            raise xml.dom.NotSupportedErr("renameNode() only applies to element and attribute nodes")
        prefix, local = _split(name)
        n.namespaceURI, n._local = namespaceURI, local
        if n.nodeType == self.ELEMENT_NODE:
            n.tagName = n.nodeName = name
            n.prefix = prefix
            return n
        element = n.ownerElement
        if element is not None:
            element.removeAttributeNode(n)
        n.name = n.nodeName = name
        n._prefix = prefix
        if element is not None:
            element.setAttributeNode(n)
        return n

    def writexml(self, writer, indent="", addindent="", newl="", encoding=None, standalone=None):
        said = [] if encoding is None else ['encoding="%s"' % encoding]
        if standalone is not None:
            said.append('standalone="%s"' % ("yes" if standalone else "no"))
        writer.write('<?xml version="1.0" %s?>%s' % (" ".join(said), newl) if said else '<?xml version="1.0" ?>' + newl)
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)


def _clone(node, deep, document):
    kind = node.nodeType
    if kind == Node.ELEMENT_NODE:
        copy = document.createElementNS(node.namespaceURI, node.nodeName)
        for attribute in node._attributes.values():
            copy.setAttributeNS(attribute.namespaceURI, attribute.nodeName, attribute.value)
    elif kind == Node.TEXT_NODE:
        copy = document.createTextNode(node.data)
    elif kind == Node.CDATA_SECTION_NODE:
        copy = document.createCDATASection(node.data)
    elif kind == Node.COMMENT_NODE:
        copy = document.createComment(node.data)
    elif kind == Node.PROCESSING_INSTRUCTION_NODE:
        copy = document.createProcessingInstruction(node.target, node.data)
    elif kind == Node.ATTRIBUTE_NODE:
        copy = document.createAttributeNS(node.namespaceURI, node.nodeName)
        copy.value = node.value
        return copy
    elif kind == Node.DOCUMENT_FRAGMENT_NODE:
        copy = document.createDocumentFragment()
    elif kind == Node.DOCUMENT_TYPE_NODE:
        copy = node.ownerDocument.implementation.createDocumentType(node.name, node.publicId, node.systemId)
        copy.internalSubset = node.internalSubset
    elif kind == Node.DOCUMENT_NODE:
        copy = document = Document()
        copy.encoding, copy.standalone, copy.version = node.encoding, node.standalone, node.version
    else:
        raise xml.dom.NotSupportedErr("Cannot clone node " + repr(node))
    if deep:
        for child in node.childNodes:
            copy.appendChild(_clone(child, True, document))
    return copy


def parse(file, parser=None, bufsize=None):
    """The document of a file, by its name or open."""
    from xml.dom import expatbuilder

    return expatbuilder.parse(file)


def parseString(string, parser=None):
    """The document of a text."""
    from xml.dom import expatbuilder

    return expatbuilder.parseString(string)


def getDOMImplementation(features=None):
    """The implementation, if it has all of the features."""
    if isinstance(features, str):
        words, wanted = features.split(), []
        while words:
            name = words.pop(0)
            wanted.append((name, words.pop(0) if words and words[0][0].isdigit() else None))
        features = wanted
    if all(_IMPLEMENTATION.hasFeature(name, version) for name, version in features or ()):
        return _IMPLEMENTATION
    return None
