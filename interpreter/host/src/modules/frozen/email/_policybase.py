"""How messages were written before headers had meanings, and what all policies have."""

from email.header import Header

__all__ = ["Compat32", "Policy", "compat32"]


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

    def header_fetch_parse(self, name, value):
        from email._bytes import has_bytes

        return Header(value, charset="unknown-8bit", header_name=name) if isinstance(value, str) and has_bytes(value) else value

    def fold_binary(self, name, value):
        from email._bytes import unescaped

        # What came as bytes leaves as it came.
        return unescaped(self._folded(name, value, self.cte_type == "7bit") + self.linesep)

    def _folded(self, name, value, sanitize=True):
        if isinstance(value, Header):
            return "%s: %s" % (name, value.encode(maxlinelen=self.max_line_length or 0, linesep=self.linesep))
        from email._bytes import has_bytes

        if has_bytes(value):
            if not sanitize:
                # As it came, since nobody knows where such bytes may be parted.
                return "%s: %s" % (name, value)
            header = Header(value, charset="unknown-8bit", header_name=name)
        else:
            header = Header(value, header_name=name)
        return "%s: %s" % (name, header.encode(maxlinelen=self.max_line_length or 0, linesep=self.linesep))


compat32 = Compat32()
