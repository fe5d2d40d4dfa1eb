# Bytes as text of digits, there and back, and what is wrong with text that is none.
# needs: import base64

import base64
import binascii

data = [bytes([(i * i * 7 + i) & 255 for i in range(size)]) for size in (0, 1, 2, 3, 4, 5, 6, 7, 9, 40)]
zeros = [bytes(4), bytes(6), b"    ", b"  \0\0    \0\0\0\0", b"\xff" * 8]
coders = [
    (base64.b64encode, base64.b64decode),
    (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
    (base64.b32encode, base64.b32decode),
    (base64.b32hexencode, base64.b32hexdecode),
    (base64.b16encode, base64.b16decode),
    (base64.b85encode, base64.b85decode),
    (base64.a85encode, base64.a85decode),
    (binascii.b2a_base64, binascii.a2b_base64),
    (base64.encodebytes, base64.decodebytes),
]
for encode, decode in coders:
    for plain in data + zeros:
        coded = encode(plain)
        print(coded, decode(coded) == plain, encode(bytearray(plain)) == coded)
    print(decode(encode(b"text").decode()) if decode is not base64.decodebytes else "")

print(base64.b85encode(b"abcde", pad=True), base64.a85encode(b"abcde", pad=True), base64.a85encode(b"    ab", foldspaces=True))
print(base64.a85encode(b"x" * 20, wrapcol=10, adobe=True), base64.a85decode(b"<~87cURD]i,\"Ebo80~>", adobe=True), base64.a85decode(b"y+9", foldspaces=True))
print(base64.b64encode(b"\xfb\xff", altchars=b"!?"), base64.b64decode("!/8=", altchars="!?"), base64.b64decode(b"-_8=", b"-_"), binascii.b2a_base64(b"x", newline=False))
print(base64.b32decode(b"ja======", casefold=True), base64.b32decode("J1000000", map01="L"), base64.b16decode("fF", casefold=True))

for sep, group in ((":", 1), (b"-", 2), ("_", -2), (".", 4), (".", -4), ("x", 0)):
    print(binascii.hexlify(b"\xb9\x01\xef\x10\x7f", sep, group), binascii.b2a_hex(b"ab", sep=sep, bytes_per_sep=group))
for call in (lambda: binascii.hexlify(b"ab", ""), lambda: binascii.hexlify(b"ab", "::"), lambda: binascii.unhexlify("abc"), lambda: binascii.a2b_hex(b"0g")):
    try:
        call()
    except ValueError as e:
        print(type(e).__name__, e)

wrong = [
    (base64.b64decode, ["Zg", "Zg=", "Z", "Zm9vY", "====", "Zm9v====", "Z g=\n=", "Zg==Zg==", "Zm9v!", "é"]),
    (lambda text: base64.b64decode(text, validate=True), ["Zg", "Zg=", "Zm9v", "=Zg=", "Z=g=", "Zg==", "Zg==Zg==", "Zm9v\n", "Zm=9", "Z"]),
    (lambda text: binascii.a2b_base64(text, strict_mode=True), ["", "Zg==", "Zg==\n", "Zm9v"]),
    (base64.b32decode, ["JA", "ja======", "JA======", "JA=A====", "1AAAAAAA", "AAAAAAA="]),
    (base64.b16decode, ["ff", "FF", "F", "FG"]),
    (base64.b85decode, ["~~~~~", "VPa!s", 'abc"d', "VP", '~~~~~"']),
    (base64.a85decode, [" 5sd q,77Ae z zKSs \n", "~", "5sdq~z", "s8W-\"", "zz", "5z", "5sdq,77", "v"]),
]
for decode, texts in wrong:
    for text in texts:
        try:
            print(repr(text), decode(text))
        except ValueError as e:
            print(repr(text), type(e).__name__, e)

print(hex(binascii.crc32(b"123456789")), binascii.crc32(b"6789", binascii.crc32(b"12345")) == binascii.crc32(b"123456789"), binascii.crc32(b"", 7), binascii.crc32(b"a", -1))
print(hex(binascii.crc_hqx(b"123456789", 0)), hex(binascii.crc_hqx(b"", 0xFFFF)), hex(binascii.crc_hqx(b"ab", 0x1FFFF)))

# Much of it.
much = bytes(range(256)) * 3000
for encode, decode in coders[:7]:
    print(decode(encode(much)) == much, end=" ")
print()
