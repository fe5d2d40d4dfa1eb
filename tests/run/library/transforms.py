# Encodings between bytes and bytes: streams and parts.
# needs: import codecs; codecs.lookup("zlib_codec")
import codecs, io
for name, data in (("base64_codec", b"hello"), ("hex_codec", b"hello"), ("zlib_codec", b"hello"), ("quopri_codec", b"a=b")):
    info = codecs.lookup(name)
    out = io.BytesIO()
    info.streamwriter(out).write(data)
    print(name, info.streamreader(io.BytesIO(out.getvalue())).read(), info.incrementalencoder().encode(data, True) == out.getvalue(), info.incrementaldecoder().decode(out.getvalue(), True))
    print([line for line in codecs.getreader(name)(io.BytesIO(codecs.encode(b"one\ntwo", name)))])
print(codecs.encode("Hello", "rot13"), codecs.getincrementaldecoder("rot13")().decode("Uryyb"), codecs.lookup("rot13")._is_text_encoding, [codecs.lookup(name).name for name in ("rot13", "hex_codec", "base64", "zip")])
