# needs: from hashlib import md5
import hashlib
for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
    make = getattr(hashlib, name)
    h = make(b"abc")
    print(h.name, h.digest_size, h.block_size, h.hexdigest())
    h = hashlib.new(name)
    for _ in range(50):
        h.update(b"0123456789")
    other = h.copy()
    other.update(bytearray(b"x"))
    print(h.digest() == make(b"0123456789" * 50).digest(), other.hexdigest() == make(b"0123456789" * 50 + b"x").hexdigest())
try:
    hashlib.new("nope")
except ValueError as error:
    print(error)
h = hashlib.sha256(b"a")
print(h.digest() == h.digest(), h.hexdigest() == hashlib.sha256(b"a").hexdigest())
h.update(b"b")
print(h.hexdigest() == hashlib.sha256(b"ab").hexdigest(), h.copy().digest() == h.digest())
