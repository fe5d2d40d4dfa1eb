"""The W3C's document objects: kinds of nodes, errors, and where implementations are found."""


class Node:
    """The kinds of nodes."""

    __slots__ = ()
    ELEMENT_NODE, ATTRIBUTE_NODE, TEXT_NODE, CDATA_SECTION_NODE, ENTITY_REFERENCE_NODE, ENTITY_NODE = range(1, 7)
    PROCESSING_INSTRUCTION_NODE, COMMENT_NODE, DOCUMENT_NODE, DOCUMENT_TYPE_NODE, DOCUMENT_FRAGMENT_NODE, NOTATION_NODE = range(7, 13)


class DOMException(Exception):
    def __init__(self, *args):
        if type(self) is DOMException:
            raise RuntimeError("DOMException should not be instantiated directly")
        super().__init__(*args)

    def _get_code(self):
        return self.code


_ERRORS = (
    "IndexSizeErr DomstringSizeErr HierarchyRequestErr WrongDocumentErr InvalidCharacterErr NoDataAllowedErr NoModificationAllowedErr "
    "NotFoundErr NotSupportedErr InuseAttributeErr InvalidStateErr SyntaxErr InvalidModificationErr NamespaceErr InvalidAccessErr ValidationErr"
).split()
_NAMES = (
    "INDEX_SIZE_ERR DOMSTRING_SIZE_ERR HIERARCHY_REQUEST_ERR WRONG_DOCUMENT_ERR INVALID_CHARACTER_ERR NO_DATA_ALLOWED_ERR "
    "NO_MODIFICATION_ALLOWED_ERR NOT_FOUND_ERR NOT_SUPPORTED_ERR INUSE_ATTRIBUTE_ERR INVALID_STATE_ERR SYNTAX_ERR INVALID_MODIFICATION_ERR "
    "NAMESPACE_ERR INVALID_ACCESS_ERR VALIDATION_ERR"
).split()
for _code, (_class, _name) in enumerate(zip(_ERRORS, _NAMES), 1):
    globals()[_class] = type(_class, (DOMException,), {"code": _code, "__module__": __name__})
    globals()[_name] = _code


class UserDataHandler:
    """What happened to a node that has data of a program."""

    NODE_CLONED, NODE_IMPORTED, NODE_DELETED, NODE_RENAMED = range(1, 5)


XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/"
XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"
EMPTY_NAMESPACE = EMPTY_PREFIX = None


def getDOMImplementation(name=None, features=()):
    from . import minidom

    return minidom.getDOMImplementation(features)


def registerDOMImplementation(name, factory):
    _registered[name] = factory


_registered = {}
