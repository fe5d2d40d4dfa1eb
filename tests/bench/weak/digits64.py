# Bytes as text of digits, in small pieces.
import base64

size = 0
for i in range(20000):
    piece = b"%d bytes of a message" % i
    for encode, decode in ((base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b85encode, base64.b85decode)):
        coded = encode(piece)
        size += len(coded) + len(decode(coded))
print(size)
