# zlib, gzip, tarfile, plistlib, zoneinfo, xml, tokenize, optparse, logging's handlers and configuration.
import datetime, gzip, io, logging, logging.config, logging.handlers, optparse, os, plistlib, queue, tarfile, tempfile, tokenize, zlib, zoneinfo
import xml.etree.ElementTree as ET

text = b"packed " * 100
print(zlib.decompress(zlib.compress(text)) == text, zlib.decompress(zlib.compress(text, 9, -15), -15) == text, zlib.adler32(b"abc"), zlib.crc32(b"abc"))
packer, out = zlib.compressobj(wbits=31), b""
for part in (b"a" * 50, b"b" * 50):
    out += packer.compress(part)
out += packer.flush()
unpacker = zlib.decompressobj(47)
print(b"".join([unpacker.decompress(out[:7]), unpacker.decompress(out[7:] + b"rest"), unpacker.flush()]) == b"a" * 50 + b"b" * 50, unpacker.unused_data, unpacker.eof)
try:
    zlib.decompress(b"nothing of the kind")
except zlib.error as error:
    print("zlib.error")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "f.gz")
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("é\nzwei\n")
    with gzip.open(path, "ab") as file:
        file.write(b"drei\n")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        print(file.readlines())
    print(gzip.decompress(gzip.compress(text, mtime=0)) == text, gzip.compress(b"", mtime=0)[:4])
    with gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(b"one\ntwo"))) as file:
        print(file.readline(), file.seek(1), file.read(), file.peek(3))
    os.makedirs(os.path.join(folder, "d", "e"))
    with open(os.path.join(folder, "d", "long" * 30), "w") as file:
        file.write("content")
    os.symlink("e", os.path.join(folder, "d", "link"))
    for mode in ("", ":gz"):
        name = os.path.join(folder, "t.tar")
        with tarfile.open(name, "w" + mode) as archive:
            archive.add(os.path.join(folder, "d"), "d", filter=lambda info: info.replace(mtime=5, deep=False))
            info = tarfile.TarInfo("é/memory")
            info.size, info.mtime = 3, 1e9
            archive.addfile(info, io.BytesIO(b"abc"))
        with tarfile.open(name) as archive:
            print([(m.name[:8], m.isdir(), m.issym(), m.size, m.mtime) for m in archive], archive.extractfile("é/memory").read(), archive.getmember("d/link").linkname)
            archive.extractall(os.path.join(folder, "out"), filter="data")
            print(sorted(os.listdir(os.path.join(folder, "out", "d")), key=len), tarfile.is_tarfile(name))
            try:
                archive.getmember("none")
            except KeyError as error:
                print(error)
value = {"a": [1, -2, 2.5, True, b"bytes"], "d": {"k": "é<&", "when": datetime.datetime(2020, 1, 2, 3, 4, 5)}, "e": [], "big": 1 << 40}
print(plistlib.dumps(value).decode())
for fmt in (plistlib.FMT_XML, plistlib.FMT_BINARY):
    print(plistlib.loads(plistlib.dumps(value, fmt=fmt)) == value)
print(plistlib.dumps({"a": 1, "b": ["x", "x"]}, fmt=plistlib.FMT_BINARY))
try:
    plistlib.loads(b"no")
except plistlib.InvalidFileException as error:
    print(error)
if zoneinfo.available_timezones():
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    for moment in (datetime.datetime(2024, 1, 1), datetime.datetime(2024, 3, 31, 2, 30), datetime.datetime(2024, 7, 1), datetime.datetime(2024, 10, 27, 2, 30), datetime.datetime(2024, 10, 27, 2, 30, fold=1), datetime.datetime(2060, 7, 1), datetime.datetime(1900, 1, 1)):
        aware = moment.replace(tzinfo=zone)
        print(aware.isoformat(), aware.tzname(), aware.dst(), aware.astimezone(datetime.timezone.utc), aware.astimezone(datetime.timezone.utc).astimezone(zone).fold)
    print(zone.key, repr(zone), zone is zoneinfo.ZoneInfo("Europe/Berlin"), zoneinfo.ZoneInfo("UTC").utcoffset(None))
try:
    zoneinfo.ZoneInfo("No/Where")
except zoneinfo.ZoneInfoNotFoundError as error:
    print(error)
root = ET.fromstring("""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "so &amp; so">]>
<r a="1" xmlns:p="urn:p"><!-- no --><i n="1">one</i>tail<i n="2"><p:j/>&e;</i><![CDATA[<raw>]]></r>""")
print(root.tag, root.attrib, [(e.tag, e.text, e.tail) for e in root.iter()], root.findtext("i[@n='2']"), root.find("i/{urn:p}j") is not None, [e.get("n") for e in root.findall("./i")], len(root))
ET.SubElement(root, "new", {"k": "\"<\n"}).text = "é"
print(ET.tostring(root), ET.tostring(root[-1], encoding="unicode"))
ET.indent(root)
print(ET.tostring(root, encoding="unicode"))
for wrong in ("<a>", "<a></b>", "<a b=1/>", "", "<a>&x;</a>", "<a/><b/>", "<a b='1' b='2'/>", "<p:a/>"):
    try:
        ET.fromstring(wrong)
    except ET.ParseError as error:
        print(error, error.position)
print([(event, element.tag) for event, element in ET.iterparse(io.BytesIO(b"<a><b/></a>"), ("start", "end"))])
source = b"# coding: utf-8\ndef f(x):\n    if x: return x ** 2 # note\n    return (1,\n  'a')\n"
tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
print([(tokenize.tok_name[t.exact_type], t.string, t.start) for t in tokens], tokenize.untokenize(tokens) == source)
parser = optparse.OptionParser("usage: %prog [options] FILE", version="%prog 1", prog="me", description="does")
parser.add_option("-n", "--number", type="int", default=3, metavar="N", help="how many (%default)")
parser.add_option("-v", action="count", dest="loud", help="say more")
parser.add_option("--kind", type="choice", choices=["a", "b"])
values, rest = parser.parse_args(["-n5", "-vv", "x", "--ki=b", "y"])
print(values, rest, parser.format_help())
records = []
class Keeper(logging.Handler):
    def emit(self, record):
        records.append(self.format(record))
logging.config.dictConfig({
    "version": 1,
    "formatters": {"f": {"format": "{levelname}/{name}/{message}", "style": "{"}},
    "handlers": {"h": {"()": Keeper, "formatter": "f", "level": "INFO"}},
    "loggers": {"one": {"handlers": ["h"], "level": "DEBUG", "propagate": False}},
})
log = logging.getLogger("one.two")
log.debug("no")
log.warning("yes %d", 1)
logging.LoggerAdapter(log, {"k": 1}).error("adapted")
print(records, logging.getLogger("one").handlers[0].level)
memory = logging.handlers.MemoryHandler(10, target=logging.getLogger("one").handlers[0])
memory.emit(logging.makeLogRecord({"name": "m", "levelname": "INFO", "levelno": 20, "msg": "kept"}))
print(len(records), memory.close(), records[-1])
lines = queue.Queue()
listener = logging.handlers.QueueListener(lines, logging.getLogger("one").handlers[0])
logging.handlers.QueueHandler(lines).emit(logging.makeLogRecord({"name": "q", "levelname": "INFO", "levelno": 20, "msg": "by %s", "args": ("queue",)}))
listener.start()
listener.stop()
print(records[-1])
with tempfile.TemporaryDirectory() as folder:
    handler = logging.handlers.RotatingFileHandler(os.path.join(folder, "log"), maxBytes=30, backupCount=2)
    for i in range(6):
        handler.emit(logging.makeLogRecord({"msg": "message number %d" % i}))
    handler.close()
    print(sorted(os.listdir(folder)), [open(os.path.join(folder, name)).read() for name in sorted(os.listdir(folder))])
try:
    logging.Formatter("{nothing", style="{")
except ValueError as error:
    print("ValueError")
