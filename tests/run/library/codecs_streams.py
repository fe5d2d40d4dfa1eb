# needs: import ctypes
import codecs, io, encodings

def tell(function, *given):
    try: print(repr(function(*given)))
    except (UnicodeError, LookupError, TypeError, ValueError) as e: print(type(e).__name__, e)

# What is wrong with wide units, and where.
for encoding, data in (("utf-16", b"A\x00B"), ("utf-16-le", b"\x00\xd8"), ("utf-16-le", b"\x00\xdcA\x00"), ("utf-16-le", b"\x00\xd8A\x00"),
                       ("utf-16-be", b"\xd8\x00\x00"), ("utf-32", b"\x00\xd8"), ("utf-32-le", b"\xff\xff\xff\xff"), ("utf-32-be", b"\x00\x00\xd8\x00")):
    tell(data.decode, encoding)
tell("\ud800".encode, "utf-16")
tell(codecs.getincrementaldecoder("utf-16")().decode, b"a\0")
tell(codecs.getreader("utf-32")(io.BytesIO(b"a\0\0\0")).read)

# Escapes, raw and not, in parts.
print("a\\\x00\u00ff\u0100\U00010000".encode("raw_unicode_escape"))
for name in ("unicode_escape", "raw_unicode_escape"):
    decoder = codecs.getincrementaldecoder(name)()
    print([decoder.decode(part) for part in (b"\\", b"u12", b"34\\", b"\\x4", b"1\\u00", b"e9")])
for errors in ("strict", "ignore", "replace"):
    tell(codecs.escape_decode, rb"[\x]\x0", errors)

# Names of hosts and their labels.
for errors in ("strict", "ignore", "replace"):
    tell(b"xn--w&".decode, "punycode", errors)
tell(b"abc-b".decode, "punycode")
print("".join(codecs.iterdecode([b"xn--pythn", b"-mua.or", b"g."], "idna")), b"".join(codecs.iterencode(["pyth\xf6", "n.org"], "idna")))

# Streams of text over streams of bytes.
text = "one\r\ntwo\rthree\u2028four"
for name in ("utf-8", "utf-16", "utf-32", "utf-8-sig", "unicode_escape"):
    store = io.BytesIO()
    writer = codecs.getwriter(name)(store)
    writer.write(text[:5])
    writer.writelines([text[5:], ""])
    reader = codecs.getreader(name)(io.BytesIO(store.getvalue()))
    print(name, len(store.getvalue()), reader.read(2), reader.readline(keepends=False), [line for line in reader], reader.read(0) == "", reader.bytebuffer)
tell(codecs.lookup("utf-8").streamreader.__module__.__str__)

# Functions of one's own, and what comes of their errors.
def boom(data, errors="strict"):
    raise RuntimeError("boom")
def odd(name):
    print("asked", name)
    return (1, 2) if name == "odd_1" else codecs.CodecInfo(boom, boom, name=name) if name == "bo_om" else None
codecs.register(odd)
tell(codecs.lookup, "ODD - 1")
for call in (lambda: codecs.decode(b"", "bo-om"), lambda: codecs.decode(b"zz", "hex"), lambda: "".encode("undefined")):
    try: call()
    except Exception as e: print(type(e).__name__, e, "from", type(e.__cause__).__name__)
codecs.unregister(odd)
print(codecs.decode(codecs.encode(b"data" * 30, "uu"), "uu") == b"data" * 30, encodings.normalize_encoding("utf\xe9 - 8"), encodings.utf_8.getregentry().name)
tell(codecs.charmap_decode, b"\x01", "strict", {1: 0x110000})
