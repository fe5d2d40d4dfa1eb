"""The parser of XML under its old name: `xml.parsers.expat`."""

from xml.parsers.expat import EXPAT_VERSION, ErrorString, ExpatError, ParserCreate, XMLParserType, error, errors, native_encoding, version_info
