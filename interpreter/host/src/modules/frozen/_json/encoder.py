"""`json.encoder`: names that programs import from there."""

import re

from _json import JSONEncoder

ESCAPE = re.compile(r'[\x00-\x1f\\"\b\f\n\r\t]')
ESCAPE_ASCII = re.compile(r'([\\"]|[^\ -~])')
HAS_UTF8 = re.compile(rb"[\x80-\xff]")
INFINITY = float("inf")
# What is native here has no name of its own.
c_make_encoder = c_encode_basestring = c_encode_basestring_ascii = None


def encode_basestring(s):
    from json import dumps

    return dumps(s, ensure_ascii=False)


def encode_basestring_ascii(s):
    from json import dumps

    return dumps(s, ensure_ascii=True)


py_encode_basestring, py_encode_basestring_ascii = encode_basestring, encode_basestring_ascii
