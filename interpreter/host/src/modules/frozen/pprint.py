"""Values printed over several lines, as they read best."""

import io
import sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[1]


def isrecursive(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[2]


class _Key:
    """Orders anything: what does not compare, by type."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth, self._step, self._width = depth, indent, width
        self._stream = stream if stream is not None else sys.stdout
        self._compact, self._sort_dicts, self._underscores = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        out = io.StringIO()
        self._format(object, out, 0, 0, {}, 0)
        return out.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        text, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        return self._plain(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        return text

    def _format(self, object, stream, indent, allowance, context, level):
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            writer = self._writer(object)
            if writer is not None:
                context[key] = 1
                writer(object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(text)

    def _writer(self, object):
        cls = type(object)
        for base in cls.__mro__:
            if base in _BY_TYPE and _same_repr(cls, base):
                writer = _BY_TYPE[base]
                return lambda *args: writer(self, *args)
        if _is_dataclass(object):
            return self._dataclass
        if _is_namespace(object):
            return self._namespace
        return None

    def _dataclass(self, object, stream, indent, allowance, context, level):
        import dataclasses

        name = cls_name = object.__class__.__name__
        indent += len(cls_name) + 1
        items = [(f.name, getattr(object, f.name)) for f in dataclasses.fields(object) if f.repr]
        stream.write(name + "(")
        self._attributes(items, stream, indent, allowance, context, level)
        stream.write(")")

    def _namespace(self, object, stream, indent, allowance, context, level):
        name = "namespace" if object.__class__.__name__ == "SimpleNamespace" else object.__class__.__name__
        indent += len(name) + 1
        stream.write(name + "(")
        self._attributes(list(object.__dict__.items()), stream, indent, allowance, context, level)
        stream.write(")")

    def _attributes(self, items, stream, indent, allowance, context, level):
        for at, (key, value) in enumerate(items):
            last = at == len(items) - 1
            stream.write(key + "=")
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(key) + 1, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        if self._step > 1:
            stream.write((self._step - 1) * " ")
        if object:
            items = object.items()
            if self._sort_dicts:
                items = sorted(items, key=lambda pair: _Key(pair[0]))
            self._pairs(list(items), stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _pairs(self, items, stream, indent, allowance, context, level):
        indent += self._step
        for at, (key, value) in enumerate(items):
            last = at == len(items) - 1
            text = self._repr(key, context, level)
            stream.write(text + ": ")
            self._format(value, stream, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _ordered(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        self._listing(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level, "[", "]")
        stream.write(")")

    def _list(self, object, stream, indent, allowance, context, level):
        self._listing(object, stream, indent, allowance, context, level, "[", "]")

    def _tuple(self, object, stream, indent, allowance, context, level):
        self._listing(object, stream, indent, allowance, context, level, "(", ",)" if len(object) == 1 else ")")

    def _set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        left, right = "{", "}"
        if type(object) is not set:
            left, right = type(object).__name__ + "({", "})"
            indent += len(type(object).__name__) + 1
        self._listing(sorted(object, key=_Key), stream, indent, allowance, context, level, left, right)

    def _deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        stream.write("deque(")
        indent += 6
        stream.write("[")
        if object.maxlen is None:
            self._items(list(object), stream, indent, allowance + 2, context, level)
            stream.write("])")
        else:
            self._items(list(object), stream, indent, 2, context, level)
            stream.write("],\n%smaxlen=%s)" % (" " * indent, self._repr(object.maxlen, context, level)))

    def _listing(self, object, stream, indent, allowance, context, level, left, right):
        stream.write(left)
        self._items(object, stream, indent, allowance + len(right), context, level)
        stream.write(right)

    def _items(self, items, stream, indent, allowance, context, level):
        indent += self._step
        if self._step > 1:
            stream.write((self._step - 1) * " ")
        delimiter = ""
        break_line = ",\n" + " " * indent
        width = most = self._width - indent + 1
        items = list(items)
        for at, item in enumerate(items):
            last = at == len(items) - 1
            if last:
                most -= allowance
                width -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                size = len(text) + 2
                if width < size:
                    width = most
                    if delimiter:
                        delimiter = break_line
                if width >= size:
                    width -= size
                    stream.write(delimiter + text)
                    delimiter = ", "
                    continue
            stream.write(delimiter)
            delimiter = break_line
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _str(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        most = this = self._width - indent
        text = ""
        for at, line in enumerate(lines):
            text = repr(line)
            if at == len(lines) - 1:
                this -= allowance
            if len(text) <= this:
                chunks.append(text)
                continue
            # Words of a line that is too long, each with the space behind it.
            parts = _words(line)
            current, room = "", most
            for number, part in enumerate(parts):
                candidate = current + part
                if number == len(parts) - 1 and at == len(lines) - 1:
                    room -= allowance
                if len(repr(candidate)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            stream.write(text)
            return
        if level == 1:
            stream.write("(")
        stream.write(("\n" + " " * indent).join(chunks))
        if level == 1:
            stream.write(")")

    def _bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        wrapped = level == 1
        if wrapped:
            indent += 1
            allowance += 1
            stream.write("(")
        delimiter = ""
        for text in _byte_chunks(object, self._width - indent, allowance):
            stream.write(delimiter + text)
            delimiter = "\n" + " " * indent
        if wrapped:
            stream.write(")")

    def _bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _default(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        text = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write("%s(%s,\n%s" % (name, text, " " * indent))
        self._dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _proxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    def _chain(self, object, stream, indent, allowance, context, level):
        if not object.maps:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + "(")
        indent += len(name) + 1
        for at, each in enumerate(object.maps):
            is_last = at == len(object.maps) - 1
            self._format(each, stream, indent, allowance + 1 if is_last else 1, context, level)
            stream.write(")" if is_last else ",\n" + " " * indent)

    def _held(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "({")
        if self._step > 1:
            stream.write((self._step - 1) * " ")
        self._pairs(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write("})")

    def _plain(self, object, context, maxlevels, level):
        cls = type(object)
        if cls in (str, bytes, bytearray, float, complex, bool, type(None)):
            return repr(object), True, False
        if cls is int:
            return ("{:_d}".format(object) if self._underscores else repr(object)), True, False
        if isinstance(object, dict) and _same_repr(cls, dict):
            return self._plain_dict(object, context, maxlevels, level)
        if isinstance(object, list) and _same_repr(cls, list) or isinstance(object, tuple) and _same_repr(cls, tuple):
            return self._plain_sequence(object, context, maxlevels, level)
        text = repr(object)
        return text, bool(text) and not text.startswith("<"), False

    def _plain_dict(self, object, context, maxlevels, level):
        if not object:
            return "{}", True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return "{...}", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive, parts = True, False, []
        items = sorted(object.items(), key=lambda pair: _Key(pair[0])) if self._sort_dicts else object.items()
        for name, value in items:
            left, ok, loops = self.format(name, context, maxlevels, level + 1)
            right, ok2, loops2 = self.format(value, context, maxlevels, level + 1)
            parts.append("%s: %s" % (left, right))
            readable = readable and ok and ok2
            recursive = recursive or loops or loops2
        del context[key]
        return "{" + ", ".join(parts) + "}", readable, recursive

    def _plain_sequence(self, object, context, maxlevels, level):
        form = "[%s]" if isinstance(object, list) else "(%s,)" if len(object) == 1 else "(%s)"
        if not object:
            return form % "", True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return form % "...", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive, parts = True, False, []
        for item in object:
            text, ok, loops = self.format(item, context, maxlevels, level + 1)
            parts.append(text)
            readable = readable and ok
            recursive = recursive or loops
        del context[key]
        return form % ", ".join(parts), readable, recursive


def _words(line):
    """The line cut behind each run of white space."""
    parts, start, at = [], 0, 0
    while at < len(line):
        if line[at].isspace():
            while at < len(line) and line[at].isspace():
                at += 1
            parts.append(line[start:at])
            start = at
        else:
            at += 1
    if start < len(line):
        parts.append(line[start:])
    return parts


def _byte_chunks(data, width, allowance):
    current = b""
    last = len(data) // 4 * 4
    for at in range(0, len(data), 4):
        part = data[at : at + 4]
        candidate = current + part
        if at == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)


def _recursion(object):
    return "<Recursion on %s with id=%s>" % (type(object).__name__, id(object))


def _same_repr(cls, base):
    """Whether a class prints as the builtin one that it derives from."""
    if cls is base:
        return True
    for ancestor in cls.__mro__:
        if ancestor is base:
            return True
        if "__repr__" in getattr(ancestor, "__dict__", {}) or hasattr(ancestor, "_fields"):
            return False
    return False


def _is_dataclass(object):
    """Whether an object is shown as its fields are: by the `repr` that was made for its class."""
    cls = type(object)
    if not hasattr(cls, "__dataclass_fields__") or not cls.__dataclass_params__.repr:
        return False
    import dataclasses

    return getattr(cls.__repr__, "__code__", None) is dataclasses._make_repr([]).__code__


def _is_namespace(object):
    import types

    return isinstance(object, types.SimpleNamespace)


from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque
from types import MappingProxyType

_BY_TYPE = {
    dict: PrettyPrinter._dict,
    OrderedDict: PrettyPrinter._ordered,
    list: PrettyPrinter._list,
    tuple: PrettyPrinter._tuple,
    set: PrettyPrinter._set,
    frozenset: PrettyPrinter._set,
    str: PrettyPrinter._str,
    bytes: PrettyPrinter._bytes,
    bytearray: PrettyPrinter._bytearray,
    deque: PrettyPrinter._deque,
    defaultdict: PrettyPrinter._default,
    Counter: PrettyPrinter._counter,
    MappingProxyType: PrettyPrinter._proxy,
    ChainMap: PrettyPrinter._chain,
    UserDict: PrettyPrinter._held,
    UserList: PrettyPrinter._held,
    UserString: PrettyPrinter._held,
}
