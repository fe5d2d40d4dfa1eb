"""`json.encoder`: names that programs import from there."""

from _json import JSONEncoder


def encode_basestring(s):
    from json import dumps

    return dumps(s, ensure_ascii=False)


def encode_basestring_ascii(s):
    from json import dumps

    return dumps(s, ensure_ascii=True)
