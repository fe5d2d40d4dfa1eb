"""TOML, read into Python's values."""

from datetime import date, datetime, time, timedelta, timezone
import re

__all__ = ["TOMLDecodeError", "load", "loads"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DATE_TIME = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?"
    r"(?:([Zz])|([+-])([01]\d|2[0-3]):([0-5]\d))?)?"
)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?")
_NUMBER = re.compile(
    r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)"
    r"|[+-]?(?:0|[1-9](?:_?\d)*)((?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)"
)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class TOMLDecodeError(ValueError):
    pass


def load(fp, /, *, parse_float=float):
    data = fp.read()
    if isinstance(data, str):
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`")
    return loads(data.decode(), parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    if not isinstance(s, str):
        raise TypeError("Expected str object, not %r" % type(s).__qualname__)
    return _Reader(s.replace("\r\n", "\n"), parse_float).document()


class _Table(dict):
    """A table while it is read: `kind` says who may still add to it."""

    kind = "implied"


class _Reader:
    def __init__(self, text, parse_float):
        self.text, self.at, self.parse_float = text, 0, parse_float

    def error(self, message):
        line = self.text.count("\n", 0, self.at) + 1
        place = "at end of document" if self.at >= len(self.text) else "at line %d, column %d" % (
            line, self.at - self.text.rfind("\n", 0, self.at))
        return TOMLDecodeError("%s (%s)" % (message, place))

    def peek(self, count=1):
        return self.text[self.at : self.at + count]

    def skip(self, characters):
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1

    def comment(self):
        if self.peek() == "#":
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end
            for self.at in range(self.at, end):
                if self.text[self.at] != "\t" and (self.text[self.at] < " " or self.text[self.at] == "\x7f"):
                    raise self.error("Found invalid character %r" % self.text[self.at])
            self.at = end

    def blank(self):
        # White space, comments and line ends, as between the items of an array.
        while True:
            before = self.at
            self.skip(" \t\n")
            self.comment()
            if self.at == before:
                return

    def line_end(self):
        self.skip(" \t")
        self.comment()
        if self.at < len(self.text) and self.peek() != "\n":
            raise self.error("Expected newline or end of document after a statement")
        self.at += 1

    def document(self):
        root = current = _Table()
        root.kind = "defined"
        while True:
            self.skip(" \t\n")
            if self.at >= len(self.text):
                return _plain(root)
            if self.peek() == "#":
                self.line_end()
            elif self.peek(2) == "[[":
                current = self.header(root, 2)
            elif self.peek() == "[":
                current = self.header(root, 1)
            else:
                self.pair(current)
                self.line_end()

    def header(self, root, brackets):
        self.at += brackets
        self.skip(" \t")
        key = self.key()
        if self.peek(brackets) != "]" * brackets:
            raise self.error("Expected %r at the end of %s declaration" % ("]" * brackets, "a table" if brackets == 1 else "an array"))
        table = root
        for part in key[:-1]:
            table = table.setdefault(part, _Table())
            if isinstance(table, list) and table and isinstance(table[-1], _Table):
                table = table[-1]
            if not isinstance(table, _Table) or table.kind == "inline":
                raise self.error("Cannot overwrite a value")
        last = key[-1]
        if brackets == 2:
            array = table.setdefault(last, _Array())
            if not isinstance(array, _Array):
                raise self.error("Cannot mutate immutable namespace %s" % (tuple(key),) if isinstance(array, list) else "Cannot overwrite a value")
            array.append(_Table())
            table = array[-1]
        else:
            table = table.setdefault(last, _Table())
            if not isinstance(table, _Table):
                raise self.error("Cannot overwrite a value")
            if table.kind != "implied":
                raise self.error("Cannot declare %s twice" % (tuple(key),))
        table.kind = "defined"
        self.at += brackets
        self.line_end()
        return table

    def key(self):
        parts = [self.key_part()]
        self.skip(" \t")
        while self.peek() == ".":
            self.at += 1
            self.skip(" \t")
            parts.append(self.key_part())
            self.skip(" \t")
        return parts

    def key_part(self):
        if self.peek() == "'":
            return self.literal()
        if self.peek() == '"':
            return self.basic()
        found = _BARE.match(self.text, self.at)
        if not found:
            raise self.error("Invalid initial character for a key part")
        self.at = found.end()
        return found.group()

    def pair(self, table):
        key = self.key()
        if self.peek() != "=":
            raise self.error("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.skip(" \t")
        value = self.value()
        for part in key[:-1]:
            deeper = table.setdefault(part, _Table())
            if not isinstance(deeper, _Table) or deeper.kind in ("defined", "inline"):
                raise self.error("Cannot overwrite a value" if not isinstance(deeper, dict) else "Cannot redefine namespace %s" % (tuple(key),))
            table = deeper
            table.kind = "dotted"
        if key[-1] in table:
            raise self.error("Cannot overwrite a value")
        table[key[-1]] = value

    def value(self):
        c = self.peek()
        if c == '"':
            return self.long('"""', True) if self.peek(3) == '"""' else self.basic()
        if c == "'":
            return self.long("'''", False) if self.peek(3) == "'''" else self.literal()
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline()
        for word, value in (("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        for read in (self.moment, self.number):
            found = read()
            if found is not None:
                return found
        for word in ("inf", "+inf", "-inf", "nan", "+nan", "-nan"):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return self.parse_float(word)
        raise self.error("Invalid value")

    def moment(self):
        found = _DATE_TIME.match(self.text, self.at)
        try:
            if found:
                year, month, day, hour, minute, second, part, zulu, sign, hours, minutes = found.groups()
                self.at = found.end()
                if hour is None:
                    return date(int(year), int(month), int(day))
                zone = timezone.utc if zulu else None
                if sign:
                    zone = timezone((-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes)))
                micro = int((part or "0").ljust(6, "0"))
                return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), micro, zone)
            found = _TIME.match(self.text, self.at)
            if found:
                hour, minute, second, part = found.groups()
                self.at = found.end()
                return time(int(hour), int(minute), int(second), int((part or "0").ljust(6, "0")))
        except ValueError:
            raise self.error("Invalid date or datetime") from None

    def number(self):
        found = _NUMBER.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        text = found.group()
        return self.parse_float(text.replace("_", "")) if found.group(1) else int(text.replace("_", ""), 0)

    def array(self):
        self.at += 1
        items = []
        while True:
            self.blank()
            if self.peek() == "]":
                break
            items.append(self.value())
            self.blank()
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != "]":
                raise self.error("Unclosed array")
        self.at += 1
        return items

    def inline(self):
        self.at += 1
        table = _Table()
        self.skip(" \t")
        while self.peek() != "}":
            self.pair(table)
            self.skip(" \t")
            if self.peek() == "}":
                break
            if self.peek() != ",":
                raise self.error("Unclosed inline table")
            self.at += 1
            self.skip(" \t")
            if self.peek() == "}":
                raise self.error("Invalid initial character for a key part")
        self.at += 1
        _close(table)
        return table

    def literal(self):
        end = self.text.find("'", self.at + 1)
        text = self.text[self.at + 1 : end]
        if end < 0 or "\n" in text:
            raise self.error("Expected \"'\"")
        self.at = end + 1
        return self.checked(text)

    def checked(self, text):
        for c in text:
            if c < " " and c not in "\t\n" or c == "\x7f":
                raise self.error("Illegal character %r" % c)
        return text

    def basic(self):
        self.at += 1
        out = []
        while True:
            c = self.peek()
            if not c or c == "\n":
                raise self.error("Unterminated string" if not c else "Illegal character %r" % c)
            self.checked(c)
            self.at += 1
            if c == '"':
                return "".join(out)
            out.append(self.escape() if c == "\\" else c)

    def long(self, quotes, escapes):
        self.at += 3
        if self.peek() == "\n":
            self.at += 1
        out = []
        while not self.text.startswith(quotes, self.at):
            c = self.peek()
            if not c:
                raise self.error("Unterminated string" if escapes else "Expected %r" % quotes)
            self.at += 1
            if c != "\\" or not escapes:
                out.append(self.checked(c))
                continue
            before = self.at
            self.skip(" \t")
            if self.peek() == "\n":
                self.skip(" \t\n")
            else:
                self.at = before
                out.append(self.escape())
        self.at += 3
        # Up to two quotes may stand before those that end it.
        while self.peek() == quotes[0] and self.text.startswith(quotes, self.at - 2):
            out.append(quotes[0])
            self.at += 1
        return "".join(out)

    def escape(self):
        c = self.peek()
        self.at += 1
        if c in ("u", "U"):
            digits = self.peek(4 if c == "u" else 8)
            try:
                code = int(digits, 16) if digits.isalnum() and len(digits) in (4, 8) else -1
            except ValueError:
                code = -1
            if not 0 <= code < 0x110000 or 0xD800 <= code < 0xE000:
                raise self.error("Invalid hex value" if code < 0 else "Escaped character is not a Unicode scalar value")
            self.at += len(digits)
            return chr(code)
        if c not in _ESCAPES:
            raise self.error("Unescaped '\\' in a string")
        return _ESCAPES[c]


class _Array(list):
    """An array of tables, which later headers add to; one that was written as a value stays as it is."""


def _close(table):
    table.kind = "inline"
    for value in table.values():
        if isinstance(value, _Table):
            _close(value)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
