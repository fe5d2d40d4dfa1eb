"""Makes documents of what `xml.parsers.expat` tells. A program's own class may override what is done with each thing, or what is listened
to (`install`)."""

from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, XMLNS_NAMESPACE, minidom, xmlbuilder
from xml.dom.minidom import Node
from xml.parsers import expat


class ExpatBuilder:
    """Names are as they are written."""

    _separator = None

    def __init__(self, options=None):
        self._options = xmlbuilder.Options() if options is None else options
        self._parser = None
        self.reset()

    def createParser(self):
        return expat.ParserCreate(namespace_separator=self._separator)

    def getParser(self):
        if self._parser is None:
            self._parser = self.createParser()
            self._parser.buffer_text = self._parser.ordered_attributes = self._parser.specified_attributes = True
            self.install(self._parser)
        return self._parser

    def reset(self):
        self.document = self.curNode = minidom.Document()
        self._cdata = self._cdata_continue = False

    def install(self, parser):
        parser.StartElementHandler, parser.EndElementHandler = self.start_element_handler, self.end_element_handler
        parser.CharacterDataHandler, parser.ProcessingInstructionHandler = self.character_data_handler, self.pi_handler
        parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = self.xml_decl_handler, self.start_doctype_decl_handler
        if self._options.comments:
            parser.CommentHandler = self.comment_handler
        if self._options.cdata_sections:
            parser.StartCdataSectionHandler, parser.EndCdataSectionHandler = self.start_cdata_section_handler, self.end_cdata_section_handler

    def parseString(self, string):
        self.getParser().Parse(string, True)
        return self._made()

    def parseFile(self, file):
        self.getParser().ParseFile(file)
        return self._made()

    def _made(self):
        document = self.document
        self._parser = None
        self.reset()
        return document

    def _put(self, node):
        """Behind the others here; what the parser tells needs no checks."""
        children = self.curNode.childNodes
        node.ownerDocument, node.parentNode = self.document, self.curNode
        if children:
            children[-1].nextSibling, node.previousSibling = node, children[-1]
        children.append(node)
        return node

    def _name(self, name):
        """Qualified name, namespace, local name, prefix."""
        return name, EMPTY_NAMESPACE, None, EMPTY_PREFIX

    def _attribute(self, element, qualified, uri, local, prefix, value):
        node = minidom.Attr(qualified, uri, local, prefix)
        node.ownerDocument = self.document
        node.value, node.specified = value, True
        element._keep(node)

    def start_element_handler(self, name, attributes):
        qualified, uri, local, prefix = self._name(name)
        element = self.curNode = self._put(minidom.Element(qualified, uri, prefix, local))
        self._declare(element)
        for index in range(0, len(attributes), 2):
            self._attribute(element, *self._name(attributes[index]), attributes[index + 1])

    def _declare(self, element):
        pass

    def end_element_handler(self, name):
        self.curNode = self.curNode.parentNode

    def character_data_handler(self, data):
        if self.curNode is self.document:
            return
        last = self.curNode.lastChild
        kind = Node.CDATA_SECTION_NODE if self._cdata else Node.TEXT_NODE
        if last is not None and last.nodeType == kind and (not self._cdata or self._cdata_continue):
            last.data += data
            return
        self._cdata_continue = True
        self._put(minidom.CDATASection() if self._cdata else minidom.Text()).data = data

    def start_cdata_section_handler(self):
        self._cdata, self._cdata_continue = True, False

    def end_cdata_section_handler(self):
        self._cdata = self._cdata_continue = False

    def comment_handler(self, data):
        self._put(minidom.Comment(data))

    def pi_handler(self, target, data):
        self._put(minidom.ProcessingInstruction(target, data))

    def xml_decl_handler(self, version, encoding, standalone):
        document = self.document
        document.version, document.encoding = version, encoding
        if standalone >= 0:
            document.standalone = bool(standalone)

    def start_doctype_decl_handler(self, doctypeName, systemId, publicId, has_internal_subset):
        doctype = self._put(minidom.DocumentType(doctypeName))
        doctype.publicId, doctype.systemId = publicId, systemId


class Namespaces:
    """Names know their namespaces."""

    _separator = " "

    def createParser(self):
        parser = super().createParser()
        parser.namespace_prefixes = True
        return parser

    def install(self, parser):
        super().install(parser)
        if self._options.namespace_declarations:
            parser.StartNamespaceDeclHandler = self.start_namespace_decl_handler

    def reset(self):
        super().reset()
        self._declared = []

    def start_namespace_decl_handler(self, prefix, uri):
        self._declared.append((prefix, uri or ""))

    def _declare(self, element):
        for prefix, uri in self._declared:
            shown = "xmlns:" + prefix if prefix else "xmlns"
            self._attribute(element, shown, XMLNS_NAMESPACE, prefix or "xmlns", "xmlns" if prefix else EMPTY_PREFIX, uri)
        self._declared = []

    def _name(self, name):
        parts = name.split(" ")
        if len(parts) == 3:
            return "%s:%s" % (parts[2], parts[1]), parts[0], parts[1], parts[2]
        if len(parts) == 2:
            return parts[1], parts[0], parts[1], EMPTY_PREFIX
        return name, EMPTY_NAMESPACE, name, EMPTY_PREFIX


class ExpatBuilderNS(Namespaces, ExpatBuilder):
    pass


def makeBuilder(options):
    return ExpatBuilderNS(options) if options.namespaces else ExpatBuilder(options)


def parse(file, namespaces=True):
    """The document of a file, by its name or open."""
    builder = ExpatBuilderNS() if namespaces else ExpatBuilder()
    if isinstance(file, str) or hasattr(file, "__fspath__"):
        with open(file, "rb") as opened:
            return builder.parseFile(opened)
    return builder.parseFile(file)


def parseString(string, namespaces=True):
    """The document of a text."""
    return (ExpatBuilderNS() if namespaces else ExpatBuilder()).parseString(string)
