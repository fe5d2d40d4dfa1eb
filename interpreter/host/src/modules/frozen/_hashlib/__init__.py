"""What continues the builtin module `hashlib`: SHA-3 (FIPS 202), BLAKE2 (RFC 7693), and keys made of passwords. Blocks are native (`_digests`)."""

import _digests
import hashlib
from hashlib import _native_new

__all__ = [
    "algorithms_available", "algorithms_guaranteed", "blake2b", "blake2s", "file_digest", "md5", "new", "pbkdf2_hmac", "scrypt", "sha1", "sha224",
    "sha256", "sha384", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "sha512", "shake_128", "shake_256",
]

_BUILTIN = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
algorithms_guaranteed = frozenset(
    _BUILTIN + ("sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256", "blake2b", "blake2s"))
algorithms_available = set(algorithms_guaranteed)


def new(name, data=b"", *, usedforsecurity=True):
    plain = name.lower().replace("-", "_")
    if plain in algorithms_guaranteed and plain not in _BUILTIN:
        return globals()[plain](data)
    return _native_new(name, data)


class _Hash:
    """What the hashes here have in common: bytes that wait for a block to be full."""

    def copy(self):
        made = object.__new__(type(self))
        made.__dict__.update({name: value[:] if isinstance(value, (list, bytearray)) else value for name, value in self.__dict__.items()})
        return made

    def hexdigest(self, *length):
        return self.digest(*length).hex()

    def __repr__(self):
        return "<%s hash object>" % self.name


class _Sponge(_Hash):
    _suffix = 6

    def __init__(self, data=b"", *, usedforsecurity=True):
        self._state, self._waiting = bytes(200), bytearray()
        self.update(data)

    def update(self, data, /):
        self._waiting += data
        whole = len(self._waiting) - len(self._waiting) % self.block_size
        if whole:
            self._state = _digests.absorb(self._state, self._waiting[:whole], self.block_size)
            del self._waiting[:whole]

    def _squeezed(self, length):
        block = self._waiting + bytes([self._suffix]) + bytes(self.block_size - len(self._waiting) - 1)
        block[-1] |= 0x80
        state, out = _digests.absorb(self._state, block, self.block_size), bytearray()
        while True:
            out += state[: self.block_size]
            if len(out) >= length:
                return bytes(out[:length])
            state = _digests.absorb(state, b"", self.block_size)

    def digest(self):
        return self._squeezed(self.digest_size)


class _Shake(_Sponge):
    _suffix, digest_size = 31, 0

    def digest(self, length):
        return self._squeezed(length)


def _sponge(name, base, bits):
    size = {} if base is _Shake else {"digest_size": bits // 8}
    globals()[name] = type(name, (base,), {"name": name, "block_size": 200 - bits // 4, **size})


for _bits in (224, 256, 384, 512):
    _sponge("sha3_%d" % _bits, _Sponge, _bits)
for _bits in (128, 256):
    _sponge("shake_%d" % _bits, _Shake, _bits)


class _Blake2(_Hash):
    def __init__(self, data=b"", /, *, digest_size=None, key=b"", salt=b"", person=b"", fanout=1, depth=1, leaf_size=0, node_offset=0,
                 node_depth=0, inner_size=0, last_node=False, usedforsecurity=True):
        most = self.MAX_DIGEST_SIZE
        digest_size = most if digest_size is None else digest_size
        if not 0 < digest_size <= most:
            raise ValueError("digest_size for %s must be between 1 and %d bytes, here it is %d" % (self.name, most, digest_size))
        for what, value, limit in (("key", key, self.MAX_KEY_SIZE), ("salt", salt, self.SALT_SIZE), ("person", person, self.PERSON_SIZE)):
            if len(value) > limit:
                raise ValueError("maximum %s length is %d bytes" % (what, limit))
        self.digest_size, self._last_node = digest_size, last_node
        offset = node_offset.to_bytes(self._word if self._word == 8 else 6, "little")
        block = bytes([digest_size, len(key), fanout, depth]) + leaf_size.to_bytes(4, "little") + offset + bytes([node_depth, inner_size])
        block += bytes(self._word * 4 - len(block)) + bytes(salt).ljust(self.SALT_SIZE, b"\0") + bytes(person).ljust(self.PERSON_SIZE, b"\0")
        words = [start ^ int.from_bytes(block[at * self._word :][: self._word], "little") for at, start in enumerate(self._start)]
        self._state = b"".join([word.to_bytes(self._word, "little") for word in words])
        self._waiting, self._count = bytearray(), 0
        if key:
            self.update(bytes(key).ljust(self.block_size, b"\0"))
        self.update(data)

    def update(self, data, /):
        self._waiting += data
        # The last block is kept: it is treated in another way.
        whole = (len(self._waiting) - 1) // self.block_size * self.block_size
        if whole > 0:
            self._state = self._compressed(self._state, self._waiting[:whole], self._count, 0)
            self._count += whole
            del self._waiting[:whole]

    def digest(self):
        block = self._waiting + bytes(self.block_size - len(self._waiting))
        last = 2 if self._last_node else 1
        return self._compressed(self._state, block, self._count + len(self._waiting), last)[: self.digest_size]


class blake2b(_Blake2):
    name, block_size, _word, _compressed = "blake2b", 128, 8, staticmethod(_digests.blake2b)
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 64
    SALT_SIZE = PERSON_SIZE = 16
    _start = [0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
              0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179]


class blake2s(_Blake2):
    name, block_size, _word, _compressed = "blake2s", 64, 4, staticmethod(_digests.blake2s)
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 32
    SALT_SIZE = PERSON_SIZE = 8
    _start = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19]


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key made of a password (PKCS #5): the more iterations, the longer it takes to guess."""
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    name = hash_name.lower().replace("-", "")
    make = getattr(hashlib, name)
    size, block = make(b"").digest_size, getattr(make(b""), "block_size", 128 if hash_name in ("sha384", "sha512") else 64)
    dklen = size if dklen is None else dklen
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    password = bytes(password)
    known = _digests.pbkdf2(name, password, salt, iterations, dklen)
    if known is not None:
        return known
    password = make(password).digest() if len(password) > block else password
    password = password.ljust(block, b"\0")
    inside, outside = bytes([byte ^ 0x36 for byte in password]), bytes([byte ^ 0x5C for byte in password])
    key, number = b"", 0
    while len(key) < dklen:
        number += 1
        last = make(outside + make(inside + bytes(salt) + number.to_bytes(4, "big")).digest()).digest()
        total = int.from_bytes(last, "big")
        for _ in range(iterations - 1):
            last = make(outside + make(inside + last).digest()).digest()
            total ^= int.from_bytes(last, "big")
        key += total.to_bytes(size, "big")
    return key[:dklen]


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    """A key made of a password (RFC 7914), which costs much memory to guess."""
    if n < 2 or n & (n - 1):
        raise ValueError("n must be a power of 2.")
    if not 0 <= maxmem < 1 << 31:
        raise ValueError("maxmem must be positive and smaller than 2147483647")
    if not 0 < dklen < 1 << 31:
        raise ValueError("dklen must be greater than 0 and smaller than 2147483647")
    if r < 1 or p < 1 or 128 * r * (n + p + 2) > (maxmem or 32 << 20):
        raise ValueError("Invalid parameter combination for n, r, p, maxmem.")
    return _digests.scrypt(password, salt, n.bit_length() - 1, r, p, dklen)


def file_digest(fileobj, digest, /):
    """The hash of what is left of a file."""
    made = new(digest) if isinstance(digest, str) else digest()
    while True:
        part = fileobj.read(1 << 18)
        if not part:
            return made
        made.update(part)
