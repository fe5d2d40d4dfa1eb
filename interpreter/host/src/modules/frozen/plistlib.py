"""Property lists of Apple's systems, as XML and in the binary format."""

import binascii
import datetime
import enum
import io
import itertools
import re
import struct

__all__ = ["InvalidFileException", "FMT_XML", "FMT_BINARY", "load", "dump", "loads", "dumps", "UID"]
PlistFormat = enum.Enum("PlistFormat", "FMT_XML FMT_BINARY", module="plistlib")
FMT_XML, FMT_BINARY = PlistFormat.FMT_XML, PlistFormat.FMT_BINARY
_HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
"""


class InvalidFileException(ValueError):
    def __init__(self, message="Invalid file"):
        super().__init__(message)


class UID:
    def __init__(self, data):
        if not isinstance(data, int):
            raise TypeError("data must be an int")
        if data >= 1 << 64:
            raise ValueError("UIDs cannot be >= 2**64")
        if data < 0:
            raise ValueError("UIDs must be positive")
        self.data = data

    def __index__(self):
        return self.data

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.data)

    def __reduce__(self):
        return type(self), (self.data,)

    def __eq__(self, other):
        return self.data == other.data if isinstance(other, UID) else NotImplemented

    def __hash__(self):
        return hash(self.data)


def _escape(text):
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
        raise ValueError("strings can't contain control characters; use bytes instead")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _date_text(moment):
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


class _XMLWriter:
    def __init__(self, sort_keys, skipkeys):
        self.lines, self.level, self.sort_keys, self.skipkeys = [], 0, sort_keys, skipkeys

    def line(self, text):
        self.lines.append("\t" * self.level + text)

    def value(self, value):
        if isinstance(value, str):
            self.line("<string>%s</string>" % _escape(value))
        elif value is True or value is False:
            self.line("<true/>" if value else "<false/>")
        elif isinstance(value, int):
            if not -1 << 63 <= value < 1 << 64:
                raise OverflowError(value)
            self.line("<integer>%d</integer>" % value)
        elif isinstance(value, float):
            self.line("<real>%r</real>" % value)
        elif isinstance(value, dict):
            self.dictionary(value)
        elif isinstance(value, (bytes, bytearray)):
            self.line("<data>")
            width = max(16, 76 - len("\t".expandtabs() * self.level))
            size = width // 4 * 3
            for at in range(0, len(value), size):
                self.line(binascii.b2a_base64(bytes(value[at : at + size])).decode("ascii").rstrip("\n"))
            self.line("</data>")
        elif isinstance(value, datetime.datetime):
            self.line("<date>%s</date>" % _date_text(value))
        elif isinstance(value, (tuple, list)):
            if not value:
                self.line("<array/>")
                return
            self.line("<array>")
            self.level += 1
            for one in value:
                self.value(one)
            self.level -= 1
            self.line("</array>")
        else:
            raise TypeError("unsupported type: %s" % type(value))

    def dictionary(self, value):
        if not value:
            self.line("<dict/>")
            return
        self.line("<dict>")
        self.level += 1
        for key, one in sorted(value.items()) if self.sort_keys else value.items():
            if not isinstance(key, str):
                if self.skipkeys:
                    continue
                raise TypeError("keys must be strings")
            self.line("<key>%s</key>" % _escape(key))
            self.value(one)
        self.level -= 1
        self.line("</dict>")


class _XMLReader:
    def __init__(self, dict_type):
        self.stack, self.key, self.root, self.text, self.dict_type, self.found = [], None, None, [], dict_type, False

    def read(self, data):
        from xml.parsers.expat import ParserCreate

        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self.start, self.end, self.text_part
        parser.EntityDeclHandler = self.entity
        parser.Parse(data, True)
        return self.root

    def entity(self, name, is_parameter, value, base, system, public, notation):
        raise InvalidFileException("XML entity declarations are not supported in plist files")

    def text_part(self, text):
        self.text.append(text)

    def start(self, tag, attributes):
        self.text = []
        if tag in ("dict", "array"):
            made = self.dict_type() if tag == "dict" else []
            self.put(made)
            self.stack.append((made, self.key))
            self.key = None

    def put(self, value):
        if not self.stack:
            self.root, self.found = value, True
        elif isinstance(self.stack[-1][0], list):
            self.stack[-1][0].append(value)
        else:
            if self.key is None:
                raise ValueError("unexpected element")
            self.stack[-1][0][self.key] = value
            self.key = None

    def end(self, tag):
        text, self.text = "".join(self.text), []
        if tag in ("dict", "array"):
            self.stack.pop()
            if self.key is not None:
                raise ValueError("missing value for key '%s'" % self.key)
        elif tag == "key":
            if self.key is not None or not self.stack or isinstance(self.stack[-1][0], list):
                raise ValueError("unexpected key")
            self.key = text
        elif tag == "string":
            self.put(text)
        elif tag in ("true", "false"):
            self.put(tag == "true")
        elif tag == "integer":
            self.put(int(text, 16) if text.lower().startswith(("0x", "-0x")) else int(text))
        elif tag == "real":
            self.put(float(text))
        elif tag == "data":
            self.put(binascii.a2b_base64("".join(text.split()).encode("ascii")))
        elif tag == "date":
            match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?Z", text)
            self.put(datetime.datetime(*[int(part) for part in match.groups() if part is not None]))


class _BinaryReader:
    def __init__(self, dict_type):
        self.dict_type = dict_type

    def read(self, file):
        try:
            file.seek(-32, 2)
            trailer = file.read(32)
            if len(trailer) != 32:
                raise InvalidFileException()
            offset_size, self.ref_size, count, top, table = struct.unpack(">6xBBQQQ", trailer)
            file.seek(table)
            self.offsets = self.numbers(file.read(count * offset_size), offset_size, count)
            self.file, self.objects = file, [self] * count
            return self.object(top)
        except (OSError, IndexError, struct.error, OverflowError, ValueError) as error:
            raise error if isinstance(error, InvalidFileException) else InvalidFileException() from None

    def numbers(self, data, size, count):
        if not size or len(data) != size * count:
            raise InvalidFileException()
        return [int.from_bytes(data[at : at + size], "big") for at in range(0, len(data), size)]

    def exactly(self, count):
        data = self.file.read(count)
        if len(data) != count:
            raise InvalidFileException()
        return data

    def size(self, low):
        if low != 15:
            return low
        size = 1 << (self.exactly(1)[0] & 3)
        return int.from_bytes(self.exactly(size), "big")

    def object(self, ref):
        if self.objects[ref] is not self:
            return self.objects[ref]
        self.file.seek(self.offsets[ref])
        token = self.exactly(1)[0]
        high, low = token >> 4, token & 15
        simple = {0: None, 8: False, 9: True, 15: b""}
        if not high:
            if low not in simple:
                raise InvalidFileException()
            made = simple[low]
        elif high == 1:
            made = int.from_bytes(self.exactly(1 << low), "big", signed=low >= 3)
        elif token in (0x22, 0x23):
            made = struct.unpack(">f" if low == 2 else ">d", self.exactly(4 if low == 2 else 8))[0]
        elif token == 0x33:
            made = datetime.datetime(2001, 1, 1) + datetime.timedelta(seconds=struct.unpack(">d", self.exactly(8))[0])
        elif high == 4:
            made = self.exactly(self.size(low))
        elif high == 5:
            made = self.exactly(self.size(low)).decode("ascii")
        elif high == 6:
            made = self.exactly(self.size(low) * 2).decode("utf-16be")
        elif high == 8:
            made = UID(int.from_bytes(self.exactly(low + 1), "big"))
        elif high == 10:
            count = self.size(low)
            refs = self.numbers(self.exactly(count * self.ref_size), self.ref_size, count)
            made = self.objects[ref] = []
            made.extend([self.object(one) for one in refs])
        elif high == 13:
            count = self.size(low)
            keys = self.numbers(self.exactly(count * self.ref_size), self.ref_size, count)
            values = self.numbers(self.exactly(count * self.ref_size), self.ref_size, count)
            made = self.objects[ref] = self.dict_type()
            try:
                for key, value in zip(keys, values):
                    made[self.object(key)] = self.object(value)
            except TypeError:
                raise InvalidFileException() from None
        else:
            raise InvalidFileException()
        self.objects[ref] = made
        return made


class _BinaryWriter:
    def __init__(self, sort_keys, skipkeys):
        self.sort_keys, self.skipkeys, self.objects, self.by_value, self.by_id = sort_keys, skipkeys, [], {}, {}

    def number(self, value):
        """The number of an object; equal ones that cannot change are one."""
        if isinstance(value, (dict, list, tuple)):
            return self.by_id[id(value)]
        return self.by_value[type(value), value]

    def note(self, value):
        if isinstance(value, (dict, list, tuple)):
            if id(value) in self.by_id:
                return
            self.by_id[id(value)] = len(self.objects)
        else:
            if (type(value), value) in self.by_value:
                return
            self.by_value[type(value), value] = len(self.objects)
        self.objects.append(value)
        if isinstance(value, dict):
            keys, values = [], []
            for key, one in sorted(value.items()) if self.sort_keys else value.items():
                if not isinstance(key, str):
                    if self.skipkeys:
                        continue
                    raise TypeError("keys must be strings")
                keys.append(key)
                values.append(one)
            for one in itertools.chain(keys, values):
                self.note(one)
        elif isinstance(value, (list, tuple)):
            for one in value:
                self.note(one)

    def head(self, token, size):
        if size < 15:
            return bytes([token << 4 | size])
        width = 0 if size < 1 << 8 else 1 if size < 1 << 16 else 2 if size < 1 << 32 else 3
        return bytes([token << 4 | 15, 0x10 | width]) + size.to_bytes(1 << width, "big")

    def one(self, value):
        refs = lambda items: b"".join([self.number(item).to_bytes(self.ref_size, "big") for item in items])
        if value is None:
            return b"\0"
        if value is False or value is True:
            return b"\x09" if value else b"\x08"
        if isinstance(value, int):
            if value < 0:
                if value < -1 << 63:
                    raise OverflowError(value)
                return b"\x13" + value.to_bytes(8, "big", signed=True)
            for width in (0, 1, 2, 3):
                if value < 1 << (8 << width) and (width < 3 or value < 1 << 63):
                    return bytes([0x10 | width]) + value.to_bytes(1 << width, "big")
            if value < 1 << 64:
                return b"\x14" + value.to_bytes(16, "big", signed=True)
            raise OverflowError(value)
        if isinstance(value, float):
            return b"\x23" + struct.pack(">d", value)
        if isinstance(value, datetime.datetime):
            return b"\x33" + struct.pack(">d", (value - datetime.datetime(2001, 1, 1)).total_seconds())
        if isinstance(value, (bytes, bytearray)):
            return self.head(4, len(value)) + bytes(value)
        if isinstance(value, str):
            if value.isascii():
                return self.head(5, len(value)) + value.encode("ascii")
            data = value.encode("utf-16be")
            return self.head(6, len(data) // 2) + data
        if isinstance(value, UID):
            size = next(size for size in (1, 2, 4, 8) if value.data < 1 << 8 * size)
            return bytes([0x80 | size - 1]) + value.data.to_bytes(size, "big")
        if isinstance(value, (list, tuple)):
            return self.head(10, len(value)) + refs(value)
        if isinstance(value, dict):
            pairs = sorted(value.items()) if self.sort_keys else value.items()
            pairs = [pair for pair in pairs if isinstance(pair[0], str)]
            return self.head(13, len(pairs)) + refs([key for key, _ in pairs]) + refs([one for _, one in pairs])
        raise TypeError(value)

    def write(self, value):
        self.note(value)
        count = len(self.objects)
        self.ref_size = 1 if count < 1 << 8 else 2 if count < 1 << 16 else 4
        out, offsets = bytearray(b"bplist00"), []
        for one in self.objects:
            offsets.append(len(out))
            out += self.one(one)
        table = len(out)
        size = 1 if table < 1 << 8 else 2 if table < 1 << 16 else 4 if table < 1 << 32 else 8
        for offset in offsets:
            out += offset.to_bytes(size, "big")
        return bytes(out + struct.pack(">5xBBBQQQ", 0, size, self.ref_size, count, self.number(value), table))


def load(fp, *, fmt=None, dict_type=dict):
    return loads(fp.read(), fmt=fmt, dict_type=dict_type)


def loads(value, *, fmt=None, dict_type=dict):
    if isinstance(value, str):
        raise TypeError("value must be bytes-like object when fmt is %s" % fmt if fmt else "value must be bytes-like object")
    value = bytes(value)
    if fmt is None:
        start = value[:32]
        if start.startswith(b"bplist00"):
            fmt = FMT_BINARY
        elif any([start.startswith(mark + b"<?xml".decode().encode(encoding)) or start.startswith(mark + "<plist".encode(encoding)) for mark, encoding in ((b"", "ascii"), (b"\xef\xbb\xbf", "ascii"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))]):
            fmt = FMT_XML
        else:
            raise InvalidFileException()
    if fmt == FMT_BINARY:
        return _BinaryReader(dict_type).read(io.BytesIO(value))
    return _XMLReader(dict_type).read(value)


def dumps(value, *, fmt=FMT_XML, skipkeys=False, sort_keys=True):
    if fmt == FMT_BINARY:
        return _BinaryWriter(sort_keys, skipkeys).write(value)
    if fmt != FMT_XML:
        raise ValueError("Unsupported format: %r" % (fmt,))
    writer = _XMLWriter(sort_keys, skipkeys)
    writer.value(value)
    return _HEAD + ('<plist version="1.0">\n%s\n</plist>\n' % "\n".join(writer.lines)).encode("utf-8")


def dump(value, fp, *, fmt=FMT_XML, sort_keys=True, skipkeys=False):
    fp.write(dumps(value, fmt=fmt, skipkeys=skipkeys, sort_keys=sort_keys))
