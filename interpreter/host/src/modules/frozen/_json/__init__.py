"""What continues the builtin module `json`: coders as classes, and the error that knows its place."""

from json import dumps, loads

__all__ = ["JSONDecodeError", "JSONDecoder", "JSONEncoder", "dump", "dumps", "load", "loads"]


class JSONDecodeError(ValueError):
    """What a text that is no JSON raises: `msg` says what was wanted, `pos` where in `doc`."""

    __module__ = "json.decoder"

    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__("%s: line %d column %d (char %d)" % (msg, self.lineno, self.colno, pos))

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _error(msg, doc, pos):
    """Of the native reader: `doc` may be bytes."""
    return JSONDecodeError(msg, doc if isinstance(doc, str) else str(bytes(doc), "utf-8"), pos)


class JSONEncoder:
    """Options of `dumps` as an object; a derived class says in `default` what becomes of other objects."""

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
                 separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError("Object of type %s is not JSON serializable" % o.__class__.__name__)

    def encode(self, o):
        return dumps(
            o, skipkeys=self.skipkeys, ensure_ascii=self.ensure_ascii, allow_nan=self.allow_nan, sort_keys=self.sort_keys, indent=self.indent,
            separators=(self.item_separator, self.key_separator), default=self.default, check_circular=self.check_circular,
        )

    def iterencode(self, o, _one_shot=False):
        yield self.encode(o)


class JSONDecoder:
    """Options of `loads` as an object."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook, self.parse_float, self.parse_int = object_hook, parse_float, parse_int
        self.parse_constant, self.strict, self.object_pairs_hook = parse_constant, strict, object_pairs_hook
        hooks = {
            "object_hook": object_hook, "parse_float": parse_float, "parse_int": parse_int, "parse_constant": parse_constant,
            "object_pairs_hook": object_pairs_hook,
        }
        self._hooks = {"strict": strict, **{name: hook for name, hook in hooks.items() if hook is not None}}

    def decode(self, s):
        return loads(s, **self._hooks)

    def raw_decode(self, s, idx=0):
        """The value that begins at `idx`, and where it ends."""
        if idx < 0:
            raise ValueError("idx cannot be negative")
        end = _end(s, idx)
        return loads(s[idx:end], **self._hooks), end


def _end(text, at):
    """Where the value that begins at `at` ends."""
    depth = 0
    start = at
    while at < len(text):
        c = text[at]
        if c == '"':
            at += 1
            while at < len(text) and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
            at += 1
        elif c in "[{":
            depth += 1
            at += 1
        elif c in "]}":
            depth -= 1
            at += 1
        elif depth:
            at += 1
            continue
        else:
            while at < len(text) and text[at] not in " \t\r\n,:]}[{\"":
                at += 1
        if depth <= 0:
            break
    if at == start:
        raise JSONDecodeError("Expecting value", text, start)
    return at


def _circles(obj, default, open_ones):
    """Whether a container lies within itself, or `default` leads back to it."""
    if isinstance(obj, (str, int, float, type(None))):
        return False
    if id(obj) in open_ones:
        return True
    open_ones.add(id(obj))
    if isinstance(obj, dict):
        inner = obj.values()
    elif isinstance(obj, (list, tuple)):
        inner = obj
    else:
        inner = () if default is None else (default(obj),)
    found = any([_circles(one, default, open_ones) for one in inner])
    open_ones.discard(id(obj))
    return found


def _blamed(obj, *args, check_circular=True, default=None, **options):
    """Of the native writer, when an object was too deep for it."""
    try:
        circles = check_circular and _circles(obj, default, set())
    except RecursionError:
        circles = False
    if circles:
        raise ValueError("Circular reference detected") from None


def _dumps(obj, *, cls=None, **options):
    return dumps(obj, **options) if cls is None else cls(**options).encode(obj)


def _dump(obj, fp, **options):
    fp.write(_dumps(obj, **options))


def _loads(s, *, cls=None, **options):
    if cls is None:
        return loads(s, **options)
    return cls(**options).decode(s.decode(detect_encoding(s)) if isinstance(s, (bytes, bytearray)) else s)


def _load(fp, **options):
    return _loads(fp.read(), **options)


def _text(data):
    """Of the native reader: bytes that are no UTF-8."""
    data = bytes(data)
    return data.decode(detect_encoding(data), "surrogatepass")


def detect_encoding(b):
    """By a mark at the beginning, or by which of the first bytes are zero: a text of JSON begins with two characters of ASCII."""
    if b.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if b.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    zeros = [byte == 0 for byte in b[:4]]
    if len(b) >= 4 and zeros[0]:
        return "utf-16-be" if not zeros[1] else "utf-32-be"
    if len(b) >= 4 and zeros[1]:
        return "utf-16-le" if not zeros[2] or not zeros[3] else "utf-32-le"
    if len(b) == 2:
        return "utf-16-be" if zeros[0] else "utf-16-le" if zeros[1] else "utf-8"
    return "utf-8"


# `json.decoder` is there without an import of its own.
import _json.decoder as decoder
import _json.encoder as encoder
import _json.scanner as scanner
