# needs: import ctypes
import codecs
print("é€".encode("cp1252"), b"\x80".decode("cp1252"), "é".encode("cp437"), "ж".encode("koi8-r"), b"\xc6".decode("iso8859-5"), "Ā".encode("iso-8859-4"), "é".encode("mac_roman"), "A".encode("cp037"), b"\xc1".decode("cp500"))
print(codecs.lookup("latin9").name, codecs.lookup("windows-1250").name, codecs.lookup("IBM850").name, codecs.lookup("koi8_r").name)
for bad in (lambda: "ж".encode("cp1252"), lambda: b"\x81".decode("cp1252"), lambda: "x".encode("cp9999")):
    try: bad()
    except (UnicodeError, LookupError) as e: print(e)
print("\u20ac\u0101".encode("ascii", "namereplace"), "€".encode("latin-1", "replace"), "€".encode("iso8859_2", "xmlcharrefreplace"))
for page in ("cp1250", "cp866", "iso8859_7", "mac_cyrillic", "cp1140", "tis_620", "hp_roman8"):
    known = [byte for byte in range(256) if bytes([byte]).decode(page, "ignore")]
    print(page, len(known), all(bytes([byte]).decode(page).encode(page) == bytes([byte]) for byte in known))
