"""What `str` and `bytes` ask about encodings that they do not know."""

from codecs import decode, encode
