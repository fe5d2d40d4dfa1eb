"""Tables as text, a row a line, items between commas."""

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    delimiter, quotechar, escapechar = ",", '"', None
    doublequote, skipinitialspace, strict = True, False, False
    lineterminator, quoting = "\r\n", QUOTE_MINIMAL


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    lineterminator, quoting = "\n", QUOTE_ALL


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_limit = 131072


def register_dialect(name, dialect=Dialect, **fmtparams):
    _dialects[name] = _with(dialect, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=None):
    global _limit
    old = _limit
    if new_limit is not None:
        _limit = new_limit
    return old


def _with(dialect, changes):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)

    class changed(dialect if isinstance(dialect, type) else type(dialect)):
        pass

    for key, value in changes.items():
        if not hasattr(Dialect, key):
            raise TypeError("'%s' is an invalid keyword argument for this function" % key)
        setattr(changed, key, value)
    if not isinstance(changed.delimiter, str) or len(changed.delimiter) != 1:
        raise TypeError('"delimiter" must be a 1-character string')
    return changed


class reader:
    def __init__(self, csvfile, dialect="excel", **fmtparams):
        self.dialect = _with(dialect, fmtparams)
        self._lines = iter(csvfile)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        fields, field, state, quoted = [], [], "start", False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state == "quoted":
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    break
                raise
            if not isinstance(line, str):
                raise Error("iterator should return strings, not %s (the file should be opened in text mode)" % type(line).__name__)
            self.line_num += 1
            at = 0
            while at < len(line):
                c = line[at]
                at += 1
                if state == "quoted":
                    if c == d.escapechar and at < len(line):
                        field.append(line[at])
                        at += 1
                    elif c == d.quotechar:
                        if d.doublequote and line[at : at + 1] == d.quotechar:
                            field.append(c)
                            at += 1
                        else:
                            state = "after"
                    else:
                        field.append(c)
                elif c in "\r\n":
                    break
                elif c == d.delimiter:
                    self._end(fields, field, quoted)
                    field, state, quoted = [], "start", False
                elif c == d.escapechar and at < len(line):
                    field.append(line[at])
                    at += 1
                    state = "field"
                elif state == "start" and c == d.quotechar and d.quoting != QUOTE_NONE:
                    state, quoted = "quoted", True
                elif state == "start" and c == " " and d.skipinitialspace:
                    pass
                elif state == "after" and d.strict:
                    raise Error("'%s' expected after '%s'" % (d.delimiter, d.quotechar))
                else:
                    field.append(c)
                    state = "field"
                if len(field) > _limit:
                    raise Error("field larger than field limit (%d)" % _limit)
            if state != "quoted":
                break
        if fields or field or quoted or state != "start":
            self._end(fields, field, quoted)
        return fields

    def _end(self, fields, field, quoted):
        text = "".join(field)
        fields.append(float(text) if self.dialect.quoting == QUOTE_NONNUMERIC and not quoted and text else text)


class writer:
    def __init__(self, csvfile, dialect="excel", **fmtparams):
        self.dialect = _with(dialect, fmtparams)
        self._write = csvfile.write

    def writerow(self, row):
        d = self.dialect
        try:
            row = list(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        fields = [self._field(value, len(row) == 1) for value in row]
        return self._write(d.delimiter.join(fields) + d.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, value, alone):
        d = self.dialect
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        special = any([c in text for c in (d.delimiter, d.quotechar, d.escapechar, "\r", "\n") if c])
        quote = d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float))
        quote = quote or d.quoting == QUOTE_MINIMAL and (special or alone and not text)
        if d.quoting == QUOTE_NONE and (special or alone and not text):
            if not d.escapechar:
                raise Error("need to escape, but no escapechar set" if text else "single empty field record must be quoted")
            return "".join([d.escapechar + c if c in (d.delimiter, d.quotechar, d.escapechar, "\r", "\n") else c for c in text])
        if not quote:
            return text
        if d.escapechar:
            text = text.replace(d.escapechar, d.escapechar * 2)
        text = text.replace(d.quotechar, d.quotechar * 2 if d.doublequote else (d.escapechar or "") + d.quotechar)
        return d.quotechar + text + d.quotechar


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self.reader = reader(f, dialect, *args, **kwds)
        self._fieldnames, self.restkey, self.restval = fieldnames and list(fieldnames), restkey, restval

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        result = dict(zip(names, row))
        if len(row) > len(names):
            result[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            result[name] = self.restval
        return result


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if extrasaction not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def writerow(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return self.writer.writerow([rowdict.get(key, self.restval) for key in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)


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
