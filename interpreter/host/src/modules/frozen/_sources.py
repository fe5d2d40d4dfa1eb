"""What `inspect` knows of the text of programs: files and lines of objects, frames with the lines around them."""

import linecache
import os
import sys
import tokenize
from collections import namedtuple

_Traceback = namedtuple("Traceback", "filename lineno function code_context index")
_FrameInfo = namedtuple("FrameInfo", ("frame",) + _Traceback._fields)


class Traceback(_Traceback):
    positions = None


class FrameInfo(_FrameInfo):
    positions = None


def _code_of(object):
    """What has the lines of an object: its code."""
    object = getattr(object, "__func__", object)
    for name in ("__code__", "tb_frame", "f_code"):
        object = getattr(object, name, object)
    return object


def getfile(object):
    if isinstance(object, type(sys)):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError("%r is a built-in module" % object)
    if isinstance(object, type):
        module = sys.modules.get(getattr(object, "__module__", None))
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError("%r is a built-in class" % object)
    code = _code_of(object)
    if hasattr(code, "co_filename"):
        return code.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got %s" % type(object).__name__)


def getsourcefile(object):
    name = getfile(object)
    if name.endswith(".mpy") or name.endswith(".pyc"):
        name = name.rsplit(".", 1)[0] + ".py"
    if os.path.exists(name) or name in linecache.cache or name.startswith(".frozen"):
        return name
    return name if name[:1] == "<" and linecache.getlines(name) else None


def getabsfile(object, _filename=None):
    return os.path.normcase(os.path.abspath(_filename or getsourcefile(object) or getfile(object)))


def _class_line(source, object):
    # Where a class begins: the last of the definitions of its name that the module's own code reaches.
    import ast

    names, found = object.__qualname__.split("."), []

    def look(body, scope):
        for node in body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = scope + [node.name]
                if isinstance(node, ast.ClassDef) and inner == names:
                    found.append(min([each.lineno for each in node.decorator_list] + [node.lineno]) - 1)
                look(node.body, inner if isinstance(node, ast.ClassDef) else inner + ["<locals>"])
            else:
                for part in ("body", "orelse", "finalbody"):
                    look(getattr(node, part, None) or (), scope)
                for handler in getattr(node, "handlers", ()):
                    look(handler.body, scope)

    look(ast.parse(source).body, [])
    if not found:
        raise OSError("could not find class definition")
    return found[-1]


def findsource(object):
    """All lines of the file, and the number of the first that is the object's, from 0 on."""
    file = getsourcefile(object)
    name = file or getfile(object)
    module = sys.modules.get(getattr(object, "__module__", None) or "")
    lines = linecache.getlines(name, module.__dict__ if module else None)
    if not lines:
        raise OSError("could not get source code")
    if isinstance(object, type(sys)):
        return lines, 0
    if isinstance(object, type):
        return lines, _class_line("".join(lines), object)
    code = _code_of(object)
    if not hasattr(code, "co_firstlineno"):
        raise OSError("could not find code object")
    at = code.co_firstlineno - 1
    if at >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, max(at, 0)


def getblock(lines):
    """The lines of the block that the first of them begins: a definition with its decorators and its body, or the line of a `lambda`."""
    finder = BlockFinder()
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*token)
    except (EndOfBlock, SyntaxError):
        pass
    return lines[: finder.last]


class EndOfBlock(Exception):
    """The definition is over."""


class BlockFinder:
    """Is shown the tokens of a definition, one after the other; `last` is the last line that belongs to it."""

    def __init__(self):
        self.indent, self.last, self.body_col0 = 0, 1, None
        # Within a logical line (`passline`) tokens say nothing, but for the words before the definition's own.
        self.started = self.islambda = self.indecorator = self.passline = False

    def tokeneater(self, type, token, srowcol, erowcol, line):
        if not self.started and not self.indecorator:
            self.indecorator, self.passline = token == "@", True
            self.started, self.islambda = token in ("def", "class", "lambda"), token == "lambda"
        elif type == tokenize.NEWLINE:
            self.last, self.indecorator, self.passline = srowcol[0], False, False
            if self.islambda:
                raise EndOfBlock
        elif self.passline:
            return
        elif type == tokenize.INDENT:
            if self.body_col0 is None and self.started:
                self.body_col0 = erowcol[1]
            self.indent, self.passline = self.indent + 1, True
        elif type == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0:
                raise EndOfBlock
        elif type == tokenize.COMMENT:
            # One that is indented as the body is, is a part of it.
            if self.body_col0 is not None and srowcol[1] >= self.body_col0:
                self.last = srowcol[0]
        elif self.indent == 0 and type != tokenize.NL:
            raise EndOfBlock


def getsourcelines(object):
    while hasattr(object, "__wrapped__"):
        object = object.__wrapped__
    lines, at = findsource(object)
    if isinstance(object, type(sys)) or getattr(_code_of(object), "co_name", "") == "<module>":
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    return "".join(getsourcelines(object)[0])


def getcomments(object):
    """The comments above an object, `None` if there are none."""
    try:
        lines, at = findsource(object)
    except (OSError, TypeError):
        return None
    if isinstance(object, type(sys)):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end][:1] == "#":
            end += 1
        return "".join([line.expandtabs() for line in lines[start:end]]) or None
    margin, found = len(lines[at]) - len(lines[at].lstrip()), []
    while at > 0 and lines[at - 1].lstrip()[:1] == "#" and len(lines[at - 1]) - len(lines[at - 1].lstrip()) == margin:
        at -= 1
        found.insert(0, lines[at].expandtabs().lstrip())
    return "".join(found) or None


def getframeinfo(frame, context=1):
    """Where a frame or a traceback is, with so many lines around it."""
    line = getattr(frame, "tb_lineno", None) or getattr(frame, "f_lineno", None)
    frame = getattr(frame, "tb_frame", frame)
    if not hasattr(frame, "f_code"):
        raise TypeError("%r is not a frame or traceback object" % (frame,))
    name, lines, index = frame.f_code.co_filename, None, None
    if context > 0:
        every = linecache.getlines(name)
        if every:
            start = max(0, min(line - 1 - context // 2, len(every) - context))
            lines, index = every[start : start + context], line - 1 - start
    return Traceback(name, line, frame.f_code.co_name, lines, index)


def getouterframes(frame, context=1):
    found = []
    while frame is not None:
        found.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    found = []
    while tb is not None:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return found
