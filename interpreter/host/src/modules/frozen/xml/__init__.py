"""XML: `xml.etree` as trees of Python's kind, `xml.dom` as the W3C has them, `xml.sax` as events."""
