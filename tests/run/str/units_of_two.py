# needs: 'a'.encode('utf-16')
# UTF-16 and UTF-32 by all their names, with marks and without, and what is wrong with such bytes.
s = "aé漢😀"
for name in ("utf-16", "UTF-16-LE", "utf_16_be", "utf16", "utf-32", "utf_32_le", "UTF-32BE"):
    data = s.encode(name)
    print(name, data, data.decode(name) == s, str(data, name) == s)
print(b"\xfe\xff\0a".decode("utf-16"), b"\xff\xfea\0".decode("utf-16"), b"a\0".decode("utf-16"), ascii(b"\xff\xfea\0".decode("utf-16-le")))
print(b"\0\0\xfe\xff\0\0\0a".decode("utf-32"), "".encode("utf-16"), b"".decode("utf-16"), b"\xff\xfe".decode("utf-16") == "")
for data, name in ((b"a", "utf-16"), (b"\0\xd8a\0", "utf-16-le"), (b"\0\xd8", "utf-16-le"), (b"\0\0\x11\0", "utf-32-le"), (b"\0\xd8\0\0", "utf-32-le"), (b"abc", "utf-32")):
    try:
        print(data.decode(name))
    except UnicodeDecodeError as e:
        print(e.start)
    print(ascii(data.decode(name, "replace")), ascii(data.decode(name, "ignore")))
try:
    "a\ud800".encode("utf-16-le")
except UnicodeEncodeError as e:
    print(e.start, e.end)
print("a\ud800".encode("utf-16-le", "replace"), "a\ud800".encode("utf-16-be", "surrogatepass"))
for name in ("utf-17", "utf-16-xe", "utf-1", "utf-16--le"):
    try:
        "a".encode(name)
    except LookupError as e:
        print(e)
