# not CPython: the module is MicroPython's.
import binascii
import cryptolib
def test(key, mode, vector, data):
    make = lambda: cryptolib.aes(key, mode, vector) if vector else cryptolib.aes(key, mode)
    secret = make().encrypt(data)
    print(mode, binascii.hexlify(secret), make().decrypt(secret) == data)
# NIST SP 800-38A
key = binascii.unhexlify("2b7e151628aed2a6abf7158809cf4f3c")
long = binascii.unhexlify("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
data = binascii.unhexlify("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
vector = bytes(range(16))
test(key, cryptolib.MODE_ECB, None, data)
test(long, cryptolib.MODE_ECB, None, data)
test(key, cryptolib.MODE_CBC, vector, data)
test(long, cryptolib.MODE_CBC, vector, data)
test(key, cryptolib.MODE_CTR, bytes(range(0xf0, 0x100)), data)
test(key, cryptolib.MODE_CTR, b"\xff" * 16, data[:21])
parts = cryptolib.aes(key, 6, vector)
print(parts.encrypt(data[:3]) + parts.encrypt(data[3:]) == cryptolib.aes(key, 6, vector).encrypt(data))
buffer = bytearray(data)
cryptolib.aes(key, 2, vector).encrypt(buffer, buffer)
cryptolib.aes(key, 2, vector).decrypt(buffer, buffer)
print(buffer == data)
used = cryptolib.aes(key, 1)
used.encrypt(data)
for call in (lambda: cryptolib.aes(b"short", 1), lambda: cryptolib.aes(key, 3), lambda: cryptolib.aes(key, 2), lambda: cryptolib.aes(key, 2, b"x"), lambda: cryptolib.aes(key, 1).encrypt(b"x"), lambda: used.decrypt(data), lambda: cryptolib.aes(key, 1).encrypt(data, bytearray(3))):
    try:
        call()
    except ValueError as error:
        print(error)
