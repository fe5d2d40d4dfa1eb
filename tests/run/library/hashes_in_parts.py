# needs: import hashlib; hashlib.sha3_224
# SHA-3, SHAKE and BLAKE2 of data that comes in parts, around the ends of blocks; CRCs that go on.
import binascii, hashlib, zlib
for name in ('sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256', 'blake2b', 'blake2s'):
    size = (300,) if 'shake' in name else ()
    for count in (0, 1, 63, 64, 65, 71, 72, 73, 127, 128, 129, 135, 136, 137, 143, 144, 167, 168, 169, 200, 257, 5000):
        made = hashlib.new(name, b'x' * (count // 2)); made.update(b'y' * (count - count // 2))
        other = made.copy(); other.update(b'z')
        print(name, count, made.hexdigest(*size)[-40:], other.hexdigest(*size)[:20])
for given in ({'digest_size': 20}, {'key': b'k' * 10}, {'key': b'k' * 10, 'salt': b'salt', 'person': b'me'}, {'fanout': 2, 'depth': 2, 'leaf_size': 64, 'node_offset': 3, 'node_depth': 1, 'inner_size': 32, 'last_node': True}):
    print(hashlib.blake2b(b'abc' * 100, **given).hexdigest(), hashlib.blake2s(b'abc' * 100, **given).hexdigest())
print(zlib.crc32(b'abc'), zlib.crc32(b'abc', 5), binascii.crc32(bytearray(b'q' * 1000), 7), binascii.crc32(memoryview(b'abc')[1:]), zlib.crc32(b''), zlib.crc32(b'', 9))
