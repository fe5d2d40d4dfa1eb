"""Random values that nobody can guess: from the system's source."""

import base64
from hmac import compare_digest
from os import urandom

__all__ = ["SystemRandom", "choice", "compare_digest", "randbelow", "randbits", "token_bytes", "token_hex", "token_urlsafe"]

DEFAULT_ENTROPY = 32


def randbits(k):
    if k < 0:
        raise ValueError("number of bits must be non-negative")
    count = (k + 7) // 8
    return int.from_bytes(urandom(count), "big") >> (count * 8 - k) if k else 0


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    bits = exclusive_upper_bound.bit_length()
    while (value := randbits(bits)) >= exclusive_upper_bound:
        pass
    return value


def choice(seq):
    if not len(seq):
        raise IndexError("Cannot choose from an empty sequence")
    return seq[randbelow(len(seq))]


def token_bytes(nbytes=None):
    return urandom(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode()


def __getattr__(name):
    if name == "SystemRandom":
        from random import SystemRandom

        return SystemRandom
    raise AttributeError("module 'secrets' has no attribute %r" % name)
