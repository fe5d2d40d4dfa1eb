# random: the sequences that CPython has for a seed; hashes of the newer kinds, keys made of passwords.
# needs: import hashlib, random; hashlib.sha3_256, random.sample
import hashlib, io, random
random.seed(42); print(random.random(), random.randint(1, 10), random.choice('abc'), random.sample(range(100), 5), random.getrandbits(70), random.gauss(0, 1), random.uniform(1, 2), random.randbytes(5))
items = list(range(8)); random.shuffle(items); print(items, random.choices('ab', [1, 3], k=6), random.randrange(3, 90, 2), round(random.betavariate(2, 3), 12), round(random.gammavariate(0.5, 2), 12), round(random.vonmisesvariate(1, 2), 12), round(random.expovariate(2), 12), round(random.triangular(), 12))
state = random.getstate(); first = random.random(); random.setstate(state); print(first == random.random(), len(state[1]), state[0])
for seed in ('text', b'bytes', 3.5, -0.1, -7, 0, 2 ** 100, 10 ** 400): random.seed(seed); print(random.random(), random.getrandbits(40))
print(random.Random(5).random(), random.getrandbits(0), len({random.SystemRandom().random() for _ in range(5)}))
for wrong in [lambda: random.getrandbits(-1), lambda: random.randrange(0), lambda: random.choice([]), lambda: random.sample([1], 2), lambda: random.setstate((1, (), None))]:
    try: wrong()
    except (ValueError, IndexError) as e: print(type(e).__name__)
for name in 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'blake2b', 'blake2s':
    for data in b'', b'abc', b'x' * 300: print(name, hashlib.new(name, data).hexdigest())
print(hashlib.shake_128(b'a').hexdigest(40), hashlib.shake_256(b'abc').hexdigest(150))
print(hashlib.blake2b(b'x', digest_size=20, key=b'k', salt=b's', person=b'p').hexdigest(), hashlib.blake2s(b'y' * 64, digest_size=5).hexdigest())
made = hashlib.sha3_256(b'a'); other = made.copy(); other.update(b'b'); print(made.hexdigest() != other.hexdigest(), other.digest_size, other.block_size, other.name)
for name in 'sha1', 'sha256', 'sha512': print(hashlib.pbkdf2_hmac(name, b'password', b'salt', 10).hex(), hashlib.pbkdf2_hmac(name, b'p' * 200, b'salt', 2, 77).hex())
print(hashlib.file_digest(io.BytesIO(b'abc'), 'sha256').hexdigest(), {'sha3_256', 'blake2b', 'md5'} <= hashlib.algorithms_guaranteed)
for wrong in [lambda: hashlib.new('nothing'), lambda: hashlib.blake2b(digest_size=65), lambda: hashlib.pbkdf2_hmac('sha1', b'', b'', 0)]:
    try: wrong()
    except ValueError as e: print('ValueError')
