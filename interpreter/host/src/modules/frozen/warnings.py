"""Warnings: shown once a place, or made errors."""

import sys

filters = []
_shown = set()


def _matches(text, start):
    return not start or text.lower().startswith(start.lower())


def _action(text, category, module, lineno):
    for action, message, cat, mod, line in filters:
        if _matches(text, message) and issubclass(category, cat) and (not mod or mod == module) and line in (0, lineno):
            return action
    return "default"


def formatwarning(message, category, filename, lineno, line=None):
    return "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)


def showwarning(message, category, filename, lineno, file=None, line=None):
    print(formatwarning(message, category, filename, lineno, line), end="", file=file or sys.stderr)


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    if isinstance(message, Warning):
        category = type(message)
    category = category or UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    filename, lineno, module = "sys", 1, "sys"
    try:
        frame = sys._getframe(max(stacklevel, 1))
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
        module = frame.f_globals.get("__name__", "<unknown>")
    except ValueError:
        pass
    warn_explicit(message, category, filename, lineno, module)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    action = _action(text, category, module or filename, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    place = {"once": (), "module": (module,)}.get(action, (filename, lineno))
    if action != "always":
        if (text, category, place) in _shown:
            return
        _shown.add((text, category, place))
    entry = WarningMessage(message, category, filename, lineno)
    (_recording or _show)(entry)


def _show(entry):
    showwarning(entry.message, entry.category, entry.filename, entry.lineno)


_recording = None


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self.category.__name__, self.filename, self.lineno, self.line)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action not in ("default", "error", "ignore", "always", "all", "module", "once"):
        raise AssertionError("invalid action: %r" % (action,))
    item = ("always" if action == "all" else action, message.removeprefix("(?i)").removesuffix(".*"), category, module, lineno)
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category, "", lineno, append)


def resetwarnings():
    filters.clear()


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = action and (action, category, lineno, append)

    def __enter__(self):
        global _recording
        self._saved = filters[:], _recording, set(_shown)
        if self._filter:
            simplefilter(*self._filter)
        if self._record:
            log = []
            _recording = log.append
            _shown.clear()
            return log
        return None

    def __exit__(self, *exc_info):
        global _recording
        filters[:], _recording, shown = self._saved
        _shown.clear()
        _shown.update(shown)


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message, self.category, self.stacklevel = message, category, stacklevel

    def __call__(self, arg, /):
        if self.category is None:
            arg.__deprecated__ = self.message
            return arg
        import functools

        if isinstance(arg, type):
            original = arg.__init__

            def __init__(instance, *args, **kwargs):
                warn(self.message, self.category, self.stacklevel + 1)
                original(instance, *args, **kwargs)

            arg.__init__ = __init__
            arg.__deprecated__ = self.message
            return arg

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warn(self.message, self.category, self.stacklevel + 1)
            return arg(*args, **kwargs)

        arg.__deprecated__ = wrapper.__deprecated__ = self.message
        return wrapper


for _category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
    simplefilter("ignore", _category, append=True)
filters.insert(0, ("default", "", DeprecationWarning, "__main__", 0))
del _category
