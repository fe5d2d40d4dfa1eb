# Encodings of East Asia: every place of each, and every character.
# needs: import codecs, hashlib; "".encode("gbk")
import codecs
import hashlib

NAMES = (
    "gb2312 gbk gb18030 hz big5 big5hkscs cp950 shift_jis cp932 euc_jp euc_kr cp949 johab shift_jis_2004 shift_jisx0213 euc_jis_2004 euc_jisx0213 "
    "iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_3 iso2022_jp_2004 iso2022_jp_ext iso2022_kr"
).split()
characters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
leads = [bytes([lead]) for lead in range(0x80, 0x100)]
pairs = b"".join([lead + bytes([trail]) + b" \n" for lead in leads for trail in range(0x21, 0x100)])
threes = b"".join([b"\x8f" + lead + bytes([trail]) + b" \n" for lead in leads for trail in range(0xA1, 0x100)])


def shown(data):
    return hashlib.sha256(data).hexdigest()[:12]


for name in NAMES:
    encode, decode = codecs.lookup(name)[:2]
    encoded = encode("".join(characters), "ignore")[0]
    print(name, len(encoded), shown(encoded), end=" ")
    plain = decode(encoded, "ignore")[0]
    print(len(plain), shown(plain.encode()), end=" ")
    text = decode(pairs, "ignore")[0]
    print(shown(text.encode()), shown(decode(threes, "replace")[0].encode()))

# What is behind the charset: four bytes, syllables in parts, escapes.
print("\u20ac\U00012345\U0010ffff".encode("gb18030"), b"\x81\x30\x81\x30\xe3\x32\x9a\x35".decode("gb18030").encode("unicode_escape"))
print("\uac02".encode("euc_kr"), ascii(b"\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xa2".decode("euc-kr")))
print(ascii(b"\x1b(B:hu4:unit\x1b.A\x1bNi de famille\x1b.F\x1bNa".decode("iso-2022-jp-2")), "é\u03cc¥".encode("iso2022_jp_2"))
for data in (b"~{AD~}~~~\nx", b"a\x1b[0m\x1b$B$\"\x1b[1mA$\"", b"\x1b&@\x1b$B!!", b"\x1b$)C\x0e0!\x0fab\n"):
    for name in ("hz", "iso2022_jp", "iso2022_kr"):
        print(name, ascii(data.decode(name, "backslashreplace")))

# Errors, and what handlers make of them.
for data in (b"abc\x80\x80\xc1\xc4", b"\xfb\xf2x", b"\x82\x30\xff", b"\x8f\xa2", b"\xa1", b"\xff", b"\x81\x30\x81"):
    for name in ("gbk", "gb18030", "shift_jis", "cp932", "euc_jp", "johab", "big5hkscs"):
        try:
            print(name, ascii(data.decode(name)), end=" ")
        except UnicodeDecodeError as error:
            print(error, end=" ")
        print(ascii(data.decode(name, "replace")), ascii(data.decode(name, "ignore")))
for text in ("a\u0b13\u20ac", "\ud800", "\xe6\u0300\xe6\u304b\u309a\u304b", "\u4e16\u0b13\u4e16"):
    for name in ("gb2312", "hz", "iso2022_jp", "euc_jis_2004", "iso2022_jp_3", "big5hkscs"):
        try:
            print(name, text.encode(name), end=" ")
        except UnicodeEncodeError as error:
            print(ascii(str(error)), end=" ")
        print(text.encode(name, "replace"), text.encode(name, "xmlcharrefreplace"), text.encode(name, "ignore"))

# In parts.
encoder = codecs.getincrementalencoder("euc_jis_2004")()
print([encoder.encode("\xe6"), encoder.getstate(), encoder.encode("\u0300"), encoder.getstate(), encoder.encode("\xe6", True)])
encoder = codecs.getincrementalencoder("iso2022-jp")()
print([encoder.encode("z"), hex(encoder.getstate()), encoder.encode("\u3042"), hex(encoder.getstate()), encoder.encode("", True)])
decoder = codecs.getincrementaldecoder("iso2022_jp")()
print([decoder.decode(b"\x1b$"), decoder.decode(b"B@$@"), decoder.getstate()[0], decoder.decode(b"$", True)])
decoder = codecs.getincrementaldecoder("big5")("replace")
print([ascii(decoder.decode(part)) for part in (b"\xa4", b"@\xa4", b"\x00\xa4")], ascii(decoder.decode(b"", True)))
print(codecs.lookup("Shift-JIS").name, codecs.lookup("ks_c-5601").name, codecs.lookup("JISX0213").name, codecs.lookup("ms950").name)
