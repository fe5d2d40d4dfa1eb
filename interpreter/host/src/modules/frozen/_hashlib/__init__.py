"""What continues the builtin module `hashlib`: SHA-3 (FIPS 202), BLAKE2 (RFC 7693), and keys made of passwords."""

import hashlib
from hashlib import _native_new

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


_ROUNDS = []
_lane = 1
for _ in range(24):
    _number = 0
    for _bit in range(7):
        _lane = _lane << 1 ^ (0x171 if _lane & 0x80 else 0)
        if _lane & 2:
            _number ^= 1 << (1 << _bit) - 1
    _ROUNDS.append(_number)
_TURNS = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14]
_MASK = 0xFFFFFFFFFFFFFFFF


def _permute(lanes):
    for constant in _ROUNDS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ (columns[(x + 1) % 5] << 1 & _MASK | columns[(x + 1) % 5] >> 63) for x in range(5)]
        moved = [0] * 25
        for at in range(25):
            x, y = at % 5, at // 5
            lane, turn = lanes[at] ^ mixed[x], _TURNS[at]
            moved[y + (2 * x + 3 * y) % 5 * 5] = (lane << turn | lane >> 64 - turn) & _MASK
        lanes = [moved[at] ^ ~moved[at - at % 5 + (at + 1) % 5] & moved[at - at % 5 + (at + 2) % 5] & _MASK for at in range(25)]
        lanes[0] ^= constant
    return lanes


class _Sponge(_Hash):
    _suffix = 6

    def __init__(self, data=b"", *, usedforsecurity=True):
        self._lanes, self._waiting = [0] * 25, bytearray()
        self.update(data)

    def update(self, data, /):
        self._waiting += data
        while len(self._waiting) >= self.block_size:
            self._lanes = self._absorbed(self._waiting[: self.block_size])
            del self._waiting[: self.block_size]

    def _absorbed(self, block):
        lanes = self._lanes[:]
        for at in range(len(block) // 8):
            lanes[at] ^= int.from_bytes(block[8 * at : 8 * at + 8], "little")
        return _permute(lanes)

    def _squeezed(self, length):
        block = self._waiting + bytes([self._suffix]) + bytes(self.block_size - len(self._waiting) - 1)
        block[-1] |= 0x80
        lanes, out = self._absorbed(block), b""
        while True:
            out += b"".join([lane.to_bytes(8, "little") for lane in lanes])[: self.block_size]
            if len(out) >= length:
                return out[:length]
            lanes = _permute(lanes)

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

_ORDERS = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
]
_CELLS = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]


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
        self._state = [start ^ int.from_bytes(block[at * self._word :][: self._word], "little") for at, start in enumerate(self._start)]
        self._waiting, self._count = bytearray(), 0
        if key:
            self.update(bytes(key).ljust(self.block_size, b"\0"))
        self.update(data)

    def update(self, data, /):
        self._waiting += data
        # The last block is kept: it is treated in another way.
        while len(self._waiting) > self.block_size:
            self._count += self.block_size
            self._state = self._compressed(self._waiting[: self.block_size], self._count, False)
            del self._waiting[: self.block_size]

    def _compressed(self, block, count, last):
        size, mask = self._word * 8, (1 << self._word * 8) - 1
        words = [int.from_bytes(block[at : at + self._word], "little") for at in range(0, self.block_size, self._word)]
        v = self._state + self._start
        v[12] ^= count & mask
        v[13] ^= count >> size
        if last:
            v[14] ^= mask
            v[15] ^= mask if self._last_node else 0
        first, second, third, fourth = self._shifts
        for number in range(self._rounds):
            order = _ORDERS[number % 10]
            for pair, (a, b, c, d) in enumerate(_CELLS):
                v[a] = v[a] + v[b] + words[order[2 * pair]] & mask
                x = v[d] ^ v[a]
                v[d] = (x >> first | x << size - first) & mask
                v[c] = v[c] + v[d] & mask
                x = v[b] ^ v[c]
                v[b] = (x >> second | x << size - second) & mask
                v[a] = v[a] + v[b] + words[order[2 * pair + 1]] & mask
                x = v[d] ^ v[a]
                v[d] = (x >> third | x << size - third) & mask
                v[c] = v[c] + v[d] & mask
                x = v[b] ^ v[c]
                v[b] = (x >> fourth | x << size - fourth) & mask
        return [self._state[at] ^ v[at] ^ v[at + 8] for at in range(8)]

    def digest(self):
        block = self._waiting + bytes(self.block_size - len(self._waiting))
        state = self._compressed(block, self._count + len(self._waiting), True)
        return b"".join([word.to_bytes(self._word, "little") for word in state])[: self.digest_size]


class blake2b(_Blake2):
    name, block_size, _word, _rounds, _shifts = "blake2b", 128, 8, 12, (32, 24, 16, 63)
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 64
    SALT_SIZE = PERSON_SIZE = 16
    _start = [0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
              0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179]


class blake2s(_Blake2):
    name, block_size, _word, _rounds, _shifts = "blake2s", 64, 4, 10, (16, 12, 8, 7)
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 32
    SALT_SIZE = PERSON_SIZE = 8
    _start = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19]


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key made of a password (PKCS #5): the more iterations, the longer it takes to guess."""
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    make = getattr(hashlib, hash_name.lower().replace("-", ""))
    size, block = make(b"").digest_size, getattr(make(b""), "block_size", 128 if hash_name in ("sha384", "sha512") else 64)
    dklen = size if dklen is None else dklen
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    password = bytes(password)
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


def file_digest(fileobj, digest, /):
    """The hash of what is left of a file."""
    made = new(digest) if isinstance(digest, str) else digest()
    while True:
        part = fileobj.read(1 << 18)
        if not part:
            return made
        made.update(part)
