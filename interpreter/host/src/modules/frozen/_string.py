"""What continues `string`: templates, and formatting by hand."""

import re


class _Pattern:
    """The expression that finds placeholders, made of what a class says of them when somebody asks for it."""

    def __get__(self, instance, owner):
        sign = re.escape(owner.delimiter)
        named, braced = owner.idpattern, owner.braceidpattern or owner.idpattern
        text = f"{sign}(?:(?P<escaped>{sign})|(?P<named>{named})|{{(?P<braced>{braced})}}|(?P<invalid>))"
        compiled = re.compile(text, owner.flags | re.VERBOSE)
        owner.pattern = compiled
        return compiled


class Template:
    delimiter, idpattern, braceidpattern, flags = "$", "(?a:[_a-z][_a-z0-9]*)", None, re.IGNORECASE
    pattern = _Pattern()

    def __init_subclass__(cls):
        super().__init_subclass__()
        own = vars(cls).get("pattern")
        if own is None:
            cls.pattern = _Pattern()
        elif isinstance(own, str):
            cls.pattern = re.compile(own, cls.flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _kinds(self):
        """Each placeholder: its match, and its name; a name of None stands for the delimiter, and "" for what is invalid."""
        for found in self.pattern.finditer(self.template):
            groups = found.groupdict()
            name = groups.get("named") or groups.get("braced")
            if name is None and groups.get("escaped") is None:
                if groups.get("invalid") is None:
                    raise ValueError("Unrecognized named group in pattern", self.pattern)
                name = ""
            yield found, name

    def _invalid(self, found):
        at = found.start("invalid")
        before = self.template[:at].splitlines(keepends=True)
        line, column = (len(before), at - len("".join(before[:-1]))) if before else (1, 1)
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    def _filled(self, value):
        parts, at = [], 0
        for found, name in self._kinds():
            parts += [self.template[at : found.start()], self.delimiter if name is None else value(found, name)]
            at = found.end()
        return "".join(parts) + self.template[at:]

    def substitute(self, mapping={}, /, **kws):
        def value(found, name):
            if not name:
                self._invalid(found)
            return str(kws[name] if name in kws else mapping[name])

        return self._filled(value)

    def safe_substitute(self, mapping={}, /, **kws):
        def value(found, name):
            if not name:
                return found.group()
            try:
                return str(kws[name] if name in kws else mapping[name])
            except KeyError:
                return found.group()

        return self._filled(value)

    def get_identifiers(self):
        return list(dict.fromkeys([name for _, name in self._kinds() if name]))

    def is_valid(self):
        return all([name != "" for _, name in self._kinds()])


def formatter_parser(text):
    """(literal, field, spec, conversion) for each field, and for what follows the last."""
    at = 0
    while at < len(text):
        start = text.find("{", at)
        single = text.find("}", at) if start < 0 else text.find("}", at, start)
        if single >= 0:
            if text[single + 1 : single + 2] != "}":
                raise ValueError("Single '}' encountered in format string")
            yield text[at : single + 1], None, None, None
            at = single + 2
            continue
        if start < 0:
            yield text[at:], None, None, None
            return
        if text[start + 1 : start + 2] == "{":
            yield text[at : start + 1], None, None, None
            at = start + 2
            continue
        end = _field_end(text, start)
        field, spec, conversion = text[start + 1 : end], "", None
        split = min([place for sign in "!:" if (place := field.find(sign)) >= 0], default=-1)
        if split >= 0:
            field, rest = field[:split], field[split:]
            if rest[0] == "!":
                conversion, rest = rest[1:2], rest[2:]
                if not conversion:
                    raise ValueError("unmatched '{' in format spec")
                if rest and rest[0] != ":":
                    raise ValueError("expected ':' after conversion specifier")
            spec = rest[1:]
        yield text[at:start], field, spec, conversion
        at = end + 1


def _field_end(text, start):
    """The place of the brace that ends a field; others may stand within it."""
    end = depth = start
    while True:
        end = text.find("}", end + 1)
        if end < 0:
            raise ValueError("expected '}' before end of string" if len(text) > start + 1 else "Single '{' encountered in format string")
        # Each field within has a brace of its own that ends it.
        depth = text.find("{", depth + 1, end)
        if depth < 0:
            return end


def _key(text):
    return int(text) if text.isdigit() else text


def formatter_field_name_split(field_name):
    """The first name or number of a field, and what follows: (whether it is an attribute, name or key) again and again."""
    if "." not in field_name and "[" not in field_name:
        return _key(field_name), iter(())
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

    def _vformat(self, text, args, kwargs, used, depth, number=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, field, spec, conversion in self.parse(text):
            out.append(literal)
            if field is None:
                continue
            if field == "" or field[0] in ".[":
                if number is None:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field, number = str(number) + field, number + 1
            elif field[0].isdigit():
                if number:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                number = None
            value, first = self.get_field(field, args, kwargs)
            used.add(first)
            value = self.convert_field(value, conversion)
            if depth <= 0 or "{" in spec or "}" in spec:
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
