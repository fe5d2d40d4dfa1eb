"""What a t-string makes: a Template of strings and interpolations, which a program puts together as it likes."""


class Interpolation:
    __match_args__ = ("value", "expression", "conversion", "format_spec")

    def __init__(self, value, expression="", conversion=None, format_spec=""):
        if conversion not in (None, "r", "s", "a"):
            raise ValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        for name, text in (("expression", expression), ("format_spec", format_spec)):
            if not isinstance(text, str):
                raise TypeError("Interpolation() argument '%s' must be str, not %s" % (name, type(text).__name__))
        self.__parts = (value, expression, conversion, format_spec)

    value = property(lambda self: self.__parts[0])
    expression = property(lambda self: self.__parts[1])
    conversion = property(lambda self: self.__parts[2])
    format_spec = property(lambda self: self.__parts[3])

    def __repr__(self):
        return "Interpolation" + repr(self.__parts)


class Template:
    def __init__(self, *args, **keywords):
        if keywords:
            raise TypeError("function doesn't take keyword arguments")
        strings, interpolations, text = [], [], ""
        for arg in args:
            if isinstance(arg, str):
                text += arg
            elif isinstance(arg, Interpolation):
                strings.append(text)
                interpolations.append(arg)
                text = ""
            else:
                raise TypeError("expected str or Interpolation")
        strings.append(text)
        self.__strings = tuple(strings)
        self.__interpolations = tuple(interpolations)

    strings = property(lambda self: self.__strings)
    interpolations = property(lambda self: self.__interpolations)
    values = property(lambda self: tuple([each.value for each in self.__interpolations]))

    def __iter__(self):
        interpolations = iter(self.__interpolations)
        for text in self.__strings:
            if text:
                yield text
            for interpolation in interpolations:
                yield interpolation
                break

    def __add__(self, other):
        if not isinstance(other, Template):
            return NotImplemented
        return Template(*self, *other)

    def __repr__(self):
        return "Template(strings=%r, interpolations=%r)" % (self.__strings, self.__interpolations)


def convert(value, conversion):
    """What a conversion of an f-string makes of a value."""
    if conversion is None:
        return value
    convert = {"r": repr, "s": str, "a": ascii}.get(conversion)
    if convert is None:
        raise ValueError("invalid conversion specifier: %s" % (conversion,))
    return convert(value)


def __template__(*parts):
    """A template of a sequence of strings and a flat one of what makes each interpolation, as MicroPython's builtin."""
    if not parts:
        raise TypeError("function missing 1 required positional arguments")
    strings, *rest = parts
    if len(rest) == 1:
        rest = rest[0]
        if not isinstance(rest, (tuple, list)):
            raise TypeError("object '%s' isn't a tuple or list" % type(rest).__name__)
    template = Template()
    template._Template__strings = tuple(strings)
    groups = range(0, len(rest) - len(rest) % 4, 4)
    template._Template__interpolations = tuple([_unchecked(tuple(rest[at : at + 4])) for at in groups])
    return template


# MicroPython's builtin takes anything for the parts.
def _unchecked(parts):
    made = Interpolation(None)
    made._Interpolation__parts = parts
    return made


def _template(parts):
    return Template(*[part if isinstance(part, str) else Interpolation(*part) for part in parts])
