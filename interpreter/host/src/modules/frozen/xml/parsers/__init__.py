"""The parser that all kinds of XML here are read by."""
