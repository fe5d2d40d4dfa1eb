"""Tables as text, a row a line, items between commas. Rows without anything odd are split and joined natively (`_rows`)."""

import _rows
from types import GenericAlias

__all__ = [
    "QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL", "Error", "Dialect", "excel", "excel_tab",
    "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "Sniffer", "unregister_dialect", "DictReader",
    "DictWriter", "unix_dialect",
]
__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    __module__ = "_csv"


class _Format:
    """How a table is written: what a dialect says and the arguments beside it, checked. It does not change."""

    def __init__(self, dialect, given):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        said, says_quoting = {}, "quoting" in given or hasattr(dialect, "quoting")
        for name, value in _DEFAULTS.items():
            said[name] = given.pop(name) if name in given else getattr(dialect, name, value)
        for name in given:
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        if said["quotechar"] is None and not says_quoting:
            said["quoting"] = QUOTE_NONE
        _check(said)
        self.__dict__.update(said)

    def __setattr__(self, name, value):
        raise AttributeError("attribute %r of '_csv.Dialect' objects is not writable" % name)

    def __delattr__(self, name):
        raise AttributeError("attribute %r of '_csv.Dialect' objects is not writable" % name)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


_DEFAULTS = {
    "delimiter": ",", "doublequote": True, "escapechar": None, "lineterminator": "\r\n", "quotechar": '"', "quoting": QUOTE_MINIMAL,
    "skipinitialspace": False, "strict": False,
}


def _check(said):
    for name in ("delimiter", "escapechar", "quotechar"):
        value = said[name]
        if value is None and name != "delimiter":
            continue
        if not isinstance(value, str):
            raise TypeError('"%s" must be string%s, not %s' % (name, "" if name == "delimiter" else " or None", type(value).__name__))
        if len(value) != 1:
            raise TypeError('"%s" must be a 1-character string' % name)
    if type(said["quoting"]) is not int:
        raise TypeError('"quoting" must be an integer')
    if not 0 <= said["quoting"] <= QUOTE_NOTNULL:
        raise TypeError('bad "quoting" value')
    if said["quoting"] != QUOTE_NONE and said["quotechar"] is None:
        raise TypeError("quotechar must be set if quoting enabled")
    if said["lineterminator"] is None:
        raise TypeError("lineterminator must be set")
    if not isinstance(said["lineterminator"], str):
        raise TypeError('"lineterminator" must be a string')
    for name in ("doublequote", "skipinitialspace", "strict"):
        said[name] = bool(said[name])


class Dialect:
    """How a table is written. A class that derives from this one says it all; an object of it checks that."""

    _name, _valid = "", False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if type(self) is not Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Format(self, {})
        except TypeError as error:
            raise Error(str(error)) from None


class excel(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ",", '"', True, False, "\r\n", QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ",", '"', True, False, "\n", QUOTE_ALL


_dialects = {}
_limit = 131072


def register_dialect(name, dialect=None, /, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _format_of(dialect, fmtparams)


def unregister_dialect(name):
    try:
        del _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def get_dialect(name):
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    return list(_dialects)


def field_size_limit(*limit):
    global _limit
    old = _limit
    if len(limit) > 1:
        raise TypeError("field_size_limit expected at most 1 argument, got %d" % len(limit))
    if limit:
        if not isinstance(limit[0], int):
            raise TypeError("limit must be an integer")
        _limit = limit[0]
    return old


def _format_of(dialect, changes):
    return dialect if isinstance(dialect, _Format) and not changes else _Format(dialect, changes)


_START, _FIELD, _QUOTED, _AFTER_QUOTE, _ESCAPED, _ESCAPED_QUOTED, _ESCAPED_LINE, _END = range(8)


class reader:
    """The rows of lines of text."""

    def __init__(self, iterable, /, dialect=None, **fmtparams):
        self._lines = iter(iterable)
        self.dialect = d = _format_of(dialect, fmtparams)
        self.line_num = 0
        # The quote of rows that need nothing but it to be read, None where more must be known.
        plain = d.quoting <= QUOTE_ALL and d.doublequote or d.quoting == QUOTE_NONE
        self._quote = None
        if plain and d.escapechar is None and not d.skipinitialspace:
            self._quote = d.quotechar if d.quotechar and d.quoting != QUOTE_NONE else ""
        self._delimiter = d.delimiter

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self._lines)
        if self._quote is not None and isinstance(line, str) and len(line) <= _limit:
            fields = _rows.split(line, self._delimiter, self._quote)
            if fields is not None:
                self.line_num += 1
                return fields
        return self._row(line)

    def _row(self, line):
        """A row that begins with this line."""
        self._fields, self._field, self._bare, self._state = [], [], False, None
        while True:
            try:
                line = next(self._lines) if line is None else line
            except StopIteration:
                if self._field or self._state == _QUOTED:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._fields
                raise
            if not isinstance(line, str):
                raise Error("iterator should return strings, not %s (the file should be opened in text mode)" % type(line).__name__)
            self.line_num += 1
            if self._read(line):
                return self._fields
            line = None

    def _read(self, line):
        """Reads a line; whether the row ends with it."""
        d, state = self.dialect, self._state
        state = (_START if line.rstrip("\r\n") else _END) if state is None else state
        for c in line:
            state = self._step(d, state, c)
        if state == _END or self._ends(d, state):
            return True
        return False

    def _step(self, d, state, c):
        """What state follows a character."""
        if state in (_START, _FIELD, _ESCAPED_LINE):
            if c in "\r\n":
                self._save()
                return _END
            if c == d.escapechar:
                self._bare = self._bare or state == _START
                return _ESCAPED
            if c == d.delimiter:
                self._save()
                return _START
            if state == _START and c == d.quotechar and d.quoting != QUOTE_NONE:
                self._was_quoted = True
                return _QUOTED
            if state == _START and c == " " and d.skipinitialspace:
                return _START
            self._bare = self._bare or state == _START
            return self._add(c, _FIELD)
        if state == _QUOTED:
            if c == d.escapechar:
                return _ESCAPED_QUOTED
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                return _AFTER_QUOTE if d.doublequote else _FIELD
            return self._add(c, _QUOTED)
        if state == _AFTER_QUOTE:
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                return self._add(c, _QUOTED)
            if c == d.delimiter or c in "\r\n":
                self._save()
                return _START if c == d.delimiter else _END
            if d.strict:
                raise Error("'%s' expected after '%s'" % (d.delimiter, d.quotechar))
            return self._add(c, _FIELD)
        if state == _ESCAPED:
            return self._add(c, _ESCAPED_LINE if c in "\r\n" else _FIELD)
        if state == _ESCAPED_QUOTED:
            return self._add(c, _QUOTED)
        if c in "\r\n":
            return _END
        raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")

    def _ends(self, d, state):
        """Whether the row ends where its line does."""
        if state in (_ESCAPED, _ESCAPED_QUOTED):
            self._state = self._add("\n", _FIELD if state == _ESCAPED else _QUOTED)
            return False
        if state in (_QUOTED, _ESCAPED_LINE):
            self._state = state
            return False
        self._save()
        return True

    def _add(self, c, state):
        if len(self._field) >= _limit:
            raise Error("field larger than field limit (%d)" % _limit)
        self._field.append(c)
        return state

    _was_quoted = False

    def _save(self):
        text, quoting = "".join(self._field), self.dialect.quoting
        if not text and not self._was_quoted and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL):
            text = None
        elif self._bare and quoting in (QUOTE_NONNUMERIC, QUOTE_STRINGS):
            text = float(text)
        self._fields.append(text)
        self._field, self._bare, self._was_quoted = [], False, False


class writer:
    """Writes rows to what has `write`."""

    def __init__(self, fileobj, /, dialect=None, **fmtparams):
        self.dialect = _format_of(dialect, fmtparams)
        self._write = getattr(fileobj, "write", None)
        if not callable(self._write):
            raise TypeError('argument 1 must have a "write" method')
        d = self.dialect
        self._is_plain = d.quoting == QUOTE_MINIMAL and d.doublequote and d.escapechar is None and d.delimiter != " "

    def writerow(self, row, /):
        d = self.dialect
        try:
            row = iter(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        row = list(row)
        if self._is_plain:
            texts = [value if type(value) is str else "" if value is None else str(value) for value in row]
            return self._write(_rows.join(texts, d.delimiter, d.quotechar, d.lineterminator))
        fields = [self._field(d, value) for value in row]
        if len(row) == 1 and not fields[0]:
            # A line of nothing would be no row.
            if d.quoting == QUOTE_NONE or d.quoting in (QUOTE_STRINGS, QUOTE_NOTNULL) and row[0] is None:
                raise Error("single empty field record must be quoted")
            fields = [d.quotechar * 2]
        return self._write(d.delimiter.join(fields) + d.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)

    def _field(self, d, value):
        quoting = d.quoting
        text = "" if value is None else value if isinstance(value, str) else str(value)
        quoted = (
            quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC and not _is_number(value) or quoting == QUOTE_STRINGS and isinstance(value, str)
            or quoting == QUOTE_NOTNULL and value is not None
        )
        special = d.delimiter + (d.quotechar or "") + (d.escapechar or "") + d.lineterminator + "\r\n"
        if d.delimiter == " " and d.skipinitialspace and not text:
            if quoting == QUOTE_NONE or quoting in (QUOTE_STRINGS, QUOTE_NOTNULL) and value is None:
                raise Error("empty field must be quoted if delimiter is a space and skipinitialspace is true")
            quoted = True
        if not any([c in special for c in text]):
            return d.quotechar + text + d.quotechar if quoted else text
        out = []
        for c in text:
            if c in special:
                escaped = quoting == QUOTE_NONE or c == d.escapechar or c == d.quotechar and not d.doublequote
                if escaped and not d.escapechar:
                    raise Error("need to escape, but no escapechar set")
                quoted = quoted or not escaped
                out.append(d.escapechar if escaped else c if c == d.quotechar else "")
            out.append(c)
        text = "".join(out)
        return d.quotechar + text + d.quotechar if quoted else text


def _is_number(value):
    kind = type(value)
    return kind in (int, float, bool, complex) or hasattr(kind, "__index__") or hasattr(kind, "__int__") or hasattr(kind, "__float__")


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval, self.dialect = fieldnames, restkey, restval, dialect
        self.reader = reader(f, dialect, *args, **kwds)
        self.line_num = 0

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __iter__(self):
        return self

    def __next__(self):
        if self.line_num == 0:
            # The names are read first.
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while not row:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(row) == len(names):
            return result
        if len(row) > len(names):
            result[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            result[name] = self.restval
        return result


class DictWriter:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction.lower()
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))


class Sniffer:
    """Guesses how a table is written, and whether its first row names the columns."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        quote, delimiter, doubled, skips = self._by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, skips = self._by_counts(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator, quoting = "\r\n", QUOTE_MINIMAL

        dialect.doublequote, dialect.delimiter, dialect.quotechar, dialect.skipinitialspace = doubled, delimiter, quote or '"', skips
        return dialect

    def _by_quotes(self, sample, delimiters):
        """What stands beside quoted fields most often."""
        import re

        quotes, signs, spaces = {}, {}, 0
        for match in re.finditer(r"(^|\n|[^\w\n\"'])( ?)([\"'])([^\n]*?)\3($|\n|[^\w\n\"'])", sample):
            before, space, quote, _, after = match.groups()
            quotes[quote] = quotes.get(quote, 0) + 1
            for sign in (before, after):
                if sign and sign != "\n" and (delimiters is None or sign in delimiters):
                    signs[sign] = signs.get(sign, 0) + 1
            spaces += bool(space and before)
        if not quotes:
            return "", None, False, False
        quote = max(quotes, key=quotes.get)
        delimiter = max(signs, key=signs.get) if signs else ""
        if delimiter == " " and spaces == 0 and len(signs) > 1:
            signs.pop(" ")
            delimiter = max(signs, key=signs.get)
        doubled = bool(delimiter) and re.search("(^|\n|%s) ?%s[^\n]*?%s%s" % (re.escape(delimiter), quote, quote, quote), sample) is not None
        return quote, delimiter, doubled, bool(spaces) and spaces >= signs.get(delimiter, 0) / 2

    def _by_counts(self, sample, delimiters):
        """The sign that stands in all lines equally often, or in nearly all."""
        lines = [line for line in sample.split("\n") if line.strip("\r")]
        if not lines:
            return "", False
        found = {}
        for sign in dict.fromkeys(sample):
            if sign in "\r\n" or delimiters is not None and sign not in delimiters or sign.isalnum() and delimiters is None or ord(sign) > 126:
                continue
            counts = {}
            for line in lines:
                count = line.count(sign)
                counts[count] = counts.get(count, 0) + 1
            count = max(counts, key=lambda one: (counts[one], one))
            if count:
                found[sign] = counts[count] / len(lines)
        best = max(found.values(), default=0)
        if best < 0.9:
            return "", False
        fitting = [sign for sign, share in found.items() if share == best]
        delimiter = next((sign for sign in self.preferred if sign in fitting), None) or max(fitting, key=lambda sign: lines[0].count(sign))
        return delimiter, lines[0].count(delimiter) == lines[0].count(delimiter + " ")

    def has_header(self, sample):
        import io

        rows = reader(io.StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = {i: None for i in range(len(header))}

        def kind(text):
            try:
                complex(text)
                return complex
            except ValueError:
                return len(text)

        for number, row in enumerate(rows):
            if number > 20:
                break
            if len(row) != len(header):
                continue
            for i in list(kinds):
                here = kind(row[i])
                if kinds[i] is None:
                    kinds[i] = here
                elif kinds[i] != here:
                    del kinds[i]
        votes = 0
        for i, here in kinds.items():
            votes += 1 if (here is complex or isinstance(here, int)) and kind(header[i]) != here else -1
        return votes > 0
