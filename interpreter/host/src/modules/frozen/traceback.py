"""Exceptions as text, and where they came from."""

import linecache
import sys
from contextlib import suppress

__all__ = [
    "FrameSummary", "StackSummary", "TracebackException", "clear_frames", "extract_stack", "extract_tb", "format_exc", "format_exception",
    "format_exception_only", "format_list", "format_stack", "format_tb", "print_exc", "print_exception", "print_last", "print_stack", "print_tb",
    "walk_stack", "walk_tb",
]

# Entries that are the same are shown so many times.
_SHOWN = 3
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_HEADER = "Traceback (most recent call last):\n"
_absent = object()


class FrameSummary:
    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None, end_colno=None):
        self.filename, self.lineno, self.name = filename, lineno, name
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self._line = line
        if lookup_line:
            self.line
        self.locals = None if locals is None else {key: _said(value, repr) for key, value in locals.items()}

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()

    @property
    def _original_line(self):
        self.line
        return self._line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, index):
        return tuple(self)[index]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, (FrameSummary, tuple)):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % (self.filename, self.lineno, self.name)


def _said(value, how=str):
    try:
        return how(value)
    except Exception:
        return "<%s %s() failed>" % ("local" if how is repr else "exception", how.__name__)


class StackSummary(list):
    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        entries = list(frame_gen)
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            entries = entries[:limit] if limit >= 0 else entries[limit:]
        for name in {frame.f_code.co_filename for frame, _ in entries}:
            linecache.checkcache(name)
        made = cls()
        for frame, line in entries:
            linecache.lazycache(frame.f_code.co_filename, frame.f_globals)
            names = frame.f_locals if capture_locals else None
            made.append(FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name, lookup_line=False, locals=names))
        if lookup_lines:
            for each in made:
                each.line
        return made

    @classmethod
    def from_list(cls, a_list):
        made = cls()
        for item in a_list:
            if not isinstance(item, FrameSummary):
                filename, lineno, name, line = item
                item = FrameSummary(filename, lineno, name, line=line)
            made.append(item)
        return made

    def format_frame_summary(self, frame_summary):
        parts = ['  File "%s", line %s, in %s\n' % (frame_summary.filename, frame_summary.lineno, frame_summary.name)]
        if frame_summary.line:
            parts.append("    %s\n" % frame_summary.line)
        if frame_summary.locals:
            parts += ["    %s = %s\n" % pair for pair in sorted(frame_summary.locals.items())]
        return "".join(parts)

    def format(self, **kwargs):
        lines, last, count = [], None, 0
        for each in self:
            text = self.format_frame_summary(each)
            if text is None:
                continue
            place = (each.filename, each.lineno, each.name)
            if place != last:
                lines += _repeated(count)
                last, count = place, 0
            count += 1
            if count <= _SHOWN:
                lines.append(text)
        return lines + _repeated(count)


def _repeated(count):
    more = count - _SHOWN
    return ["  [Previous line repeated %d more time%s]\n" % (more, "" if more == 1 else "s")] if more > 0 else []


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(1)
        # Those who iterate here are not meant.
        while f is not None and f.f_globals is globals():
            f = f.f_back
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


def _value_of(exc, value, tb):
    if (value is _absent) != (tb is _absent):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _absent:
        return value, tb
    if exc is None:
        return None, None
    if isinstance(exc, BaseException):
        return exc, exc.__traceback__
    raise TypeError("Exception expected for value, %s found" % type(exc).__name__)


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
                 max_group_width=15, max_group_depth=10, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width, self.max_group_depth = max_group_width, max_group_depth
        self.stack = StackSummary.extract(walk_tb(exc_traceback), limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals)
        self.exc_type = exc_type
        self._str = _said(exc_value)
        try:
            self.__notes__ = getattr(exc_value, "__notes__", None)
        except Exception as error:
            self.__notes__ = ["Ignored error getting __notes__: " + _said(error, repr)]
        if exc_type is not None and issubclass(exc_type, SyntaxError):
            for name in ("filename", "text", "msg"):
                setattr(self, name, getattr(exc_value, name, None))
            for name in ("lineno", "end_lineno", "offset", "end_offset"):
                number = getattr(exc_value, name, None)
                setattr(self, name, None if number is None else str(number) if "lineno" in name else number)
        self.__suppress_context__ = exc_value is not None and exc_value.__suppress_context__
        self.__cause__ = self.__context__ = self.exceptions = None
        if _seen is not None:
            return
        options = {
            "limit": limit, "lookup_lines": lookup_lines, "capture_locals": capture_locals, "max_group_width": max_group_width,
            "max_group_depth": max_group_depth, "_seen": seen,
        }  # fmt: skip
        waiting = [(self, exc_value)]

        def made(exception, once=True):
            if exception is None or once and id(exception) in seen:
                return None
            new = TracebackException(type(exception), exception, exception.__traceback__, **options)
            waiting.append((new, exception))
            return new

        while waiting:
            one, value = waiting.pop()
            if value is None:
                continue
            one.__cause__ = made(value.__cause__)
            if not compact or one.__cause__ is None and not value.__suppress_context__:
                one.__context__ = made(value.__context__)
            if isinstance(value, BaseExceptionGroup):
                one.exceptions = [made(each, False) for each in value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    def __str__(self):
        return self._str

    def _name(self):
        module, name = getattr(self.exc_type, "__module__", None), self.exc_type.__qualname__
        if module in ("__main__", "builtins"):
            return name
        return (module if isinstance(module, str) else "<unknown>") + "." + name

    def format_exception_only(self):
        if self.exc_type is None:
            yield _final(None, self._str)
            return
        if issubclass(self.exc_type, SyntaxError):
            yield from self._format_syntax_error()
        else:
            yield _final(self._name(), self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from [line + "\n" for line in _said(note).split("\n")]
        elif notes is not None:
            yield _said(notes, repr) + "\n"

    def _format_syntax_error(self):
        where = ""
        if self.lineno is not None:
            yield '  File "%s", line %s\n' % (self.filename or "<string>", self.lineno)
        elif self.filename is not None:
            where = " (%s)" % self.filename
        text = self.text
        if text is None and self.filename and self.lineno is not None:
            with suppress(ValueError):
                text = linecache.getline(self.filename, int(self.lineno)) or None
        if text is not None:
            line = text.rstrip("\n")
            shown = line.lstrip(" \n\f")
            yield "    %s\n" % shown
            if self.offset is not None:
                end = self.end_offset if self.end_lineno == self.lineno and self.end_offset not in (None, 0) else self.offset
                end = self.offset + 1 if self.offset == end or end == -1 else end
                first, last = self.offset - 1 - len(line) + len(shown), end - 1 - len(line) + len(shown)
                if first >= 0:
                    blank = "".join([character if character.isspace() else " " for character in shown[:first]]).ljust(first)
                    yield "    %s%s\n" % (blank, "^" * (last - first))
        yield "%s: %s%s\n" % (self._name(), self.msg or "<no detail available>", where)

    def format(self, *, chain=True, _margin=None):
        """The lines of the whole text, those of the exceptions that led to this one first."""
        margin = _margin or _Margin()
        links, exception, text = [], self, None
        while exception is not None:
            links.append((exception, text))
            if not chain:
                break
            if exception.__cause__ is not None:
                exception, text = exception.__cause__, _CAUSE
            elif exception.__suppress_context__:
                break
            else:
                exception, text = exception.__context__, _CONTEXT
        for exception, text in reversed(links):
            yield from exception._format_one(margin, chain)
            if text is not None:
                # What stands between it and the next.
                yield from margin.lines(text)

    def _format_one(self, margin, chain):
        if self.exceptions is not None and margin.depth > self.max_group_depth:
            yield from margin.lines("... (max_group_depth is %d)\n" % self.max_group_depth)
            return
        is_outermost = self.exceptions is not None and not margin.depth
        margin.depth += is_outermost
        if self.stack:
            title = _HEADER if self.exceptions is None else "Exception Group " + _HEADER
            yield from margin.lines(title, "+" if is_outermost else "|")
            yield from margin.lines("".join(self.stack.format()))
        yield from margin.lines("".join(self.format_exception_only()))
        if self.exceptions is not None:
            yield from self._format_members(margin, chain)
        margin.depth -= is_outermost

    def _format_members(self, margin, chain):
        more = len(self.exceptions) - self.max_group_width
        shown = self.exceptions[: self.max_group_width]
        for number, each in enumerate(shown + [None] if more > 0 else shown):
            margin.is_open = True
            branch = "  " if number else "+-"
            yield "%s%s+---------------- %s ----------------\n" % ("  " * margin.depth, branch, "..." if each is None else number + 1)
            margin.depth += 1
            if each is None:
                yield from margin.lines("and %d more exception%s\n" % (more, "s" if more > 1 else ""))
            else:
                yield from each.format(chain=chain, _margin=margin)
            margin.depth -= 1
        if margin.is_open:
            # What several groups end with is said once.
            margin.is_open = False
            yield "  " * (margin.depth + 1) + "+------------------------------------\n"

    def print(self, *, file=None, chain=True):
        print("".join(self.format(chain=chain)), end="", file=file or sys.stderr)


def _final(name, text):
    return ("%s: %s\n" % (name, text) if text else "%s\n" % name) if name is not None else (text if text != "None" else "NoneType: None") + "\n"


class _Margin:
    # What stands left of the exceptions of a group.
    def __init__(self):
        self.depth, self.is_open = 0, False

    def lines(self, text, sign="|"):
        if not self.depth:
            yield text
            return
        for line in text.splitlines(True):
            yield "%s%s %s" % ("  " * self.depth, sign, line)
            sign = "|"


def format_exception_only(exc, /, value=_absent):
    if value is _absent:
        value = exc
    return list(TracebackException(type(value) if value is not None else None, value, None, compact=True).format_exception_only())


def format_exception(exc, /, value=_absent, tb=_absent, limit=None, chain=True):
    value, tb = _value_of(exc, value, tb)
    return list(TracebackException(None if value is None else type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True):
    print("".join(format_exception(exc, value, tb, limit, chain)), end="", file=file or sys.stderr)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def print_stack(f=None, limit=None, file=None):
    print_list(extract_stack(sys._getframe(1) if f is None else f, limit), file)


def print_list(extracted_list, file=None):
    print("".join(format_list(extracted_list)), end="", file=file or sys.stderr)


def clear_frames(tb):
    for frame, _ in walk_tb(tb):
        with suppress(RuntimeError):
            frame.clear()
