# Code pages and Latin-1 by name: what they have, what they lack, and what is done about that, more than once.
# needs: "".encode("cp1252")

for name in ("cp1252", "CP1252", "iso8859-15", "koi8_r", "cp037", "latin-1"):
    data = bytes(range(0x20, 0x7F)) * 2 + b"\xa3\xe9"
    text = data.decode(name)
    print(name, ascii(text[-3:]), text.encode(name) == data, "plain".encode(name).decode(name))

# The second time is as the first.
for turn in range(2):
    for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
        try:
            print(errors, "a\u1234b\u20ac".encode("cp1252", errors))
        except UnicodeEncodeError as error:
            print(error)
    try:
        print(b"a\x81b".decode("cp1252"))
    except UnicodeDecodeError as error:
        print(error)
    print(ascii(b"a\x81b".decode("cp1252", "replace")), ascii(b"\xe9\xff".decode("latin-1", "surrogateescape")))
    # A treatment is asked for when it is needed.
    print("plain".encode("cp1253", "nonsense"), b"plain".decode("cp1254", "nonsense"))
    try:
        "\u1234".encode("cp1252", "nonsense")
    except LookupError:
        print("no such treatment")
    for name in ("no_such_page", "hex"):
        for code in ("x".encode, b"x".decode):
            try:
                code(name)
            except LookupError as error:
                print(error)

every = bytes(range(256)) * 3
print(every.decode("latin-1").encode("latin1") == every, len(str(every, "l1")))
print(ascii(every[100:140].decode("iso-8859-1")))
