"""Kinds of files by the ends of their names."""

import os
import posixpath
import urllib.parse

__all__ = [
    "MimeTypes", "add_type", "common_types", "encodings_map", "guess_all_extensions", "guess_extension", "guess_file_type", "guess_type", "init",
    "inited", "knownfiles", "read_mime_types", "suffix_map", "types_map",
]

knownfiles = ["/etc/mime.types", "/etc/httpd/mime.types", "/etc/apache2/mime.types"]
inited = False
_db = None
_SUFFIXES = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
_ENCODINGS = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}
_TYPES = {
    ".js": "application/javascript", ".mjs": "application/javascript", ".json": "application/json", ".webmanifest": "application/manifest+json",
    ".doc": "application/msword", ".dot": "application/msword", ".wiz": "application/msword", ".nq": "application/n-quads",
    ".nt": "application/n-triples", ".bin": "application/octet-stream", ".a": "application/octet-stream", ".dll": "application/octet-stream",
    ".exe": "application/octet-stream", ".o": "application/octet-stream", ".obj": "application/octet-stream", ".so": "application/octet-stream",
    ".oda": "application/oda", ".pdf": "application/pdf", ".p7c": "application/pkcs7-mime", ".ps": "application/postscript",
    ".ai": "application/postscript", ".eps": "application/postscript", ".trig": "application/trig", ".m3u": "application/vnd.apple.mpegurl",
    ".m3u8": "application/vnd.apple.mpegurl", ".xls": "application/vnd.ms-excel", ".xlb": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint", ".pot": "application/vnd.ms-powerpoint", ".ppa": "application/vnd.ms-powerpoint",
    ".pps": "application/vnd.ms-powerpoint", ".pwz": "application/vnd.ms-powerpoint", ".wasm": "application/wasm",
    ".bcpio": "application/x-bcpio", ".cpio": "application/x-cpio", ".csh": "application/x-csh", ".dvi": "application/x-dvi",
    ".gtar": "application/x-gtar", ".hdf": "application/x-hdf", ".h5": "application/x-hdf5", ".latex": "application/x-latex",
    ".mif": "application/x-mif", ".cdf": "application/x-netcdf", ".nc": "application/x-netcdf", ".p12": "application/x-pkcs12",
    ".pfx": "application/x-pkcs12", ".ram": "application/x-pn-realaudio", ".pyc": "application/x-python-code", ".pyo": "application/x-python-code",
    ".sh": "application/x-sh", ".shar": "application/x-shar", ".swf": "application/x-shockwave-flash", ".sv4cpio": "application/x-sv4cpio",
    ".sv4crc": "application/x-sv4crc", ".tar": "application/x-tar", ".tcl": "application/x-tcl", ".tex": "application/x-tex",
    ".texi": "application/x-texinfo", ".texinfo": "application/x-texinfo", ".roff": "application/x-troff", ".t": "application/x-troff",
    ".tr": "application/x-troff", ".man": "application/x-troff-man", ".me": "application/x-troff-me", ".ms": "application/x-troff-ms",
    ".ustar": "application/x-ustar", ".src": "application/x-wais-source", ".xsl": "application/xml", ".rdf": "application/xml",
    ".wsdl": "application/xml", ".xpdl": "application/xml", ".zip": "application/zip", ".3gp": "audio/3gpp", ".3gpp": "audio/3gpp",
    ".3g2": "audio/3gpp2", ".3gpp2": "audio/3gpp2", ".aac": "audio/aac", ".adts": "audio/aac", ".loas": "audio/aac", ".ass": "audio/aac",
    ".au": "audio/basic", ".snd": "audio/basic", ".mp3": "audio/mpeg", ".mp2": "audio/mpeg", ".opus": "audio/opus", ".aif": "audio/x-aiff",
    ".aifc": "audio/x-aiff", ".aiff": "audio/x-aiff", ".ra": "audio/x-pn-realaudio", ".wav": "audio/x-wav", ".avif": "image/avif",
    ".bmp": "image/bmp", ".gif": "image/gif", ".ief": "image/ief", ".jpg": "image/jpeg", ".jpe": "image/jpeg", ".jpeg": "image/jpeg",
    ".heic": "image/heic", ".heif": "image/heif", ".png": "image/png", ".svg": "image/svg+xml", ".tiff": "image/tiff", ".tif": "image/tiff",
    ".ico": "image/vnd.microsoft.icon", ".ras": "image/x-cmu-raster", ".pnm": "image/x-portable-anymap", ".pbm": "image/x-portable-bitmap",
    ".pgm": "image/x-portable-graymap", ".ppm": "image/x-portable-pixmap", ".rgb": "image/x-rgb", ".xbm": "image/x-xbitmap",
    ".xpm": "image/x-xpixmap", ".xwd": "image/x-xwindowdump", ".eml": "message/rfc822", ".mht": "message/rfc822", ".mhtml": "message/rfc822",
    ".nws": "message/rfc822", ".css": "text/css", ".csv": "text/csv", ".html": "text/html", ".htm": "text/html", ".n3": "text/n3",
    ".txt": "text/plain", ".bat": "text/plain", ".c": "text/plain", ".h": "text/plain", ".ksh": "text/plain", ".pl": "text/plain",
    ".srt": "text/plain", ".rtx": "text/richtext", ".tsv": "text/tab-separated-values", ".vtt": "text/vtt", ".py": "text/x-python",
    ".etx": "text/x-setext", ".sgm": "text/x-sgml", ".sgml": "text/x-sgml", ".vcf": "text/x-vcard", ".xml": "text/xml", ".mp4": "video/mp4",
    ".mpeg": "video/mpeg", ".m1v": "video/mpeg", ".mpa": "video/mpeg", ".mpe": "video/mpeg", ".mpg": "video/mpeg", ".mov": "video/quicktime",
    ".qt": "video/quicktime", ".webm": "video/webm", ".avi": "video/x-msvideo", ".movie": "video/x-sgi-movie",
}
_COMMON = {
    ".rtf": "application/rtf", ".midi": "audio/midi", ".mid": "audio/midi", ".jpg": "image/jpg", ".pict": "image/pict", ".pct": "image/pict",
    ".pic": "image/pict", ".webp": "image/webp", ".xul": "text/xul",
}
suffix_map, encodings_map, types_map, common_types = dict(_SUFFIXES), dict(_ENCODINGS), dict(_TYPES), dict(_COMMON)


class MimeTypes:
    """A table of kinds; `types_map[1]` has the registered ones, `types_map[0]` those that are merely common."""

    def __init__(self, filenames=(), strict=True):
        self.encodings_map, self.suffix_map = dict(_ENCODINGS), dict(_SUFFIXES)
        self.types_map, self.types_map_inv = ({}, {}), ({}, {})
        for table, strict_ in ((_TYPES, True), (_COMMON, False)):
            for ext, kind in table.items():
                self.add_type(kind, ext, strict_)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        self.types_map[strict][ext] = type
        exts = self.types_map_inv[strict].setdefault(type, [])
        if ext not in exts:
            exts.append(ext)

    def guess_type(self, url, strict=True):
        url = os.fspath(url)
        scheme, sign, rest = url.partition(":")
        if sign and scheme.lower() == "data":
            comma = rest.find(",")
            if comma < 0:
                return None, None
            semi = rest.find(";", 0, comma)
            kind = rest[: semi if semi >= 0 else comma]
            return (kind if "=" not in kind and "/" in kind else "text/plain"), None
        if sign and len(scheme) > 1 and scheme.isalnum():
            url = urllib.parse.urlparse(url).path
        return self._guessed(url, strict)

    def _guessed(self, url, strict):
        base, ext = posixpath.splitext(url)
        while ext.lower() in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[ext.lower()])
        encoding = None
        if ext in self.encodings_map:
            encoding = self.encodings_map[ext]
            base, ext = posixpath.splitext(base)
        ext = ext.lower()
        kind = self.types_map[True].get(ext)
        if kind is None and not strict:
            kind = self.types_map[False].get(ext)
        return kind, encoding

    def guess_file_type(self, path, *, strict=True):
        """As `guess_type`, of a path that is no URL."""
        path = os.fsdecode(os.fspath(path))
        return self._guessed(path, strict)

    def guess_all_extensions(self, type, strict=True):
        type = type.lower()
        found = list(self.types_map_inv[True].get(type, []))
        if not strict:
            found += [ext for ext in self.types_map_inv[False].get(type, []) if ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        found = self.guess_all_extensions(type, strict)
        return found[0] if found else None

    def read(self, filename, strict=True):
        with open(filename, encoding="utf-8") as file:
            self.readfp(file, strict)

    def readfp(self, fp, strict=True):
        for line in fp:
            words = line.partition("#")[0].split()
            for ext in words[1:]:
                self.add_type(words[0], "." + ext, strict)


def init(files=None):
    global inited, _db, suffix_map, encodings_map, types_map, common_types
    inited = True
    db = MimeTypes()
    for name in (knownfiles if files is None else [*knownfiles, *files]) if files is None or _db is None else files:
        if os.path.isfile(name):
            db.read(name)
    _db = db
    suffix_map, encodings_map = db.suffix_map, db.encodings_map
    types_map, common_types = db.types_map[True], db.types_map[False]


def _table():
    if _db is None:
        init()
    return _db


def guess_file_type(path, *, strict=True):
    return _table().guess_file_type(path, strict=strict)


def guess_type(url, strict=True):
    return _table().guess_type(url, strict)


def guess_all_extensions(type, strict=True):
    return _table().guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    return _table().guess_extension(type, strict)


def add_type(type, ext, strict=True):
    return _table().add_type(type, ext, strict)


def read_mime_types(file):
    try:
        stream = open(file, encoding="utf-8")
    except OSError:
        return None
    with stream:
        db = MimeTypes()
        db.readfp(stream, True)
        return db.types_map[True]


_USAGE = """\
Usage: mimetypes.py [options] type

Options:
    --help / -h       -- print this message and exit
    --lenient / -l    -- additionally search of some common, but non-standard
                         types.
    --extension / -e  -- guess extension instead of type

More than one type argument may be given.
"""


def _main():
    """`python -m mimetypes`: the types of files, or what files of a type are called."""
    import getopt
    import sys

    try:
        options, words = getopt.getopt(sys.argv[1:], "hle", ["help", "lenient", "extension"])
    except getopt.error as error:
        print("%s\n%s" % (error, _USAGE), file=sys.stderr)
        sys.exit(1)
    options = {name.lstrip("-")[0] for name, _ in options}
    if "h" in options:
        print(_USAGE)
        sys.exit(0)
    strict = "l" not in options
    for word in words:
        if "e" in options:
            print(guess_extension(word, strict) or "I don't know anything about type " + word)
        else:
            kind, encoding = guess_type(word, strict)
            print("type: %s encoding: %s" % (kind, encoding) if kind else "I don't know anything about type " + word)


if __name__ == "__main__":
    _main()
