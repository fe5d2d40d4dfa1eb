"""Messages that only who has the key could have signed (RFC 2104)."""

import hashlib
import warnings

_inner = bytes([x ^ 0x36 for x in range(256)])
_outer = bytes([x ^ 0x5C for x in range(256)])


def _constructor(digestmod):
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return getattr(hashlib, digestmod.lower().replace("-", ""))
    return lambda data=b"": digestmod.new(data)


class HMAC:
    """What is signed so far."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._make = _constructor(digestmod)
        sample = self._make()
        self.name = "hmac-" + str(getattr(sample, "name", digestmod))
        self.digest_size = getattr(sample, "digest_size", None) or len(self._make(b"").digest())
        self.block_size = getattr(sample, "block_size", None)
        if self.block_size is None or self.block_size < 16:
            said = "No block_size attribute on given digest object" if self.block_size is None else "block_size of %d seems too small" % self.block_size
            warnings.warn("%s; Assuming %d." % (said, self.blocksize), RuntimeWarning, 2)
            self.block_size = self.blocksize
        key = bytes(key)
        if len(key) > self.block_size:
            key = self._make(key).digest()
        self._key = key + bytes(self.block_size - len(key))
        # The message is kept: a digest ends a hash, but not an HMAC.
        self._message = bytearray(msg or b"")

    def update(self, msg):
        self._message += msg

    def copy(self):
        new = HMAC.__new__(HMAC)
        new.__dict__.update(self.__dict__)
        new._message = bytearray(self._message)
        return new

    def digest(self):
        inner = self._make(self._key.translate(_inner) + self._message).digest()
        return self._make(self._key.translate(_outer) + inner).digest()

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        a, b = a.encode("ascii"), b.encode("ascii")
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError("unsupported operand types(s) or combination of types")
    difference = len(a) ^ len(b)
    for x, y in zip(a, b):
        difference |= x ^ y
    return not difference
