"""Encodings by name: see `codecs`."""

from codecs import lookup


def normalize_encoding(encoding):
    return "_".join([part for part in encoding.replace("-", " ").split()])


def search_function(encoding):
    try:
        return lookup(encoding)
    except LookupError:
        return None
