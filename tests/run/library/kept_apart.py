# Flags of patterns as members of an enum; patterns and streams of memory in pickles; encodings as modules; patterns of tokens.
# needs: import pickle, tokenize, encodings.cp1252
import copy
import ctypes.util
import encodings
import encodings.cp1252
import encodings.gbk
import encodings.utf_8 as utf_8
import io
import pickle
import re
import tokenize
import warnings
from wsgiref.validate import validator

print(re.I, repr(re.I | re.M), re.NOFLAG, re.I | 0, (re.I | re.X).name, re.A.name, type(re.S) is re.RegexFlag, re.I == 2, int(re.M))
print(pickle.loads(pickle.dumps(re.I | re.S)), re.compile("a", re.I | re.M), re.compile("A", re.I).flags, re.I in re.I | re.S)
print(re.findall("^a.b$", "x\nA\nB", re.I | re.M | re.S), re.RegexFlag(10), re.RegexFlag["U"])
pattern = pickle.loads(pickle.dumps(re.compile("(?P<x>a+)b", re.I)))
print(pattern, pattern.fullmatch("AAB").group("x"), copy.copy(pattern) is pattern, copy.deepcopy(pattern) is pattern)
try:
    pickle.dumps(re.match("a", "a"))
except TypeError as error:
    print(error)

for stream in (io.StringIO("one\r\ntwo\n", newline=""), io.BytesIO(b"one\ntwo")):
    stream.readline()
    for again in (pickle.loads(pickle.dumps(stream)), copy.copy(stream), copy.deepcopy(stream)):
        print(type(again).__name__, again.tell(), repr(again.read()), repr(again.getvalue()))

print(OSError("text").errno, OSError("text").args, OSError(2, "text").errno, OSError().errno)

print(utf_8.decode(b"\xc3\xa9"), utf_8.getregentry().name, encodings.gbk.Codec().encode("\u4e2d"), encodings.cp1252.decoding_table[0x80])
print(encodings.normalize_encoding("UTF 8"), encodings.normalize_encoding("iso-8859.1"), [encodings.aliases.aliases[name] for name in ("latin1", "utf8", "cp936")])
print(encodings.cp1252.IncrementalDecoder().decode(b"\x80"), encodings.utf_8.__name__)
try:
    import encodings.none_such
except ImportError as error:
    print(error)

import codecs

print(codecs.utf_16_decode(b"\xff\xfea\x00b"), codecs.utf_16_le_decode(b"a\x00\x3d\xd8"), codecs.utf_8_decode(b"a\xc3"))
print(codecs.utf_16_encode("a", "strict", 1), codecs.utf_32_encode("a"), codecs.utf_16_ex_decode(b"\xfe\xff\x00a", "strict", 0, True))
print(codecs.escape_encode(b"a'\\\n\x00\xff"), codecs.unicode_escape_decode("\\u20ac"), codecs.raw_unicode_escape_encode("\u20aca"))
print(codecs.readbuffer_encode("ab"), codecs.utf_7_encode("\u20ac"), codecs.utf_7_decode(b"+IKw-"))
for method, arguments in ((str.maketrans, "ab"), (list.count, ([1, 1], 1)), (set.__contains__, ({1}, 1)), ("abc".index, ("c",)), (len, ("abc",))):
    print([pickle.loads(pickle.dumps(method, protocol))(*arguments) for protocol in range(5)])

match = re.compile(tokenize.PseudoToken, re.UNICODE)
line, at = "x1 = 0x1F + rb'a\\'b' ** 2.5e3j  # end\n", 0
while at < len(line):
    found = match.match(line, at)
    start, at = found.span(1)
    print(repr(line[start:at]), end=" ")
print()
for text in ("1_000", "0b1", ".5", "1e5", "007"):
    print(text, bool(re.fullmatch(tokenize.Number, text)), bool(re.fullmatch(tokenize.Floatnumber, text)), end="; ")
print()
print(re.match(tokenize.Double3, 'a"b\\""c""" rest').end(), re.match(tokenize.endpats["'"], "ab\\'c' d").end())
print(sorted(tokenize.single_quoted)[:4], len(tokenize.triple_quoted), tokenize.tabsize)


def hello(environ, start_response):
    start_response(status, [("Content-Type", "text/plain")])
    return body


warnings.simplefilter("ignore")
environ = {"REQUEST_METHOD": "GET", "SERVER_NAME": "x", "SERVER_PORT": "80", "wsgi.version": (1, 0), "wsgi.url_scheme": "http"}
environ.update({"wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False, "SCRIPT_NAME": "", "PATH_INFO": "/", "SCRIPT_NAME": ""})
for status, body in (("200 OK", [b"hello"]), ("200 OK", ["hello"]), ("20 OK", []), ("204 None", [])):
    environ["wsgi.input"], environ["wsgi.errors"] = io.BytesIO(), io.StringIO()
    parts = None
    try:
        parts = validator(hello)(dict(environ), lambda status, headers: None)
        print(list(parts))
    except AssertionError as error:
        print(str(error)[:60])
    if parts is not None:
        parts.close()
print(ctypes.util.find_library("none-such"), ctypes.util.find_library(""))
