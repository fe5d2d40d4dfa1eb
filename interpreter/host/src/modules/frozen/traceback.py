"""Exceptions as text, and where they came from."""

import sys


class FrameSummary:
    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **kwargs):
        self.filename, self.lineno, self.name, self.locals = filename, lineno, name, locals
        self._line = line

    @property
    def line(self):
        if self._line is None:
            self._line = _line_of(self.filename, self.lineno)
        return self._line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, index):
        return tuple(self)[index]

    def __len__(self):
        return 4

    def __eq__(self, other):
        return tuple(self) == tuple(other)

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % (self.filename, self.lineno, self.name)


def _line_of(filename, lineno):
    try:
        with open(filename) as f:
            for number, line in enumerate(f, 1):
                if number == lineno:
                    return line.strip()
    except OSError:
        pass
    return ""


class StackSummary(list):
    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        entries = [FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in frame_gen]
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
        if limit is not None:
            entries = entries[:limit] if limit >= 0 else entries[limit:]
        return cls(entries)

    @classmethod
    def from_list(cls, a_list):
        return cls([item if isinstance(item, FrameSummary) else FrameSummary(*item[:3], line=item[3]) for item in a_list])

    def format(self, **kwargs):
        return [self.format_frame_summary(item) for item in self]

    def format_frame_summary(self, item):
        text = '  File "%s", line %s, in %s\n' % (item.filename, item.lineno, item.name)
        return text + "    %s\n" % item.line if item.line else text


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(1)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    stack = StackSummary.extract(walk_stack(sys._getframe(1) if f is None else f), limit=limit)
    stack.reverse()
    return stack


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_stack(f=None, limit=None):
    return extract_stack(sys._getframe(1) if f is None else f, limit).format()


def _name(cls):
    module = getattr(cls, "__module__", None)
    return cls.__qualname__ if module in (None, "builtins", "__main__") else module + "." + cls.__qualname__


_absent = object()


def _value_of(exc, value):
    return exc if value is _absent else value


def format_exception_only(exc, /, value=_absent, *, show_group=False):
    value = _value_of(exc, value)
    if value is None:
        return ["NoneType: None\n"]
    cls = type(value)
    lines = []
    if isinstance(value, SyntaxError) and getattr(value, "lineno", None) is not None:
        lines.append('  File "%s", line %s\n' % (getattr(value, "filename", None) or "<string>", value.lineno))
        text = str(getattr(value, "msg", None) or "<no detail available>")
    else:
        text = str(value)
    lines.append("%s: %s\n" % (_name(cls), text) if text else _name(cls) + "\n")
    for note in getattr(value, "__notes__", None) or ():
        lines += [line + "\n" for line in str(note).split("\n")]
    return lines


def _chain(value, seen):
    # The exceptions that led to this one, the first first, each with what stands between it and the next.
    seen.append(id(value))
    before, text = value.__cause__, _CAUSE
    if before is None and not value.__suppress_context__:
        before, text = value.__context__, _CONTEXT
    if before is not None and id(before) not in seen:
        yield from _chain(before, seen)
        yield None, text
    yield value, None


_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


def format_exception(exc, /, value=_absent, tb=_absent, limit=None, chain=True):
    value = _value_of(exc, value)
    if value is None:
        return ["NoneType: None\n"]
    lines = []
    for each, text in _chain(value, []) if chain else [(value, None)]:
        if each is None:
            lines.append(text)
            continue
        trace = tb if each is value and tb is not _absent else each.__traceback__
        if trace is not None:
            lines.append("Traceback (most recent call last):\n")
            lines += format_tb(trace, limit)
        lines += format_exception_only(each)
        if isinstance(each, BaseExceptionGroup):
            for number, inner in enumerate(each.exceptions, 1):
                lines.append("  %s---------------- %d ----------------\n" % ("+-+" if number == 1 else "  +", number))
                lines += ["    | " + line + "\n" for part in format_exception(inner) for line in part.rstrip("\n").split("\n")]
            lines.append("    +------------------------------------\n")
    return lines


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True):
    print("".join(format_exception(exc, value, tb, limit, chain)), end="", file=file or sys.stderr)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exc_info()[1], limit=limit, file=file, chain=chain)


def print_tb(tb, limit=None, file=None):
    print("".join(format_tb(tb, limit)), end="", file=file or sys.stderr)


def print_stack(f=None, limit=None, file=None):
    print("".join(format_stack(sys._getframe(1) if f is None else f, limit)), end="", file=file or sys.stderr)


def print_list(extracted_list, file=None):
    print("".join(format_list(extracted_list)), end="", file=file or sys.stderr)


def clear_frames(tb):
    pass


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **kwargs):
        self.exc_type, self._value = exc_type, exc_value
        self.stack = extract_tb(exc_traceback, limit)
        self._str = str(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        cause, context = exc_value.__cause__, exc_value.__context__
        self.__cause__ = cause and TracebackException.from_exception(cause)
        self.__context__ = context and TracebackException.from_exception(context)
        self.__suppress_context__ = exc_value.__suppress_context__

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format_exception_only(self, **kwargs):
        yield from format_exception_only(self._value)

    def format(self, *, chain=True, **kwargs):
        yield from format_exception(self._value, chain=chain)

    def print(self, *, file=None, chain=True):
        print("".join(self.format(chain=chain)), end="", file=file or sys.stderr)

    def __str__(self):
        return self._str
