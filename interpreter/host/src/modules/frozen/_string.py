"""What continues `string`: templates, and formatting by hand."""


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    # Literal parts as (text, None), placeholders as (what was written, name); a name of None and a text of None is invalid.
    def _parts(self):
        text, sign, at = self.template, self.delimiter, 0
        while True:
            start = text.find(sign, at)
            if start < 0:
                yield text[at:], None, start
                return
            yield text[at:start], None, start
            at = start + len(sign)
            if text.startswith(sign, at):
                yield sign, None, start
                at += len(sign)
                continue
            braced = text[at : at + 1] == "{"
            end = first = at + braced
            while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[first:end]
            if not name.isidentifier() or braced and text[end : end + 1] != "}":
                yield None, None, start
                continue
            at = end + braced
            yield text[start:at], name, start

    def _invalid(self, at):
        lines = self.template[:at].split("\n")
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (len(lines), len(lines[-1]) + 1))

    def substitute(self, mapping={}, /, **kws):
        out = []
        for text, name, at in self._parts():
            if text is None:
                self._invalid(at)
            out.append(text if name is None else str(kws[name] if name in kws else mapping[name]))
        return "".join(out)

    def safe_substitute(self, mapping={}, /, **kws):
        out = []
        for text, name, _ in self._parts():
            if text is None:
                out.append(self.delimiter)
            elif name is not None and (name in kws or name in mapping):
                out.append(str(kws[name] if name in kws else mapping[name]))
            else:
                out.append(text)
        return "".join(out)

    def get_identifiers(self):
        names = []
        for _, name, _ in self._parts():
            if name is not None and name not in names:
                names.append(name)
        return names

    def is_valid(self):
        return all([text is not None for text, _, _ in self._parts()])


def formatter_parser(text):
    """(literal, field, spec, conversion) for each field, and for what follows the last."""
    literal, at = [], 0
    while at < len(text):
        c = text[at]
        if text[at : at + 2] in ("{{", "}}"):
            yield "".join(literal) + c, None, None, None
            literal, at = [], at + 2
            continue
        if c == "}":
            raise ValueError("Single '}' encountered in format string")
        if c != "{":
            literal.append(c)
            at += 1
            continue
        depth, end = 1, at + 1
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if depth:
            raise ValueError("expected '}' before end of string" if end > at + 1 else "Single '{' encountered in format string")
        field, spec, conversion = text[at + 1 : end - 1], "", None
        split = min([place for place in (field.find("!"), field.find(":")) if place >= 0], default=-1)
        if split >= 0:
            field, rest = field[:split], field[split:]
            if rest[0] == "!":
                conversion, rest = rest[1:2], rest[2:]
            spec = rest[1:]
        yield "".join(literal), field, spec, conversion
        literal, at = [], end
    if literal:
        yield "".join(literal), None, None, None


def _key(text):
    return int(text) if text.isdigit() else text


def formatter_field_name_split(field_name):
    """The first name or number of a field, and what follows: (whether it is an attribute, name or key) again and again."""
    end = min([place for sign in ".[" if (place := field_name.find(sign)) >= 0], default=len(field_name))
    return _key(field_name[:end]), _followers(field_name[end:])


def _followers(rest):
    while rest:
        if rest[0] == ".":
            end = min([place for sign in ".[" if (place := rest.find(sign, 1)) >= 0], default=len(rest))
            is_attribute, key, rest = True, rest[1:end], rest[end:]
        elif rest[0] == "[":
            key, found, rest = rest[1:].partition("]")
            if not found:
                raise ValueError("Missing ']' in format string")
            is_attribute = False
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if not key:
            raise ValueError("Empty attribute in format string")
        yield is_attribute, key if is_attribute else _key(key)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, text, args, kwargs, used, depth, number):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, field, spec, conversion in self.parse(text):
            out.append(literal)
            if field is None:
                continue
            if field == "" or field[0] in ".[":
                field, number = str(number) + field, number + 1
            value, first = self.get_field(field, args, kwargs)
            used.add(first)
            value = self.convert_field(value, conversion)
            spec, number = self._vformat(spec, args, kwargs, used, depth - 1, number)
            out.append(self.format_field(value, spec))
        return "".join(out), number

    def parse(self, format_string):
        return formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = formatter_field_name_split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            obj = getattr(obj, key) if is_attribute else obj[key]
        return obj, first

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        try:
            return {"s": str, "r": repr, "a": ascii}[conversion](value)
        except KeyError:
            raise ValueError("Unknown conversion specifier %s" % conversion) from None
