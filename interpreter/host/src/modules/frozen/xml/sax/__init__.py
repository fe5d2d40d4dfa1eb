"""XML as events: a parser reads a document and tells a handler of what comes by."""

import io

from ._exceptions import SAXException, SAXNotRecognizedException, SAXNotSupportedException, SAXParseException, SAXReaderNotAvailable
from .handler import ContentHandler, ErrorHandler
from .xmlreader import InputSource

default_parser_list = ["xml.sax.expatreader"]


def make_parser(parser_list=()):
    """The first parser of the list, or of the usual one, that is there."""
    for name in list(parser_list) + default_parser_list:
        try:
            module = __import__(name, {}, {}, ["create_parser"])
        except ImportError:
            continue
        return module.create_parser()
    raise SAXReaderNotAvailable("none of the readers is there", None)


def parse(source, handler, errorHandler=ErrorHandler()):
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(errorHandler)
    parser.parse(source)


def parseString(string, handler, errorHandler=ErrorHandler()):
    source = InputSource()
    if isinstance(string, str):
        source.setCharacterStream(io.StringIO(string))
    else:
        source.setByteStream(io.BytesIO(string))
    parse(source, handler, errorHandler or ErrorHandler())
