"""What headers are when a program looks at them, and how messages are written."""

from email.header import Header, encoded_words, folded

__all__ = ["Compat32", "EmailPolicy", "HTTP", "Policy", "SMTP", "compat32", "default", "strict"]


class Policy:
    """Settings that do not change; `clone` gives others."""

    raise_on_defect = False
    linesep = "\n"
    cte_type = "8bit"
    max_line_length = 78
    mangle_from_ = False
    message_factory = None
    verify_generated_headers = True

    def __init__(self, **kw):
        for name, value in kw.items():
            if not hasattr(type(self), name):
                raise TypeError("%r is an invalid keyword argument for %s" % (name, type(self).__name__))
            self.__dict__[name] = value

    def __setattr__(self, name, value):
        if hasattr(self, name):
            raise AttributeError("%r object attribute %r is read-only" % (type(self).__name__, name))
        raise AttributeError("%r object has no attribute %r" % (type(self).__name__, name))

    def clone(self, **kw):
        made = object.__new__(type(self))
        for name in kw:
            if not hasattr(self, name):
                raise TypeError("%r is an invalid keyword argument for %s" % (name, type(self).__name__))
        made.__dict__.update(self.__dict__, **kw)
        return made

    def __add__(self, other):
        return self.clone(**other.__dict__)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(["%s=%r" % pair for pair in self.__dict__.items()]))

    def handle_defect(self, obj, defect):
        if self.raise_on_defect:
            raise defect
        self.register_defect(obj, defect)

    def register_defect(self, obj, defect):
        obj.defects.append(defect)

    def header_max_count(self, name):
        return None

    def header_source_parse(self, sourcelines):
        name, value = sourcelines[0].split(":", 1)
        value = value.lstrip(" \t") + "".join(sourcelines[1:])
        return name, value.rstrip("\r\n")

    def header_store_parse(self, name, value):
        return name, value

    def header_fetch_parse(self, name, value):
        return value

    def fold(self, name, value):
        return self._folded(name, value) + self.linesep

    def fold_binary(self, name, value):
        from email._bytes import unescaped

        return unescaped(self.fold(name, value))


class Compat32(Policy):
    """As messages were before there were policies: a header is its text."""

    mangle_from_ = True

    def _folded(self, name, value):
        if isinstance(value, Header):
            return "%s: %s" % (name, value.encode(maxlinelen=self.max_line_length or 0, linesep=self.linesep))
        if "\n" in value or len(name) + 2 + len(value) <= (self.max_line_length or 10**9) and value.isascii():
            return "%s: %s" % (name, value)
        from email._bytes import has_bytes

        charset = None if value.isascii() or has_bytes(value) else "utf-8"
        header = Header(value, charset, header_name=name)
        return "%s: %s" % (name, header.encode(maxlinelen=self.max_line_length or 0, linesep=self.linesep))


compat32 = Compat32()


class EmailPolicy(Policy):
    """Headers with attributes that say what they mean."""

    utf8 = False
    refold_source = "long"
    header_factory = None
    content_manager = None

    def __init__(self, **kw):
        from email.contentmanager import raw_data_manager
        from email.headerregistry import HeaderRegistry

        kw.setdefault("header_factory", HeaderRegistry())
        kw.setdefault("content_manager", raw_data_manager)
        super().__init__(**kw)

    def header_max_count(self, name):
        return self.header_factory.max_count(name)

    def header_store_parse(self, name, value):
        if hasattr(value, "name") and value.name.lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        if hasattr(value, "name"):
            return value
        return self.header_factory(name, "".join(value.splitlines()))

    def _folded(self, name, value):
        if not hasattr(value, "name"):
            lines = value.splitlines()
            refold = self.refold_source == "all" or self.refold_source == "long" and any(
                [len(line) + (len(name) + 2) * (not i) > (self.max_line_length or 10**9) for i, line in enumerate(lines)]
            )
            if not refold and value.isascii():
                return "%s: %s" % (name, self.linesep.join(lines))
            value = self.header_factory(name, "".join(lines))
        return value.fold(policy=self).removesuffix(self.linesep)


def fold_words(name, text, policy):
    """A header's text as lines: words that are not ASCII are encoded, unless the policy lets them be."""
    width = policy.max_line_length or 10**9
    words, run = [], []
    for word in text.split(" "):
        if not word.isascii() and not getattr(policy, "utf8", False):
            run.append(word)
            continue
        if run:
            words.extend(encoded_words(" ".join(run), width=min(75, width - len(name) - 2) if not words else 75, bias=4))
            run = []
        words.append(word)
    if run:
        words.extend(encoded_words(" ".join(run), width=min(75, max(width - len(name) - 2, 30)) if not words else 75, bias=4))
    return "%s: %s%s" % (name, folded(words, len(name) + 2, width, " ", policy.linesep), policy.linesep)


default = EmailPolicy()
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
HTTP = default.clone(linesep="\r\n", max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
