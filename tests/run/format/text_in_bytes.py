# not CPython: it refuses text there
# A template of bytes takes text and numbers for %s, as MicroPython's drivers and its requests write.
print(b"%s %s HTTP/1.0\r\n" % ("GET", "/"), b"%s|%4s|%.1s" % (5, "a", "bc"), b"%s" % None, bytearray(b"%s") % "a")
