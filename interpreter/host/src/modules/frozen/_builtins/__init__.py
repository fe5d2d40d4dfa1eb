"""What continues the builtins: names for people at the prompt, the way to the debugger, `input` from other streams than the console."""


class _Quitter:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "Use %s() or Ctrl-D (i.e. EOF) to exit" % self.name

    def __call__(self, code=None):
        raise SystemExit(code)


exit, quit = _Quitter("exit"), _Quitter("quit")


class _Printer:
    """A text that the prompt shows, and prints when it is called."""

    def __init__(self, name, text):
        self._name, self._text = name, text

    def __repr__(self):
        return self._text

    def __call__(self):
        print(self._text)


copyright = _Printer("copyright", "Copyright (c) 2026 The Taipan developers.")
credits = _Printer("credits", "Taipan speaks the language of CPython and MicroPython, to whose authors it owes thanks.")
license = _Printer("license", "MIT License: the terms are in the file LICENSE that comes with Taipan.")
globals()["__debug__"] = __debug__


def breakpoint(*args, **kws):
    import sys

    return sys.breakpointhook(*args, **kws)


def _input(prompt):
    import sys

    sys.stdout.write(prompt)
    if hasattr(sys.stdout, "flush"):
        sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line.endswith("\n") else line
