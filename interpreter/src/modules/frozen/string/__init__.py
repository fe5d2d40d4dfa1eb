"""Sorts of characters, as text."""

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word[:1].upper() + word[1:].lower() for word in s.split(sep)])


def __getattr__(name):
    if name not in ("Template", "Formatter"):
        raise AttributeError("module 'string' has no attribute '%s'" % name)
    import _string

    return getattr(_string, name)
