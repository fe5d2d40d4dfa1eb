"""What `help` shows, as text: for programs that ask it by the name of `pydoc`."""

__all__ = ["help"]

import builtins
import contextlib
import importlib
import inspect
import io
import sys


def getdoc(object):
    """The doc string of an object, or the comments above it."""
    return (inspect.getdoc(object) or inspect.getcomments(object) or "").strip()


def splitdoc(doc):
    """A doc string as its first line and the rest."""
    lines = doc.strip().split("\n")
    if len(lines) == 1:
        return lines[0], ""
    if len(lines) >= 2 and not lines[1].rstrip():
        return lines[0], "\n".join(lines[2:])
    return "", "\n".join(lines)


def plain(text):
    """Text without the characters that were struck over others to make them bold."""
    out = []
    for character in text:
        if character == "\b":
            del out[-1:]
        else:
            out.append(character)
    return "".join(out)


def locate(path, forceload=0):
    """The object of a dotted name, or `None`."""
    parts = [part for part in path.split(".") if part]
    module, used = None, 0
    while used < len(parts):
        try:
            module = importlib.import_module(".".join(parts[: used + 1]))
        except ImportError:
            break
        used += 1
    found = module if module is not None else builtins
    for part in parts[used:]:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


def resolve(thing, forceload=0):
    """The object, and its name, of an object or of a dotted name."""
    if isinstance(thing, str):
        found = locate(thing, forceload)
        if found is None:
            raise ImportError("No Python documentation found for %r.\nUse help() to get the interactive help utility." % thing)
        return found, thing
    name = getattr(thing, "__name__", None)
    return thing, name if isinstance(name, str) else None


def render_doc(thing, title="Python Library Documentation: %s", forceload=0, renderer=None):
    found, name = resolve(thing, forceload)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        builtins.help(found)
    return title % (name or type(found).__name__) + "\n\n" + out.getvalue()


def doc(thing, title="Python Library Documentation: %s", forceload=0, output=None):
    try:
        text = render_doc(thing, title, forceload)
    except ImportError as error:
        text = str(error)
    pager(text) if output is None else output.write(plain(text))


def pager(text):
    sys.stdout.write(plain(text))


plainpager = pager


class Helper:
    """`help`, which writes to a stream."""

    def __init__(self, input=None, output=None):
        self._output = output

    @property
    def output(self):
        return self._output or sys.stdout

    def __call__(self, request=None):
        if request is None:
            builtins.help()
        else:
            self.help(request)

    def help(self, request):
        doc(request, "Help on %s:", output=self._output)


help = Helper()
