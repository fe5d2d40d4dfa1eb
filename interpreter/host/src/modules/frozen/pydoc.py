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
            raise ImportError("No Python documentation found for %r.\nUse help() to get the interactive help utility.\nUse help(str) for help on the str class." % thing)
        return found, thing
    name = getattr(thing, "__name__", None)
    return thing, name if isinstance(name, str) else None


def _signature(object):
    try:
        return str(inspect.signature(object))
    except (TypeError, ValueError):
        return "(...)"


def _indented(text):
    return "\n".join(["    " + line if line else "" for line in text.split("\n")])


def _routine(object, name):
    """A function as its head and what it says of itself."""
    if inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object):
        name = "async " + name
    doc = getdoc(object)
    return name + _signature(object) + "\n" + (_indented(doc).rstrip() + "\n" if doc else "")


def _own(cls):
    """What a class adds to its bases: names with what they mean, in three groups."""
    groups = {"Methods defined here:": [], "Class methods defined here:": [], "Static methods defined here:": [], "Readonly properties defined here:": []}
    data = []
    for name, value in cls.__dict__.items():
        if name.startswith("_") and not (name.startswith("__") and callable(value) and name not in ("__class__",)):
            continue
        if isinstance(value, classmethod):
            groups["Class methods defined here:"].append(_routine(value.__func__, name))
        elif isinstance(value, staticmethod):
            groups["Static methods defined here:"].append(_routine(value.__func__, name))
        elif isinstance(value, property):
            doc = getdoc(value)
            groups["Readonly properties defined here:"].append(name + "\n" + (_indented(doc) + "\n" if doc else ""))
        elif inspect.isfunction(value):
            groups["Methods defined here:"].append(_routine(value, name))
        elif not callable(value):
            data.append("%s = %r\n" % (name, value))
    parts = [title + "\n\n" + "\n".join(sorted(texts)) for title, texts in groups.items() if texts]
    if data:
        parts.append("Data and other attributes defined here:\n\n" + "\n".join(sorted(data)))
    return parts


def _class(cls, name):
    bases = ", ".join([base.__name__ if base.__module__ in ("builtins", cls.__module__) else base.__module__ + "." + base.__name__ for base in cls.__bases__])
    head = "class %s(%s)" % (name, bases)
    signature, doc = _signature(cls), getdoc(cls) if cls.__doc__ else ""
    said = [text for text in ("" if signature == "(...)" else name + signature, doc) if text]
    parts = ["\n\n".join(said) + "\n"] if said else []
    if len(cls.__mro__) > 2:
        order = [base.__name__ if base.__module__ == cls.__module__ else base.__module__ + "." + base.__name__ for base in cls.__mro__]
        parts.append("Method resolution order:\n" + "".join(["    %s\n" % base for base in order]))
    parts += _own(cls)
    body = ("\n" + "-" * 70 + "\n").join(parts)
    return head + "\n" + "\n".join([" |  " + line if line else " |" for line in body.rstrip("\n").split("\n")]) + "\n"


def _module(module, name):
    first, rest = splitdoc(getdoc(module))
    parts = ["NAME\n    %s%s\n" % (name, " - " + first if first else "")]
    if rest:
        parts.append("DESCRIPTION\n" + _indented(rest.strip()) + "\n")
    public = getattr(module, "__all__", None)
    names = sorted([one for one in dir(module) if not one.startswith("_")]) if public is None else list(public)
    classes, functions, data = [], [], []
    for one in names:
        value = getattr(module, one, None)
        mine = public is not None or getattr(value, "__module__", name) == name
        if inspect.isclass(value) and mine:
            classes.append(_class(value, one))
        elif inspect.isroutine(value) and mine:
            functions.append(_routine(value, one))
        elif not inspect.ismodule(value) and not inspect.isclass(value) and not callable(value):
            data.append("%s = %s" % (one, repr(value)[:60]))
    for title, texts in (("CLASSES", classes), ("FUNCTIONS", functions), ("DATA", data)):
        if texts:
            parts.append(title + "\n" + _indented("\n".join(texts).rstrip()) + "\n")
    for title, name in (("VERSION", "__version__"), ("DATE", "__date__"), ("AUTHOR", "__author__")):
        if hasattr(module, name):
            parts.append(title + "\n" + _indented(str(getattr(module, name))) + "\n")
    file = getattr(module, "__file__", None)
    parts.append("FILE\n    %s\n" % (file or "(built-in)"))
    return "\n".join(parts) + "\n"


def describe(thing):
    """What kind of thing it is, in a few words."""
    if inspect.ismodule(thing):
        kind = "package" if hasattr(thing, "__path__") else "module"
        return "%s %s" % (kind if getattr(thing, "__file__", None) else "built-in module", thing.__name__)
    if inspect.isclass(thing):
        return "class " + thing.__name__
    if inspect.isbuiltin(thing):
        return "built-in function " + thing.__name__
    if inspect.isfunction(thing):
        return "function " + thing.__name__
    if inspect.ismethod(thing):
        return "method " + thing.__name__
    return type(thing).__name__


def document(thing, name):
    """All that is known of a thing, as text."""
    name = getattr(thing, "__name__", name)
    if inspect.ismodule(thing):
        return _module(thing, name)
    if inspect.isclass(thing):
        return _class(thing, name)
    if inspect.isfunction(thing) or inspect.ismethod(thing):
        return _routine(thing, name)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        builtins.help(thing)
    return out.getvalue()


def render_doc(thing, title="Python Library Documentation: %s", forceload=0, renderer=None):
    found, name = resolve(thing, forceload)
    about = describe(found)
    if name and "." in name:
        about += " in " + name.rpartition(".")[0]
    else:
        module = inspect.getmodule(found)
        if module is not None and module is not found:
            about += " in module " + module.__name__
    if not (inspect.ismodule(found) or inspect.isclass(found) or inspect.isroutine(found) or isinstance(found, property)):
        # An object: what its class says.
        found, about = type(found), about + " object"
    return title % about + "\n\n" + document(found, name or type(found).__name__)


def doc(thing, title="Python Library Documentation: %s", forceload=0, output=None):
    try:
        text = render_doc(thing, title, forceload)
    except ImportError as error:
        text = str(error)
    pager(text) if output is None else output.write(plain(text))


def cli():
    """`python -m pydoc`: what `help` shows of what is named."""
    words = sys.argv[1:]
    if not words or words[0].startswith("-"):
        print("pydoc - the Python documentation tool\n")
        print("pydoc <name> ...\n    Show text documentation on something.  <name> may be the name of a\n    module, class or function, with dots.\n")
        if words and words[0] not in ("-h", "--help"):
            print("There is no server and no HTML of documentation here: pydoc takes names alone.", file=sys.stderr)
            sys.exit(2)
        return
    if "" not in sys.path and "." not in sys.path:
        sys.path.insert(0, ".")
    for word in words:
        try:
            print(render_doc(word, "Help on %s:").rstrip("\n") + "\n")
        except ImportError as error:
            print(error)
            sys.exit(1)


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

if __name__ == "__main__":
    cli()
